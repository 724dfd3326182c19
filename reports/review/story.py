"""A part of a returned file that was read, and what a place in it is about: facts, section, order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from msgspec import Struct

from reports.review.marks import Printed, cleaned
from reports.review.stream import Anchor, At, ReadParagraph, Walk

#: Letters of the words a mark is about that are kept, and facts inside them.
MOST_QUOTED = 2000
MOST_FACTS = 20
#: Behind all that has a place in the text.
LAST = 10**9


class Story(Struct, frozen=True):
    """The document, its notes, a header: what the *walk* through it found, *printed* by number; of all but the
    document, the *main* story."""

    walk: Walk
    printed: Mapping[int, Printed]
    main: Story | None = None

    def order(self, anchor: Anchor) -> tuple[int, ...]:
        """Where a place stands in the report: behind which fact, then how far behind it."""
        if self.main is None:
            behind = self.walk.facts[anchor.facts - 1].number if anchor.facts else 0
            return (behind, anchor.tick)
        referred = self.main.walk.notes.get(anchor.note) if anchor.note else None
        return (*self.main.order(referred), anchor.tick) if referred else (LAST, anchor.tick)

    def section(self, anchor: Anchor) -> str:
        """The words of the heading above."""
        if self.main is not None:
            referred = self.main.walk.notes.get(anchor.note) if anchor.note else None
            return self.main.section(referred) if referred else ""
        return cleaned(anchor.section.text) if anchor.section else ""

    def words(self, begin: At, end: At) -> str:
        """The words between two places, in one line."""
        return cleaned(" ".join(self.walk.words(begin, end)[: 2 * MOST_QUOTED].split()), MOST_QUOTED)

    def facts(self, begin: Anchor, end: Anchor) -> tuple[tuple[Printed, ...], bool]:
        """The facts between two places; where there is none the nearest one, and True. One that only touches the
        edge has no letter between them: programs write such marks in any order."""
        shown = self.walk.facts
        between = range(begin.facts, min(end.facts, begin.facts + 50 * MOST_FACTS))
        touched = [n for n in begin.open if (shown[n].end or end.at) > begin.at]
        touched += [n for n in between if shown[n].begin.at < end.at]
        inside: dict[tuple[object, ...], Printed] = {}
        for fact in self._known(touched):
            inside.setdefault(fact.key, fact)
            if len(inside) == MOST_FACTS:
                break
        if inside:
            return tuple(inside.values()), False
        return tuple(islice((fact for fact in self.nearest(begin) if fact.record), 1)), True

    def _known(self, places: Iterable[int]) -> Iterator[Printed]:
        numbers = (self.walk.facts[place].number for place in places)
        return (
            fact for n in numbers if (fact := self.printed.get(n)) is not None and (fact.record or fact.of)
        )

    def nearest(self, anchor: Anchor) -> Iterator[Printed]:
        """Before it in its paragraph, else its row; else behind it there; else in the heading above."""
        for scope in anchor.around:
            yield from self._known(range(anchor.facts - 1, scope.first - 1, -1))
        for scope in anchor.around:
            yield from self._known(range(anchor.facts, self._end(scope)))
        referred = self.main.walk.notes.get(anchor.note) if self.main and anchor.note else None
        if self.main and referred:
            yield from self.main.nearest(referred)
        if anchor.section:
            yield from self._known(range(anchor.section.first, self._end(anchor.section)))

    def _end(self, scope: ReadParagraph) -> int:
        return len(self.walk.facts) if scope.end is None else scope.end
