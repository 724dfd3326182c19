"""Working days: weekends, public holidays, and the weekend days China makes up for them.

Days announced by a government are known a year ahead at most; later ones are reckoned from the rules of the
calendar (moon and sun included), until a newer release of the library brings what was announced.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from holidays import HolidayBase

#: ISO codes of countries; "weekends" knows no holidays, "none" takes every day for a working day.
WorkCalendar = Literal["CN", "HK", "CH", "FR", "DE", "GB", "JP", "RU", "US", "weekends", "none"]


def is_workday(day: date, calendar: WorkCalendar) -> bool:
    """Whether people work on *day*, by *calendar*."""
    if calendar == "none":
        return True
    if calendar == "weekends":
        return day.weekday() < 5
    return _country(calendar).is_working_day(day)


def next_workday(day: date, calendar: WorkCalendar) -> date:
    """Return *day*, or the first working day behind it."""
    while not is_workday(day, calendar):
        day += timedelta(days=1)
    return day


def is_announced(day: date, calendar: WorkCalendar) -> bool:
    """Whether the days off of the year of *day* are known: a country that moves them announces them year by year."""
    if calendar in {"none", "weekends"}:
        return True
    country = _country(calendar)
    announced = country.special_public_holidays if country.has_substituted_holidays else ()
    return not announced or day.year <= max(announced)


@cache
def _country(code: str) -> HolidayBase:
    from holidays import country_holidays  # noqa: PLC0415 - it is large, and only a schedule asks

    return country_holidays(code)
