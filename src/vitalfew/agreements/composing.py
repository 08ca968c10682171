"""What an agreement is made of: obligations and price rules put in, changed and taken out while it is a draft; its files."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction

from vitalfew.accounts.actions import keep_file
from vitalfew.accounts.models import Account, AccountFile
from vitalfew.agreements import actions, contracts, questions
from vitalfew.agreements.actions import must_be, own
from vitalfew.agreements.models import Agreement, Part, PriceRule
from vitalfew.agreements.pricing import contradicting
from vitalfew.agreements.rights import AgreementRight
from vitalfew.agreements.words import AgreementState
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _

OVERLAP = _(
    "Another rule holds for the same, from the same quantity, on some of these days: change that one, or the days"
)


@transaction.atomic
def put_in(user: User, agreement: int, name: str, fields: Mapping[str, Any]) -> Part:
    """An obligation or a price rule more."""
    row = own(user, agreement)
    must_be(row, AgreementState.DRAFT)
    part: Part = questions.PARTS[name](agreement=row, **fields)
    _fit(row, part)
    made = records.make(user, part)
    touched(user, row, made)
    return made


@transaction.atomic
def change(user: User, name: str, pk: int, version: int, fields: Mapping[str, Any]) -> Part:
    part = _part(user, name, pk)
    changed: Part = records.change(user, _rows(user, name), pk, version, fields)
    _fit(part.agreement, changed)
    touched(user, part.agreement, part)
    return changed


@transaction.atomic
def take_out(user: User, name: str, pk: int) -> Part:
    part = _part(user, name, pk)
    records.put_away(user, _rows(user, name), pk)
    touched(user, part.agreement, part)
    return part


@transaction.atomic
def bring_back(user: User, name: str, pk: int) -> Part:
    user.must(AgreementRight.WRITE)
    rows = questions.PARTS[name].objects.within_reach_of(user)
    part: Part = rows.get(pk=pk)
    must_be(own(user, part.agreement_id), AgreementState.DRAFT)
    _fit(part.agreement, part)
    records.fetch_back(user, rows, pk)
    touched(user, part.agreement, part)
    return part


def _fit(row: Agreement, part: Part) -> None:
    """No two rules say different things of the same line."""
    if isinstance(part, PriceRule):
        others = [each.terms for each in row.pricerules.filter(put_away_at=None)]
        if contradicting(part.terms, others):
            raise NotPossible(OVERLAP)


@transaction.atomic
def take_over(user: User, account: Account, number: str) -> Agreement:
    """A draft from a contract of the facts, in one step; the same contract only once."""
    user.must(AgreementRight.WRITE)
    contract = contracts.one(account, number)
    if contract is None:
        raise Agreement.DoesNotExist
    if Agreement.objects.filter(account=account, contract=number, put_away_at=None).exists():
        raise NotPossible(_("An agreement was taken over from this contract already"))
    row = actions.write(user, account, contracts.fields(user, contract))
    for name, fields in contracts.parts(contract):
        put_in(user, row.pk, name, fields)
    return Agreement.objects.get(pk=row.pk)


@transaction.atomic
def attach(user: User, pk: int, file: AccountFile | None = None, upload: tuple[str, bytes] | None = None) -> Agreement:
    """A document of the account, there already or new, belongs to it."""
    row = own(user, pk)
    if upload:
        file = keep_file(user, row.account, settings.HOME, *upload)
    if file is None or file.account_id != row.account_id:
        raise NotPossible(_("Choose a document of the account, or a file"))
    row.files.add(file)
    row.noted(user, "attach", {"file": file.name})
    return row


@transaction.atomic
def detach(user: User, pk: int, file: int) -> Agreement:
    """It stays among the account's documents."""
    row = own(user, pk)
    kept = row.files.get(pk=file)
    row.files.remove(kept)
    row.noted(user, "detach", {"file": kept.name})
    return row


def touched(user: User, row: Agreement, part: Part) -> None:
    """What an agreement is made of has changed, and so has the agreement."""
    records.touch(user, row, str(part._meta.model_name))  # noqa: SLF001  (as Django calls it)


def _rows(user: User, name: str) -> Any:
    return questions.PARTS[name].objects.visible_to(user)


def _part(user: User, name: str, pk: int) -> Part:
    user.must(AgreementRight.WRITE)
    part: Part = _rows(user, name).get(pk=pk)
    must_be(own(user, part.agreement_id), AgreementState.DRAFT)
    return part
