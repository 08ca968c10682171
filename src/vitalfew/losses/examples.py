"""The demo house's register of losses: accounts silent for more than a year, most of them talked to."""

from datetime import date, timedelta
from typing import Final

from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.losses import actions, questions
from vitalfew.losses.models import Loss
from vitalfew.losses.words import Back
from vitalfew.people.models import User
from vitalfew.terms import ChurnCause
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

MOST: Final = 24
EVERY: Final = 6
"""Of so many one is still to be talked to."""
AGREES: Final = 4
"""Of so many one gives another reason than the facts show."""
SAID: Final = {
    ChurnCause.STAFF_DEPARTURE: ("原来的客户经理走了以后没人再来过。", "早点知道他要走，并有人接手。"),
    ChurnCause.BROKEN_PROMISE: ("连续三次晚到，门店断货。", "第二次晚到时就该知道他们在找别家。"),
    ChurnCause.NEGLECT_SMALL: ("旺季货都给了大客户，我们排在最后。", "他们的订单被砍过几次。"),
    ChurnCause.STRATEGY_CHANGE: ("总部改为集中采购，不再自己进货。", "总部改制的消息。"),
    ChurnCause.FOUL_PLAY: ("对方给了采购个人好处。", "客户内部有人提醒过，没有转到我们这里。"),
    ChurnCause.STRONGER_RIVAL: ("同样的机型便宜百分之八，还包安装。", "对手的报价。"),
    ChurnCause.UNRESOLVED_COMPLAINT: ("压缩机的投诉拖了两个月没有结果。", "投诉超期时该有人上门。"),
    ChurnCause.UNKNOWN: ("说不清，慢慢就不订了。", ""),
}  # fmt: skip


def plant() -> None:
    """Once, whatever is computed by then."""
    refresh = scorecards.current()
    if refresh is None or Loss.objects.exists():
        return
    cards = list(
        Scorecard.objects.filter(refresh=refresh, recency__range=(questions.SILENT + 1, questions.LONG_AGO)).order_by(
            "recency", "customer"
        )
    )
    managed = Account.objects.exclude(manager=None).select_related("manager")
    known = {each.code: each for each in managed.filter(code__in=[card.customer for card in cards])}
    chosen = [(card, known[card.customer]) for card in cards if card.customer in known][:MOST]
    for place, (card, account) in enumerate(chosen):
        lost = refresh.as_of - timedelta(days=(card.recency or 0) - questions.SILENT)
        _entered(account, min(lost, timezone.localdate()), card.cause, place)


def _entered(account: Account, lost: date, seen: str, place: int) -> None:
    director = User.objects.get(username="director")
    row = actions.enter(director, account, lost, account.manager or director)
    if place % EVERY == EVERY - 1:
        return
    causes = [each for each in ChurnCause if each is not ChurnCause.UNKNOWN]
    shown = next((each for each in causes if each.value == seen), causes[place % len(causes)])
    cause = causes[(place // AGREES) % len(causes)] if place % AGREES == 0 else shown
    why, needed = SAID[cause]
    answers = {**dict.fromkeys(actions.ANSWERS, ""), "began": why, "cause": cause.value, "needed": needed}
    back = list(Back)[place % len(Back)].value
    actions.talked(director, row.pk, row.version, on=timezone.localdate(), **{**answers, "back": back})
