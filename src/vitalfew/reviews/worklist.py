from collections.abc import Iterator

from django.urls import reverse

from vitalfew.language import Count, Message
from vitalfew.people.models import User
from vitalfew.reviews import questions
from vitalfew.reviews.rights import ReviewRight
from vitalfew.rooms import Task
from vitalfew.terms import gettext_noop as _


def waiting(user: User) -> Iterator[Task]:
    """A review that waits for whom may approve it."""
    review = questions.waiting() if user.may(ReviewRight.APPROVE) else None
    if review is not None and questions.may_approve(user, review):
        number = questions.decisions(user, review).count()
        why = Message(_("{n} {n:account is|accounts are} proposed for another tier"), {"n": Count(number)})
        yield Task(_("Approve the tier review"), why, _("See the review"), reverse("tier-review"), due=review.as_of)
