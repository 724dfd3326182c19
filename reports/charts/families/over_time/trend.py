"""Trends: figures over time, with the baseline they began at and the targets they are to reach.

A figure is counted at the end of its time. The dashed line to the target is the one it is held against: straight from
the baseline. Figures of one unit share a scale, those of another get one of their own; nothing is drawn between them,
and of one metric in several currencies only what is in that of its latest figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from reports.charts.amounts import Amount, Unit, common_unit, of_money, of_quantity
from reports.charts.families.over_time import trend_layout
from reports.charts.families.over_time.markers import MARKERS
from reports.charts.families.over_time.trend_plot import Course, End, Panel, Point, Trends
from reports.charts.family_interface import Family, chosen, fault, refused
from reports.document.drawings import ChartRequest
from reports.model.dates import PartialDate, last_day
from reports.model.formatting import chinese, say, say_date, term
from reports.model.kinds.metrics import Baseline, FigureTarget, Metric, Reported, figure_in
from reports.model.records import Record
from reports.model.standing.targets import against_target, alike, number_of, target_on
from reports.model.values import BilingualText, Bound, Money, Quantity, Ratio, Share, Value

_ENDS: Mapping[Bound, End] = MappingProxyType(
    {
        "exact": "exact", "about": "about", "nearly": "about",
        "less than": "below", "at most": "below", "far below": "below",
        "more than": "above", "at least": "above", "far above": "above",
    }
)  # fmt: skip
_Sort = tuple[str, str, str]


class _Found(Struct, frozen=True):
    """A metric with its figures: each with the time it is of."""

    metric: Metric
    figures: tuple[tuple[PartialDate, Value], ...]

    @property
    def held(self) -> Iterator[Value]:
        """Every figure of it, targets and baseline too."""
        yield from (value for _, value in self.figures)
        others: list[FigureTarget | Baseline | None] = [*self.metric.target, self.metric.baseline]
        yield from (value for one in others if one and (value := figure_in(one)) is not None)


# --- rows ---------------------------------------------------------------------------------------------------


def rows(request: ChartRequest) -> tuple[Trends, ...]:
    """Return one chart with a panel for each unit, () without any record.

    Raise ReportError: chart/row for what is no metric or has no dated figure, chart/rows for too many of one unit.
    """
    if not request.records:
        return ()
    found = [_found(request, record) for record in request.records]
    sorts: dict[_Sort, list[_Found]] = {}
    for one in found:
        sorts.setdefault(_sort(one), []).append(one)
    panels = tuple(_panel(request, group) for group in sorts.values())
    day = last_day(request.day) if request.day else None
    said = say_date(request.day, request.lang, short=True) if request.day else ""
    times = tuple(sorted({at.precision for one in found for at, _ in one.figures}))
    return (Trends(panels, day, said, times, chosen(request, "axis", "fitted") == "from zero"),)


def _found(request: ChartRequest, record: Record) -> _Found:
    if not isinstance(record, Metric):
        raise refused(request, record, "only metrics have figures over time", "只有指标才有随时间变化的数")
    if record.values:
        held: Sequence[Reported] = record.values
        figures = [(one.at, value) for one in held if (value := figure_in(one)) is not None]
    else:
        own = figure_in(record)
        figures = [(record.date, own)] if own is not None and record.date is not None else []
    dated = [(at, value) for at, value in figures if at.end is not None and at.relation == "on"]
    if not dated:
        raise refused(request, record, "its figure has no date", "它的数没有日期")
    dated = sorted((one for one in dated if number_of(one[1]) is not None), key=lambda one: last_day(one[0]))
    if not dated:
        raise refused(request, record, "a ratio to nought is no number", "与零之比不是一个数")
    return _Found(_alike(record, dated[-1][1]), tuple(one for one in dated if alike(one[1], dated[-1][1])))


def _alike(metric: Metric, latest: Value) -> Metric:
    """The metric with those targets and that baseline alone that can be held against its latest figure."""

    def fits(one: FigureTarget | Baseline) -> bool:
        value = figure_in(one)
        return value is not None and number_of(value) is not None and alike(value, latest)

    baseline = metric.baseline if metric.baseline and fits(metric.baseline) else None
    return replace(metric, target=tuple(filter(fits, metric.target)), baseline=baseline)


def _sort(found: _Found) -> _Sort:
    """What a metric is measured in."""
    value = found.figures[-1][1]
    unit = found.metric.unit if isinstance(value, Quantity) else None
    return type(value).__name__, getattr(value, "currency", ""), repr(unit and (unit.zh, unit.en))


class _Said(Struct, frozen=True):
    """How the figures of one panel are said: in one *unit*, where they are counts or money."""

    lang: str
    unit: Unit | None = None

    def number(self, value: Value) -> Decimal:
        """The number of *value* in the panel's unit."""
        number = number_of(value)
        assert number is not None, "`_sort` lets no other through"
        return number / self.unit.divisor if self.unit else number

    def words(self, metric: Metric, value: Value) -> str:
        """*value* as it is printed."""
        return self.unit.said(_amount(metric, value)) if self.unit else say(value, self.lang)


def _amount(metric: Metric, value: Value) -> Amount:
    if isinstance(value, Money):
        return of_money(value)
    assert isinstance(value, Quantity)
    return of_quantity(value, metric.unit)


def _panel(request: ChartRequest, group: Sequence[_Found]) -> Panel:
    if len(group) > len(MARKERS):
        zh, en = (
            f"同一单位{len(group)}条线，最多{len(MARKERS)}条",
            f"{len(group)} lines of one unit, at most {len(MARKERS)}",
        )
        raise fault(request, "chart/rows", detail=zh if chinese(request.lang) else en)
    value, unit = group[0].figures[0][1], None
    if isinstance(value, Quantity | Money):
        unit = common_unit(request, [_amount(one.metric, v) for one in group for v in one.held])
    said = _Said(request.lang, unit)
    behind = "%" if isinstance(value, Share) else ":1" if isinstance(value, Ratio) else ""
    return Panel(tuple(_course(request, one, said) for one in group), unit.words if unit else "", behind)


def _course(request: ChartRequest, found: _Found, said: _Said) -> Course:
    metric, lang = found.metric, request.lang

    def point(at: PartialDate, value: Value) -> Point:
        bound: Bound = getattr(value, "bound", "exact")
        return Point(
            last_day(at), said.number(value), said.words(metric, value), say_date(at, lang), _ENDS[bound]
        )

    aims = [(one.by, value) for one in metric.target if (value := figure_in(one)) is not None]
    begin = figure_in(metric.baseline) if metric.baseline else None
    day = last_day(request.day) if request.day else last_day(found.figures[-1][0])
    aim, against = target_on(metric, day), against_target(metric, day)
    return Course(
        " ".join(say(metric.title, lang).split()),
        tuple(point(at, value) for at, value in found.figures),
        tuple(point(by, value) for by, value in sorted(aims, key=lambda one: last_day(one[0]))),
        point(metric.baseline.at, begin) if metric.baseline and begin is not None else None,
        last_day(aim.by) if aim else None,
        term(against.state, lang) if against and against.state else "",
    )


# --- words --------------------------------------------------------------------------------------------------

_UNIT = BilingualText("（单位：{}）", " (unit: {})", "（單位：{}）")
_BASELINE = BilingualText("基线（{when}）：{said}", "baseline ({when}): {said}", "基線（{when}）：{said}")
_TARGET = BilingualText("目标（{when}）：{said}", "target ({when}): {said}", "目標（{when}）：{said}")
_STATE = BilingualText("截至{when}：{state}", "as of {when}: {state}", "截至{when}：{state}")


def describe(rows: tuple[Trends, ...], lang: str) -> str:
    """Return one sentence that says every figure with its time, the baseline, the targets and how it stands."""
    [chart] = rows
    zh = chinese(lang)
    said = [_course_said(course, panel, chart, lang) for panel in chart.panels for course in panel.courses]
    return f"趋势图：{'；'.join(said)}。" if zh else f"Trend: {'; '.join(said)}."


def _course_said(course: Course, panel: Panel, chart: Trends, lang: str) -> str:
    zh = chinese(lang)
    unit = _UNIT.get(lang).format(panel.unit) if panel.unit else ""
    found = [f"{one.when}：{one.said}" if zh else f"{one.when}: {one.said}" for one in course.points]
    if course.baseline:
        found.append(_BASELINE.get(lang).format(when=course.baseline.when, said=course.baseline.said))
    found += [_TARGET.get(lang).format(when=one.when, said=one.said) for one in course.targets]
    if course.state and chart.day_said:
        found.append(_STATE.get(lang).format(when=chart.day_said, state=course.state))
    return f"{course.title}{unit}{'，' if zh else ', '}{('，' if zh else ', ').join(found)}"


FAMILY = Family(rows, describe, trend_layout.arrange, {"axis": ("fitted", "from zero")})
