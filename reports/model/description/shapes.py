"""What may be typed into each field: the model's types told as shapes, for schema, reference, prompts and sheets.

Nothing is said here that the model does not say: a new field or kind has its shape at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from msgspec import Struct
from msgspec.structs import FieldInfo, replace

from reports.model.dates import PartialDate, parse_day, parse_moment
from reports.model.description.field_help import Words, field_words
from reports.model.kinds.metrics import Figured
from reports.model.periods import Period
from reports.model.reading import ReadBy
from reports.model.records import LinkTo, Part, fields
from reports.model.values import BilingualText, Money, Quantity, Ratio, Share

Form = Literal[
    "word", "text", "date", "day", "moment", "quantity", "ratio", "share", "money", "link", "id", "choice", "whole", "yes-no",
    "part", "period", "time",
]  # fmt: skip

_FORMS: dict[type, Form] = {
    str: "word", int: "whole", bool: "yes-no", BilingualText: "text", PartialDate: "date", Quantity: "quantity",
    Ratio: "ratio", Share: "share", Money: "money", Period: "period", time: "time",
}  # fmt: skip

#: How some dates are read that do not take all forms.
_READ_AS: dict[object, Form] = {parse_day: "day", parse_moment: "moment"}


class Shape(Struct, frozen=True):
    """One value: its *form*; *choices* of a choice, *kinds* a link may lead to (none: any), the *part* it is; its
    *pattern* and *least* value where it has them."""

    form: Form
    choices: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    part: type[Part] | None = None
    pattern: str = ""
    least: int | None = None


class FieldShape(Struct, frozen=True):
    """One field of *owner*: its *key* in the file, what it holds, whether a list of it, and what stands there when
    it is left out (None: nothing)."""

    owner: type[Part]
    key: str
    shape: Shape
    many: bool = False
    required: bool = False
    filled: bool = False
    default: object = None

    @property
    def words(self) -> Words:
        """What it is for, (Chinese, English)."""
        return field_words(self.owner, self.key)


#: In records these come last, as editors read them last.
_LAST = ("theme", "tags", "confidence", "source", "known", "note", "formerly", "updates")
#: In a figure these come first: when it is of.
_FIRST = ("at", "by", "known")


@cache
def fields_of(part: type[Part]) -> tuple[FieldShape, ...]:
    """The fields of *part* in the order in which an editor writes them."""
    own = [_field(part, info) for info in fields(part).values()]
    if "id" not in part.__struct_fields__:
        return (
            tuple(sorted(own, key=lambda field: field.key not in _FIRST))
            if issubclass(part, Figured)
            else tuple(own)
        )
    return tuple(sorted(own, key=lambda found: _LAST.index(found.key) + 1 if found.key in _LAST else 0))


def _field(part: type[Part], info: FieldInfo) -> FieldShape:
    many, shape = _read(info.type)
    if info.name == "id":
        shape = replace(shape, form="id")
    default = info.default if isinstance(info.default, str | bool | int | tuple) else None
    least = _length(getattr(info.type, "__metadata__", ())) if many else 0
    return FieldShape(
        part, info.encode_name, shape, many, info.required, bool(info.required or least), default
    )


def _read(annotation: object) -> tuple[bool, Shape]:
    """Whether *annotation* is a list, and the shape of what it holds."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin in {Union, UnionType}:
        return _union(tuple(arg for arg in inner if arg is not NoneType))
    if origin is tuple:
        return True, _read(inner[0])[1]
    if hasattr(annotation, "__metadata__"):
        many, shape = _read(inner[0])
        return many, _marked(shape, annotation.__metadata__)
    if origin is Literal:
        return False, Shape("choice", tuple(map(str, inner)))
    assert isinstance(annotation, type)
    if issubclass(annotation, Part):
        return False, Shape("part", part=annotation)
    return False, Shape(_FORMS[annotation])


def _union(arms: tuple[object, ...]) -> tuple[bool, Shape]:
    """`X | None`, or two lists of choices read as one."""
    many, shape = _read(arms[0])
    for arm in arms[1:]:
        shape = replace(shape, choices=(*shape.choices, *_read(arm)[1].choices))
    return many, shape


def _marked(shape: Shape, marks: Any) -> Shape:
    for mark in marks:
        if isinstance(mark, LinkTo):
            shape = replace(shape, form="link", kinds=mark.kinds)
        if isinstance(mark, ReadBy) and mark.parse in _READ_AS:
            shape = replace(shape, form=_READ_AS[mark.parse])
        for found in (mark, *getattr(mark, "metadata", ())):
            shape = _bounded(shape, found)
    return shape


def _bounded(shape: Shape, mark: Any) -> Shape:
    pattern, least = getattr(mark, "pattern", None), getattr(mark, "ge", None)
    return replace(shape, pattern=pattern or shape.pattern, least=shape.least if least is None else least)


def _length(marks: Any) -> int:
    return max((getattr(mark, "min_length", None) or 0 for mark in marks), default=0)


def parts_below(part: type[Part]) -> Iterator[type[Part]]:
    """Every group of fields inside *part*, each once, itself first."""
    seen = {part: None}
    waiting = [part]
    while waiting:
        for found in fields_of(waiting.pop(0)):
            inner = found.shape.part
            if inner is not None and inner not in seen:
                seen[inner] = None
                waiting.append(inner)
    yield from seen
