"""A serious complaint is closed with its 8D record signed; a head may close it without, and says why."""

from typing import Final

from vitalfew.complaints.eight_d import content, gaps
from vitalfew.complaints.models import Complaint, EightD
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.complaints.words import Procedure
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _

WITHOUT: Final = "without"
"""Under which the reason is kept with the step."""


def lacking(row: Complaint) -> str:
    """What of its 8D record stands in the way of closing it, as a marked text; nothing for an ordinary one."""
    if row.procedure != Procedure.SERIOUS:
        return ""
    report = EightD.objects.filter(complaint=row, put_away_at=None).first()
    if report is None:
        return _("A serious complaint is closed with a signed 8D record: begin the record first")
    if report.signed_at:
        return ""
    if report.offered_at:
        return _("Its 8D record still waits for the signature of a second person")
    if gaps(content(report)):
        return _("Its 8D record has gaps still: its page says what is missing")
    return _("Its 8D record is whole, but was not handed in to be signed")


def without(user: User, row: Complaint, why: str) -> dict[str, str]:
    """The reason to keep where a head closes it without the record; nothing where nothing is lacking."""
    found = lacking(row)
    if not found:
        return {}
    if not why.strip() or not user.may(ComplaintRight.RULE):
        raise NotPossible(found)
    return {WITHOUT: why.strip()}
