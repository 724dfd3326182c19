"""How a Word file of ours says where its facts come from: a part of its own, and a hidden bookmark round each fact."""

from __future__ import annotations

from collections.abc import Iterable

#: The namespace of the part, and that of releases which wrote down file and line, where `record` named reports too.
NAMESPACE, LINED = "urn:report-provenance:2", "urn:report-provenance:1"


def _tags(name: str, namespaces: Iterable[str] = (NAMESPACE, LINED)) -> frozenset[str]:
    return frozenset(f"{{{namespace}}}{name}" for namespace in namespaces)


#: The tags in it: the whole, a fact, and what one that was worked out comes from.
PROVENANCE, FACT, ORIGIN = _tags("provenance"), _tags("fact"), _tags("of")
#: Every bookmark of a fact begins so; what begins with _ Word does not list.
BOOKMARK = "_f_"


def bookmark_of(occurrence: int) -> str:
    """Return the bookmark of the *occurrence*-th shown fact, counted from 1."""
    return f"{BOOKMARK}{occurrence}"


def occurrence_in(bookmark: str) -> int:
    """Return which shown fact a *bookmark* stands round, counted from 1; 0 where it is none of ours."""
    number = bookmark.removeprefix(BOOKMARK)
    ours = bookmark.startswith(BOOKMARK) and number.isascii() and number.isdigit() and len(number) < 9
    return int(number) if ours else 0
