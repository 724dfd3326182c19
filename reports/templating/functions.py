"""What a template may call: one function each, documented in docs/templates.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from reports.diagnostics.problems import Problem, ReportError, Where, near
from reports.diagnostics.words.progress import PROGRESS
from reports.document.drawings import ChartRequest
from reports.document.nodes import plain
from reports.model.cutoff import Cutoff
from reports.model.dates import PartialDate
from reports.model.formatting import say
from reports.model.kinds import KINDS
from reports.model.records import Node, Record, links_of
from reports.model.report_definitions import Job
from reports.records.converter import NOT_STATED
from reports.records.readings.slips import slips
from reports.templating import citations, filters, open_states, selections, tables
from reports.templating.comparison import same
from reports.templating.context import Book, Place
from reports.templating.environment import (
    Unknown,
    line_here,
)
from reports.templating.in_time.selecting import changes, in_state
from reports.templating.leaves import Leaf
from reports.templating.views import View, choices, view
from reports.templating.worked_out import HowMany


def functions(book: Book, job: Job, place: Node, folder: str) -> dict[str, Any]:
    """Every name a template finds: the record lists by kind, and the functions below; templates lie in *folder*."""
    report = View(book, job.report, Place(job.report.id, "", place, report=True))
    day = PartialDate(job.as_of, job.as_of)
    names: dict[str, Any] = {
        "report": report,
        "lang": book.lang,
        "period": _period_leaf(book, job, place),
        "as_of": Leaf(book, _edition_place(job, place, "as_of"), day, say(day, book.lang)),
        "record": lambda id_: _record(book, id_),
        "chart": lambda kind, rows, **options: _chart(
            book, kind, rows, options, line_here(folder), cutoff=job.cutoff
        ),
        "table": lambda rows, *columns, shade="": tables.plan_table(book, rows, columns, shade),
        "col": partial(tables.column),
        "refs": lambda *things: filters.refs(book, *things),
        "cite": lambda *works: citations.cite(book, *works),
        "bibliography": lambda works: citations.bibliography(book, works),
        "remark": lambda mark, on="": citations.remark(book, mark, on),
        "say": lambda word: say(word, book.lang),
    }
    names["changes"] = partial(
        changes, book, job, partial(_in_report, book, programmes=job.report.programmes)
    )
    names["previous"] = _previous(book, job, place)
    for plural in KINDS:
        names[plural] = _chooser(book, job, plural)
    for name, thing in names.items():
        if callable(thing) and not isinstance(thing, Leaf | View):
            thing.__name__ = name  # what a message calls it
    return names


def _edition_place(job: Job, place: Node, field: str) -> Place:
    """Where the report's definition says *field* of the edition that is made; the definition where it does not."""
    whole = Place(job.report.id, "", place, report=True)
    for i, edition in enumerate(job.report.editions):
        if edition.period == job.period:
            return whole.below("editions").below(i).below(field)
    return whole


def _period_leaf(book: Book, job: Job, place: Node) -> Leaf:
    return Leaf(book, _edition_place(job, place, "period"), str(job.period), job.period.label(book.lang))


def _previous(book: Book, job: Job, place: Node) -> Leaf:
    """The period of the edition before; open at a first issue."""
    if job.previous is None:
        return Leaf(
            book, Place(job.report.id, "", place, report=True), None, PROGRESS.say("none yet", book.lang)
        )
    return _period_leaf(book, job.previous, place)


def _record(book: Book, id_: object) -> View:
    found = book.dataset.records.get(id_) if isinstance(id_, str) else None
    if found is None:
        raise Unknown(str(id_), sorted(book.dataset.records))
    return view(book, found)


def _chooser(book: Book, job: Job, plural: str) -> Callable[..., list[View]]:
    """`meetings(status="held", theme="office")`: the report's records of one kind for which all is true."""
    programmes = job.report.programmes
    kind = KINDS[plural]

    def choose(state: Any = None, **asked: Any) -> list[View]:
        wanted = {name: _wanted(book, kind, name, value) for name, value in asked.items()}
        there = [one for one in book.dataset.all(plural) if _in_report(book, one, programmes)]
        if state is not None:
            there = in_state(book, there, state)
        found = [view(book, record) for record in there if _fits(record, wanted)]
        if not found:
            _note_open_states(book, there, wanted)
        return found

    return choose


def _note_open_states(book: Book, there: Sequence[Record], wanted: Mapping[str, Sequence[Any]]) -> None:
    """Note where nothing was found because of a state that records no longer have by themselves."""
    for field, values in wanted.items():
        others = {name: value for name, value in wanted.items() if name != field}
        for value in (value for value in values if open_states.filled_in(field, value)):
            open_states.chosen(book, field, value, (one for one in there if _fits(one, others)))


def _in_report(book: Book, record: Record, programmes: Sequence[str]) -> bool:
    return not programmes or book.dataset.programmes[record.id] in programmes


def _wanted(book: Book, kind: type[Record], name: str, value: Any) -> list[Any]:
    """The values field *name* may have, as plain values; a value it can never have is the author's mistake."""
    if name not in kind.__struct_fields__:
        raise Unknown(name, sorted(kind.__struct_fields__))
    values = value if isinstance(value, list | tuple) else (value,)
    found = [v.id if isinstance(v, View) else v.value if isinstance(v, Leaf) else v for v in values]
    words = choices(kind, name)
    if words and NOT_STATED not in words:
        found = [None if one == NOT_STATED else one for one in found]
    for one in found:
        if isinstance(one, str) and words and one not in words:
            args = {"field": name, "value": one, "near": near(one, words), "known": ", ".join(words)}
            raise ReportError(Problem(Where(""), "template/unknown-choice", {**args, "name": one}))
        if isinstance(one, str) and name in dict(links_of(kind)):
            _record(book, one)
    return found


def _fits(record: Record, wanted: Mapping[str, Sequence[Any]]) -> bool:
    for name, values in wanted.items():
        field = getattr(record, name)
        held = field if isinstance(field, tuple) else (field,)
        if not any(same(have, value) for have in held for value in values):
            return False
    return True


def _chart(
    book: Book,
    kind: str,
    rows: Iterable[Any],
    options: Mapping[str, Any],
    where: Where | None,
    *,
    cutoff: Cutoff,
) -> str:
    """Ask for a chart; returns the address to put into `![caption](…)`."""
    views = selections.items(rows, "chart")
    if not all(isinstance(row, View) for row in views):
        raise ReportError(Problem(Where(""), "template/not-a-list", {"function": "chart"}))
    settings = {name: _option(book, value) for name, value in options.items()}
    width = settings.pop("width_cm", 15.0)
    if isinstance(width, bool) or not isinstance(width, int | float) or not 1 <= width <= 100:
        args = {"function": "chart", "detail": f"width_cm={width!r}"}
        raise ReportError(Problem(Where(""), "template/bad-argument", args))
    drawn, plain_settings = tuple(row.record for row in views), tuple(sorted(settings.items()))
    moved = slips(book.dataset, (record.id for record in drawn), cutoff)
    book.charts.append(
        ChartRequest(
            kind, drawn, book.lang, plain_settings, float(width), where, book.dataset.records, book.day, moved
        )
    )
    return f"chart:{len(book.charts) - 1}"


def _option(book: Book, value: Any) -> Any:
    """A chart's option as plain letters, numbers and lists of them: charts know no tokens."""
    if isinstance(value, Leaf):
        return value.text
    if isinstance(value, View):
        return value.name_text()
    if isinstance(value, HowMany):
        return int(value)
    if isinstance(value, list | tuple):
        return tuple(_option(book, one) for one in value)
    return plain(filters.expanded(book, str(value))) if isinstance(value, str) else value
