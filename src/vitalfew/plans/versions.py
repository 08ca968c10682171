"""What is kept of a plan on agreement, as plain values; and how two versions differ, side by side."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from vitalfew.accounts.aims import as_part, figure
from vitalfew.accounts.side_by_side import Row, Said
from vitalfew.language import Day, Kept, Message, Money, Word
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.people.roles import Role
from vitalfew.plans import questions, situation
from vitalfew.plans.measures import GUARDED, OF_A_CATEGORY, UNITS, Measure
from vitalfew.plans.models import Plan
from vitalfew.plans.words import SalesModel, Swot
from vitalfew.terms import gettext_noop as _
from vitalfew.terms import label_of
from vitalfew.warehouse.run import day_number

TEXTS: Final = (*((each.value, each.label) for each in Swot), ("service", _("What we do for it alone")))


HOUSE: Final = User(username="system", role=Role.DIRECTOR)
"""As whom a version is kept: whole, whoever agreed; each reader is shown of it what he may see."""


def content(plan: Plan) -> dict[str, Any]:
    """The plan as it is, and the account's standing, as they are kept and compared."""
    plain_texts = {name: getattr(plan, name) for name, _label in TEXTS}
    return {
        "title": plan.title, "since": plan.since.isoformat(), "until": plan.until.isoformat(), "currency": plan.currency,
        **plain_texts, "sales_model": plan.sales_model, "sales_model_why": plan.sales_model_why,
        "goals": [_goal(each) for each in questions.parts(HOUSE, plan, "goal")],
        "steps": [_step(each) for each in questions.parts(HOUSE, plan, "step")],
        "targets": [
            {"category": each.category, "amount": float(each.amount), "note": each.note}
            for each in questions.parts(HOUSE, plan, "target")
        ],
        "promotions": [_promotion(each) for each in questions.parts(HOUSE, plan, "promotion")],
        "situation": situation.drawn(HOUSE, plan.account),
    }  # fmt: skip


def _goal(goal: Any) -> dict[str, Any]:
    start = None if goal.start is None else as_part(UNITS[goal.measure], float(goal.start))
    return {
        "text": goal.text, "measure": goal.measure, "category": goal.category, "unit": goal.unit, "start": start,
        "target": as_part(UNITS[goal.measure], float(goal.target)),
    }  # fmt: skip


def _step(step: Any) -> dict[str, Any]:
    return {"text": step.text, "owner": str(step.owner or "–"), "due": step.due.isoformat()}


def _promotion(row: Any) -> dict[str, Any]:
    return {
        "name": row.name, "categories": row.promoted, "since": row.since.isoformat(), "until": row.until.isoformat(),
        "ours": row.ours, "theirs": row.theirs,
    }  # fmt: skip


def compared(user: User, left: Mapping[str, Any], right: Mapping[str, Any]) -> list[Row]:
    """Part by part, what stands in the one and in the other."""
    sides = [dict(_told(user, each)) for each in (left, right)]
    labels = dict.fromkeys([*sides[0], *sides[1]])
    return [Row(label, sides[0].get(label, []), sides[1].get(label, [])) for label in labels]


def _told(user: User, kept: Mapping[str, Any]) -> Iterator[tuple[str, list[Said]]]:
    currency = kept["currency"]
    span = Message(_("{since} to {until}"), {"since": _day(kept["since"]), "until": _day(kept["until"])})
    yield _("Time"), [span]
    for name, label in TEXTS:
        yield label, _lines(kept[name])
    yield _("Sales model"), _model(kept)
    yield _("Goals"), [goal_line(each, currency) for each in kept["goals"] if _open(user, each)]
    yield _("Planned actions"), [_step_line(each) for each in kept["steps"]]
    yield _("White space"), [_target_line(each, currency) for each in kept["targets"]]
    yield _("Joint promotions"), [_promotion_line(each, currency) for each in kept["promotions"]]
    found = situation.told(user, kept["situation"])
    for label, words in found.said if found else ():
        yield label, [Kept(words)]


def _open(user: User, goal: Mapping[str, Any]) -> bool:
    return goal["measure"] not in GUARDED or user.may(Right.MONEY)


def _lines(text: str) -> list[Said]:
    return [Message("{text}", {"text": line}) for line in text.splitlines() if line.strip()]


def _model(kept: Mapping[str, Any]) -> list[Said]:
    if not kept["sales_model"]:
        return []
    return [
        Message("{word}", {"word": Word(label_of(SalesModel, kept["sales_model"]))}),
        *_lines(kept["sales_model_why"]),
    ]


def goal_line(goal: Mapping[str, Any], currency: str) -> Message:
    """What is to be reached, its measure and target."""
    measure, unit = Word(label_of(Measure, goal["measure"])), UNITS[goal["measure"]]
    figures = {
        "text": goal["text"], "measure": measure, "category": goal["category"],
        "target": figure(goal["target"], unit, currency, goal["unit"]),
    }  # fmt: skip
    if goal["measure"] in OF_A_CATEGORY:
        return Message(_("{text}: {measure} ({category}), {target}"), figures)
    return Message(_("{text}: {measure}, {target}"), figures)


def _step_line(step: Mapping[str, Any]) -> Message:
    return Message(_("{due} · {text} · {owner}"), {**step, "due": _day(step["due"])})


def _target_line(target: Mapping[str, Any], currency: str) -> Message:
    return Message(
        _("{category}: {amount}"), {"category": target["category"], "amount": Money(target["amount"], currency)}
    )


def _promotion_line(row: Mapping[str, Any], currency: str) -> Message:
    figures: dict[str, Any] = {
        "name": row["name"], "since": _day(row["since"]), "until": _day(row["until"]),
        "ours": Money(row["ours"], currency), "theirs": Money(row["theirs"], currency),
    }  # fmt: skip
    return Message(_("{name}, {since} to {until}: ours {ours}, theirs {theirs}"), figures)


def _day(text: str) -> Day:
    return Day(day_number(date.fromisoformat(text)))


def sides(plan: Plan, asked: Sequence[str]) -> list[tuple[str, Mapping[str, Any]]]:
    """The two versions asked for by number, or the last agreed one and the plan as it is ("now")."""
    kept = {str(each.number): each.content for each in plan.versions.all()}
    last = next(iter(kept), "now")
    names = [name if name in kept or name == "now" else usual for name, usual in zip(asked, (last, "now"), strict=True)]
    return [(name, content(plan) if name == "now" else kept[name]) for name in names]
