"""What every family of charts offers: rows out of a request, words for them, and their layout."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from msgspec import Struct, field

from reports.charts.line_breaking import stacked, wrap
from reports.charts.scene import TITLE, Label, Measure, Scene, line_height
from reports.diagnostics.problems import Problem, ReportError, Where
from reports.document.drawings import ChartRequest
from reports.model.dates import PartialDate
from reports.model.formatting import chinese, say
from reports.model.records import Called, Name, Record
from reports.model.values import BilingualText

Row = TypeVar("Row")


class Sheet(Struct, frozen=True):
    """The paper a chart is laid out on: its width in cm, the language, what the author asked for, and how
    wide letters are."""

    width: float
    lang: str
    measure: Measure
    title: str = ""

    def heading(self) -> tuple[tuple[Label, ...], float]:
        """Return the labels of the title and the height in cm they take, 0 without one."""
        if not self.title:
            return (), 0.0
        lines = wrap(self.title, self.width, self.measure, TITLE)
        height = line_height(TITLE)
        return stacked(lines, 0, height / 2, TITLE), len(lines) * height + 0.2


class Family(Struct, Generic[Row], frozen=True):
    """One kind of chart.

    *rows* reads a request into plain values in its language, or raises ReportError(chart/row); *describe*
    says in one sentence what is to be seen; *arrange* lays the rows out. *options* are, beside the title that
    every chart may have, the names a request may use, each with the words it may be; the first is the default.
    """

    rows: Callable[[ChartRequest], tuple[Row, ...]]
    describe: Callable[[tuple[Row, ...], str], str]
    arrange: Callable[[tuple[Row, ...], Sheet], Scene]
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def fault(request: ChartRequest, problem: str, /, **args: object) -> ReportError:
    """Return the error *problem* (a message code) at the place of *request*."""
    return ReportError(Problem(request.where or Where(""), problem, {"kind": request.kind, **args}))


def refused(request: ChartRequest, record: Record, en: str, zh: str) -> ReportError:
    """Return the error that *record* cannot be drawn, with the reason in both languages."""
    return fault(request, "chart/row", id=record.id, detail=zh if chinese(request.lang) else en)


def chosen(request: ChartRequest, name: str, default: str) -> str:
    """Return what the author set option *name* to."""
    return str(dict(request.options).get(name, default))


def called(request: ChartRequest, id_: str, day: PartialDate | None = None) -> str:
    """Return the short name, on *day*, of the record that a drawn one links to; its id where nobody knows it."""
    record = request.linked.get(id_)
    if record is None:
        return id_
    label = label_of(request, record, day)
    return label.brief(request.lang) if isinstance(label, Called) else say(label, request.lang)


def label_of(request: ChartRequest, record: Record, day: PartialDate | None = None) -> Called | BilingualText:
    """Return what *record* was called on *day*, else on the day of the chart."""
    label = record.label
    return label.at(day, request.day) if isinstance(label, Name) else label
