"""What is asked of a chart, and the picture that comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from reports.diagnostics.problems import Where
from reports.model.dates import PartialDate
from reports.model.records import Record


class ChartRequest(Struct, frozen=True):
    """Draw *records* as a chart of *kind*; *options* are what the template author set beside that.

    *width_cm* is the width the picture will have on the page, so that letters come out at their true size.
    *linked* are the records, by id, that the drawn ones may link to: a chart prints their names, as they were on
    *day*. *slips* are, by id, the days that something was to happen on before the one it says now, the first first.
    """

    kind: str
    records: Sequence[Record]
    lang: str
    options: tuple[tuple[str, object], ...] = ()
    width_cm: float = 15.0
    where: Where | None = None
    linked: Mapping[str, Record] = field(default_factory=dict)
    day: PartialDate | None = None
    slips: Mapping[str, tuple[PartialDate, ...]] = field(default_factory=dict)


class Drawing(Struct, frozen=True):
    """A picture ready for a page: PNG bytes, an SVG twin for charts, its size on paper, and *alt*, one
    sentence that says what is to be seen."""

    png: bytes
    width_cm: float
    height_cm: float
    alt: str
    svg: bytes | None = None
