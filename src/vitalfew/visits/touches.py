from collections.abc import Iterator
from typing import Any

from vitalfew.accounts.models import Account
from vitalfew.language import Message, Names, Word
from vitalfew.people.models import User
from vitalfew.rooms import Touch
from vitalfew.terms import gettext_noop as _
from vitalfew.terms import label_of
from vitalfew.visits import questions
from vitalfew.visits.rights import VisitRight
from vitalfew.visits.words import Purpose, VisitState


def touches(user: User, account: Account) -> Iterator[Touch]:
    """Visits to come and cancelled ones; those that were held stand in the log."""
    if not user.may(VisitRight.SEE):
        return
    for row in questions.of_account(user, account):
        if row.is_held:
            continue
        figures: dict[str, Any] = {
            "who": Names([str(each) for each in row.ours] or ["–"]), "purpose": Word(label_of(Purpose, row.purpose)),
        }  # fmt: skip
        what = _("A visit of {who} is planned: {purpose}")
        if row.state == VisitState.CANCELLED:
            what, figures["why"] = _("A visit of {who} was cancelled: {why}"), row.why
        about = {"id": row.pk, "state": row.state}
        yield Touch(row.day, "planned-visit", Message(what, figures), about, url=row.get_absolute_url())
