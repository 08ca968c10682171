"""What customers said elsewhere in the house and may be an idea: in a complaint, a survey's words, at a visit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from vitalfew.accounts.models import Account
from vitalfew.complaints.models import Complaint
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.ideas.models import Idea
from vitalfew.ideas.words import Where
from vitalfew.people.models import User
from vitalfew.surveys.models import Respondent
from vitalfew.surveys.rights import SurveyRight
from vitalfew.surveys.words import Kind
from vitalfew.visits.models import Visit, VisitAccount
from vitalfew.visits.rights import VisitRight

FEW: Final = 8
LONGEST: Final = 2000


@dataclass(frozen=True)
class Said:
    """What it was said in, and what of it an idea begins with."""

    named: str
    origin: str
    text: str
    said_on: date
    person: int | None = None
    product: str = ""

    @property
    def fields(self) -> dict[str, Any]:
        return {
            "text": self.text[:LONGEST], "said_on": self.said_on, "person": self.person, "product": self.product,
            "origin": self.origin,
        }  # fmt: skip


def said(user: User, account: Account) -> list[Said]:
    """The latest of each kind that nobody has taken over."""
    taken = set(Idea.objects.filter(account=account).exclude(reference="").values_list("reference", flat=True))
    rows = [each for kind in (_complaints, _answers, _visits) for each in kind(user, account)]
    return sorted((each for each in rows if each.named not in taken and each.text), key=lambda each: each.said_on)[::-1]


def found(user: User, account: Account, named: str) -> Said | None:
    """One of them, as far as the user sees it."""
    return next((each for each in said(user, account) if each.named == named), None)


def _complaints(user: User, account: Account) -> Iterator[Said]:
    if user.may(ComplaintRight.SEE):
        for row in Complaint.objects.visible_to(user).filter(account=account)[:FEW]:
            yield Said(
                f"complaint:{row.pk}", Where.COMPLAINT.value, row.text, row.received_on, row.person_id, row.product
            )


def _answers(user: User, account: Account) -> Iterator[Said]:
    if not user.may(SurveyRight.SEE):
        return
    rows = Respondent.objects.visible_to(user).read_by(user)
    rows = rows.filter(account=account, answered_on__isnull=False, wave__anonymous=False)
    for row in rows.select_related("wave__wording", "wave__questionnaire", "post").order_by("-answered_on")[:FEW]:
        asked = (each["item"] for each in row.wave.asked if each["kind"] == Kind.TEXT)
        words = "\n".join(str(row.answers[item]) for item in asked if row.answers.get(item))
        if row.answered_on:
            person = row.post.person_id if row.post else None
            yield Said(f"survey:{row.pk}", Where.SURVEY.value, words, row.answered_on, person)


def _visits(user: User, account: Account) -> Iterator[Said]:
    """What came of them with this account; what was said with others at the same table is theirs."""
    if user.may(VisitRight.SEE):
        rows = VisitAccount.objects.filter(account=account, visit__in=Visit.objects.visible_to(user))
        for row in rows.exclude(outcome="").select_related("visit").order_by("-visit__day")[:FEW]:
            yield Said(f"visit:{row.visit_id}", Where.VISIT.value, row.outcome, row.visit.day)
