from typing import Final

from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _
from vitalfew.visit_plans import questions
from vitalfew.visit_plans.rights import PlanRight
from vitalfew.visit_plans.words import PlanState

PLANS: Final = Listing(
    name="visit-plans",
    title=_("Plans of visits"),
    right=PlanRight.PLAN,
    records=questions.plans,
    columns=(
        ListColumn("since", _("Week from"), Unit.DAY, "since", narrow=True, link=lambda row: row.get_absolute_url()),
        ListColumn("weeks", _("Weeks"), Unit.COUNT, "weeks", narrow=True),
        ListColumn("state", _("State"), Unit.WORD, words=PlanState, narrow=True),
        ListColumn("people", _("Who takes part"), told=lambda row: "、".join(str(each) for each in row.people.all())),
        ListColumn("made_by", _("Asked for by"), order="made_by"),
        ListColumn("made_at", _("Asked for on"), Unit.DAY, "made_at", lambda row: row.made_at.date()),
    ),
    order="-made_at",
    filters=(ListFilter("state", _("State"), list(PlanState), by("state")),),
    empty=_("Have the first weeks proposed: say who takes part and how many visits there are at most."),
    make="visit-plan-new",
    make_label=_("Have weeks proposed"),
    make_right=PlanRight.PLAN,
)
