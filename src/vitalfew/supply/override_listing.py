from typing import Final

from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.supply import questions
from vitalfew.supply.overrides import Why
from vitalfew.supply.rights import SupplyRight
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _

OVERRIDES: Final = Listing(
    name="supply-overrides",
    title=_("Overrides of the forecast"),
    right=SupplyRight.SEE,
    records=questions.overrides,
    columns=(
        ListColumn("week", _("Week"), Unit.DAY, "week", narrow=True, link=lambda row: row.get_absolute_url()),
        ListColumn("product", _("Product"), Unit.CODE, "product", narrow=True),
        ListColumn("account", _("Account"), told=lambda row: row.account.name if row.account else "", narrow=True),
        ListColumn("quantity", _("Needed, in place of the forecast"), Unit.NUMBER, "quantity",
                   lambda row: float(row.quantity), narrow=True),
        ListColumn("foretold", _("Forecast then"), Unit.NUMBER, "foretold"),
        ListColumn("why", _("Reason"), Unit.WORD, words=Why),
        ListColumn("note", _("Note")),
        ListColumn("made_by", _("Entered by"), told=lambda row: row.author),
        ListColumn("made_at", _("Made on"), Unit.DAY, "made_at", lambda row: row.made_at.date(), shown=False),
    ),
    order="-week",
    find=lambda rows, text: rows.filter(product__icontains=text) | rows.filter(account__name__icontains=text),
    hint=_("Product code"),
    empty=_("Where you know better than the forecast, enter what will be needed and why: the weeks then count on it."),
    make="supply-override-new",
    make_label=_("Override the forecast"),
    make_right=SupplyRight.WORK,
    filters=(ListFilter("why", _("Reason"), list(Why), by("why")),),
)  # fmt: skip
