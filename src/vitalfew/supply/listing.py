from typing import Final

from django.db.models import Q

from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.supply import questions
from vitalfew.supply.rights import SupplyRight
from vitalfew.supply.words import Arrival, Cover, Hold, Rule, Standing
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _

STOCK: Final = Listing(
    name="supply-stock",
    title=_("Stock picture"),
    right=SupplyRight.SEE,
    records=questions.products,
    columns=(
        ListColumn("code", _("Product"), Unit.CODE, "code", narrow=True, link=lambda row: row.get_absolute_url()),
        ListColumn("name", _("Name"), order="name"),
        ListColumn("category", _("Category"), order="category", shown=False),
        ListColumn("cover", _("State"), Unit.WORD, words=Cover, narrow=True),
        ListColumn("on_hand", _("On hand"), Unit.NUMBER, "on_hand", narrow=True),
        ListColumn("on_order", _("On order"), Unit.NUMBER, "on_order"),
        ListColumn("counted_on", _("Counted on"), Unit.DAY, "counted_on", shown=False),
        ListColumn("reserved", _("Reserved"), Unit.NUMBER, "reserved", lambda row: float(row.reserved)),
        ListColumn("safety", _("Safety stock"), Unit.NUMBER, "safety"),
        ListColumn("lead_days", _("Lead time"), Unit.NUMBER, "lead_days"),
        ListColumn("lead_deviation", _("Its deviation in days"), Unit.NUMBER, "lead_deviation", shown=False),
        ListColumn("empty_on", _("Empty on"), Unit.DAY, "empty_on", narrow=True),
        ListColumn("order_by", _("Order by"), Unit.DAY, "order_by"),
        ListColumn("missing", _("Missing"), Unit.NUMBER, "missing"),
    ),
    order="code",
    find=questions.found,
    hint=_("Code, name, category"),
    empty=_("Import stock counts and order lines: the picture is drawn after the next refresh."),
    filters=(ListFilter("cover", _("State"), list(Cover), by("cover")),),
)
RISKS: Final = Listing(
    name="supply-risks",
    title=_("Accounts at risk"),
    right=SupplyRight.SEE,
    records=questions.risks,
    columns=(
        ListColumn("account", _("Account"), order="account__name", told=lambda row: row.account.name, narrow=True,
                   link=lambda row: row.get_absolute_url()),
        ListColumn("account_code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code, shown=False),
        ListColumn("product", _("Product"), order="product__code", told=lambda row: str(row.product), narrow=True,
                   link=lambda row: row.product.get_absolute_url()),
        ListColumn("since", _("From"), Unit.DAY, "since"),
        ListColumn("need", _("Need"), Unit.NUMBER, "need"),
        ListColumn("short", _("Short"), Unit.NUMBER, "short", narrow=True),
        ListColumn("amount", _("Worth"), Unit.MONEY, "amount"),
    ),
    order="-amount",
    empty=_("No account will miss anything within the weeks shown."),
)  # fmt: skip
INCOMING: Final = Listing(
    name="supply-incoming",
    title=_("Capacity and arrivals"),
    right=SupplyRight.SEE,
    records=questions.incoming,
    columns=(
        ListColumn("week", _("Week"), Unit.DAY, "week", narrow=True, link=lambda row: row.get_absolute_url()),
        ListColumn("product", _("Product"), Unit.CODE, "product", narrow=True),
        ListColumn("kind", _("Kind"), Unit.WORD, words=Arrival),
        ListColumn("quantity", _("Quantity"), Unit.NUMBER, "quantity", lambda row: float(row.quantity), narrow=True),
        ListColumn("note", _("Note")),
    ),
    order="-week",
    find=lambda rows, text: rows.filter(product__icontains=text),
    hint=_("Product code"),
    empty=_("Enter what can be made or arrives in which week, or paste a list."),
    make="supply-incoming-new",
    make_label=_("Enter a week"),
    make_right=SupplyRight.WORK,
    filters=(ListFilter("kind", _("Kind"), list(Arrival), by("kind")),),
)
LEADS: Final = Listing(
    name="supply-leads",
    title=_("Lead times"),
    right=SupplyRight.SEE,
    records=questions.lead_times,
    columns=(
        ListColumn("product", _("Product"), Unit.CODE, "product", narrow=True, link=lambda row: row.get_absolute_url()),
        ListColumn("days", _("Lead time in days"), Unit.NUMBER, "days", lambda row: float(row.days), narrow=True),
        ListColumn("deviation", _("Its deviation in days"), Unit.NUMBER, "deviation", lambda row: float(row.deviation)),
        ListColumn("note", _("Note")),
    ),
    order="product",
    find=lambda rows, text: rows.filter(product__icontains=text),
    hint=_("Product code"),
    empty=_("Enter lead times of products whose order lines tell none, or where suppliers take longer."),
    make="supply-lead-new",
    make_label=_("Enter a lead time"),
    make_right=SupplyRight.WORK,
)
ALLOTMENTS: Final = Listing(
    name="supply-allotments",
    title=_("Sharing out"),
    right=SupplyRight.WORK,
    records=questions.allotments,
    columns=(
        ListColumn("name", _("Name"), order="name", narrow=True, link=lambda row: row.get_absolute_url()),
        ListColumn("state", _("State"), Unit.WORD, words=Standing, narrow=True),
        ListColumn("products", _("Products"), narrow=True),
        ListColumn("weeks", _("Weeks"), Unit.NUMBER, "weeks"),
        ListColumn("rule", _("Rule"), Unit.WORD, words=Rule),
        ListColumn("floor", _("Floor in percent"), Unit.NUMBER, "floor"),
        ListColumn("made_at", _("Made on"), Unit.DAY, "made_at", lambda row: row.made_at.date()),
    ),
    order="-made_at",
    find=lambda rows, text: rows.filter(Q(name__icontains=text) | Q(products__icontains=text)),
    hint=_("Name, product code"),
    empty=_("Draft who gets how much of what is short, and compare it with and without floors and priority."),
    make="supply-allotment-new",
    make_label=_("Share out"),
    make_right=SupplyRight.WORK,
    filters=(ListFilter("state", _("State"), list(Standing), by("state")),),
)
RESERVATIONS: Final = Listing(
    name="supply-reservations",
    title=_("Reservations"),
    right=SupplyRight.SEE,
    records=questions.reservations,
    columns=(
        ListColumn("account", _("Account"), order="account__name", told=lambda row: row.account.name, narrow=True,
                   link=lambda row: row.get_absolute_url()),
        ListColumn("week", _("Week"), Unit.DAY, "week", narrow=True),
        ListColumn("account_code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code, shown=False),
        ListColumn("product", _("Product"), Unit.CODE, "product"),
        ListColumn("quantity", _("Reserved"), Unit.NUMBER, "quantity", lambda row: float(row.quantity)),
        ListColumn("taken", _("Delivered"), Unit.NUMBER, "taken", lambda row: float(row.taken)),
        ListColumn("left", _("Still kept"), Unit.NUMBER, told=lambda row: float(row.left), narrow=True),
        ListColumn("expires_on", _("Kept until"), Unit.DAY, "expires_on"),
        ListColumn("state", _("State"), Unit.WORD, words=Hold),
        ListColumn("ended_on", _("Ended on"), Unit.DAY, "ended_on", shown=False),
        ListColumn("allotment", _("Shared out by"), order="allotment__name", told=lambda row: row.allotment.name, shown=False),
    ),
    order="week",
    find=lambda rows, text: rows.filter(
        Q(product__icontains=text) | Q(account__name__icontains=text) | Q(allotment__name__icontains=text)
    ),
    hint=_("Account, product code, name of the draft"),
    empty=_("Nothing is reserved for anybody: share out what is short, and reserve it."),
    filters=(ListFilter("state", _("State"), list(Hold), by("state")),),
)  # fmt: skip
