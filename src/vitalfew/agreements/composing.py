"""What an agreement is made of: obligations and price rules put in, changed and taken out while it is a draft; its files."""

from datetime import date
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from vitalfew.accounts.actions import keep_file
from vitalfew.accounts.models import Account, AccountFile
from vitalfew.agreements import actions, contracts, questions
from vitalfew.agreements.actions import must_be, own
from vitalfew.agreements.models import Agreement, Obligation, Part, PriceRule
from vitalfew.agreements.pricing import contradicting
from vitalfew.agreements.rights import AgreementRight
from vitalfew.agreements.words import AgreementState, Rhythm
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.parts import Parts, touched
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _

OVERLAP = _(
    "Another rule holds for the same, from the same quantity, on some of these days: change that one, or the days"
)


def _draft(user: User, pk: int) -> Agreement:
    row = own(user, pk)
    must_be(row, AgreementState.DRAFT)
    return row


def _fit(row: Agreement, part: Part) -> None:
    """No two rules say different things of the same line."""
    if isinstance(part, PriceRule):
        others = [each.terms for each in row.pricerules.filter(put_away_at=None)]
        if contradicting(part.terms, others):
            raise NotPossible(OVERLAP)


PARTS: Final = Parts(questions.PARTS, "agreement", AgreementRight.WRITE, _draft, _fit)
put_in, change, take_out, bring_back = PARTS.put_in, PARTS.change, PARTS.take_out, PARTS.bring_back


@transaction.atomic
def fulfil(user: User, pk: int) -> Obligation:
    """What was owed once is done: it is asked for no more."""
    return _kept(user, pk, timezone.localdate())


@transaction.atomic
def unfulfil(user: User, pk: int) -> Obligation:
    """As if it had not been done."""
    return _kept(user, pk, None)


def _kept(user: User, pk: int, on: date | None) -> Obligation:
    row = own(user, PARTS.rows(user, "obligation").get(pk=pk).agreement_id)
    must_be(row, AgreementState.IN_FORCE)
    owed: Obligation = PARTS.rows(user, "obligation").get(pk=pk)
    if owed.rhythm != Rhythm.ONCE or (owed.kept_on is None) == (on is None):
        raise NotPossible(actions.NOT_NOW)
    kept: Obligation = records.change(user, PARTS.rows(user, "obligation"), pk, owed.version, {"kept_on": on})
    touched(user, row, kept)
    return kept


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
