"""A low score becomes a complaint, in one step, with the words that were written beside it."""

from django.db import transaction
from django.utils import timezone

from vitalfew.complaints import intake
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.surveys.models import Respondent
from vitalfew.surveys.words import Kind
from vitalfew.terms import gettext_noop as _


@transaction.atomic
def complain(user: User, pk: int) -> Respondent:
    """Once; whoever makes it one has seen to the score."""
    user.must(ComplaintRight.TAKE)
    rows = Respondent.objects.visible_to(user).read_by(user)
    row = rows.select_related("wave__wording", "account", "post__person").select_for_update(of=("self",)).get(pk=pk)
    if not row.low or row.account is None:
        raise NotPossible(_("There is no low score here"))
    if row.complaint_id:
        raise NotPossible(_("It is a complaint already"))
    person = row.post.person if row.post else None
    made = intake.from_survey(row.account, _words(row), person=person, named=row.name, survey=row.wave.name)
    seen = {"seen_by": row.seen_by or user.username, "seen_on": row.seen_on or timezone.localdate()}
    changed: Respondent = records.change(user, rows, pk, row.version, {"complaint": made, **seen})
    return changed


def _words(row: Respondent) -> str:
    """What was said in words, each under its own line."""
    asked = (each["item"] for each in row.wave.asked if each["kind"] == Kind.TEXT)
    return "\n".join(str(row.answers[item]) for item in asked if row.answers.get(item))
