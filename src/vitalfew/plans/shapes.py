"""What the API tells of account plans, and how their forms take what is known."""

from datetime import date
from typing import Any

from ninja import Schema

from vitalfew.accounts.aims import as_part
from vitalfew.people.models import User
from vitalfew.plans import questions, reading
from vitalfew.plans.measures import UNITS
from vitalfew.plans.models import Plan


class GoalOut(Schema):
    """A goal; reached is null where it can't be told, and why says so. Shares as parts of one."""

    id: int
    text: str
    measure: str
    category: str
    unit: str
    target: float
    reached: float | None
    until: date | None
    why: str | None
    course: str
    version: int


class StepOut(Schema):
    id: int
    text: str
    owner: str | None
    due: date
    goal: int | None
    done_on: date | None
    result: str
    version: int


class TargetOut(Schema):
    id: int
    category: str
    amount: float
    bought: float | None
    note: str
    version: int


class PromotionOut(Schema):
    id: int
    name: str
    categories: list[str]
    since: date
    until: date
    budget: float
    our_share: int
    note: str
    effect: dict[str, Any] | None
    version: int


class VersionOut(Schema):
    number: int
    agreed_by: str | None
    agreed_on: date


class PlanOut(Schema):
    """A plan in full."""

    id: int
    account: str
    title: str
    since: date
    until: date
    review_on: date
    owner: str | None
    currency: str
    state: str
    strengths: str
    weaknesses: str
    opportunities: str
    threats: str
    service: str
    sales_model: str
    sales_model_why: str
    sent_back: str
    begun_on: date | None
    closed_on: date | None
    rating: str
    lessons: str
    before: int | None
    goals: list[GoalOut]
    steps: list[StepOut]
    targets: list[TargetOut]
    promotions: list[PromotionOut]
    versions: list[VersionOut]
    version: int


PLAIN = (
    "title", "since", "until", "review_on", "currency", "state", "strengths", "weaknesses", "opportunities", "threats",
    "service", "sales_model", "sales_model_why", "sent_back", "begun_on", "closed_on", "rating", "lessons",
)  # fmt: skip


def told(user: User, row: Plan) -> dict[str, Any]:
    facts = reading.Facts(row)
    return {
        "account": row.account.code, "owner": _name(row.owner), "before": row.before_id,
        **{name: getattr(row, name) for name in PLAIN},
        "goals": [_goal(each) for each in reading.standings(user, row, facts)],
        "steps": [_step(each) for each in questions.parts(user, row, "step")],
        "targets": [_target(each) for each in reading.targets(user, row, facts)],
        "promotions": [_promotion(each) for each in questions.parts(user, row, "promotion")],
        "versions": [
            {"number": each.number, "agreed_by": _name(each.agreed_by), "agreed_on": each.agreed_on}
            for each in row.versions.select_related("agreed_by").defer("content")
        ],
    }  # fmt: skip


OF_PARTS = {
    "goal": ("text", "measure", "category", "start", "target", "unit"), "step": ("text", "due"),
    "target": ("category", "amount", "note"), "promotion": ("name", "since", "until", "budget", "our_share", "note"),
}  # fmt: skip


def known_of(name: str, part: Any) -> dict[str, Any]:
    """A part as its form takes it."""
    known = {each: getattr(part, each) for each in OF_PARTS[name]}
    if name == "step":
        return known | {"owner": part.owner.username if part.owner else "", "goal": part.goal_id}
    return known | ({"categories": part.promoted} if name == "promotion" else {})


def _name(user: User | None) -> str | None:
    return user.username if user else None


def _goal(each: reading.Standing) -> dict[str, Any]:
    goal, found = each.goal, each.reading
    return {
        **{name: getattr(goal, name) for name in ("text", "measure", "category", "unit", "version")}, "id": goal.pk,
        "target": as_part(UNITS[goal.measure], float(goal.target)), "reached": found.value, "until": found.until,
        "why": found.why.say("en") if found.why else None, "course": each.course.value,
    }  # fmt: skip


def _step(step: Any) -> dict[str, Any]:
    plain = ("text", "due", "done_on", "result", "version")
    named = {"id": step.pk, "owner": _name(step.owner), "goal": step.goal_id}
    return {**{name: getattr(step, name) for name in plain}, **named}


def _target(each: reading.Bought) -> dict[str, Any]:
    target = each.target
    return {
        "id": target.pk, "category": target.category, "amount": float(target.amount), "note": target.note,
        "bought": each.reading.value, "version": target.version,
    }  # fmt: skip


def _promotion(row: Any) -> dict[str, Any]:
    plain = ("name", "since", "until", "our_share", "note", "version")
    effect = {name: value for name, value in (row.effect or {}).items() if name != "why"} or None
    return {
        **{name: getattr(row, name) for name in plain}, "id": row.pk, "categories": row.promoted,
        "budget": float(row.budget), "effect": effect,
    }  # fmt: skip
