"""/intelligence and /competitors: what is known, by whom confirmed, what contradicts it."""

from copy import copy
from datetime import date
from typing import Any, Final

from django.utils import timezone
from ninja import Router, Schema

from vitalfew.accounts.api import visible
from vitalfew.api.problems import not_found
from vitalfew.intelligence import actions, merging, questions
from vitalfew.intelligence.forms import CompetitorForm, ConfirmationForm, IntelligenceForm
from vitalfew.intelligence.listing import COMPETITORS, INTELLIGENCE
from vitalfew.intelligence.models import Competitor, Intelligence
from vitalfew.intelligence.rights import IntelligenceRight
from vitalfew.language import Message
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.models import User
from vitalfew.terms import gettext_noop as _

pieces = Router(tags=["intelligence"])
competitors = Router(tags=["intelligence"])


class IntelligenceChange(Schema):
    """What can be set of a piece; what is not sent stays. Competitor is a name; credibility 1 to 6, reliability A to F."""

    competitor: str | None = None
    region: str | None = None
    category: str | None = None
    kind: str | None = None
    text: str | None = None
    attribute: str | None = None
    detail: str | None = None
    value: str | None = None
    source_kind: str | None = None
    source: str | None = None
    person: int | None = None
    day: date | None = None
    reliability: str | None = None
    credibility: int | None = None
    valid_until: date | None = None

    model_config = {"extra": "forbid"}


class IntelligenceNew(IntelligenceChange):
    """A new piece; without an account it tells of a competitor or the market."""

    account: str = ""


class ConfirmationNew(Schema):
    """From which other source the same was heard."""

    source_kind: str
    source: str
    day: date | None = None

    model_config = {"extra": "forbid"}


class Settled(Schema):
    """The number of the piece that holds in the place of this one."""

    holds: int

    model_config = {"extra": "forbid"}


class ConfirmationOut(Schema):
    """Who confirmed it, from which source."""

    id: int
    who: str | None
    source_kind: str
    source: str
    day: date


class IntelligenceOut(Schema):
    """A piece in full; its grade as shown, after confirmations and contradictions, and the numbers of what contradicts it."""

    id: int
    account: str | None
    competitor: str | None
    region: str
    category: str
    kind: str
    text: str
    attribute: str
    detail: str
    value: str
    source_kind: str
    source: str
    person: int | None
    day: date
    reliability: str
    credibility: int
    grade: str
    valid_until: date
    renewed_on: date | None
    state: str
    superseded_by: int | None
    who: str | None
    confirmations: list[ConfirmationOut]
    contradicted_by: list[int]
    version: int


class CompetitorOut(Schema):
    """A competitor, and how much is known of it."""

    id: int
    name: str
    web: str
    note: str
    known: int
    at_accounts: int
    also_written: list[dict[str, int | str]]
    """Other names of it: the number and name of each record that was made one with it."""
    merged_into: int | None
    version: int


class CompetitorChange(Schema):
    """What can be set of a competitor; what is not sent stays."""

    name: str | None = None
    web: str | None = None
    note: str | None = None

    model_config = {"extra": "forbid"}


class CompetitorStays(Schema):
    """The number of the competitor that stands for both."""

    stays: int

    model_config = {"extra": "forbid"}


class CompetitorParted(Schema):
    """The number of the record that stands by itself again."""

    other: int

    model_config = {"extra": "forbid"}


def _told(user: User, row: Intelligence) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in actions.FIELDS}
    return {
        **plain, "account": row.account.code if row.account else None,
        "competitor": row.competitor.name if row.competitor else None, "person": row.person_id, "grade": row.grade,
        "renewed_on": row.renewed_on, "state": row.state.value, "superseded_by": row.superseded_by_id,
        "who": row.who.username if row.who else None, "confirmations": [_said(each) for each in questions.confirmations(row)],
        "contradicted_by": [each.pk for each in questions.others(user, row)] if row.holds else [],
    }  # fmt: skip


def _said(each: Any) -> dict[str, Any]:
    who = each.user.username if each.user else None
    return {"id": each.pk, "who": who, "source_kind": each.source_kind, "source": each.source, "day": each.day}


OPERATIONS: Final = Operations(
    pieces, "intelligence", INTELLIGENCE, questions.pieces, IntelligenceOut, _told, see=IntelligenceRight.SEE,
    write=IntelligenceRight.ADD, many="intelligence",
    denied=Message(_("Only who wrote it, who manages the account and heads can do this")),
)  # fmt: skip
OPERATIONS.reads("What is known, latest first, a page at a time.", "One piece; its ETag is its version.")


@OPERATIONS.adds
def add_intelligence(user: User, sent: IntelligenceNew) -> Intelligence:
    """Write down what was heard."""
    said = sent.dict(exclude_unset=True)
    code = said.pop("account", "")
    account = visible(user, code) if code else None
    form = IntelligenceForm(user, account, {"day": timezone.localdate(), **said})
    asked = tuple(name for name in actions.FIELDS if name in form.fields)
    return actions.write_down(user, account, checked(form, asked))


@OPERATIONS.changes
def change_intelligence(user: User, row: Intelligence, sent: IntelligenceChange) -> None:
    """Correct a piece. Fields not sent stay."""
    known = {name: getattr(row, name) for name in actions.FIELDS}
    known |= {"competitor": row.competitor.name if row.competitor else "", "person": row.person_id}
    form = IntelligenceForm(user, row.account, {**known, **sent.dict(exclude_unset=True)}, instance=copy(row))
    asked = tuple(name for name in actions.FIELDS if name in form.fields)
    actions.change(user, row.pk, row.version, checked(form, asked))


@OPERATIONS.does("renew")
def renew_intelligence(user: User, row: Intelligence) -> None:
    """Say that it is still so."""
    actions.renew(user, row.pk, row.version)


@OPERATIONS.does("confirm")
def confirm_intelligence(user: User, row: Intelligence, sent: ConfirmationNew) -> None:
    """Confirm it from another source."""
    form = ConfirmationForm({"day": timezone.localdate(), **sent.dict(exclude_unset=True)})
    actions.confirm(user, row.pk, checked(form, actions.OF_CONFIRMATION))


@OPERATIONS.does("settle", IntelligenceRight.SETTLE)
def settle_intelligence(user: User, row: Intelligence, sent: Settled) -> None:
    """Say which of two contradicting facts holds; this one is superseded."""
    actions.settle(user, row.pk, row.version, OPERATIONS.found(user, sent.holds).pk)


@OPERATIONS.puts_away
def put_away_intelligence(user: User, row: Intelligence) -> None:
    """Put it away; it can be fetched back on its page."""
    actions.put_away(user, row.pk)


def _rival(user: User, row: Competitor) -> dict[str, Any]:
    counted = questions.counted(user, Competitor.objects.filter(pk=row.pk)).get()
    plain = {name: getattr(counted, name) for name in (*actions.OF_COMPETITOR, "known", "at_accounts")}
    also = [{"id": each.pk, "name": each.name} for each in counted.also_written.order_by("name")]
    return {**plain, "also_written": also, "merged_into": counted.merged_into_id}


COMPETITOR: Final = Operations(
    competitors, "competitor", COMPETITORS, questions.competitors, CompetitorOut, _rival,
    see=IntelligenceRight.MARKET, write=IntelligenceRight.COMPETITORS,
)  # fmt: skip
COMPETITOR.reads(
    "Who sells against us, a page at a time.", "One competitor; its pieces are found under /intelligence?q=NAME."
)


@COMPETITOR.changes
def change_competitor(user: User, row: Competitor, sent: CompetitorChange) -> None:
    """Change its name, website or note. Fields not sent stay."""
    known = {name: getattr(row, name) for name in actions.OF_COMPETITOR}
    form = CompetitorForm({**known, **sent.dict(exclude_unset=True), "version": row.version}, instance=copy(row))
    actions.change_competitor(user, row.pk, row.version, checked(form, actions.OF_COMPETITOR))


@COMPETITOR.does("make-one", matched=True)
def make_competitor_one(user: User, row: Competitor, sent: CompetitorStays) -> None:
    """It is the same as another, which stays and takes its pieces; can be parted again."""
    merging.make_one(user, row.pk, row.version, COMPETITOR.found(user, sent.stays).pk)


@COMPETITOR.does("part")
def part_competitor(user: User, row: Competitor, sent: CompetitorParted) -> None:
    """One of its other names stands by itself again, with the pieces that came along."""
    other = row.also_written.filter(pk=sent.other).first()
    if other is None:
        raise not_found()
    merging.part(user, other.pk)


@COMPETITOR.puts_away
def put_away_competitor(user: User, row: Competitor) -> None:
    """Put it away; it can be fetched back on its page."""
    actions.put_competitor_away(user, row.pk)


ROUTERS: Final = (("/intelligence", pieces), ("/competitors", competitors))
