from typing import Any, Final

from django.db.models import QuerySet

from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.reviews import questions
from vitalfew.reviews.rights import ReviewRight
from vitalfew.reviews.words import Cadence, ReviewState, Shown
from vitalfew.terms import Tier, Unit
from vitalfew.terms import gettext_noop as _


def _found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(customer__icontains=text) | rows.filter(name__icontains=text)


DECISIONS: Final = Listing(
    name="tier-decisions",
    title=_("Accounts of the tier review"),
    right=ReviewRight.SEE,
    records=questions.listed,
    columns=(
        ListColumn("name", _("Account"), order="name", narrow=True),
        ListColumn("customer", _("Code"), Unit.CODE, "customer"),
        ListColumn("before", _("In force"), Unit.WORD, "before", words=Tier),
        ListColumn("proposed", _("Proposed"), Unit.WORD, "proposed", words=Tier),
        ListColumn("decided", _("Decided"), Unit.WORD, "decided", words=Tier, narrow=True),
        ListColumn("reason", _("Reason")),
        ListColumn("actual", _("Actual value"), Unit.MONEY, "actual"),
        ListColumn("strategic", _("Potential"), Unit.MONEY, "strategic"),
        ListColumn("revenue", _("Net sales, 12 months"), Unit.MONEY, "revenue"),
        ListColumn("gross_margin", _("Gross margin"), Unit.MONEY, "gross_margin", shown=False),
        ListColumn("cost_to_serve", _("Cost to serve"), Unit.MONEY, "cost_to_serve"),
        ListColumn("wallet_share", _("Share of wallet"), Unit.SHARE, "wallet_share", shown=False),
        ListColumn("rank", _("Rank by the criteria"), Unit.COUNT, "rank"),
        ListColumn("closeness", _("Closeness"), Unit.NUMBER, "closeness", shown=False),
        ListColumn("decided_by", _("Decided by"), shown=False),
    ),
    order="-actual",
    find=_found,
    hint=_("Account or code"),
    empty=_("No round has begun yet: start a tier review first."),
    filters=(
        ListFilter("show", _("What changes"), list(Shown), questions.narrowed),
        ListFilter("before", _("In force"), list(Tier), by("before")),
        ListFilter("proposed", _("Proposed"), list(Tier), by("proposed")),
        ListFilter("decided", _("Decided"), list(Tier), by("decided")),
    ),
)  # fmt: skip

ROUNDS: Final = Listing(
    name="tier-review",
    title=_("Tier review"),
    right=ReviewRight.SEE,
    records=questions.reviews,
    columns=(
        ListColumn("as_of", _("As of"), Unit.DAY, "as_of"),
        ListColumn("cadence", _("Round of a"), Unit.WORD, "cadence", words=Cadence),
        ListColumn("state", _("State"), Unit.WORD, "state", words=ReviewState),
        ListColumn("in_force_from", _("In force from"), Unit.DAY, "in_force_from"),
        ListColumn("opened_by", _("Proposed by")),
        ListColumn("closed_by", _("Closed by")),
    ),
    order="-as_of",
    filters=(ListFilter("state", _("State"), list(ReviewState), by("state")),),
)
