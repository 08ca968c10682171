from collections.abc import Iterator

from django.urls import reverse

from vitalfew.language import Count, Message
from vitalfew.mails import questions
from vitalfew.mails.rights import MailRight
from vitalfew.mails.words import MailState
from vitalfew.people.models import User
from vitalfew.rooms import Task
from vitalfew.terms import gettext_noop as _


def waiting(user: User) -> Iterator[Task]:
    """One's mails that wait for being told where they belong."""
    if not user.may(MailRight.MATCH):
        return
    number = questions.waiting(user).count()
    if number:
        why = Message(_("Mails whose account is not known: {n}"), {"n": Count(number)})
        url = f"{reverse('mails')}?state={MailState.WAITING}"
        yield Task(_("Say where these mails belong"), why, _("See the mails"), url, soon=True)
