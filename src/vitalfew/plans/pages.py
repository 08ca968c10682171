"""/plans/: the list, a plan in full, begun and corrected."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts import questions as accounts
from vitalfew.accounts.models import Account
from vitalfew.comments.thread import thread
from vitalfew.lists.pages import listed
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.records import Record, Stale
from vitalfew.plans import actions, effect, questions, reading, situation, whitespace
from vitalfew.plans.commented import KIND
from vitalfew.plans.forms import CloseForm, PlanForm, ReviewForm, SendBackForm
from vitalfew.plans.listing import PLANS
from vitalfew.plans.models import Plan, Promotion
from vitalfew.plans.rights import AccountPlanRight
from vitalfew.plans.words import PlanState, Swot
from vitalfew.preferences import questions as preferences

QUARTER: Final = timedelta(days=91)


@needs(AccountPlanRight.SEE)
@require_GET
def plans(request: HttpRequest) -> HttpResponseBase:
    return listed(request, PLANS)


@needs(AccountPlanRight.WRITE)
def new(request: HttpRequest) -> HttpResponse:
    """Begin one; asked from an account's page, that account is known."""
    user, sent = signed_in(request), request.POST or None
    code = request.GET.get("account", "")
    account = accounts.one(user, code) if code else None
    if code and account is None:
        raise Http404
    form = PlanForm(user, account, sent, initial=_begun(), proposed=_proposed(user, account))
    if sent is not None and form.is_valid():
        made = actions.write(user, account or form.cleaned_data["account"], fields_of(form))
        messages.success(request, _("Saved"), extra_tags=f"undo:{reverse('account-plan-away', args=[made.pk])}")
        return redirect(made)
    context = {"form": form, "account": account, "proposal": whitespace.proposal(user, account) if account else None}
    return render(request, "plans/new.html", context, status=200 if sent is None else 422)


def _begun() -> dict[str, Any]:
    """A year, from now on or from the next one; the title tells which."""
    today = timezone.localdate()
    year = today.year + (today.month > 9)  # noqa: PLR2004  (from October on one plans the next year)
    last = date(year, 12, 31)
    title = _("Plan %(year)s") % {"year": year}
    return {"title": title, "since": date(year, 1, 1), "until": last, "review_on": last}


def _proposed(user: User, account: Account | None) -> str:
    model = whitespace.proposal(user, account).model if account else None
    return model.value if model else ""


def fields_of(form: Any) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name in actions.FIELDS}


def found(request: HttpRequest, pk: int) -> Plan:
    row = questions.plans(signed_in(request)).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


@needs(AccountPlanRight.SEE)
@require_GET
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """A plan in full, and what can become of it."""
    return render(request, "plans/plan.html", around(signed_in(request), found(request, pk)))


def around(user: User, row: Plan, sent: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What the page of a plan shows; ``sent`` are forms that were not taken."""
    today = timezone.localdate()
    begun = {"version": row.version, "review_on": min(today + QUARTER, max(row.until, today + timedelta(days=1)))}
    may_change = questions.may_change(user, row)
    facts = reading.Facts(row)
    targets = reading.targets(user, row, facts)
    return {
        "plan": row, "goals": reading.standings(user, row, facts), "steps": _steps(user, row), "targets": targets,
        "promotions": _promotions(user, row), "gaps": _gaps(user, row, targets) if row.is_draft else [],
        "situation": situation.told(user, _standing(user, row)), "swot": _swot(row),
        "proposal": whitespace.proposal(user, row.account), "versions": list(row.versions.select_related("agreed_by")),
        "following": row.following.filter(put_away_at=None).first(), "may_change": may_change,
        "may_edit": may_change and row.is_draft, "may_agree": questions.may_agree(user, row),
        "preferences": preferences.of_account(user, row.account),
        "thread": thread(user, row.account, KIND, row.pk), "close": CloseForm(initial=begun),
        "review": ReviewForm(initial=begun), "send_back": SendBackForm(), **(sent or {}),
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


@needs(AccountPlanRight.WRITE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, row, sent = signed_in(request), found(request, pk), request.POST or None
    if not (questions.may_change(user, row) and row.is_draft):
        raise Http404
    begun = {"version": row.version, "owner": row.owner.username if row.owner else ""}
    proposal = whitespace.proposal(user, row.account)
    form = PlanForm(
        user, row.account, sent, instance=found(request, pk), initial=begun,
        proposed=proposal.model.value if proposal.model else "",
    )  # fmt: skip
    if sent is not None and form.is_valid():
        try:
            actions.change(user, pk, form.cleaned_data["version"] or 0, fields_of(form))
        except Stale as stale:
            return render(request, "records/stale.html", {"form": form, "current": stale.current}, status=409)
        messages.success(request, _("Saved"))
        return redirect(row)
    context = {"form": form, "plan": row, "proposal": proposal}
    return render(request, "plans/edit.html", context, status=200 if sent is None else 422)


@needs(AccountPlanRight.WRITE)
@require_POST
def put_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of the lists; a moment later it can still be fetched back."""
    row = there(lambda: actions.put_away(signed_in(request), pk))
    messages.success(request, _("Put away"), extra_tags=f"undo:{reverse('account-plan-back', args=[pk])}")
    if request.headers.get("X-Requested-With"):
        return HttpResponse(status=204)
    return redirect(f"{row.account.get_absolute_url()}?tab=plans")


@needs(AccountPlanRight.WRITE)
@require_POST
def fetch_back(request: HttpRequest, pk: int) -> HttpResponse:
    there(lambda: actions.fetch_back(signed_in(request), pk))
    messages.success(request, _("It is back"))
    return HttpResponse(status=204)


def there(act: Callable[[], Any]) -> Any:
    """What the action gives; nothing is there where the user sees nothing."""
    try:
        return act()
    except Plan.DoesNotExist:
        raise Http404 from None


def undone(row: Record, route: str) -> str:
    return f"undo:{reverse(route, args=[row.pk])}"
