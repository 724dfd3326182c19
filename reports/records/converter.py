"""Plain values to records: every field read by its type, and all that is wrong told at once with its path.

msgspec holds the records and could read them, too; but it stops at the first mistake, and its types are not what
editors type (`about 3:7`, `199X`). How a type is read stands in the marks of its annotation: `ReadBy` of `values`,
and msgspec's `Meta` for patterns and limits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from types import MappingProxyType, NoneType
from typing import Any, Literal, TypeVar, get_args, get_origin

from msgspec import Meta, Struct
from msgspec.structs import asdict

from reports.diagnostics.problems import near
from reports.model.reading import ReadBy, WrongValueError
from reports.model.records import (
    NEVER_CHANGED,
    LinkTo,
    Part,
    Record,
    Update,
    UpdateEntry,
    can_change,
    fields,
)

P = TypeVar("P", bound=Part)
Path = tuple[str | int, ...]
Read = Callable[[Any], Any]


class Misread(Struct, frozen=True):
    """One mistake: the *path* to it from the record on, the message's code and arguments, the value found."""

    path: Path
    code: str
    args: Mapping[str, object]
    value: object = None

    def below(self, step: str | int) -> Misread:
        """The same, seen from what holds it under *step*."""
        return Misread((step, *self.path), self.code, self.args, self.value)


class MisreadError(ValueError):
    """A value is not what its type asks for; *found* is all that is wrong with it."""

    def __init__(self, *found: Misread) -> None:
        super().__init__("; ".join(f"{'.'.join(map(str, one.path))}: {one.code}" for one in found))
        self.found = found


def read(part: type[P], plain: Mapping[str, Any]) -> P:
    """Return the record or group of fields that *plain* tells; raise MisreadError.

    A field without a value (None) says the same as one that is left out.
    """
    keys = _fields(part)
    values: dict[str, Any] = {}
    wrong: list[Misread] = []
    for key, value in plain.items():
        if value is None:
            continue
        field = keys.get(key)
        if field is None:
            wrong.append(Misread((key,), "data/unknown-field", _unknown(part, key, keys)))
            continue
        try:
            values[field.name] = field.read(value)
        except WrongValueError as error:
            wrong.append(Misread((key,), error.code, error.args_, value))
        except MisreadError as error:
            wrong += (one.below(key) for one in error.found)
    wrong += (
        Misread((key,), "data/missing-field", {})
        for key, field in keys.items()
        if field.required and plain.get(key) is None
    )
    if wrong:
        raise MisreadError(*wrong)
    return part(**values)


def _unknown(part: type[Part], key: str, keys: Collection[str]) -> Mapping[str, object]:
    from reports.records.misspelt_keys import field_meant  # noqa: PLC0415 - only where something is wrong

    return {"known": ", ".join(keys), "near": field_meant(part, key, keys)}


class _Field(Struct, frozen=True):
    name: str
    read: Read
    required: bool


@cache
def _fields(part: type[Part]) -> Mapping[str, _Field]:
    """How each field of *part* is read, by its key in the file."""
    read = {
        info.encode_name: _Field(name, _reader(info.type), info.required)
        for name, info in fields(part).items()
        if name != "updates"
    }
    if "updates" in fields(part):
        assert issubclass(part, Record)
        read["updates"] = _Field("updates", _list(_entry_reader(part, read), filled=True, links=False), False)
    return read


def _entry_reader(kind: type[Record], keys: Mapping[str, _Field]) -> Read:
    """How an update is read: its own fields, and beside them those of the record that it changes."""
    own = frozenset(info.encode_name for info in fields(Update).values())

    def read_entry(value: Any) -> UpdateEntry:
        if not isinstance(value, Mapping):
            raise WrongValueError("data/not-a-mapping")
        wrong: list[Misread] = []
        said: dict[str, Any] = {}
        values: dict[str, object] = {}
        try:
            said = asdict(read(Update, {key: value[key] for key in value if key in own}))
        except MisreadError as error:
            wrong += error.found
        for key in (key for key in value if key not in own):
            try:
                values[keys[key].name if key in keys else key] = _changed(kind, keys, key, value[key])
            except WrongValueError as error:
                wrong.append(Misread((key,), error.code, error.args_, value[key]))
            except MisreadError as error:
                wrong += (one.below(key) for one in error.found)
        if wrong:
            raise MisreadError(*wrong)
        if not values:
            raise WrongValueError("update/nothing")
        return UpdateEntry(**said, values=MappingProxyType(values))

    return read_entry


def _changed(kind: type[Record], keys: Mapping[str, _Field], key: str, value: Any) -> object:
    """What an update makes of a field; None where it takes it back."""
    if not can_change(kind, key):
        raise WrongValueError(f"update/never-{key if key in NEVER_CHANGED else 'figure'}", field=key)
    if key not in keys:
        own = [info.encode_name for info in fields(Update).values()]
        told = _unknown(kind, key, [name for name in keys if can_change(kind, name) and name not in own])
        meant = "on" if key.lower() in _TRUTHS else near(key, own)  # what other programs make of `on`
        args = {"known": ", ".join([*own, str(told["known"])]), "near": meant or told["near"]}
        raise WrongValueError("data/unknown-field", **args)
    if value is None and keys[key].required:
        raise WrongValueError("update/required", field=key)
    return None if value is None else keys[key].read(value)


# --- types --------------------------------------------------------------------------------------------------


def _reader(annotation: Any, marks: tuple[object, ...] = ()) -> Read:
    """How a value of this type is read."""
    for mark in marks:
        if isinstance(mark, ReadBy):
            return _plain_reader(mark.parse)
    inner = get_args(annotation)
    if hasattr(annotation, "__metadata__"):
        return _reader(inner[0], (*annotation.__metadata__, *marks))
    limits = [mark for mark in marks if isinstance(mark, Meta)]
    match get_origin(annotation):
        case origin if origin is Literal:
            return _choice(inner)
        case origin if origin is tuple:
            filled, links = any(limit.min_length for limit in limits), _is_link(inner[0])
            return _list(_reader(inner[0]), filled=filled, links=links)
        case None:
            return _one(annotation, limits)
    arms = [arm for arm in inner if arm is not NoneType]
    if get_origin(arms[0]) is Literal:  # two lists of choices are read as one
        return _choice(tuple(word for arm in arms for word in get_args(arm)), open_=NoneType in inner)
    return _reader(arms[0], marks)


def _one(kind: type, limits: list[Meta]) -> Read:
    if issubclass(kind, Part):
        return _part(kind)
    if kind is bool:
        return _truth
    return _whole(limits) if kind is int else _text(limits)


def _plain_reader(parse: Read) -> Read:
    """A value type reads scalars and small mappings, whose empty keys say nothing."""

    def read_value(value: Any) -> Any:
        if value.__class__ is dict:
            value = {key: inner for key, inner in value.items() if inner is not None}
        return parse(value)

    return read_value


def _part(kind: type[Part]) -> Read:
    def read_part(value: Any) -> Part:
        if isinstance(value, kind):
            return value
        if not isinstance(value, Mapping):
            raise WrongValueError("data/not-a-mapping")
        return read(kind, value)

    return read_part


def _is_link(annotation: Any) -> bool:
    return any(isinstance(mark, LinkTo) for mark in getattr(annotation, "__metadata__", ()))


def _list(read_item: Read, *, filled: bool, links: bool) -> Read:
    def read_items(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise WrongValueError("data/list", of="links" if links else "")
        if filled and not value:
            raise WrongValueError("data/empty-list")
        try:
            return tuple([read_item(item) for item in value if item is not None or _refuse_nothing()])
        except (WrongValueError, MisreadError):
            raise MisreadError(*_wrong_items(read_item, value)) from None

    return read_items


def _refuse_nothing() -> bool:
    raise WrongValueError("data/empty-item")


def _wrong_items(read_item: Read, items: Any) -> Iterator[Misread]:
    for i, item in enumerate(items):
        try:
            read_item(item) if item is not None else _refuse_nothing()
        except WrongValueError as error:
            yield Misread((i,), error.code, error.args_, item)
        except MisreadError as error:
            yield from (one.below(i) for one in error.found)


#: What data files once said of a choice that their source leaves open.
NOT_STATED = "not stated"


def _choice(words: tuple[str, ...], *, open_: bool = False) -> Read:
    known = frozenset(words)

    def read_choice(value: Any) -> str | None:
        if open_ and value == NOT_STATED:
            return None
        if not isinstance(value, str) or value not in known:
            raise WrongValueError("data/choice", expected=", ".join(words), near=near(str(value), words))
        return value

    return read_choice


_TRUTHS = {"true": True, "yes": True, "on": True, "1": True, "y": True, "t": True,
           "false": False, "no": False, "off": False, "0": False, "n": False, "f": False}  # fmt: skip


def _truth(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    found = _TRUTHS.get(value.lower()) if isinstance(value, str) else None
    if found is None:
        raise WrongValueError("data/yes-no")
    return found


def _whole(limits: list[Meta]) -> Read:
    least = max((limit.ge for limit in limits if limit.ge is not None), default=-(10**18))
    most = min((limit.le for limit in limits if limit.le is not None), default=10**18)

    def read_whole(value: Any) -> int:
        if not re.fullmatch(r"\s*[+-]?[0-9]{1,18}\s*", str(value)) or isinstance(value, bool):
            raise WrongValueError("data/whole-number")
        number = int(value)
        if number < least:
            raise WrongValueError("data/too-small", least=least)
        if number > most:
            raise WrongValueError("data/too-large", most=most)
        return number

    return read_whole


def _text(limits: list[Meta]) -> Read:
    if not limits:
        return _any_text
    [limit] = limits
    pattern = re.compile(limit.pattern or "(?s:.*)")
    shortest, longest = limit.min_length or 0, limit.max_length
    wrong = (limit.extra or {}).get("wrong", "data/too-short")

    def read_text(value: Any) -> str:
        text = _any_text(value)
        if len(text) < shortest:
            raise WrongValueError("data/too-short")
        if not pattern.fullmatch(text) or (longest is not None and len(text) > longest):
            raise WrongValueError(wrong)
        return text

    return read_text


def _any_text(value: Any) -> str:
    if value.__class__ is not str:
        raise WrongValueError("data/text")
    text: str = value
    return text
