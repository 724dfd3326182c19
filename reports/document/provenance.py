"""How a Word file of ours says where its facts come from: a part of its own, and a hidden bookmark round each fact."""

from __future__ import annotations

#: The namespace of the part, and the tags in it.
NAMESPACE = "urn:report-provenance:1"
PROVENANCE, FACT = f"{{{NAMESPACE}}}provenance", f"{{{NAMESPACE}}}fact"
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
