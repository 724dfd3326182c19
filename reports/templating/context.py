"""What one rendering has printed so far, and the places in the data that its facts stand at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from reports.diagnostics.problems import Problem, ReportError, Where
from reports.document.drawings import ChartRequest
from reports.document.manuscript import insert_token
from reports.document.nodes import Fact, FactSource, Inline, LineBreak, References, Table, Text
from reports.model.cutoff import Cutoff
from reports.model.dates import PartialDate
from reports.model.places import step_to
from reports.model.records import Dataset, Node

#: Above this a template runs in circles; the longest real report is a hundredth of it.
MAX_CHARACTERS = 20_000_000
#: Lines of what a template gives: a thousand pages have half of them.
MAX_LINES = 100_000
#: Rounds of loops, calls, printed values and things put into lists together.
MAX_STEPS = 500_000


class RenderBudget(Struct):
    """What one rendering has used up."""

    steps: int = 0
    characters: int = 0

    def step(self, count: int = 1) -> None:
        """Count rounds, calls, printed values."""
        self.steps += count
        if self.steps > MAX_STEPS:
            raise ReportError(Problem(Where(""), "template/too-long", {"limit": f"{MAX_STEPS:,}"}))

    def gather(self, things: object) -> None:
        """Count all things in lists within lists: eight lists of eight lists soon are more than can be shown."""
        waiting = [things]
        while waiting:
            one = waiting.pop()
            if isinstance(one, list | tuple):
                self.step(len(one))
                waiting.extend(one)
            elif isinstance(one, dict):
                self.step(len(one))
                waiting.extend(one.values())

    def text(self, letters: str) -> str:
        """Count what was put together."""
        self.characters += len(letters)
        self.room(0)
        return letters

    def room(self, more: int) -> None:
        """Refuse to put together *more* letters than are left."""
        if self.characters + more > MAX_CHARACTERS:
            raise ReportError(Problem(Where(""), "template/too-large", {"limit": f"{MAX_CHARACTERS:,}"}))


class Book(Struct):
    """What one rendering has printed so far: it grows while the template runs and is read when it ends. *day* is
    the one its facts are as of, *before* the reading of the edition before (None at a first issue), *editions* the days of
    all up to this one, *here* tells the template line that is being told, *notes* what is odd in it."""

    dataset: Dataset
    lang: str
    day: PartialDate | None = None
    here: Callable[[], Where | None] = lambda: None
    before: Dataset | None = None
    editions: tuple[Cutoff, ...] = ()
    inserts: list[Inline | Table | References] = field(default_factory=list)
    sources: list[FactSource] = field(default_factory=list)
    charts: list[ChartRequest] = field(default_factory=list)
    notes: dict[tuple[Where, str], Problem] = field(default_factory=dict)
    occurring: dict[tuple[str, str, str], bool] = field(default_factory=dict)
    _source_index: dict[tuple[str, str, bool, str], int] = field(default_factory=dict)
    _worked_out: dict[FactSource, int] = field(default_factory=dict)
    _introduced: set[str] = field(default_factory=set)

    @property
    def as_of(self) -> date:
        """The day its facts are as of."""
        assert self.day is not None and self.day.end is not None, "a report has a day"
        return self.day.end

    def place_of(self, id_: str, dataset: Dataset | None = None) -> Place:
        """Where a record stands, in the reading the report is told from or in another one."""
        found = dataset or self.dataset
        return Place(id_, "", found.nodes[id_], days=found.entered.get(id_))

    def fact(self, place: Place, shown: str) -> Fact:
        """Enter *shown* as a fact that stands at *place* in the data."""
        index = self._source_index.get(place.name)
        if index is None:
            index = self._source_index[place.name] = len(self.sources)
            self.sources.append(self._source(place))
        return Fact(index, _lines(shown))

    def worked_out(self, rule: str, shown: str, places: Iterable[Place]) -> Fact:
        """Enter *shown* as a fact that was worked out by *rule* from the values at *places*."""
        of = tuple(map(self._source, {place.name: place for place in places}.values()))
        source = FactSource("", "", of[0].where if of else Where(""), shown, rule=rule, of=of)
        index = self._worked_out.get(source)
        if index is None:
            index = self._worked_out[source] = len(self.sources)
            self.sources.append(source)
        return Fact(index, _lines(shown))

    def _source(self, place: Place) -> FactSource:
        return FactSource(place.record, place.path, place.node.where, place.node.text, place.on, place.report)

    def insert(self, inline: Inline | Table | References) -> str:
        """Keep *inline* aside and return the token that stands for it."""
        self.inserts.append(inline)
        return insert_token(len(self.inserts) - 1)

    def note(self, problem: Problem) -> None:
        """Keep *problem*, which stops nothing, with the line of the template that is being told; once a line."""
        where = self.here() or problem.where
        self.notes.setdefault((where, problem.code), replace(problem, where=where))

    def occurs(self, plural: str, field: str, value: str) -> bool:
        """True when any record of the kind has *value* in *field*."""
        asked = (plural, field, value)
        if asked not in self.occurring:
            self.occurring[asked] = any(getattr(one, field) == value for one in self.dataset.all(plural))
        return self.occurring[asked]

    def first_mention(self, name: str) -> bool:
        """True the first time it is asked of *name*."""
        if name in self._introduced:
            return False
        self._introduced.add(name)
        return True


def _lines(shown: str) -> tuple[Inline, ...]:
    """Letters, with a forced line break where the data has several lines."""
    first, *rest = shown.split("\n")
    return (Text(first), *(part for line in rest for part in (LineBreak(), Text(line))))


class Place(Struct, frozen=True):
    """A value's place: its record, its field path in it, its node. *report*: it is the definition of a report, which
    may bear the id of a record. *days* are those of the entries that the record's fields come from."""

    record: str
    path: str
    node: Node
    report: bool = False
    days: Mapping[str | int, str] | None = None

    @property
    def on(self) -> str:
        """The day of the entry it comes from, as it is typed; "" where it was said at first."""
        return self.days.get(self.path.partition(".")[0], "") if self.days else ""

    @property
    def name(self) -> tuple[str, str, bool, str]:
        """What tells it from every other place."""
        return self.record, self.path, self.report, self.on

    def below(self, step: str | int) -> Place:
        """The place of a field or list item; where the data has none, this one."""
        name = step_to(self.node, step) if isinstance(step, int) else step
        path = f"{self.path}.{name}" if self.path else name
        return Place(self.record, path, self.node.below.get(step, self.node), self.report, self.days)
