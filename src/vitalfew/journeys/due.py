"""The day by which a check is due.

    due = the anchor's day + n working days;   in use, every m months: first working day on or after the day m months later

An anchor that has not come yet, such as the delivery, leaves the check waiting. 31 January and one month: the last of February.
"""

from datetime import date

from vitalfew.accounts.spans import months_later
from vitalfew.workdays import Calendar


def due(anchor: date | None, calendar: Calendar, days: int, months: int | None) -> date | None:
    """None while its anchor has not come."""
    if anchor is None:
        return None
    if months:
        return calendar.on_or_after(months_later(anchor, months))
    return calendar.after(anchor, days)
