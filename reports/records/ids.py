"""The id a new record gets: the next of a numbered series, else its title in small letters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

_LONGEST = 48
_SMALL_WORDS = frozenset(
    ["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"]
)


class Ids:
    """The ids that are taken; `add` takes one more. *own*: those of the kind and programme that new ones are for."""

    def __init__(self, every: Iterable[str], own: Iterable[str]) -> None:
        self._taken = set(every)
        self._own = 0
        self._series: Counter[str] = Counter()
        self._highest: dict[str, int] = {}
        for name in own:
            self.add(name)

    def add(self, name: str) -> None:
        """Take *name*; what is counted here is not counted anew for every row of a long sheet."""
        self._taken.add(name)
        self._own += 1
        if found := _NUMBERED.fullmatch(name):
            stem, number = found[1], int(found[2])
            self._series[stem] += 1
            self._highest[stem] = max(number, self._highest.get(stem, number))

    def following(self, plain: Mapping[str, Any], kind: str) -> str:
        """Return an id for the record of *kind* that says *plain*."""
        wanted = self._next_of_series() or _slug(plain) or f"{kind.replace(' ', '-')}-1"
        return self._free(wanted)

    def _next_of_series(self) -> str:
        """`remark-13` behind `remark-12`, where most ids are numbered so; years are no such numbers."""
        stem = max(self._series, key=self._series.__getitem__, default="")
        return f"{stem}-{self._highest[stem] + 1}" if self._series[stem] * 2 > self._own else ""

    def _free(self, wanted: str) -> str:
        """*wanted*, or with a number behind it the first that is free."""
        if wanted not in self._taken:
            return wanted
        stem, number = wanted, 2
        if found := _NUMBERED.fullmatch(wanted):
            stem, number = found[1], int(found[2]) + 1
        while f"{stem}-{number}" in self._taken:
            number += 1
        return f"{stem}-{number}"


_NUMBERED = re.compile(r"(.+)-(\d{1,3})")


def _slug(plain: Mapping[str, Any]) -> str:
    """The acronym or English title, with the year."""
    name = next((plain[key] for key in ("name", "title", "topic", "caption", "text") if plain.get(key)), "")
    words = name.get("acronym") or name.get("en") or "" if isinstance(name, dict) else str(name)
    parts = [word for word in re.findall(r"[a-z0-9]+", words.lower()) if word not in _SMALL_WORDS][:5]
    year = re.search(r"\d{4}", str(plain.get("date") or plain.get("signed") or ""))
    if year and year[0] not in parts:
        parts.append(year[0])
    return "-".join(parts)[:_LONGEST].strip("-") if parts[:1] != [year[0] if year else ""] else ""


def slug(typed: str) -> str:
    """The id that a text with capitals, spaces or signs was meant to be."""
    return "-".join(re.findall(r"[a-z0-9]+", typed.lower()))
