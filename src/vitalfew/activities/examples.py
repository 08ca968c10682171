"""Visits and calls of the demo house: what a department has written down of its largest accounts."""

from datetime import timedelta
from typing import Final

from django.utils import timezone

from vitalfew.accounts.largest import largest
from vitalfew.activities import actions
from vitalfew.activities.ways import Way
from vitalfew.comments import actions as comments
from vitalfew.contacts.models import Post
from vitalfew.people.models import User

SAID: Final = (
    (Way.VISIT, 2, "旺季前要备两周库存，九月中旬前确认数量。", False),
    (Way.CALL, 9, "问上批空调的到货时间，已转产销协调。", False),
    (Way.WECHAT, 16, "发来门店陈列照片，希望增加促销员。", False),
    (Way.NOTE, 30, "每月第一周对账，找刘会计。", True),
)
"""How, how many days ago, what was said, and whether it is pinned."""


def plant() -> None:
    """A few lines of each of the largest."""
    director = User.objects.get(username="director")
    for account in largest():
        post = Post.objects.held().filter(account=account).order_by("pk").first()
        for way, ago, text, pinned in SAID:
            day = timezone.localdate() - timedelta(days=ago)
            person = post.person if post and way != Way.NOTE else None
            fields = {"way": way.value, "day": day, "text": text, "pinned": pinned, "person": person}
            made = actions.log(account.manager or director, account, fields)
            if way == Way.VISIT:
                comments.write(
                    account.manager or director, "activity", made.pk, f"@{director} 数量要不要提前报给工厂？"
                )
                comments.write(director, "activity", made.pk, "可以，先按去年的 1.2 倍报。")
