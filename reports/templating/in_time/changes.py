"""`changes()` in templates: what became of each record since the edition before, with the facts before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from reports.model.description.field_help import field_called
from reports.model.formatting import say_open
from reports.model.kinds.metrics import Metric
from reports.model.records import fields
from reports.records.readings.progress import Step
from reports.templating.context import Book
from reports.templating.leaves import Leaf, WorkedOut
from reports.templating.views import IN_TIME, View, view


class Progressed:
    """What became of one record. Printed, it is the sentence that *say* makes of it."""

    __slots__ = ("_say", "book", "step")

    def __init__(self, book: Book, step: Step, say: Callable[[Progressed], str]) -> None:
        self.book, self.step, self._say = book, step, say

    def part(self, name: str) -> Any:
        """What stands behind the dot in a template; raises AttributeError."""
        if name not in PARTS:
            raise AttributeError(name)
        return getattr(self, f"_{name}")

    def known(self) -> list[str]:
        """The names a template may use behind the dot."""
        return list(PARTS)

    def __str__(self) -> str:
        return self._say(self)

    # --- its parts

    @property
    def _record(self) -> View:
        """The record as it is now; one that is gone as it was."""
        return view(self.book, self.step.record) if self.step.after else self._before

    @property
    def _before(self) -> Any:
        """The record as the edition before read it."""
        if self.step.before is None:
            return IN_TIME["before"](view(self.book, self.step.record))
        return View(self.book, self.step.before, self.book.place_of(self.step.id, self.book.before))

    @property
    def _what(self) -> str:
        return self.step.what[0]

    @property
    def _also(self) -> list[str]:
        return list(self.step.what[1:])

    @property
    def _kind(self) -> str:
        return self.step.record.plural

    @property
    def _theme(self) -> Any:
        return self._record.part("theme")

    @property
    def _days(self) -> Leaf:
        """By how many days it moved, or is late."""
        name = "due" if "due" in self._record.place.node.below else "date"
        place = self._record.place.below(name)
        if not self.step.days:
            return Leaf(self.book, place, None, say_open("days", self.book.lang))
        places = [place, self._before.place.below(name)] if "moved" in self.step.what else [place]
        return WorkedOut(self.book, "age", self.step.days, str(abs(self.step.days)), places)

    @property
    def _revised(self) -> bool:
        return bool(self.revisions())

    def revisions(self) -> list[View]:
        """The figures of earlier times that are others than they were."""
        before, after = self.step.before, self.step.after
        if not isinstance(before, Metric) or not isinstance(after, Metric):
            return []
        was = {one.at: one.value for one in before.values}
        listed = zip(after.values, self._record.part("values"), strict=True)
        return [seen for one, seen in listed if was.get(one.at, one.value) != one.value]

    @property
    def _fields(self) -> list[ChangedField]:
        return list(self.changed())

    def changed(self) -> Iterator[ChangedField]:
        """The fields a reader sees differ."""
        if self.step.before is not None and self.step.after is not None:
            for name in self.step.fields:
                yield ChangedField(self._before, self._record, name)


#: What may stand behind the dot of a change.
PARTS = ("record", "before", "what", "also", "kind", "theme", "days", "revised", "fields")


class ChangedField:
    """A field that differs: what it is called, and its values."""

    __slots__ = ("after", "before", "name")

    def __init__(self, before: View, after: View, name: str) -> None:
        self.before, self.after, self.name = before, after, name

    def part(self, name: str) -> Any:
        """What stands behind the dot in a template; raises AttributeError."""
        if name == "name":
            kind = type(self.after.data)
            return field_called(kind, fields(kind)[self.name].encode_name, self.after.book.lang)
        if name in ("before", "after"):
            holder: View = getattr(self, name)
            return holder.part(self.name)
        raise AttributeError(name)

    def known(self) -> list[str]:
        """The names a template may use behind the dot."""
        return ["name", "before", "after"]
