from typing import Any, Final

from django.db.models import Q, QuerySet

from vitalfew.agreements import questions
from vitalfew.agreements.rights import AgreementRight
from vitalfew.agreements.words import BreachState, Side
from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _


def _found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    names = ("text", "evidence", "agreement__title", "agreement__number", "agreement__account__name")
    wanted = Q(agreement__account__code__iexact=text)
    for name in names:
        wanted |= Q(**{f"{name}__icontains": text})
    return rows.filter(wanted)


def _figure(row: Any) -> float | None:
    return None if row.amount is None else float(row.amount)


BREACHES: Final = Listing(
    name="agreement-breaches",
    title=_("Breaches of agreements"),
    right=AgreementRight.SEE,
    records=questions.breaches,
    columns=(
        ListColumn("broken_on", _("Broken on"), Unit.DAY, "broken_on", narrow=True, link=lambda row: row.get_absolute_url()),
        ListColumn("brief", _("What was broken"), told=str, narrow=True),
        ListColumn("side", _("Who broke it"), Unit.WORD, "side", words=Side),
        ListColumn("state", _("What followed"), Unit.WORD, "state", words=BreachState, narrow=True),
        ListColumn("penalty", _("Amount"), order="amount"),
        ListColumn("figure", _("Amount as a number"), Unit.NUMBER, told=_figure, shown=False),
        ListColumn("currency", _("Currency"), shown=False),
        ListColumn("due", _("To be paid by"), Unit.DAY, "due"),
        ListColumn("agreement", _("Agreement"), told=lambda row: str(row.agreement),
                   link=lambda row: row.agreement.get_absolute_url()),
        ListColumn("account", _("Account"), order="agreement__account__name", told=lambda row: row.agreement.account.name,
                   link=lambda row: row.agreement.account.get_absolute_url() + "?tab=agreements"),
        ListColumn("code", _("Code"), Unit.CODE, "agreement__account__code", lambda row: row.agreement.account.code,
                   shown=False),
        ListColumn("settled_on", _("Settled on"), Unit.DAY, "settled_on"),
        ListColumn("evidence", _("Evidence"), shown=False),
    ),
    order="-broken_on",
    find=_found,
    hint=_("Words, account, agreement"),
    empty=_("No breach is recorded: record one on the agreement that was broken."),
    filters=(
        ListFilter("side", _("Who broke it"), list(Side), by("side")),
        ListFilter("state", _("What followed"), list(BreachState), by("state")),
    ),
)  # fmt: skip
