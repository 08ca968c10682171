"""What the demo house knows beyond its book: parts in buying, who reports to whom, and whom our people say they know.

Drawn from each contact's number, so that every demo house is the same. A quarter of the accounts stay as the facts have
them: nobody has gone over those yet. No touches are made up: the analyses read them.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Final
from zlib import crc32

from django.db import transaction

from vitalfew.contacts.models import Post
from vitalfew.contacts.words import Part
from vitalfew.people.models import User
from vitalfew.people.roles import Role
from vitalfew.stakeholders.closeness import Closeness
from vitalfew.stakeholders.models import Acquaintance

BY: Final = "demo"
PARTS: Final = {
    "董事长": Part.DECIDER, "总经理": Part.DECIDER, "采购总监": Part.INFLUENCER, "采购经理": Part.BUYER,
    "工程部经理": Part.INFLUENCER, "售后经理": Part.INFLUENCER, "财务总监": Part.GATEKEEPER, "会计": Part.GATEKEEPER,
    "店长": Part.USER, "店员": Part.USER, "导购员": Part.USER, "仓管员": Part.USER, "设备主管": Part.USER,
    "业务员": Part.INFLUENCER,
}  # fmt: skip
HEIGHTS: Final = {"董事长": 0, "总经理": 1, "采购总监": 2, "财务总监": 2}
TOP, MANAGERS, OTHERS = 1, 3, 4
SAID: Final = (Closeness.FAMILIAR, Closeness.CLOSE, Closeness.MET, Closeness.TRUSTED, Closeness.BY_NAME)
SPREAD: Final = 480
"""Statements are up to so many days old: some are to be asked for again."""


def plant(today: date) -> int:
    """Plant it once; gives how many people somebody of ours says he knows."""
    if Acquaintance.objects.exists():
        return 0
    posts = Post.objects.filter(put_away_at=None).select_related("account", "person").order_by("account_id", "pk")
    ours = {user.role: user for user in User.objects.filter(demo=True, role__in=(Role.DIRECTOR, Role.EXECUTIVE))}
    with transaction.atomic():
        placed = [post for _account, some in groupby(posts, lambda p: p.account_id) for post in _placed(list(some))]
        Post.objects.bulk_update(placed, ["part", "reports_to", "by_hand"], batch_size=500)
        made = Acquaintance.objects.bulk_create(row for post in placed for row in _known(post, ours, today))
    return len(made)


def _draw(post: Post, what: str = "") -> int:
    return crc32(f"{what}{post.contact_id}".encode())


def _placed(posts: list[Post]) -> Iterator[Post]:
    """Those who are there, with their part and whom they report to."""
    if crc32(posts[0].account.code.encode()) % 4 == 0:
        return
    for post in posts:
        if post.left_on is None:
            boss = _boss(post, posts)
            post.part, post.reports_to = _part(post, posts), boss.person if boss else None
            post.by_hand = sorted({*post.by_hand, "part", "reports_to"})
            yield post


def _part(post: Post, posts: Iterable[Post]) -> str:
    """Where nobody of the top is known, whoever buys decides."""
    alone = not any(_height(each) <= TOP for each in posts if each.left_on is None)
    part = PARTS.get(post.title, "")
    return Part.DECIDER if alone and part == Part.BUYER else part


def _height(post: Post) -> int:
    return HEIGHTS.get(post.title, MANAGERS if post.level == "manager" else OTHERS)


def _boss(post: Post, posts: Iterable[Post]) -> Post | None:
    """The lowest above, of the same department first; now and then it is still whoever left."""
    above = [each for each in posts if _height(each) < _height(post) and _reachable(each, post)]
    return max(above, key=lambda each: (each.department == post.department, _height(each), -each.pk), default=None)


def _reachable(boss: Post, post: Post) -> bool:
    return boss.left_on is None or boss.department == post.department or _draw(post) % 3 == 0


def _known(post: Post, ours: dict[str, User], today: date) -> Iterator[Acquaintance]:
    """Its manager knows every other person, the heads know the top."""
    if post.account.manager and _draw(post) % 2:
        yield _said(post, post.account.manager, today)
    if _height(post) <= TOP and (head := ours.get(Role.EXECUTIVE if _height(post) == 0 else Role.DIRECTOR)):
        yield _said(post, head, today)


def _said(post: Post, user: User, today: date) -> Acquaintance:
    drawn = _draw(post, user.username)
    return Acquaintance(
        person=post.person, user=user, closeness=SAID[drawn % len(SAID)], made_by=BY, changed_by=BY,
        stated_on=today - timedelta(days=drawn % SPREAD),
    )  # fmt: skip
