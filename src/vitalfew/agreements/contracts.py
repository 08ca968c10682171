"""What an import tells of an account's contracts, beside its agreements; and an agreement taken over from one.

The analyses go on reading the contracts of the facts. Agreements are not given to them: of one that was taken over they would
count the same contract twice.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _

from vitalfew.accounts.models import Account
from vitalfew.agreements.models import Agreement
from vitalfew.agreements.words import AgreementKind, PriceKind, Renewal, Rhythm, Side
from vitalfew.coins import written
from vitalfew.people.models import User
from vitalfew.warehouse.engines.duck import current_sql, named, one_of, rows_of
from vitalfew.warehouse.run import day_of
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import TABLES

MOST: Final = 50
CENT: Final = Decimal("0.01")
YES: Final = frozenset({"yes", "y", "true", "1", "是", "有"})
NUMBER, TITLE = 60, 120
SERVICE: Final = "service"


@dataclass(frozen=True)
class Contract:
    """As an import brought it; ``agreement`` is the one taken over from it."""

    number: str
    since: date
    until: date | None
    value: Decimal | None
    currency: str
    covers: str
    kind: str
    discount: float | None
    payment_days: int | None
    automatic: str
    agreement: Agreement | None = None

    @property
    def exactly(self) -> str:
        return "" if self.value is None else written(self.value, self.currency)


def of_account(user: User, account: Account) -> list[Contract]:
    """The latest first, each with the agreement that was taken over from it."""
    known = Agreement.objects.visible_to(user).filter(account=account).exclude(contract="")
    taken = {each.contract: each for each in known}
    return [_told(row, taken.get(row["contract"])) for row in _rows(account)]


def _rows(account: Account, number: str = "") -> list[dict[str, Any]]:
    source = current_sql(Store(settings.HOME.facts).ledger(TABLES["contracts"]).snapshot())
    only = "AND contract = $contract" if number else ""
    columns = (
        "contract, started_on, ended_on, period_value, currency, covers, kind, discount, payment_terms_days, "
        "automatic_renewal"
    )
    query = (
        f"SELECT {columns} FROM ({source}) WHERE {one_of(account.codes)} {only} "  # noqa: S608  (our own texts; what was said is a parameter)
        f"ORDER BY started_on DESC, contract LIMIT {MOST}"
    )
    return rows_of(query, {**named(account.codes), **({"contract": number} if number else {})})


def one(account: Account, number: str) -> Contract | None:
    rows = _rows(account, number) if number else []
    return _told(rows[0], None) if rows else None


def _told(row: dict[str, Any], agreement: Agreement | None) -> Contract:
    value, ended = row["period_value"], row["ended_on"]
    return Contract(
        row["contract"], day_of(row["started_on"]), None if ended is None else day_of(ended),
        None if value is None else Decimal(value).quantize(CENT), row["currency"] or "", row["covers"] or "",
        row["kind"] or "", row["discount"], row["payment_terms_days"], row["automatic_renewal"] or "", agreement,
    )  # fmt: skip


def fields(user: User, contract: Contract) -> dict[str, Any]:
    """A draft's own fields, as far as the contract tells them."""
    automatic = contract.automatic.strip().lower() in YES
    return {
        "number": contract.number[:NUMBER], "title": (contract.kind or _("Contract taken over"))[:TITLE],
        "kind": AgreementKind.SERVICE.value if contract.covers == SERVICE else AgreementKind.OTHER.value,
        "since": contract.since, "until": contract.until, "value": contract.value, "currency": contract.currency,
        "renewal": Renewal.AUTOMATIC.value if automatic else Renewal.BY_AGREEMENT.value, "owner": user,
        "contract": contract.number,
    }  # fmt: skip


def parts(contract: Contract) -> list[tuple[str, dict[str, Any]]]:
    """Its discount as a price rule, its payment terms as what the customer owes.

    What a service contract says is of the service: no rule of it holds for orders, and invoices of goods don't tell of it.
    """
    goods = contract.covers != SERVICE
    made: list[tuple[str, dict[str, Any]]] = []
    if contract.discount and goods:
        made.append(("rule", {
            "kind": PriceKind.DISCOUNT.value, "value": Decimal(str(round(contract.discount * 100, 2))),
            "since": contract.since, "until": contract.until,
        }))  # fmt: skip
    if contract.payment_days:
        made.append(("obligation", {
            "side": Side.THEIRS.value, "rhythm": Rhythm.ALWAYS.value,
            "text": _("Pay within %(days)s days of the invoice") % {"days": contract.payment_days},
            **({"measure": "payment", "target": Decimal(100), "days": contract.payment_days} if goods else {"measure": "none"}),
        }))  # fmt: skip
    return made
