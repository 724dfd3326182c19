"""Who bears a name: for people who type one where an id belongs, and for names that two records claim.

Names are compared without regard to capitals, spaces and full-width letters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from reports.model.records import Called, Dataset, Name, Record
from reports.model.values import BilingualText

Path = tuple[str | int, ...]
#: Which record bears a name, and where below it the name stands.
Bearer = tuple[Record, Path]


def spelling(name: str) -> str:
    """What is compared of *name*."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def bearers(dataset: Dataset) -> Mapping[str, tuple[str, ...]]:
    """The ids of the records that bear each name, whether full or short, an acronym, an alias, a former name or a
    title, by its `spelling`."""
    found: dict[str, dict[str, None]] = {}
    for record in dataset.records.values():
        for name in _names(record):
            found.setdefault(spelling(name), {})[record.id] = None
    return {name: tuple(ids) for name, ids in found.items()}


def is_part_of_a_name(part: str, record: Record) -> bool:
    """Whether *part* stands in anything that *record* is or was called."""
    return any(spelling(part) in spelling(name) for name in _names(record))


def _names(record: Record) -> Iterator[str]:
    yield from (name for _, name in (*full_names(record), *_short_names(record)))


def full_names(record: Record) -> Iterator[tuple[Path, str]]:
    """The full names of *record* or its titles, its aliases and former names, each with its place below the record."""
    label = record.label
    if not isinstance(label, Name):
        yield from _told(label, ())
        return
    yield from _told(label, ("name",))
    for i, alias in enumerate(label.aliases):
        yield ("name", "aliases", i), alias
    for i, former in enumerate(label.former):
        yield from _told(former, ("name", "former", i))


def _short_names(record: Record) -> Iterator[tuple[Path, str]]:
    """Acronyms and everyday names, now and formerly."""
    label = record.label
    if isinstance(label, Name):
        yield from _shortened(label, ("name",))
        for i, former in enumerate(label.former):
            yield from _shortened(former, ("name", "former", i))


def _told(name: Called | BilingualText, above: Path) -> Iterator[tuple[Path, str]]:
    native = name.native if isinstance(name, Name) else ""
    told = (("zh", name.zh), ("en", name.en), ("zh-Hant", name.hant), ("native", native))
    yield from (((*above, key), text) for key, text in told if text)


def _shortened(name: Called, above: Path) -> Iterator[tuple[Path, str]]:
    if name.acronym:
        yield (*above, "acronym"), name.acronym
    if name.short:
        yield from _told(name.short, (*above, "short"))
