from typing import Final

from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.plans import questions
from vitalfew.plans.rights import AccountPlanRight
from vitalfew.plans.words import PlanState, Rating, SalesModel
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _

PLANS: Final = Listing(
    name="plans",
    title=_("Account plans"),
    right=AccountPlanRight.SEE,
    records=questions.listed,
    columns=(
        ListColumn("title", _("Plan"), order="title", narrow=True, link=lambda row: row.get_absolute_url()),
        ListColumn("account", _("Account"), order="account__name", told=lambda row: row.account.name, narrow=True,
                   link=lambda row: row.account.get_absolute_url() + "?tab=plans"),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code, shown=False),
        ListColumn("state", _("State"), Unit.WORD, words=PlanState, narrow=True),
        ListColumn("since", _("Begins on"), Unit.DAY, "since"),
        ListColumn("until", _("Ends on"), Unit.DAY, "until"),
        ListColumn("review_on", _("To be reviewed on"), Unit.DAY, "review_on"),
        ListColumn("owner", _("Who sees to it"), order="owner__name", told=lambda row: str(row.owner or "")),
        ListColumn("open_steps", _("Open actions"), Unit.COUNT, "open_steps"),
        ListColumn("late_steps", _("Late actions"), Unit.COUNT, "late_steps"),
        ListColumn("sales_model", _("Sales model"), Unit.WORD, words=SalesModel, shown=False),
        ListColumn("rating", _("Rating"), Unit.WORD, words=Rating),
        ListColumn("lessons", _("Lessons"), shown=False),
    ),
    order="-since",
    find=questions.found,
    hint=_("Words of the plan; pinyin too"),
    empty=_("Begin the first account plan: its situation is filled in from the analyses, you set goals and who does what."),
    make="account-plan-new",
    make_label=_("Begin an account plan"),
    make_right=AccountPlanRight.WRITE,
    filters=(
        ListFilter("state", _("State"), list(PlanState), by("state")),
        ListFilter("sales_model", _("Sales model"), list(SalesModel), by("sales_model")),
        ListFilter("rating", _("Rating"), list(Rating), by("rating")),
    ),
)  # fmt: skip
