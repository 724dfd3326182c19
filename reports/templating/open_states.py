"""Templates that ask for a state which the product once filled in by itself, and which is left open now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from reports.diagnostics.problems import Problem, Where
from reports.model.kinds.activities import has_happened
from reports.model.records import Record
from reports.records.converter import NOT_STATED
from reports.templating.context import Book

#: What such a field said where its source said nothing.
_FILLED_IN: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "status": frozenset({"held", "done", NOT_STATED}),
        "founding": frozenset({"founded"}),
        "response": frozenset({NOT_STATED}),
    }
)


def filled_in(field: str, value: object) -> bool:
    """Whether *field* once said *value* by itself."""
    return value in _FILLED_IN.get(field, ())


def chosen(book: Book, field: str, value: str, others: Iterable[Record]) -> None:
    """Nothing was chosen by *value*; note it where *others*, which fit but for it, happened and leave *field* open."""
    by = book.day.end if book.day else None
    for record in others:
        if by and getattr(record, field) is None and has_happened(record, by):
            _note(book, "template/open-state-chosen", record, field, value)
            return


def compared(book: Book, id_: str, field: str, value: str) -> None:
    """The open *field* of record *id_* was compared with *value*; note it where no record of its kind has that."""
    record = book.dataset.records.get(id_)
    if record is not None and not book.occurs(record.plural, field, value):
        _note(book, "template/open-state-compared", record, field, value)


def _note(book: Book, code: str, record: Record, field: str, value: str) -> None:
    args = {"kind": record.plural, "field": field, "value": value}
    book.note(Problem(Where(""), code, args, "warning"))
