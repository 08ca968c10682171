from collections.abc import Iterator
from typing import Any

from vitalfew.accounts.models import Account
from vitalfew.language import Message, Word
from vitalfew.people.models import User
from vitalfew.rooms import Touch, TouchKind
from vitalfew.terms import gettext_noop as _
from vitalfew.terms import label_of
from vitalfew.treatments import questions
from vitalfew.treatments.rights import TreatmentRight
from vitalfew.treatments.words import TreatmentKind


def touches(user: User, account: Account) -> Iterator[Touch]:
    """When treatments began, and when they were over."""
    if not user.may(TreatmentRight.SEE):
        return
    for row in questions.of_account(user, account):
        address, about = row.get_absolute_url(), {"id": row.pk}
        said: dict[str, Any] = {"kind": Word(label_of(TreatmentKind, row.kind))}
        kind = TouchKind.TREATMENT.value
        if row.begun_on:
            yield Touch(row.begun_on, kind, Message(_("Approved against its loss: {kind}"), said), about, url=address)
        if row.ended_on:
            yield Touch(
                row.ended_on,
                kind,
                Message(_("What was done against its loss is over: {kind}"), said),
                about,
                url=address,
            )
