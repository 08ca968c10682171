"""Compensation: within the own limits at once, above them a second person approves; every use stands in the trail.

Limits of a case are those of approvals; what a role may give within a month in all is said here. Who suffered the same and did
not complain is found in the facts, and compensated like who did.
"""

from datetime import timedelta
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.approvals import actions as approvals
from vitalfew.approvals.actions import Subject
from vitalfew.approvals.deciding import deciders, limits, within_own_limit
from vitalfew.approvals.models import Approval
from vitalfew.approvals.questions import currency
from vitalfew.approvals.words import ApprovalState
from vitalfew.coins import written
from vitalfew.complaints.actions import HANDLED
from vitalfew.complaints.models import Compensation, Complaint, MonthLimit
from vitalfew.complaints.words import Granted
from vitalfew.language import Message
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.engines.duck import current_sql, rows_of
from vitalfew.warehouse.run import day_number
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import TABLES

KIND: Final = "compensation"
CENT: Final = Decimal("0.01")
TWICE: Final = _("This account was given something in this case already: say that it is meant, or leave it")
STANDS: Final = (Granted.GIVEN.value, Granted.ASKED.value)
AROUND: Final = timedelta(days=60)
"""So long before a complaint others can have bought the same."""
MOST: Final = 50


@transaction.atomic
def compensate(
    user: User, pk: int, version: int, *, amount: Decimal, why: str, account: Account | None = None, again: bool = False
) -> Complaint:
    """Within the limits it is given at once; above them it waits for a second person. Twice to an account is meant so."""
    row = HANDLED.held(user, pk)
    whose = account or row.account
    if whose is None:
        raise NotPossible(_("Bring it to its account first"))
    if not Account.objects.visible_to(user).filter(pk=whose.pk).exists():
        raise Account.DoesNotExist
    if row.merged_into:
        raise NotPossible(_("It is settled under another number: compensate there"))
    User.objects.select_for_update().get(pk=user.pk)
    row = _held(user, row, version)
    if not again and given_to(row, whose).exists():
        raise NotPossible(TWICE)
    made = Compensation(
        complaint=row, account=whose, silent=whose.pk != row.account_id, amount=amount, currency=currency(), why=why,
        role=user.role,
    )  # fmt: skip
    if within(user, row, amount):
        made.state, made.decided_at = Granted.GIVEN.value, timezone.now()
        records.make(user, made)
        return row
    made.state = Granted.ASKED.value
    records.make(user, made)
    said = Message(_("Compensate {account} for complaint {number}: {amount}"), {
        "account": whose.name, "number": row.number, "amount": made.exactly,
    })  # fmt: skip
    subject = Subject(made.pk, row.get_absolute_url(), said, whose, (), made.currency)
    made.approval = approvals.ask(user, KIND, subject, amount, why)
    made.save(update_fields=["approval"])
    return row


def _held(user: User, row: Complaint, version: int) -> Complaint:
    """What it was given changes it: one at a time."""
    if row.version != version:
        raise records.Stale(row)
    return records.touch(user, row, "compensations")


def within(user: User, row: Complaint, amount: Decimal) -> bool:
    """Whether the role's limit of the case, and that of the month where one is set, hold so much more."""
    case = given(row) + amount
    if not within_own_limit(user, KIND, case, currency()):
        return False
    limit = MonthLimit.objects.filter(role=user.role, put_away_at=None).first()
    return limit is None or this_month(user) + amount <= limit.amount


def given_to(row: Complaint, account: Account | None) -> QuerySet[Compensation]:
    """What an account was given, or what is asked for, in this case."""
    return row.compensations.filter(state__in=STANDS, put_away_at=None, account=account)


class Authority(NamedTuple):
    """How much more a user may give in a case without asking, and who approves what is above it."""

    case: str
    """The role's limit of a case; empty where none is set, so that everything is approved by somebody."""
    used: str
    month: str
    """What the role may give within a month; empty where that has no limit of its own."""
    used_this_month: str
    above: list[User]


def authority(user: User, row: Complaint, account: Account | None) -> Authority:
    money, known = currency(), limits().get((KIND, user.role))
    month = MonthLimit.objects.filter(role=user.role, put_away_at=None).first()
    more = (known.amount if known else Decimal(0)) + CENT
    asked = Approval(kind=KIND, account=account, amount=more, currency=money, shut_out=[user.username])
    return Authority(
        written(known.amount, known.currency) if known else "", written(given(row), money),
        written(month.amount, money) if month else "", written(this_month(user), money), deciders(asked),
    )  # fmt: skip


def given(row: Complaint) -> Decimal:
    """Given or asked for already, in this case."""
    return _sum(row.compensations.filter(state__in=STANDS, put_away_at=None))


def this_month(user: User) -> Decimal:
    """What the user gave within this month, by own authority."""
    first = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    rows = Compensation.objects.filter(made_by=user.username, made_at__gte=first, approval=None, put_away_at=None)
    return _sum(rows.filter(state=Granted.GIVEN))


def _sum(rows: Any) -> Decimal:
    return rows.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)


def became(user: User, number: int, state: str) -> None:
    """What follows once its approval is decided."""
    row = Compensation.objects.select_for_update(of=("self",)).get(pk=number)
    if state == ApprovalState.WAITING:
        raise NotPossible(_("Ask for it where the complaint stands, not here"))
    if row.state != Granted.ASKED:
        raise NotPossible(_("It is decided already"))
    to = Granted.GIVEN if state == ApprovalState.APPROVED else Granted.REFUSED
    fields: dict[str, Any] = {"state": to.value, "decided_at": timezone.now()}
    records.change(user, Compensation.objects.all(), row.pk, row.version, fields)
    records.touch(user, row.complaint, "compensations")


class Silent(NamedTuple):
    """An account that bought the same and did not complain, and by what that is known."""

    account: Account
    orders: int
    last: int


def silent(user: User, row: Complaint) -> list[Silent]:
    """Who bought the product within two months before, of those that the user sees; who complained of it is not among them."""
    if not row.product:
        return []
    source = current_sql(Store(settings.HOME.facts).ledger(TABLES["order_lines"]).snapshot())
    last = day_number(row.received_on)
    asked = {"product": row.product, "since": last - AROUND.days, "until": last}
    query = (
        f"SELECT customer, count(DISTINCT order_id) AS n, max(ordered_on) AS last FROM ({source}) "  # noqa: S608  (our own texts)
        "WHERE product = $product AND ordered_on BETWEEN $since AND $until GROUP BY customer ORDER BY n DESC, customer"
    )
    found = {each["customer"]: each for each in rows_of(query, asked)}
    rows = Account.objects.visible_to(user).filter(code__in=found).exclude(pk=row.account_id)
    heard = Complaint.objects.filter(product=row.product, received_on__gte=row.received_on - AROUND).values("account")
    told = [
        Silent(each, found[each.code]["n"], found[each.code]["last"])
        for each in rows.exclude(pk__in=heard.exclude(account=None))
    ]
    return sorted(told, key=lambda each: (-each.orders, each.account.code))[:MOST]
