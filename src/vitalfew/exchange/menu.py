from vitalfew.exchange.rights import ExchangeRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (
    Entry(
        _("Data exchange"), "exchanges", "link", ExchangeRight.SEE, 386, under="supply",
        also=_("Sell-out, stock of accounts, replenishment, EDI"),
    ),
    Entry(
        _("Questions about accounts' data"), "exchange-doubts", "question", ExchangeRight.SEE, 389, under="exchanges"
    ),
    Entry(_("Files of accounts' data"), "exchange-files", "file", ExchangeRight.SEE, 387, under="exchanges"),
    Entry(_("What accounts told"), "exchange-told", "table", ExchangeRight.SEE, 388, under="exchanges"),
    Entry(_("What the exchange of data changed"), "exchange-effects", "chart", ExchangeRight.SEE, 390, under="exchanges"),
    Entry(_("Accounts' own product codes"), "exchange-codes", "codes", ExchangeRight.SEE, 391, under="exchanges"),
)  # fmt: skip
