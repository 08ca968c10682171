"""A feedback round of the demo house, half answered."""

from datetime import timedelta
from typing import Final

from django.utils import timezone

from vitalfew.accounts.largest import largest
from vitalfew.contacts.models import Post
from vitalfew.feedback import actions, questions
from vitalfew.feedback.actions import Wording
from vitalfew.people.models import User

WORDING: Final = Wording(
    items=("satisfaction", "nps", "better"), chosen=(("希望怎样送货？", ("每天", "每周两次", "每周一次")),)
)
GIVEN: Final[tuple[tuple[dict[str, int | str], str], ...]] = (
    (
        {"satisfaction": 8, "nps": 9, "better": "旺季到货要更准时。", "希望怎样送货？": "每天"},
        "旺季前两周与产销协调确认发货计划",
    ),
    ({"satisfaction": 6, "nps": 6, "better": "售后响应慢。", "希望怎样送货？": "每周两次"}, "售后经理本周上门"),
    ({"satisfaction": 9, "nps": 10, "希望怎样送货？": "每周一次"}, ""),
)


def plant() -> None:
    """Three answered, one asked, the others still to be asked."""
    director, accounts = User.objects.get(username="director"), largest()
    today = timezone.localdate()
    times = {"since": today - timedelta(days=10), "until": today + timedelta(days=20)}
    one = actions.plan(director, {"name": "旺季前走访征求意见", **times}, WORDING)
    actions.add(director, one, accounts)
    known = {question.item or question.text: question.pk for question in questions.questions_of(one)}
    rows = list(one.asked.select_related("account").order_by("pk"))
    for row, (values, will_do) in zip(rows, GIVEN, strict=False):
        post = Post.objects.held().filter(account=row.account).order_by("pk").first()
        fields = {"way": "visit", "person": post and post.person, "answered_on": today, "will_do": will_do}
        given = {known[name]: value for name, value in values.items()}
        actions.answer(director, row.pk, row.version, fields, given)
    for row in rows[len(GIVEN) : len(GIVEN) + 1]:
        actions.ask(director, row.pk, "call", today)
