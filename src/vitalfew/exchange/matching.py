"""The account's own product codes and ours: matched by hand or by a file; rows that only lacked that are taken at once."""

from dataclasses import dataclass, field
from itertools import islice
from typing import IO, Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.accounts.products import product_codes
from vitalfew.exchange import again, reading
from vitalfew.exchange.models import DataExchange, OwnCode
from vitalfew.exchange.reasons import TWICE, UNKNOWN
from vitalfew.exchange.rights import ExchangeRight
from vitalfew.exchange.shape import CODES
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.readers import open_source

MOST: Final = 5_000
"""Rows of a file of codes."""
NO_PRODUCT: Final = _("We have no product of this code")
MATCHED: Final = _("This code of the account is matched already: correct that line")
TOO_MANY: Final = _("A file of codes may have 5,000 rows: send it in parts")
FIRST: Final = _("Agree with the account on an exchange of data first")


@transaction.atomic
def match(user: User, account: Account, code: str, product: str) -> OwnCode:
    """A code that is not matched yet; refuses a product that we do not have."""
    own = _begun(user, account)
    if code in own:
        raise NotPossible(MATCHED)
    _is_ours(product, product_codes())
    row = records.make(user, OwnCode(account=account, code=code, product=product))
    row.rows_again = _taken_again(user, account)
    return row


@transaction.atomic
def change(user: User, pk: int, version: int, product: str) -> OwnCode:
    """Another product; what was told under the code before stays where it is."""
    user.must(ExchangeRight.TAKE)
    _is_ours(product, product_codes())
    row: OwnCode = records.change(user, OwnCode.objects.visible_to(user), pk, version, {"product": product})
    row.rows_again = _taken_again(user, row.account)
    return row


@transaction.atomic
def put_away(user: User, pk: int) -> OwnCode:
    user.must(ExchangeRight.TAKE)
    row: OwnCode = records.put_away(user, OwnCode.objects.visible_to(user), pk)
    return row


@transaction.atomic
def fetch_back(user: User, pk: int) -> OwnCode:
    """Refused where the code was matched otherwise meanwhile."""
    rows = OwnCode.objects.within_reach_of(user)
    row: OwnCode = rows.get(pk=pk)
    if row.put_away_at and row.code in _begun(user, row.account):
        raise NotPossible(MATCHED)
    back: OwnCode = records.fetch_back(user, rows, pk)
    return back


@dataclass
class Filled:
    """What came of a file of codes; line, column, what stood there and why of the rows that were not taken."""

    new: int = 0
    changed: int = 0
    same: int = 0
    rejected: list[tuple[int, str, str, str]] = field(default_factory=list)
    rows_again: int = 0


@transaction.atomic
def fill(user: User, account: Account, stream: IO[bytes]) -> Filled:
    """A file with the account's code and ours in each row; a file that can't be read stores nothing."""
    own, known, filled, seen = _begun(user, account), product_codes(), Filled(), dict[str, str]()
    for line, code, product in _rows(stream, filled):
        if known and product not in known:
            filled.rejected.append((line, "product", product, UNKNOWN))
        elif seen.setdefault(code, product) != product:
            filled.rejected.append((line, "code", code, TWICE))
        else:
            _filled(user, account, own, filled, (code, product))
    filled.rejected.sort()
    filled.rows_again = _taken_again(user, account)
    return filled


def _filled(user: User, account: Account, own: dict[str, OwnCode], filled: Filled, said: tuple[str, str]) -> None:
    code, product = said
    row = own.get(code)
    if row is None:
        own[code] = records.make(user, OwnCode(account=account, code=code, product=product))
        filled.new += 1
    elif row.product != product:
        rows = OwnCode.objects.visible_to(user)
        own[code] = records.change(user, rows, row.pk, row.version, {"product": product})
        filled.changed += 1
    else:
        filled.same += 1


def _rows(stream: IO[bytes], filled: Filled) -> list[tuple[int, str, str]]:
    found: list[dict[str, Any]] = []
    with open_source(stream, CODES) as source:
        for batch in source.batches():
            filled.rejected += [(each.row, each.field or "", each.value or "", each.reason) for each in batch.rejects]
            found += batch.rows.to_pylist()
            if len(found) > MOST:
                raise NotPossible(TOO_MANY)
    rows = [(row["_line"], row["code"], row["product"]) for row in islice(found, MOST)]
    filled.rejected += [(line, "code", code[:100], "too_long") for line, code, _product in rows if _is_long(code)]
    return [row for row in rows if not _is_long(row[1])]


def _is_long(code: str) -> bool:
    return len(code) > reading.SHORT


def _begun(user: User, account: Account) -> dict[str, OwnCode]:
    """What is matched by now; nobody else matches codes of the account meanwhile."""
    user.must(ExchangeRight.TAKE)
    if not DataExchange.objects.visible_to(user).filter(account=account).exists():
        raise NotPossible(FIRST)
    Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    return {row.code: row for row in OwnCode.objects.filter(account=account, put_away_at=None)}


def _is_ours(product: str, known: set[str]) -> None:
    if known and product not in known:
        raise NotPossible(NO_PRODUCT)


def _taken_again(user: User, account: Account) -> int:
    """How many rows; none while no exchange with the account runs."""
    row = DataExchange.objects.visible_to(user).filter(account=account).select_related("account").first()
    if row is None or not row.runs_on(timezone.localdate()):
        return 0
    file = again.take(user, row)
    return file.rows_taken if file else 0
