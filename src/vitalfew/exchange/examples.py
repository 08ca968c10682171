"""Exchanges of data agreed on in the demo house with its largest accounts."""

from datetime import timedelta
from typing import Final

from django.utils import timezone

from vitalfew.accounts.largest import largest
from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Post
from vitalfew.exchange import actions
from vitalfew.exchange.models import DataExchange
from vitalfew.exchange.words import Offer, Rhythm, Way
from vitalfew.people.models import User

EVERYTHING: Final = tuple(each.value for each in Offer)
AGREED: Final = (
    (Way.PORTAL, EVERYTHING, "门店每周日盘点，周一中午前报数。"),
    (Way.UPLOAD, EVERYTHING[:2], "系统导出的周报，由客服邮件转来。"),
    (Way.API, EVERYTHING, "与对方进销存系统对接。"),
    (Way.FOLDER, EVERYTHING[:1], "对方每周一凌晨上传到约定目录。"),
)  # fmt: skip
AGO: Final = timedelta(days=200)


def plant() -> None:
    """Once."""
    if DataExchange.objects.exists():
        return
    director = User.objects.get(username="director")
    for account, (way, offers, note) in zip(largest(), AGREED, strict=False):
        _agreed(account.manager or director, account, way, offers, note)


def _agreed(user: User, account: Account, way: Way, offers: tuple[str, ...], note: str) -> DataExchange:
    post = Post.objects.held().filter(account=account).select_related("person").order_by("pk").first()
    fields = {
        "sell_out": Rhythm.WEEKLY.value, "stock": Rhythm.WEEKLY.value, "due_days": 3, "way": way.value,
        "offers": list(offers), "person": post.person if post else None, "owner": user, "note": note,
        "since": timezone.localdate() - AGO,
    }  # fmt: skip
    return actions.agree(user, account, fields)
