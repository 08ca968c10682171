from typing import Final

from django.utils import timezone

from vitalfew.exchange import questions
from vitalfew.exchange.rights import ExchangeRight
from vitalfew.lists.listing import ListColumn, Listing
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _

CODES: Final = Listing(
    name="exchange-codes",
    title=_("Accounts' own product codes"),
    right=ExchangeRight.SEE,
    records=questions.own_codes,
    columns=(
        ListColumn("account", _("Account"), order="account__name", told=lambda row: row.account.name, narrow=True,
                   link=lambda row: row.account.get_absolute_url() + "?tab=supply"),
        ListColumn("account_code", _("Customer code"), Unit.CODE, "account__code", lambda row: row.account.code, shown=False),
        ListColumn("code", _("Its code"), Unit.CODE, "code", narrow=True, link=lambda row: row.get_absolute_url()),
        ListColumn("product", _("Our product code"), Unit.CODE, "product", narrow=True),
        ListColumn("since", _("Matched on"), Unit.DAY, "made_at", lambda row: timezone.localdate(row.made_at)),
        ListColumn("who", _("Matched by"), told=lambda row: row.author),
    ),
    order="account",
    find=questions.found_codes,
    hint=_("Account, its code, our product"),
    empty=_("Where an account calls our products otherwise, its codes are matched to ours on the page of the exchange with it."),
)  # fmt: skip
