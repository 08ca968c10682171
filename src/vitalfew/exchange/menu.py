from vitalfew.exchange.rights import ExchangeRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (
    Entry(
        _("Data exchange"), "exchanges", "link", ExchangeRight.SEE, 375, under="supply",
        also=_("Sell-out, stock of accounts, replenishment, EDI"),
    ),
)  # fmt: skip
