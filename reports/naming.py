"""The id a new record gets: the next of a numbered series, else its title in small letters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from reports.model import Dataset, Record

_LONGEST = 48
_SMALL_WORDS = frozenset(
    ["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"]
)


def next_id(
    dataset: Dataset, kind: type[Record], programme: str, plain: Mapping[str, Any], taken: Sequence[str] = ()
) -> str:
    """Return an id that no record has yet, nor one of those *taken*."""
    own = [record.id for record in dataset.all(kind.plural) if dataset.programmes[record.id] == programme]
    own += taken
    series = _next_of_series(own)
    wanted = series or _slug(plain) or f"{kind.kind.replace(' ', '-')}-1"
    return _free(wanted, frozenset((*dataset.records, *taken)))


def _next_of_series(ids: list[str]) -> str:
    """`remark-13` behind `remark-12`, where most ids are numbered so; years are no such numbers."""
    numbered = [found for name in ids if (found := re.fullmatch(r"(.+)-(\d{1,3})", name))]
    if len(numbered) * 2 <= len(ids):
        return ""
    stem, count = Counter(found[1] for found in numbered).most_common(1)[0]
    if count * 2 <= len(ids):
        return ""
    return f"{stem}-{max(int(found[2]) for found in numbered if found[1] == stem) + 1}"


def _slug(plain: Mapping[str, Any]) -> str:
    """The acronym or English title, with the year."""
    name = next((plain[key] for key in ("name", "title", "topic", "caption", "text") if plain.get(key)), "")
    words = name.get("acronym") or name.get("en") or "" if isinstance(name, dict) else str(name)
    parts = [word for word in re.findall(r"[a-z0-9]+", words.lower()) if word not in _SMALL_WORDS][:5]
    year = re.search(r"\d{4}", str(plain.get("date") or plain.get("signed") or ""))
    if year and year[0] not in parts:
        parts.append(year[0])
    return "-".join(parts)[:_LONGEST].strip("-") if parts[:1] != [year[0] if year else ""] else ""


def _free(wanted: str, taken: frozenset[str]) -> str:
    """*wanted*, or with a number behind it the first that is free."""
    if wanted not in taken:
        return wanted
    stem, number = wanted, 2
    if found := re.fullmatch(r"(.+)-(\d{1,3})", wanted):
        stem, number = found[1], int(found[2]) + 1
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def slug(typed: str) -> str:
    """The id that a text with capitals, spaces or signs was meant to be."""
    return "-".join(re.findall(r"[a-z0-9]+", typed.lower()))
