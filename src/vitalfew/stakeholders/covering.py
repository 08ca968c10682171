"""How far the plan is kept, worked out for some accounts or for all: the plan, the people known, the touches logged.

One account is worked out again when somebody at it, a touch or its plan changes; all of them after a refresh, which may
have given them other tiers. What is due today is not kept but asked of the days.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.activities.knowing import meetings
from vitalfew.activities.models import Activity
from vitalfew.analyses.coverage import level_of
from vitalfew.batches import batched
from vitalfew.contacts.models import Post
from vitalfew.contacts.words import LEVELS
from vitalfew.stakeholders.models import Cover, MeetingRule
from vitalfew.stakeholders.plan import GIVEN, Meeting, Source, due_on, plan_of
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

BATCH: Final = 500
KEY_ACCOUNTS: Final = 5_000
"""For so many accounts people are planned to be met: more than a hundred managers can look after."""
BACK: Final = timedelta(days=730)
HEIGHT: Final = {level.value: place for place, level in enumerate(LEVELS)}
Met = tuple[date, str]


def house_rules() -> dict[tuple[str, str], Meeting]:
    """What heads of the department planned for all accounts of a tier."""
    rows = MeetingRule.objects.filter(account=None, put_away_at=None)
    return {(row.tier, row.level): _meeting(row, Source.HOUSE) for row in rows}


def own_rules(accounts: Iterable[Account]) -> dict[int, dict[str, Meeting]]:
    """What was planned for these accounts alone."""
    found: dict[int, dict[str, Meeting]] = {}
    for row in MeetingRule.objects.filter(account__in=list(accounts), put_away_at=None):
        found.setdefault(row.account_id or 0, {})[row.level] = _meeting(row, Source.ACCOUNT)
    return found


def _meeting(row: MeetingRule, source: Source) -> Meeting:
    return Meeting(row.role, row.rhythm, source, row.pk, row.version)


def planned() -> QuerySet[Account]:
    """The accounts for which something may be planned: the largest of the tiers with a plan, and those with their own lines."""
    tiers = {tier for tier, _level in (*GIVEN, *house_rules())}
    largest = F("revenue_12m").desc(nulls_last=True)
    cards = Scorecard.objects.filter(refresh=scorecards.current(), tier__in=tiers).order_by(largest, "customer")
    own = MeetingRule.objects.filter(put_away_at=None, account__isnull=False)
    found: QuerySet[Account] = Account.objects.filter(
        Q(code__in=cards.values("customer")[:KEY_ACCOUNTS]) | Q(pk__in=own.values("account_id"))
    )
    return found


def cover_all() -> int:
    """Every account that has a plan; gives how many."""
    keys = sorted(planned().values_list("pk", flat=True))
    Cover.objects.exclude(account__in=planned().values("pk")).delete()
    for some in batched(keys, BATCH):
        cover(some)
    return len(keys)


@transaction.atomic
def cover(keys: Iterable[int]) -> None:
    """These accounts, by the numbers of their records."""
    asked = list(keys)
    accounts = list(planned().filter(pk__in=asked))
    plans = _plans(accounts)
    meant = [account for account in accounts if plans[account.pk][1]]
    list(Account.objects.select_for_update(of=("self",)).filter(pk__in=asked).order_by("pk").values_list("pk"))
    Cover.objects.filter(account__in=asked).delete()
    if meant:
        seen = _Seen.of(meant)
        today = timezone.localdate()
        Cover.objects.bulk_create(row for account in meant for row in _covers(account, *plans[account.pk], seen, today))


def _plans(accounts: list[Account]) -> dict[int, tuple[str, Mapping[str, Meeting]]]:
    """Of each account its tier and what is planned."""
    house, own = house_rules(), own_rules(accounts)
    codes = [account.code for account in accounts]
    cards = Scorecard.objects.filter(refresh=scorecards.current(), customer__in=codes)
    tiers = dict(cards.values_list("customer", "tier"))
    found = {account.pk: tiers.get(account.code, "") for account in accounts}
    return {pk: (tier, plan_of(tier, house, own.get(pk, {}))) for pk, tier in found.items()}


@dataclass(frozen=True)
class _Seen:
    """How many people are known, and when a role of ours last met one: by account and level."""

    known: Mapping[tuple[int, str], int]
    met: Mapping[tuple[int, str, str], Met]

    @classmethod
    def of(cls, accounts: list[Account]) -> "_Seen":
        levels, known = dict[tuple[int, int], str](), dict[tuple[int, str], int]()
        posts = Post.objects.held().filter(account__in=accounts)
        for account, person, level, title in posts.values_list("account_id", "person_id", "level", "title"):
            levels[account, person] = level_of(level, title)
            known[account, levels[account, person]] = known.get((account, levels[account, person]), 0) + 1
        return cls(known, dict(_touches(accounts, levels)))


def _touches(
    accounts: list[Account], levels: Mapping[tuple[int, int], str]
) -> Iterator[tuple[tuple[int, str, str], Met]]:
    """Every touch with somebody who is there, the latest last."""
    since = timezone.localdate() - BACK
    for met in meetings(Activity.objects.filter(account__in=accounts, day__gt=since)):
        if level := levels.get((met.account, met.person)):
            yield (met.account, level, met.role), (met.day, met.name)


def _covers(account: Account, tier: str, plan: Mapping[str, Meeting], seen: _Seen, today: date) -> Iterator[Cover]:
    for level, meeting in plan.items():
        met_on, met_by = seen.met.get((account.pk, level, meeting.role), (None, ""))
        yield Cover(
            account=account, tier=tier, level=level, height=HEIGHT[level], role=meeting.role, rhythm=meeting.rhythm,
            source=meeting.source, known=seen.known.get((account.pk, level), 0), met_on=met_on, met_by=met_by,
            due_on=due_on(met_on, meeting.days, today),
        )  # fmt: skip
