from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from vitalfew.campaigns import questions
from vitalfew.campaigns.rights import CampaignRight
from vitalfew.campaigns.words import CampaignKind, CampaignState
from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.terms import CampaignVerdict, Unit
from vitalfew.terms import gettext_noop as _


def _standing(found: Any, word: str) -> QuerySet[Any]:
    """As it is shown: what is over has ended."""
    over = {"state": CampaignState.RUNNING, "until__lt": timezone.localdate()}
    if word == CampaignState.ENDED:
        rows: QuerySet[Any] = found.over(timezone.localdate())
        return rows
    rows = found.filter(state=word)
    return rows.exclude(**over) if word == CampaignState.RUNNING else rows


def _planned(row: Any) -> float:
    return float(sum(line.planned for line in row.lines))


CAMPAIGNS: Final = Listing(
    name="campaigns",
    title=_("Campaigns"),
    right=CampaignRight.SEE,
    records=questions.listed,
    columns=(
        ListColumn("name", _("Name"), order="name", link=lambda row: row.get_absolute_url(), narrow=True),
        ListColumn("state", _("State"), Unit.WORD, "state", lambda row: row.standing, words=CampaignState, narrow=True),
        ListColumn("kind", _("Kind"), Unit.WORD, "kind", words=CampaignKind),
        ListColumn("since", _("First day"), Unit.DAY, "since"),
        ListColumn("until", _("Last day"), Unit.DAY, "until"),
        ListColumn("accounts", _("Accounts"), Unit.COUNT, "chosen", lambda row: row.chosen),
        ListColumn("taking_part", _("Take part"), Unit.COUNT, "taking_part"),
        ListColumn("held_out", _("Held out"), Unit.COUNT, "held_out"),
        ListColumn("budget", _("Budget"), Unit.MONEY, told=_planned),
        ListColumn("verdict", _("Verdict"), Unit.WORD, told=lambda row: row.found.get("verdict", ""), words=CampaignVerdict),
        ListColumn("owner", _("Who leads it"), order="owner__name", told=lambda row: str(row.owner or "")),
        ListColumn("lessons", _("Lessons"), shown=False),
    ),
    order="-since",
    find=questions.found,
    hint=_("Name, aim, what was learnt"),
    empty=_("Draft the first campaign: its budget, its accounts, and some held out, so that you will know what it changed."),
    make="campaign-new",
    make_label=_("Draft a campaign"),
    make_right=CampaignRight.MAKE,
    filters=(
        ListFilter("state", _("State"), list(CampaignState), _standing),
        ListFilter("kind", _("Kind"), list(CampaignKind), by("kind")),
    ),
)  # fmt: skip
