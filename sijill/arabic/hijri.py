"""Days of the Islamic calendar as Gregorian days, by the tabular calendar of thirty-year cycles.

The tabular calendar is arithmetic, so it needs no tables; a month that is announced by sight may begin a day or two
earlier or later. Whoever uses it must say so.
"""

from __future__ import annotations

import datetime as dt

__all__ = ["gregorian", "islamic"]

EPOCH = dt.date(622, 7, 18).toordinal()
"""1 Muharram 1 in the astronomers' reckoning, 15 July 622 of the Julian calendar: it is nearer to the dates that states
announce today than the civil reckoning, a day later."""


CYCLE = 30 * 354 + 11
"""Days of thirty years."""


def islamic(date: dt.date) -> tuple[int, int, int] | None:
    """Year, month and day of the Islamic calendar; None before its first day.

    >>> islamic(dt.date(2018, 9, 11))
    (1440, 1, 1)
    """
    days = date.toordinal() - EPOCH
    if days < 0:
        return None
    year = (30 * days + CYCLE + 15) // CYCLE
    month = min(12, 2 * (date - gregorian(year, 1, 1)).days // 59 + 1)
    return year, month, (date - gregorian(year, month, 1)).days + 1


def gregorian(year: int, month: int, day: int) -> dt.date:
    """The Gregorian date of a day of the Islamic calendar.

    >>> gregorian(1440, 1, 1)
    datetime.date(2018, 9, 11)
    """
    months = (59 * (month - 1) + 1) // 2  # 30 and 29 days in turn
    leaps = (11 * year + 3) // 30  # eleven leap years in thirty, in years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29
    return dt.date.fromordinal(EPOCH + 354 * (year - 1) + leaps + months + day - 1)
