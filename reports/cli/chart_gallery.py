"""A catalogue of charts: every kind drawn from the data at hand, with the line of a template that draws it.

Nothing here knows a record by name: for each kind there are ways to ask a dataset for what it draws, and the first
that can be drawn is the example. What a dataset has nothing for is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from reports import charts, files
from reports.diagnostics.problems import ReportError
from reports.document.drawings import ChartRequest, Drawing
from reports.model.cutoff import LATEST
from reports.model.dates import PartialDate
from reports.model.kinds.activities import Meeting
from reports.model.kinds.actors import GovernanceBody, MemberClass
from reports.model.kinds.metrics import Budget, Facility, Metric
from reports.model.kinds.plans import Action, Discussion
from reports.model.records import Dataset, Record
from reports.records.readings.slips import slips


class Example(Struct, frozen=True):
    """One picture of the catalogue: its *name*, the *kind* of chart, the *programme* whose report would ask for its
    records, and how a template asks for them."""

    name: str
    kind: str
    programme: str
    asked: str
    records: tuple[Record, ...]
    options: tuple[tuple[str, str], ...] = ()

    @property
    def line(self) -> str:
        """The line of a template that draws it."""
        options = "".join(f', {name}="{value}"' for name, value in self.options)
        return f'![…]({{{{ chart("{self.kind}", {self.asked}{options}) }}}}){{#fig-{self.name}}}'


_Found = tuple[str, str, Sequence[Record]]


class Shown(Struct, frozen=True):
    """An example with its picture in each language."""

    example: Example
    drawings: Mapping[str, Drawing]


def examples(
    dataset: Dataset, languages: Sequence[str], begin: Callable[[str], None] = lambda name: None
) -> tuple[tuple[Shown, ...], tuple[str, ...]]:
    """Return an example of each way to use a chart that *dataset* has records for, in the order of WAYS, and the
    names of those without one; *begin* is told of each way before it is tried."""
    found: list[Shown] = []
    missing: list[str] = []
    for name, (kind, options, ways) in WAYS.items():
        begin(name)
        for programme, asked, records in _best_first(ways(dataset)):
            example = Example(name, kind, programme, asked, tuple(records), options)
            drawings = _drawn(example, dataset, languages)
            if drawings:
                found.append(Shown(example, drawings))
                break
        else:
            missing.append(name)
    return tuple(found), tuple(missing)


def _drawn(example: Example, dataset: Dataset, languages: Sequence[str]) -> dict[str, Drawing]:
    """The pictures of *example*, {} where its records cannot be drawn so in one of the languages."""
    try:
        return {lang: charts.draw(_request(example, dataset, lang)) for lang in languages}
    except ReportError:
        return {}


def _request(example: Example, dataset: Dataset, lang: str) -> ChartRequest:
    asked = ChartRequest(example.kind, example.records, lang, example.options, linked=dataset.records)
    if example.kind not in _OF_A_DAY:
        return asked
    moved = slips(dataset, (record.id for record in example.records), LATEST)
    return replace(asked, day=_day(dataset), slips=moved)


#: What is drawn as of a day.
_OF_A_DAY = frozenset(("gantt", "trend"))


def _day(dataset: Dataset) -> PartialDate | None:
    """The day of the latest document: up to then the data tell what was so."""
    ends = [day.end for source in dataset.all("sources") if (day := source.day) is not None and day.end]
    return PartialDate(max(ends), max(ends)) if ends else None


def write(
    dataset: Dataset,
    folder: Path,
    languages: Sequence[str],
    begin: Callable[[str], None] = lambda name: None,
) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Draw the catalogue into *folder*: a picture for each example and language, and `index.md`. Return the files, and the names of the ways to use a chart that had no records."""
    found, missing = examples(dataset, languages, begin)
    outputs: dict[str, bytes] = {}
    for lang in languages:
        outputs |= {f"{shown.example.name}.{lang}.png": shown.drawings[lang].png for shown in found}
    outputs["index.md"] = "\n".join(_index(found, missing)).encode()
    for name, data in outputs.items():
        files.write(folder / name, data)
    return tuple(folder / name for name in outputs), missing


def _index(found: Sequence[Shown], missing: Sequence[str]) -> Iterator[str]:
    """The catalogue as lines of Markdown."""
    yield "# Charts"
    for shown in found:
        example = shown.example
        yield from (
            "",
            f"## {example.name}",
            "",
            f"Kind: `{example.kind}`. Records of `{example.programme}`.",
            "",
        )
        for name, choices in charts.FAMILIES[example.kind].options.items():
            yield f"- `{name}`: {', '.join(f'`{word}`' for word in choices)}"
        yield from ("", "```jinja", example.line, "```")
        for lang, drawing in shown.drawings.items():
            yield from ("", f"![{_escaped(drawing.alt)}]({example.name}.{lang}.png)")
    if missing:
        yield from ("", "## Without records", "", ", ".join(missing))
    yield ""


def _escaped(text: str) -> str:
    return "".join(f"\\{sign}" if sign in "\\[]*_`<" else sign for sign in text)


# --- ways to find records ---------------------------------------------------------------------------------


def _best_first(found: Iterable[_Found]) -> list[_Found]:
    """Those with the most records first."""
    return sorted((one for one in found if one[2]), key=lambda one: -len(one[2]))


def _programmes(dataset: Dataset) -> Iterator[tuple[str, Callable[[str], list[Record]]]]:
    """Each programme, with what a report of it gets for the name of a kind."""
    for programme in dict.fromkeys(dataset.programmes.values()):

        def of(plural: str, programme: str = programme) -> list[Record]:
            return [r for r in dataset.all(plural) if dataset.programmes[r.id] == programme]

        yield programme, of


def _grouped(dataset: Dataset, plural: str, field: str) -> Iterator[_Found]:
    """The records of a kind that have the same value in *field*, in each programme."""
    for programme, of in _programmes(dataset):
        values: dict[str, list[Record]] = {}
        for record in of(plural):
            held = getattr(record, field)
            for value in held if isinstance(held, tuple) else (held,):
                values.setdefault(value, []).append(record)
        for value, records in values.items():
            if value:
                yield programme, f'{plural}({field}="{value}")', records


def _metrics(fits: Callable[[Metric], bool], least: int, most: int) -> Callable[[Dataset], Iterator[_Found]]:
    """Groups of metrics of which each *fits*."""

    def ways(dataset: Dataset) -> Iterator[_Found]:
        for programme, asked, records in _grouped(dataset, "metrics", "group"):
            if least <= len(records) <= most and all(isinstance(r, Metric) and fits(r) for r in records):
                yield programme, asked, records

    return ways


def _one_metric(fits: Callable[[Metric], bool]) -> Callable[[Dataset], Iterator[_Found]]:
    """Metrics that fit, each alone."""

    def ways(dataset: Dataset) -> Iterator[_Found]:
        for record in dataset.all("metrics"):
            if isinstance(record, Metric) and fits(record):
                yield dataset.programmes[record.id], f'[record("{record.id}")]', [record]

    return ways


def _budgets(dataset: Dataset) -> Iterator[_Found]:
    """Budgets one of which is part of another."""
    for programme, asked, records in _grouped(dataset, "budgets", "payee"):
        if any(isinstance(record, Budget) and record.part_of for record in records):
            yield programme, asked, records


def _all(*plurals: str) -> Callable[[Dataset], Iterator[_Found]]:
    """All records of some kinds, of each programme."""

    def ways(dataset: Dataset) -> Iterator[_Found]:
        for programme, of in _programmes(dataset):
            kinds = [plural for plural in plurals if of(plural)]
            yield programme, " + ".join(f"{plural}()" for plural in kinds), [r for p in kinds for r in of(p)]

    return ways


def _climbing(dataset: Dataset) -> Iterator[_Found]:
    """Agreements and milestones on more than one level, few enough for a strip."""
    for programme, asked, records in _all("agreements", "milestones")(dataset):
        levels = {getattr(record, "level", None) for record in records}
        if len(levels - {None}) > 1 and None not in levels and len(records) <= 8:
            yield programme, asked, records


def _plans(dataset: Dataset) -> Iterator[_Found]:
    """What has a day and is not all done, of each programme."""
    for programme, asked, records in _all("meetings", "actions", "discussions")(dataset):
        if any(
            isinstance(r, Action | Discussion) or getattr(r, "status", None) == "planned" for r in records
        ):
            yield programme, asked, records


def _few(dataset: Dataset) -> Iterator[_Found]:
    """All figures of a programme, or those of a group, where they are few."""
    yield from (
        found for found in _all("metrics", "networks", "outlooks")(dataset) if 2 <= len(found[2]) <= 4
    )
    yield from _metrics(lambda metric: not (metric.share or metric.ratio), 2, 4)(dataset)


def _facilities(dataset: Dataset) -> Iterator[_Found]:
    """Facilities of a country whose beamlines are counted."""
    for programme, asked, records in _grouped(dataset, "facilities", "country"):
        counted = [r for r in records if isinstance(r, Facility) and r.beamlines]
        if len(counted) > 1:
            yield programme, f'{asked} | selectattr("beamlines")', counted


def _meetings(dataset: Dataset) -> Iterator[_Found]:
    """Meetings of a series that name who took part."""
    for programme, asked, records in _grouped(dataset, "meetings", "series"):
        if sum(bool(r.participants) for r in records if isinstance(r, Meeting)) > 1:
            yield programme, asked, records


def _governed(dataset: Dataset) -> Iterator[_Found]:
    """The bodies of an alliance with the relations of its programme."""
    for programme, asked, bodies in _grouped(dataset, "governance_bodies", "alliance"):
        related = [r for r in dataset.all("relations") if dataset.programmes[r.id] == programme]
        if len(bodies) > 1 and related and all(isinstance(r, GovernanceBody) for r in bodies):
            yield programme, f"{asked} + relations()", [*bodies, *related]


def _classes(dataset: Dataset) -> Iterator[_Found]:
    for programme, asked, records in _grouped(dataset, "member_classes", "alliance"):
        if len(records) > 1 and all(isinstance(r, MemberClass) for r in records):
            yield programme, asked, records


#: By name: the kind of chart, its options, and where to look for records.
WAYS: Mapping[str, tuple[str, tuple[tuple[str, str], ...], Callable[[Dataset], Iterator[_Found]]]] = (
    MappingProxyType(
        {
            "shares": ("shares", (), _metrics(lambda m: bool(m.ratio and m.parts), 1, 6)),
            "shares-budget": ("shares", (), _budgets),
            "timeline": ("timeline", (), _all("agreements", "meetings", "visits", "events")),
            "bars": ("bars", (), _facilities),
            "bars-count": ("bars", (("by", "country"),), lambda d: _grouped(d, "facilities", "alliances")),
            "bars-parts": ("bars", (), _one_metric(lambda m: bool(m.components))),
            "ring": ("ring", (), _one_metric(lambda m: bool(m.share and m.parts and not m.group))),
            "ring-parts": ("ring", (), _metrics(lambda m: bool(m.share and m.parts), 2, 3)),
            "figures": ("figures", (), _few),
            "milestones": ("milestones", (), _climbing),
            "matrix": ("matrix", (), _meetings),
            "matrix-rights": ("matrix", (), _classes),
            "structure": ("structure", (), _governed),
            "trend": ("trend", (), _metrics(lambda metric: len(metric.values) > 1, 1, 5)),
            "gantt": ("gantt", (), _plans),
        }
    )
)
