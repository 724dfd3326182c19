"""Words of facts that were changed without tracking: what the file shows is not what was printed there.

A program that changes some letters of a fact leaves its bookmark round the new ones; one that puts new words in the
place of all of them takes the bookmark away. Then it is only told what was there, and what now stands between the
facts before and behind. Words that no fact shows are not compared: the file does not keep them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from reports.review.marks import Mark, Printed, cleaned, squeezed
from reports.review.story import MOST_FACTS, MOST_QUOTED, Story
from reports.review.stream import At, ShownFact

#: Letters between two facts that are still worth showing, and facts of one gap that are looked at.
_MOST_BETWEEN = 300
_MOST_GONE = 500
#: Letters that may have been written into a fact; of more the first are told.
_MOST_WRITTEN = 2000


def edits_of(stories: Sequence[Story], said: Iterable[str], in_comments: Iterable[int]) -> Iterator[Mark]:
    """The edits of all *stories* (the document first); *said* are the texts of comments, where facts stand too."""
    main = stories[0]
    seen: set[int] = set(in_comments)
    for story in stories:
        for shown in story.walk.facts:
            fact = story.printed.get(shown.number)
            if fact and shown.end and shown.number not in seen:
                yield from _changed(story, shown, shown.end, fact)
            seen.add(shown.number)
    if main.walk.facts:
        elsewhere = squeezed("\n".join((*(story.walk.before for story in stories[1:]), *said)))
        yield from _gone(main, [fact for n, fact in main.printed.items() if n not in seen], elsewhere)


def _changed(story: Story, shown: ShownFact, end: At, fact: Printed) -> Iterator[Mark]:
    begin = shown.begin.at.before
    now = story.walk.before[begin : min(end.before, begin + len(fact.shown) + _MOST_WRITTEN)]
    if not _is_there(story.walk.before, begin, begin + len(now), fact.shown):
        yield Mark(
            "edit", "", "", cleaned(fact.shown, MOST_QUOTED), cleaned(now), story.order(shown.begin),
            (fact,) if fact.record or fact.of else (), section=story.section(shown.begin),
        )  # fmt: skip


def _is_there(text: str, begin: int, end: int, words: str) -> bool:
    """Whether *words* stand in the bookmark. LibreOffice moves the end of one at the end of a cell to the left: what
    was cut off then still stands behind it."""
    wanted, now = squeezed(words), squeezed(text[begin:end])
    if now == wanted:
        return True
    return wanted.startswith(now) and squeezed(text[begin : begin + len(words) + 2]).startswith(wanted)


def _gone(main: Story, gone: Sequence[Printed], elsewhere: str) -> Iterator[Mark]:
    """A mark for each gap of facts that are marked no more, and whose words are there no more."""
    there: Mapping[int, ShownFact] = {shown.number: shown for shown in main.walk.facts}
    edges = [0, *sorted(there), max([*there, *(fact.number for fact in gone)]) + 1]
    waiting = sorted(gone, key=lambda fact: -fact.number)
    for low, high in pairwise(edges):
        gap: list[Printed] = []
        while waiting and waiting[-1].number < high:
            gap.append(waiting.pop())
        if gap:
            yield from _missing(main, gap[:_MOST_GONE], there.get(low), there.get(high), elsewhere)


def _missing(
    main: Story, gap: Sequence[Printed], low: ShownFact | None, high: ShownFact | None, elsewhere: str
) -> Iterator[Mark]:
    """What of a *gap* between the facts *low* and *high* is not there without its bookmark either."""
    walk = main.walk
    whole = At(len(walk.before), len(walk.after))
    begin = low.begin.at if low else At(0, 0)
    end = (high.end if high else None) or whole
    around = squeezed(walk.before[begin.before : end.before])
    missing, reached = [], 0
    for fact in gap:
        words = squeezed(fact.shown)
        found = around.find(words, reached)
        if found >= 0:
            reached = found + len(words)
        elif words not in elsewhere:
            missing.append(fact)
    if not missing:
        return
    behind = (low.end or low.begin.at) if low else At(0, 0)
    before = high.begin.at if high else whole
    now = walk.after[behind.after : before.after]
    anchor = low.begin if low else None
    yield Mark(
        "edit", "", "", cleaned(" … ".join(fact.shown for fact in missing), MOST_QUOTED),
        cleaned(now) if len(now) <= _MOST_BETWEEN and "\n" not in now else "",
        main.order(anchor) if anchor else (0, 0),
        tuple(fact for fact in missing if fact.record or fact.of)[:MOST_FACTS],
        section=main.section(anchor) if anchor else "",
    )  # fmt: skip
