"""What a survey's page tells: who answered, who did not and how those differ, what was said; to each what he may see."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from statistics import median
from typing import Any, Final

from django.db.models import Avg, Q, QuerySet

from vitalfew.accounts.models import Account
from vitalfew.language import Count, Message, Money, Percent
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.people.roles import Role
from vitalfew.surveys import questions, results
from vitalfew.surveys.answering import fields_of
from vitalfew.surveys.hiding import LEAST, hidden
from vitalfew.surveys.models import Respondent, Wave
from vitalfew.surveys.scoring import SCALES, index_of, score_of
from vitalfew.surveys.standard import Question
from vitalfew.surveys.words import Block, Kind, Reached, WaveState, Whom
from vitalfew.terms import Level, Tier, gettext_noop, label_of
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

DIFFERS: Final = 0.05
"""By so much must the growth of the silent ones lie below, to be worth a word."""


@dataclass(frozen=True)
class Sheets:
    """What the figures rest on, and what of it the user may read one by one.

    Who answered with his name was told that the people who look after his firm read it. Others get figures, as long as at
    least five rest in them whom they don't read; so nobody works out what one of them said.
    """

    every: list[results.Sheet]
    read: list[results.Sheet]
    others: list[results.Sheet] = field(default_factory=list)

    def by(self, holds: Callable[[Mapping[str, Any]], bool]) -> list[results.Sheet]:
        """Those on which a figure may rest that is made of answers of which this holds."""
        n = sum(holds(answers) for _who, answers in self.others)
        return self.every if n == 0 or n >= LEAST else self.read


def told_of(user: User, wave: Wave, language: str, search: str = "") -> dict[str, Any]:
    people = questions.of_wave(user, wave)
    sheets = told_sheets(user, wave)
    found = _results(wave, sheets, language)
    said = results.questions(wave.asked, sheets.read, wave.rivals, language) if sheets.read else []
    return {
        "people": people, "few": wave.anonymous and not sheets.every, "scales": scales_of(wave, sheets), "results": found,
        "words": [(each, _matching(each, search)) for each in said if each.question["kind"] == Kind.TEXT and each.n],
        "accounts": _by_account(user, wave, people), **_reach(user, people), "silent": _silent(user, people),
    }  # fmt: skip


def _results(wave: Wave, sheets: Sheets, language: str) -> list[results.Result]:
    """Question by question, each of as many answers as may be told of it."""
    if not sheets.every:
        return []
    every, read = (results.questions(wave.asked, rows, wave.rivals, language) for rows in (sheets.every, sheets.read))
    found = [(whole if not 0 < whole.n - own.n < LEAST else own) for whole, own in zip(every, read, strict=True)]
    if wave.anonymous:
        found = [replace(each, spread=()) for each in found if each.n >= LEAST]
    return [each for each in found if each.question["kind"] != Kind.TEXT]


def scales_of(wave: Wave, sheets: Sheets) -> list[results.ScaleResult]:
    if not sheets.every:
        return []
    every, read = (results.scales(wave.asked, rows) for rows in (sheets.every, sheets.read))
    found = [
        whole if sheets.by(partial(_scored, wave, whole.block)) is sheets.every else own
        for whole, own in zip(every, read, strict=True)
    ]
    return [each for each in found if not wave.anonymous or each.figure.n >= LEAST]


def _scored(wave: Wave, block: str, answers: Mapping[str, Any]) -> bool:
    return score_of(block, wave.asked, answers) is not None


def told_sheets(user: User, wave: Wave) -> Sheets:
    """Those that count; of an anonymous survey each one alone, and none where they are under five."""
    if wave.anonymous:
        found = [(str(each.pk), each.answers) for each in questions.unnamed(user, wave)]
        found = found if len(found) >= LEAST else []
        return Sheets(found, found)
    rows = questions.answered(user, wave)
    every, read, others = (
        [(row.account.code if row.account else "", row.answers) for row in rows if row.readable in wanted]  # type: ignore[attr-defined]  # annotated
        for wanted in ((True, False), (True,), (False,))
    )
    return Sheets(every, read, others)


def _matching(each: results.Result, search: str) -> list[tuple[str, int]]:
    """In the order of their letters, each once and how often it was said."""
    found = Counter(text for text in each.words if search.casefold() in text.casefold())
    return sorted(found.items())[: results.SHOWN]


def _reach(user: User, people: Sequence[Respondent]) -> dict[str, Any]:
    """Of people, and of the tiers for who sees them."""
    done = [(row, row.reached == Reached.ANSWERED) for row in people]
    cards = _cards(user, people)
    tiers = [
        (label_of(Tier, cards[code].tier), yes)
        for row, yes in done
        if (code := _code(row)) in cards and cards[code].tier
    ]
    levels = [(label_of(Level, row.post.level), yes) for row, yes in done if row.post and row.post.level]
    whole = results.rates([("", yes) for _row, yes in done])
    return {"reach": whole[0] if whole else None, "by_tier": results.rates(tiers), "by_level": results.rates(levels)}


def _code(row: Respondent) -> str:
    return row.account.code if row.account else ""


def _cards(user: User, people: Sequence[Respondent]) -> dict[str, Scorecard]:
    refresh = scorecards.current()
    if refresh is None or not user.may(Right.MONEY):
        return {}
    cards = Scorecard.objects.filter(refresh=refresh, customer__in={_code(row) for row in people})
    return {card.customer: card for card in cards}


def _silent(user: User, people: Sequence[Respondent]) -> list[Message]:
    """How accounts from which nobody answered differ from the others, in plain words."""
    cards, spoke = _cards(user, people), {_code(row) for row in people if row.reached == Reached.ANSWERED}
    loud = [card for code, card in cards.items() if code in spoke]
    mute = [card for code, card in cards.items() if code not in spoke]
    if not loud or not mute:
        return []
    said = [Message(gettext_noop("{n} {n:account has|accounts have} not answered at all"), {"n": Count(len(mute))})]
    refresh = scorecards.current()
    sales = [_middle(each, "revenue_12m") for each in (loud, mute)]
    if None not in sales and refresh is not None:
        text = gettext_noop(
            "Net sales of twelve months, median: {theirs} of those that answered, {silent} of the silent ones"
        )
        money = [Money(each or 0.0, refresh.currency) for each in sales]
        said.append(Message(text, {"theirs": money[0], "silent": money[1]}))
    return [*said, *_grown(_middle(loud, "growth"), _middle(mute, "growth"))]


def _grown(loud: float | None, mute: float | None) -> list[Message]:
    if loud is None or mute is None:
        return []
    figures = {"theirs": Percent(loud), "silent": Percent(mute)}
    if mute < loud - DIFFERS:
        text = gettext_noop(
            "The silent ones grow less ({silent} against {theirs}): the answers may look better than things are"
        )
    else:
        text = gettext_noop("The silent ones grow much like the others ({silent} against {theirs})")
    return [Message(text, figures)]


def _middle(cards: Sequence[Scorecard], name: str) -> float | None:
    known = [value for card in cards if (value := getattr(card, name)) is not None]
    return median(known) if known else None


def _by_account(user: User, wave: Wave, people: Sequence[Respondent]) -> list[dict[str, Any]]:
    """Every account asked: how many of its people answered, and its index; those without anybody to ask too."""
    if wave.whom != Whom.ACCOUNTS:
        return []
    by = questions.by_account(list(people))
    rows = []
    for account in questions.sampled(user, wave):
        mine = by.get(account.code, [])
        done = [row for row in mine if row.reached == Reached.ANSWERED]
        told = done if len(done) >= LEAST else [row for row in done if row.readable]  # type: ignore[attr-defined]  # annotated
        known = [found for row in told if (found := index_of(wave.asked, row.answers)) is not None]
        rows.append(
            {
                "account": account,
                "people": len(mine),
                "answered": len(done),
                "index": sum(known) / len(known) if known else None,
            }
        )
    return rows


def of_account(user: User, wave: Wave, account: Account, language: str) -> dict[str, Any]:
    """Its people side by side, and how they answered the survey before."""
    rows = _at(user, wave, account)
    earlier = questions.before(wave)
    then = _at(user, earlier, account) if earlier else []
    blocks = [each for each in SCALES if _has(each, wave.asked)]
    away = not Account.objects.looked_after_by(user).filter(pk=account.pk).exists()
    return {
        "rows": rows, "earlier": earlier if then else None,
        "scales": [(label_of(Block, each.value), *_beside(each, wave, rows, earlier, then)) for each in blocks],
        "lines": _side_by_side(wave, rows, language),
        "silent": [] if away else [
            row for row in questions.of_wave(user, wave) if row.account_id == account.pk and row not in rows
        ],
        "away": away,
    }  # fmt: skip


def _at(user: User, wave: Wave, account: Account) -> list[Respondent]:
    """Whose answers at the account the user reads."""
    return [row for row in questions.answered(user, wave) if row.account_id == account.pk and row.readable]  # type: ignore[attr-defined]  # annotated


def _has(block: Block, asked: Sequence[Question]) -> bool:
    return any(each["block"] == block for each in asked)


def _beside(
    block: Block, wave: Wave, rows: Sequence[Respondent], earlier: Wave | None, then: Sequence[Respondent]
) -> tuple[list[float | None], float | None, float | None]:
    """Each person's score, the account's, and the change against the survey before."""
    mine = [score_of(block, wave.asked, row.answers) for row in rows]
    now, was = (
        _average(mine),
        _average([score_of(block, earlier.asked, row.answers) for row in then]) if earlier else None,
    )
    return mine, now, None if now is None or was is None else now - was


def _average(values: Sequence[float | None]) -> float | None:
    known = [each for each in values if each is not None]
    return sum(known) / len(known) if known else None


def _side_by_side(wave: Wave, rows: Sequence[Respondent], language: str) -> list[tuple[str, str, list[str]]]:
    lines = []
    by_person = [fields_of(wave.asked, wave.rivals, language, row.answers) for row in rows]
    for place, first in enumerate(by_person[0] if by_person else []):
        lines.append((first.text, first.about, [shown(fields[place]) for fields in by_person]))
    return lines


def lines_of(row: Respondent, language: str) -> list[tuple[str, str, list[str]]]:
    """What one person answered, question by question."""
    return _side_by_side(row.wave, [row], language) if row.answers else []


def scores_of(row: Respondent) -> list[tuple[str, float]]:
    blocks = [each for each in SCALES if _has(each, row.wave.asked)]
    known = [(label_of(Block, each.value), score_of(each, row.wave.asked, row.answers)) for each in blocks]
    return [(label, score) for label, score in known if score is not None]


def shown(field: Any) -> str:
    """An answer as it is read."""
    if field.value in (None, "", []):
        return "–"
    if field.kind == Kind.AMOUNT:
        return f"{float(field.value):,.2f}"
    names = dict(field.choices)
    given = field.value if isinstance(field.value, list) else [field.value]
    return "、".join(names.get(str(each), str(each)) for each in given)


def pulse(user: User, wave: Wave) -> list[dict[str, Any]]:
    """What colleagues said by role, and how satisfied the accounts are that they serve; nothing of small groups."""
    rows = questions.unnamed(user, wave)
    if wave.state != WaveState.CLOSED or len(rows) < LEAST:
        return []
    asked = [each for each in wave.asked if each["kind"] == Kind.SCORE]
    roles = sorted({row.group for row in rows})
    cells = [_cells(question, rows) for question in asked]
    served = _served(roles)
    return [
        {"role": label_of(Role, role), "marks": [cell.get(role) for cell in cells], "accounts": served.get(role)}
        for role in roles
    ]  # fmt: skip


def _cells(question: Question, rows: Sequence[Any]) -> dict[str, float | None]:
    """A question's mean by role, left out where so few answered it that one could tell who."""
    given: dict[str, list[float]] = {}
    for row in rows:
        if (value := row.answers.get(question["item"])) is not None:
            given.setdefault(row.group, []).append(float(value))
    away = hidden({role: len(values) for role, values in given.items()})
    return {role: None if role in away else sum(values) / len(values) for role, values in given.items()}


def _served(roles: Sequence[str]) -> Mapping[str, float | None]:
    """The mean satisfaction of the accounts that people of each role look after."""
    refresh = scorecards.current()
    if refresh is None:
        return {}
    shown = Scorecard.objects.filter(refresh=refresh)
    return {
        role: shown.filter(customer__in=_looked_after(role)).aggregate(mean=Avg("satisfaction"))["mean"]
        for role in roles
    }


def _looked_after(role: str) -> QuerySet[Account, str]:
    near = Q(manager__role=role) | Q(team__user__role=role, team__until=None)
    found: QuerySet[Account, str] = Account.objects.filter(near).values_list("code", flat=True)
    return found
