"""Changes to the directory: permission asked, version checked, audit written, in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db import transaction

from vitalfew.accounts.models import Account
from vitalfew.directory import found, measuring, questions
from vitalfew.directory.kinds import IN_FACTS, Kind
from vitalfew.directory.models import Organisation, OrganisationPerson, Served
from vitalfew.directory.rights import DirectoryRight
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _

FIELDS: Final = (
    "name", "code", "distributor", "agent", "supplier", "carrier", "region", "country", "uscc", "web", "phone", "email",
    "channel", "note", "account",
)  # fmt: skip
People = Iterable[Mapping[str, Any]]


@transaction.atomic
def add(user: User, fields: Mapping[str, Any], people: People = ()) -> Organisation:
    row = enter(user, fields, people)
    measuring.measure([row.pk])
    return row


@transaction.atomic
def enter(user: User, fields: Mapping[str, Any], people: People = ()) -> Organisation:
    """A new one whose figures are still to be counted, for whoever enters many."""
    user.must(DirectoryRight.EDIT)
    row = records.make(user, Organisation(**fields, folded=questions.folded_name(fields["name"])))
    _people(row, people)
    return row


def _people(row: Organisation, people: People) -> None:
    OrganisationPerson.objects.bulk_create(OrganisationPerson(organisation=row, **each) for each in people)


@transaction.atomic
def change(
    user: User, pk: int, version: int, fields: Mapping[str, Any], people: Sequence[Mapping[str, Any]] | None = None
) -> Organisation:
    """Save what was edited, unless somebody saved since ``version``; people stay where none are given."""
    user.must(DirectoryRight.EDIT)
    named = {"folded": questions.folded_name(fields["name"])} if "name" in fields else {}
    row = records.change(user, Organisation.objects.visible_to(user), pk, version, {**fields, **named})
    if people is not None and list(people) != [person_of(each) for each in row.people.all()]:
        row.people.all().delete()
        _people(row, people)
        if row.version == version:
            records.touch(user, row, "people")
    measuring.measure([pk])
    return row


def person_of(row: OrganisationPerson) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("name", "title", "phone", "email", "person")}


@transaction.atomic
def put_away(user: User, pk: int) -> Organisation:
    user.must(DirectoryRight.EDIT)
    return records.put_away(user, Organisation.objects.visible_to(user), pk)


@transaction.atomic
def fetch_back(user: User, pk: int) -> Organisation:
    user.must(DirectoryRight.EDIT)
    return records.fetch_back(user, Organisation.objects.within_reach_of(user), pk)


@transaction.atomic
def serve(user: User, pk: int, account: Account, fields: Mapping[str, Any]) -> Served:
    """It works for an account from now on."""
    user.must(DirectoryRight.EDIT)
    row = Organisation.objects.visible_to(user).get(pk=pk)
    if Served.objects.filter(organisation=row, account=account, kind=fields["kind"], put_away_at=None).exists():
        raise NotPossible(_("It serves this account already"))
    made = records.make(user, Served(organisation=row, account=account, **fields))
    measuring.measure([pk])
    return made


@transaction.atomic
def serve_no_more(user: User, pk: int) -> Served:
    user.must(DirectoryRight.EDIT)
    row = records.put_away(user, Served.objects.visible_to(user), pk)
    measuring.measure([row.organisation_id])
    return row


@transaction.atomic
def serve_again(user: User, pk: int) -> Served:
    """As it was, unless it was said anew meanwhile."""
    user.must(DirectoryRight.EDIT)
    within = Served.objects.filter(
        organisation__in=Organisation.objects.visible_to(user), account__in=Account.objects.visible_to(user)
    )
    row = within.get(pk=pk)
    same = {"organisation": row.organisation, "account": row.account, "kind": row.kind}
    if row.put_away_at and (other := Served.objects.filter(put_away_at=None, **same).first()):
        return other
    back = records.fetch_back(user, within, pk)
    measuring.measure([row.organisation_id])
    return back


@transaction.atomic
def take_in(user: User, accounts: Iterable[Account]) -> list[Organisation]:
    """Customers that are distributors or agents, each with what its account tells."""
    user.must(DirectoryRight.EDIT)
    made = [records.make(user, _of_account(account)) for account in accounts]
    measuring.measure([row.pk for row in made])
    return made


def _of_account(account: Account) -> Organisation:
    told = {name: getattr(account, name) for name in ("region", "country", "uscc")}
    kind = {IN_FACTS[account.kind].value: True} if account.kind in IN_FACTS else {}
    return Organisation(
        name=account.name[:200], code=account.code[:60], account=account, **told, **kind,
        folded=questions.folded_name(account.name),
    )  # fmt: skip


@transaction.atomic
def take_in_all(user: User) -> int:
    """All customers that the facts call distributors or agents and that the user sees."""
    user.must(DirectoryRight.IMPORT)
    return len(take_in(user, found.customers(user).iterator(chunk_size=500)))


@transaction.atomic
def take_in_channel(user: User, name: str) -> Organisation:
    """One that the order lines name as their channel; what it is has to be said."""
    user.must(DirectoryRight.EDIT)
    user.must(DirectoryRight.FIGURES)
    if name not in {each.name for each in found.channels()}:
        raise NotPossible(_("The order lines name no such channel, or it is in the directory already"))
    return add(user, {"name": name[:200], "channel": name[:100], Kind.DISTRIBUTOR.value: True})
