"""What the API tells of agreements, and how their forms take what is known."""

from datetime import date
from decimal import Decimal
from typing import Any, Final

from ninja import Schema

from vitalfew.agreements import questions, reading
from vitalfew.agreements.actions import FIELDS
from vitalfew.agreements.models import Agreement, Breach, PriceRule
from vitalfew.people.language import language
from vitalfew.people.models import User

OF_BREACH: Final = (
    "side", "broken_on", "text", "evidence", "state", "amount", "currency", "due", "why", "settled_on", "settlement",
)  # fmt: skip
OF_OBLIGATION: Final = (
    "side",
    "text",
    "rhythm",
    "due",
    "measure",
    "category",
    "target",
    "days",
    "product",
    "unit",
    "pieces",
)
OF_RULE: Final = ("product", "category", "from_quantity", "kind", "value", "since", "until")


class ObligationOut(Schema):
    """What is owed; reached is null where it can't be told, and reason says why. Shares as parts of one."""

    id: int
    side: str
    text: str
    rhythm: str
    due: date | None
    measure: str
    category: str
    target: Decimal | None
    days: int | None
    product: str
    unit: str
    pieces: Decimal | None
    kept_on: date | None
    reached: float | None
    until: date | None
    reason: str | None
    course: str
    version: int


class PriceRuleOut(Schema):
    id: int
    product: str
    category: str
    from_quantity: Decimal
    kind: str
    value: Decimal
    since: date
    until: date | None
    version: int


class BreachOut(Schema):
    """A breach; promise and approval are their numbers."""

    id: int
    agreement: int
    side: str
    obligation: int | None
    broken_on: date
    text: str
    evidence: str
    state: str
    amount: Decimal | None
    currency: str
    due: date | None
    promise: int | None
    approval: int | None
    why: str
    settled_on: date | None
    settlement: str
    version: int


class AgreementOut(Schema):
    """An agreement in full; standing is how it stands today, before the number of the one it goes on from."""

    id: int
    account: str
    number: str
    title: str
    kind: str
    since: date
    until: date | None
    renewal: str
    notice_days: int | None
    notice_on: date | None
    lead_days: int
    value: Decimal | None
    currency: str
    ours: str | None
    theirs: int | None
    signed_on: date | None
    owner: str | None
    note: str
    contract: str
    state: str
    standing: str
    approval: int | None
    notice_given_on: date | None
    notice_by: str
    ended_on: date | None
    why: str
    ended_why: str
    before: int | None
    obligations: list[ObligationOut]
    rules: list[PriceRuleOut]
    breaches: list[BreachOut]
    version: int


def told(user: User, row: Agreement) -> dict[str, Any]:
    plain = ("notice_on", "contract", "state", "notice_given_on", "notice_by", "ended_on", "why", "ended_why")
    return {
        **known(row), **{name: getattr(row, name) for name in plain}, "account": row.account.code,
        "owner": row.owner.username if row.owner else None, "ours": row.ours.username if row.ours else None,
        "standing": row.standing.value, "approval": row.approval_id, "before": row.before_id,
        "obligations": [_obligation(each) for each in reading.standings(user, row)],
        "rules": [_rule(each) for each in questions.parts(user, row, "rule")],
        "breaches": [breach(each) for each in questions.breaches(user).filter(agreement=row)],
    }  # fmt: skip


def _obligation(each: reading.Standing) -> dict[str, Any]:
    why = each.reading.why
    return {
        "id": each.obligation.pk, "version": each.obligation.version,
        **{name: getattr(each.obligation, name) for name in OF_OBLIGATION}, "reached": each.reading.value,
        "kept_on": each.obligation.kept_on,
        "until": each.reading.until, "reason": why.say(language()) if why else None, "course": each.course.value,
    }  # fmt: skip


def _rule(row: PriceRule) -> dict[str, Any]:
    return {"id": row.pk, "version": row.version, **{name: getattr(row, name) for name in OF_RULE}}


def breach(row: Breach) -> dict[str, Any]:
    return {
        "id": row.pk, "version": row.version, "agreement": row.agreement_id, "obligation": row.obligation_id,
        "promise": row.promise_id, "approval": row.approval_id, **{name: getattr(row, name) for name in OF_BREACH},
    }  # fmt: skip


def known(row: Agreement) -> dict[str, Any]:
    """As its form takes it."""
    named = {"owner": row.owner, "ours": row.ours}
    return {
        **{name: getattr(row, name) for name in FIELDS}, "theirs": row.theirs_id,
        **{name: user.username if user else "" for name, user in named.items()},
    }  # fmt: skip


def known_of(name: str, part: Any) -> dict[str, Any]:
    return {each: getattr(part, each) for each in (OF_OBLIGATION if name == "obligation" else OF_RULE)}
