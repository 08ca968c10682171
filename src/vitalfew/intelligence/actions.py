"""Changes to what is known: permission asked, version checked, audit written, in one transaction."""

from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from vitalfew.accounts.actions import in_store
from vitalfew.accounts.grams import folded
from vitalfew.accounts.models import Account
from vitalfew.intelligence import questions
from vitalfew.intelligence.models import Competitor, Confirmation, Intelligence, IntelligenceFile
from vitalfew.intelligence.rights import IntelligenceRight
from vitalfew.intelligence.values import fact_key, number_of, value_key
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.owning import Owned
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _

FIELDS: Final = (
    "competitor", "region", "category", "kind", "text", "attribute", "detail", "value", "source_kind", "source", "person",
    "day", "reliability", "credibility", "valid_until",
)  # fmt: skip
FACT: Final = ("region", "category", "attribute", "detail", "value")
OF_CONFIRMATION: Final = ("source_kind", "source", "day")
OF_COMPETITOR: Final = ("name", "web", "note")
Upload = tuple[str, bytes]
OWN: Final = Owned(Intelligence, IntelligenceRight.ADD, questions.may_change)
put_away, fetch_back = OWN.put_away, OWN.fetch_back


@transaction.atomic
def write_down(
    user: User, account: Account | None, fields: Mapping[str, Any], file: Upload | None = None
) -> Intelligence:
    """A new piece, of an account or, without one, of a competitor or the market."""
    user.must(IntelligenceRight.ADD if account else IntelligenceRight.MARKET)
    whole = _with_competitor(user, fields)
    row = records.make(user, Intelligence(account=account, who=user, **whole, **compared_by(whole)))
    if file:
        attach(user, row.pk, file)
    return row


def compared_by(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What facts are compared by, and the key of the source."""
    about = {name: fields[name] or "" for name in FACT}
    source = source_key(fields["source_kind"], fields["source"])
    if not about["attribute"]:
        return {"amount": None, "fact_key": "", "value_key": "", "source_key": source}
    parts = (about[name] for name in ("region", "category", "attribute", "detail"))
    return {
        "amount": number_of(about["attribute"], about["value"]), "fact_key": fact_key(*parts),
        "value_key": value_key(about["attribute"], about["value"])[:200], "source_key": source,
    }  # fmt: skip


def source_key(kind: str, source: str) -> str:
    """The same for one source, however it is written."""
    return f"{kind}|{''.join(folded(source).split())}"[:230]


@transaction.atomic
def change(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Intelligence:
    """Correct it, unless somebody saved since ``version``."""
    before, given = OWN.held(user, pk), _with_competitor(user, fields)
    whole = {**{name: getattr(before, name) for name in FIELDS}, **given}
    return records.change(user, Intelligence.objects.visible_to(user), pk, version, {**given, **compared_by(whole)})


def _with_competitor(user: User, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The competitor's record in the place of its name."""
    named = fields.get("competitor")
    return (
        {**fields, "competitor": competitor(user, named) if named else None} if "competitor" in fields else {**fields}
    )


@transaction.atomic
def renew(user: User, pk: int, version: int) -> Intelligence:
    """It is still so: good for as long again as its kind is."""
    row, today = OWN.held(user, pk), timezone.localdate()
    fields = {"renewed_on": today, "valid_until": max(row.valid_until, today + row.lasts)}
    return records.change(user, Intelligence.objects.visible_to(user), pk, version, fields)


@transaction.atomic
def confirm(user: User, pk: int, fields: Mapping[str, Any]) -> Confirmation:
    """Somebody else heard the same from another source."""
    user.must(IntelligenceRight.ADD)
    row, key = Intelligence.objects.visible_to(user).get(pk=pk), source_key(fields["source_kind"], fields["source"])
    if why := why_not(user, row, key):
        raise NotPossible(why)
    return records.make(user, Confirmation(of=row, user=user, source_key=key, **fields))


def why_not(user: User, row: Intelligence, key: str) -> str:
    """Why somebody can't confirm it; empty where he can."""
    if row.who_id == user.pk:
        return _("You wrote it yourself: somebody else has to confirm it")
    if key == row.source_key:
        return _("This is the source it came from: a confirmation comes from another one")
    if questions.own_confirmation(user, row):
        return _("You confirmed it already")
    return ""


@transaction.atomic
def take_back(user: User, pk: int) -> Confirmation:
    """It is no longer confirmed by the one who did."""
    return records.put_away(user, _confirmations(user), pk)


@transaction.atomic
def confirm_again(user: User, pk: int) -> Confirmation:
    """As it was confirmed, unless one did so anew meanwhile."""
    row = _confirmations(user).get(pk=pk)
    if row.put_away_at and (other := questions.own_confirmation(user, row.of)):
        return other
    return records.fetch_back(user, _confirmations(user), pk)


def _confirmations(user: User) -> QuerySet[Confirmation]:
    user.must(IntelligenceRight.ADD)
    return Confirmation.objects.filter(user=user, of__in=Intelligence.objects.visible_to(user))


@transaction.atomic
def settle(user: User, pk: int, version: int, holds: int) -> Intelligence:
    """``holds`` says how it is; the other one is superseded."""
    user.must(IntelligenceRight.SETTLE)
    seen = Intelligence.objects.visible_to(user)
    row, other = seen.get(pk=pk), seen.get(pk=holds)
    if not row.fact_key or not _same_subject(row, other) or other.superseded_by_id or row.value_key == other.value_key:
        raise NotPossible(_("These two don't contradict each other"))
    return records.change(user, seen, pk, version, {"superseded_by": other, "superseded_on": timezone.localdate()})


def _same_subject(row: Intelligence, other: Intelligence) -> bool:
    names = ("account_id", "competitor_id", "fact_key")
    return all(getattr(row, name) == getattr(other, name) for name in names)


@transaction.atomic
def unsettle(user: User, pk: int) -> Intelligence:
    """Both stand beside each other again."""
    user.must(IntelligenceRight.SETTLE)
    seen = Intelligence.objects.visible_to(user)
    return records.change(user, seen, pk, seen.get(pk=pk).version, {"superseded_by": None, "superseded_on": None})


@transaction.atomic
def attach(user: User, pk: int, file: Upload) -> IntelligenceFile:
    """A document that belongs to it, checked as every upload is."""
    row, (name, data) = OWN.held(user, pk), file
    with in_store(settings.HOME, name, data) as place:
        kept = IntelligenceFile.objects.create(of=row, name=name[:200], place=place, size=len(data), who=user)
        records.touch(user, row, "files")
    return kept


@transaction.atomic
def detach(user: User, file: IntelligenceFile) -> None:
    row, place = OWN.held(user, file.of_id), settings.HOME.files / file.place
    file.delete()
    records.touch(user, row, "files")
    transaction.on_commit(lambda: place.unlink(missing_ok=True))


@transaction.atomic
def competitor(user: User, name: str) -> Competitor:
    """The one that stands for that name; made where there is none, fetched back where it was put away."""
    plain = " ".join(name.split())
    known = questions.competitor_named(plain)
    if known is None:
        return records.make(user, Competitor(name=plain, folded=questions.key_of(plain)))
    known = known.standing
    return records.fetch_back(user, Competitor.objects.all(), known.pk) if known.put_away_at else known


@transaction.atomic
def change_competitor(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Competitor:
    user.must(IntelligenceRight.COMPETITORS)
    other = questions.competitor_named(fields["name"])
    if other is not None and other.pk != pk:
        raise NotPossible(_("Another competitor has this name"))
    named = {**fields, "folded": questions.key_of(fields["name"])}
    return records.change(user, Competitor.objects.visible_to(user), pk, version, named)


@transaction.atomic
def put_competitor_away(user: User, pk: int) -> Competitor:
    user.must(IntelligenceRight.COMPETITORS)
    return records.put_away(user, Competitor.objects.visible_to(user), pk)


@transaction.atomic
def fetch_competitor_back(user: User, pk: int) -> Competitor:
    user.must(IntelligenceRight.COMPETITORS)
    return records.fetch_back(user, Competitor.objects.all(), pk)
