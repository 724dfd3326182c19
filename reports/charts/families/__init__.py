"""One module a kind of chart, entered here by the name that templates call it by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reports.charts.family_interface import Family


class _Families(Mapping[str, Family[Any]]):
    """Every family by the kind of chart it draws, loaded when it is first asked for: a report uses two or three."""

    _KINDS = (
        "shares",
        "timeline",
        "bars",
        "ring",
        "figures",
        "milestones",
        "matrix",
        "structure",
        "trend",
        "gantt",
    )

    def __getitem__(self, kind: str) -> Family[Any]:
        match kind:
            case "shares":
                from reports.charts.families import shares  # noqa: PLC0415

                return shares.FAMILY
            case "timeline":
                from reports.charts.families import timeline  # noqa: PLC0415

                return timeline.FAMILY
            case "bars":
                from reports.charts.families import bars  # noqa: PLC0415

                return bars.FAMILY
            case "ring":
                from reports.charts.families import ring  # noqa: PLC0415

                return ring.FAMILY
            case "figures":
                from reports.charts.families import key_figures  # noqa: PLC0415

                return key_figures.FAMILY
            case "milestones":
                from reports.charts.families import milestones  # noqa: PLC0415

                return milestones.FAMILY
            case "matrix":
                from reports.charts.families import matrix  # noqa: PLC0415

                return matrix.FAMILY
            case "structure":
                from reports.charts.families import structure  # noqa: PLC0415

                return structure.FAMILY
            case "trend" | "gantt":
                return _over_time(kind)
            case _:
                raise KeyError(kind)

    def __iter__(self) -> Iterator[str]:
        return iter(self._KINDS)

    def __len__(self) -> int:
        return len(self._KINDS)


def _over_time(kind: str) -> Family[Any]:
    if kind == "gantt":
        from reports.charts.families.over_time import gantt  # noqa: PLC0415

        return gantt.FAMILY
    from reports.charts.families.over_time import trend  # noqa: PLC0415

    return trend.FAMILY


FAMILIES: Mapping[str, Family[Any]] = _Families()
