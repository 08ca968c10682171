"""Mails about alarms: one to each person with all that is due, in his language, with what he may see now.

Their Message-ID comes from what they tell, so that a mail sent twice, because nobody could note that it was sent, is shown once.
"""

from collections.abc import Sequence
from hashlib import blake2b
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage

from vitalfew.alarms import telling
from vitalfew.alarms.models import Alarm, Telling
from vitalfew.alarms.wire import Unsent
from vitalfew.alarms.words import AlarmState, Trouble
from vitalfew.language import Message, spoken
from vitalfew.outbox import server
from vitalfew.outbox.layout import address
from vitalfew.outbox.server import NotTaken
from vitalfew.people.models import User
from vitalfew.terms import gettext_noop as _

MOST: Final = 50
"""So many stand in one mail; the page has the others."""


def still_due(user: User, rows: Sequence[Telling]) -> list[Alarm]:
    """Of these the alarms that nobody has answered, and that he may see now; the most urgent first."""
    numbers = [row.alarm_id for row in rows]
    found = Alarm.objects.visible_to(user).filter(pk__in=numbers, state=AlarmState.OPEN).select_related("account")
    return sorted(found, key=lambda row: (URGENT_FIRST[row.urgency], row.raised_at, row.pk))


URGENT_FIRST: Final = {"urgent": 0, "normal": 1, "low": 2}


def mail(user: User, alarms: Sequence[Alarm]) -> EmailMessage:
    """What he is written."""
    language = spoken(user.language)
    told = ["\n".join(telling.lines(row, language)) for row in alarms[:MOST]]
    if len(alarms) > MOST:
        more = {"n": str(len(alarms) - MOST), "url": address("/alarms/")}
        told.append(Message(_("{n} more {n:is|are} on the page: {url}"), more).say(language))
    told.append(Message(_("You can say how you are told: {url}"), {"url": address("/alarm-wish/")}).say(language))
    headers = {"Message-ID": _number(user, alarms), "Auto-Submitted": "auto-generated"}
    return EmailMessage(telling.subject(alarms, language), "\n\n".join(told), to=[user.email], headers=headers)


def _number(user: User, alarms: Sequence[Alarm]) -> str:
    told = f"{settings.SECRET_KEY}:{user.pk}:{','.join(str(row.pk) for row in alarms)}"
    return f"<{blake2b(told.encode(), digest_size=16).hexdigest()}@vitalfew>"


def send(message: EmailMessage) -> None:
    """Refuses where the mail server does not take it."""
    try:
        server.send(message)
    except NotTaken:
        raise Unsent(Trouble.MAIL) from None
