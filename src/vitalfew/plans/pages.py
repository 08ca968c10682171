"""/plans/: the list, a plan in full, begun and corrected."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from vitalfew.accounts.asked import account_asked
from vitalfew.comments.thread import thread
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages, tab
from vitalfew.people.fields import picked
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.saving import added, changed
from vitalfew.plans import actions, effect, questions, reading, situation, whitespace
from vitalfew.plans.commented import KIND
from vitalfew.plans.forms import CloseForm, PlanForm, ReviewForm, SendBackForm
from vitalfew.plans.listing import PLANS
from vitalfew.plans.models import Plan, Promotion
from vitalfew.plans.rights import AccountPlanRight
from vitalfew.plans.selling import Proposal
from vitalfew.plans.words import PlanState, Section, Swot
from vitalfew.preferences import questions as preferences
from vitalfew.promises import questions as promises
from vitalfew.promises.rights import PromiseRight

QUARTER: Final = timedelta(days=91)


plans = list_page(PLANS)


@needs(AccountPlanRight.WRITE)
def new(request: HttpRequest) -> HttpResponse:
    """Begin one; asked from an account's page, that account is known."""
    user, account = signed_in(request), account_asked(request)
    proposal = whitespace.proposal(user, account) if account else None
    form = PlanForm(user, account, request.POST or None, initial=_begun(), proposed=_model(proposal))

    def act() -> Plan:
        return actions.write(user, account or form.cleaned_data["account"], picked(form, actions.FIELDS))

    context = {"account": account, "proposal": proposal}
    return added(request, form, act, "plans/new.html", context, undo="account-plan-away")


def _begun() -> dict[str, Any]:
    """A year, from now on or from the next one; the title tells which."""
    today = timezone.localdate()
    year = today.year + (today.month > 9)  # noqa: PLR2004  (from October on one plans the next year)
    last = date(year, 12, 31)
    title = _("Plan %(year)s") % {"year": year}
    return {"title": title, "since": date(year, 1, 1), "until": last, "review_on": last}


def _model(proposal: Proposal | None) -> str:
    """The sales model that the findings speak for."""
    return proposal.model.value if proposal and proposal.model else ""


def _shared(row: Plan) -> list[dict[str, Any]]:
    """Each section that can be shown to the customer, and whether it is."""
    known = {each.section: each for each in row.shared.all()}
    return [{"name": each.value, "label": each.label, "row": known.get(each.value)} for each in Section]


def _around(user: User, row: Plan) -> dict[str, Any]:
    today = timezone.localdate()
    begun = {"version": row.version, "review_on": min(today + QUARTER, max(row.until, today + timedelta(days=1)))}
    may_change = questions.may_change(user, row)
    facts = reading.Facts(row)
    targets = reading.targets(user, row, facts)
    return {
        "plan": row, "goals": reading.standings(user, row, facts), "steps": _steps(user, row),
        "promised": promises.from_records(user, row.account, "step"), "may_promise": user.may(PromiseRight.MAKE),
        "targets": targets, "promotions": _promotions(user, row), "gaps": _gaps(user, row, targets) if row.is_draft else [],
        "situation": situation.told(user, _standing(user, row)), "swot": _swot(row),
        "proposal": whitespace.proposal(user, row.account), "versions": list(row.versions.select_related("agreed_by")),
        "following": row.following.filter(put_away_at=None).first(), "may_change": may_change,
        "may_edit": may_change and row.is_draft, "may_agree": questions.may_agree(user, row),
        "shared": _shared(row), "preferences": preferences.of_account(user, row.account),
        "thread": thread(user, row.account, KIND, row.pk), "close": CloseForm(initial=begun),
        "review": ReviewForm(initial=begun), "send_back": SendBackForm(),
    }  # fmt: skip


def _standing(user: User, row: Plan) -> Mapping[str, Any]:
    """Of a draft as it is now; of what was agreed, as it was then."""
    agreed = None if row.state in {PlanState.DRAFT, PlanState.ASKED} else row.versions.first()
    return agreed.content["situation"] if agreed else situation.drawn(user, row.account)


def _steps(user: User, row: Plan) -> list[tuple[Any, bool]]:
    """Each with whether the user may tick it off: the late and the next first."""
    rows = sorted(questions.parts(user, row, "step"), key=lambda each: (each.done_on is not None, each.due, each.pk))
    open_ = row.state != PlanState.CLOSED
    may_change = questions.may_change(user, row)
    return [(each, open_ and (may_change or each.owner_id == user.pk)) for each in rows]


def _promotions(user: User, row: Plan) -> list[tuple[Promotion, effect.Effect | None]]:
    rows = questions.parts(user, row, "promotion")
    return [(each, effect.restored(each.effect) if each.effect else None) for each in rows]


def _gaps(user: User, row: Plan, targets: list[reading.Bought]) -> list[whitespace.Gap]:
    """White space that is no target yet."""
    taken = {each.target.category for each in targets}
    return [each for each in whitespace.gaps(user, row.account) if each.category not in taken]


def _swot(row: Plan) -> list[tuple[Swot, str]]:
    return [(each, getattr(row, each.value)) for each in Swot]


PAGES: Final = Pages(
    questions.plans, "plans/plan.html", _around, see=AccountPlanRight.SEE, write=AccountPlanRight.WRITE
)
plan = PAGES.shows()


@needs(AccountPlanRight.WRITE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, row = signed_in(request), PAGES.found(request, pk)
    if not (questions.may_change(user, row) and row.is_draft):
        raise Http404
    begun = {"version": row.version, "owner": row.owner.username if row.owner else ""}
    proposal = whitespace.proposal(user, row.account)
    form = PlanForm(
        user,
        row.account,
        request.POST or None,
        instance=PAGES.found(request, pk),
        initial=begun,
        proposed=_model(proposal),
    )
    return changed(
        request, form, lambda version: actions.change(user, pk, version, picked(form, actions.FIELDS)),
        "plans/edit.html", {"plan": row, "proposal": proposal},
    )  # fmt: skip


put_away = PAGES.puts_away(actions.put_away, undo="account-plan-back", to=tab("plans"))
fetch_back = PAGES.fetches_back(actions.fetch_back)
