"""What every family of charts offers: rows out of a request, words for them, and their layout."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from reports.charts.lettering import stacked, wrap
from reports.charts.scene import TITLE, Label, Measure, Scene, line_height
from reports.drawing import ChartRequest
from reports.problems import Problem, ReportError, Where

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Sheet:
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


@dataclass(frozen=True, slots=True)
class Family(Generic[Row]):
    """One kind of chart.

    *rows* reads a request into plain values in its language, or raises ReportError(chart/row); *describe*
    says in one sentence what is to be seen; *arrange* lays the rows out. *options* are the names a request
    may use.
    """

    rows: Callable[[ChartRequest], tuple[Row, ...]]
    describe: Callable[[tuple[Row, ...], str], str]
    arrange: Callable[[tuple[Row, ...], Sheet], Scene]
    options: tuple[str, ...] = ("title",)


def fault(request: ChartRequest, problem: str, /, **args: object) -> ReportError:
    """Return the error *problem* (a message code) at the place of *request*."""
    return ReportError(Problem(request.where or Where(""), problem, {"kind": request.kind, **args}))
