"""Reporting periods: 2023, 2023H1, 2023Q2, 2023-06, 2023-W07 or a free range 2022-07-01..2023-06-30.

A run belongs to a period, never to a moment.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

PeriodKind = Literal["year", "half", "quarter", "month", "week", "range"]

#: English month names; `calendar.month_name` would follow the machine's locale.
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip

_MONTHS: dict[str, int] = {"year": 12, "half": 6, "quarter": 3, "month": 1}
_FORMS: tuple[tuple[str, PeriodKind], ...] = (
    (r"(\d{4})", "year"),
    (r"(\d{4})H([12])", "half"),
    (r"(\d{4})Q([1-4])", "quarter"),
    (r"(\d{4})-(0[1-9]|1[0-2])", "month"),
)
_WEEK = re.compile(r"(\d{4})-W(\d{2})")


class Period(Struct, frozen=True):
    """*start* and *end* are both inside the period."""

    kind: PeriodKind
    start: date
    end: date

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read a period from its name; raise ValueError when it is none."""
        for form, kind in _FORMS:
            found = re.fullmatch(form, text.strip())
            if found:
                year, *rest = (int(group) for group in found.groups())
                if year < 1:
                    break
                nth = rest[0] if rest else 1
                return cls._of(kind, year, (nth - 1) * _MONTHS[kind] + 1)
        week = _WEEK.fullmatch(text.strip())
        if week:
            monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
            return cls("week", monday, monday + timedelta(days=6))
        ends = text.strip().split("..")
        if len(ends) == 2:
            start, end = (date.fromisoformat(part) for part in ends)
            if start <= end:
                return cls("range", start, end)
        raise ValueError(text)

    @classmethod
    def containing(cls, day: date, kind: PeriodKind) -> Period:
        """Return the period of *kind* that contains *day* (not for ranges)."""
        if kind == "range":
            raise ValueError("a free range has no calendar")
        if kind == "week":
            monday = day - timedelta(days=day.weekday())
            return cls("week", monday, monday + timedelta(days=6))
        months = _MONTHS[kind]
        return cls._of(kind, day.year, (day.month - 1) // months * months + 1)

    @classmethod
    def _of(cls, kind: PeriodKind, year: int, month: int) -> Period:
        last = month + _MONTHS[kind] - 1
        return cls(kind, date(year, month, 1), date(year, last, calendar.monthrange(year, last)[1]))

    @property
    def previous(self) -> Period:
        """The period just before; for a range, the one of equal length."""
        before = self.start - timedelta(days=1)
        if self.kind == "range":
            return Period("range", before - (self.end - self.start), before)
        return Period.containing(before, self.kind)

    @property
    def following(self) -> Period:
        """The period just after; for a range, the one of equal length."""
        after = self.end + timedelta(days=1)
        if self.kind == "range":
            return Period("range", after, after + (self.end - self.start))
        return Period.containing(after, self.kind)

    @property
    def year(self) -> int:
        """The year the period counts to: a week counts to the year of its Thursday (ISO 8601)."""
        return self.start.isocalendar().year if self.kind == "week" else self.start.year

    @property
    def nth(self) -> int:
        """Which one of its year it is, from 1; 1 for a range."""
        if self.kind == "week":
            return self.start.isocalendar().week
        return (self.start.month - 1) // _MONTHS.get(self.kind, 12) + 1

    def __str__(self) -> str:
        """The name that `parse` reads back; safe in file names."""
        year, month = self.start.year, self.start.month
        match self.kind:
            case "year":
                return f"{year:04}"
            case "half":
                return f"{year:04}H{month // 6 + 1}"
            case "quarter":
                return f"{year:04}Q{month // 3 + 1}"
            case "month":
                return f"{year:04}-{month:02}"
            case "week":
                return f"{self.year:04}-W{self.nth:02}"
            case "range":
                return f"{self.start}..{self.end}"

    def label(self, lang: str) -> str:
        """The period as a reader says it: 2023年第二季度, second quarter of 2023."""
        year, month = self.start.year, self.start.month
        chinese = lang.startswith("zh")
        if self.kind == "week":
            return f"{self.year}年第{self.nth}周" if chinese else f"week {self.nth} of {self.year}"
        match self.kind:
            case "year":
                return f"{year}年" if chinese else str(year)
            case "half":
                first = month == 1
                if chinese:
                    return f"{year}年{'上' if first else '下'}半年"
                return f"{'first' if first else 'second'} half of {year}"
            case "quarter":
                nth = month // 3
                if chinese:
                    return f"{year}年第{'一二三四'[nth]}季度"
                return f"{('first', 'second', 'third', 'fourth')[nth]} quarter of {year}"
            case "month":
                return f"{year}年{month}月" if chinese else f"{MONTHS[month - 1]} {year}"
            case "range":
                return self._range_label(chinese=chinese)

    def _range_label(self, *, chinese: bool) -> str:
        """A range by its years where it is made of whole ones, else by its days."""
        if (self.start.month, self.start.day, self.end.month, self.end.day) == (1, 1, 12, 31):
            first, last = self.start.year, self.end.year
            return f"{first}—{last}年" if chinese else f"{first}–{last}"
        if chinese:
            return "—".join(f"{d.year}年{d.month}月{d.day}日" for d in (self.start, self.end))
        return f"{self.start} to {self.end}"
