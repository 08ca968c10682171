"""What keeps the open form from being flooded, without asking anybody outside.

A field that people don't see must stay empty; the form is signed with the moment it was shown, and taken a few seconds later
at the soonest; so many an hour from one place, and so many altogether. Places are kept for an hour or two, as a keyed digest.
"""

from typing import Final

from django.core.signing import BadSignature, TimestampSigner
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from vitalfew.complaints.models import Knock

SALT: Final = "vitalfew.complaints.form"
SOONEST: Final = 3
LATEST: Final = 24 * 3600
FROM_ONE: Final = 60
"""An hour; a firm, or a house behind a proxy, shares one address."""
ALTOGETHER: Final = 600
EVERYWHERE: Final = "all"


def stamp() -> str:
    """That the form was shown now."""
    return TimestampSigner(salt=SALT).sign("shown")


def too_soon(sent: str) -> bool:
    """Whether it was sent sooner than anybody can write; a stamp that is not ours counts as too soon."""
    signer = TimestampSigner(salt=SALT)
    try:
        signer.unsign(sent, max_age=LATEST)
    except BadSignature:
        return True
    try:
        signer.unsign(sent, max_age=SOONEST)
    except BadSignature:
        return False
    return True


def too_often(request: HttpRequest) -> bool:
    """Counts it; whether there were too many within this hour."""
    hour = int(timezone.now().timestamp()) // 3600
    Knock.objects.filter(hour__lt=hour - 1).delete()
    return _count(_place(request), hour) > FROM_ONE or _count(EVERYWHERE, hour) > ALTOGETHER


def _place(request: HttpRequest) -> str:
    return salted_hmac(SALT, request.META.get("REMOTE_ADDR", ""), algorithm="sha256").hexdigest()[:40]


def _count(source: str, hour: int) -> int:
    Knock.objects.get_or_create(source=source, hour=hour)
    Knock.objects.filter(source=source, hour=hour).update(count=F("count") + 1)
    return Knock.objects.get(source=source, hour=hour).count
