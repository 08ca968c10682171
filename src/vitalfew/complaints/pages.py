"""/complaints/: the list, a new one, one in full, and every step that is taken with it."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts.asked import account_asked
from vitalfew.comments.thread import thread
from vitalfew.complaints import (
    actions,
    address,
    causes,
    closing,
    intake,
    procedure,
    proceeding,
    questions,
    severity,
    telling,
)
from vitalfew.complaints.beside import BESIDE
from vitalfew.complaints.commented import KIND
from vitalfew.complaints.forms import (
    AssessForm,
    ClassForm,
    ComplaintForm,
    HandForm,
    MatchForm,
    StepForm,
    TellForm,
    WhyForm,
)
from vitalfew.complaints.keeping import done as steps_done
from vitalfew.complaints.listing import COMPLAINTS
from vitalfew.complaints.models import Complaint, EightD
from vitalfew.complaints.money_pages import around as money_around
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.complaints.words import State, Way
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.outbox import layout
from vitalfew.people.fields import number_in, picked
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.saving import added, changed, done

NEW: Final = (*actions.FIELDS, "effect", "grows")
complaints = list_page(COMPLAINTS, BESIDE)


@needs(ComplaintRight.TAKE)
def new(request: HttpRequest) -> HttpResponse:
    """Take one in; asked from an account's page, that account is known."""
    user, account = signed_in(request), account_asked(request)
    form = ComplaintForm(user, account, request.POST or None, request.FILES or None)

    def act() -> Complaint:
        fields = picked(form, NEW)
        whose = account or form.cleaned_data.get("account")
        return intake.write_down(user, {**fields, "account": whose}, form.cleaned_data["file"])

    return added(request, form, act, "complaints/new.html", {"account": account}, undo="complaint-away")


def _around(user: User, row: Complaint) -> dict[str, Any]:
    steps = list(row.steps.all())
    gone = steps_done(row)
    ahead = procedure.following(row.procedure, gone)
    begun = {"version": row.version}
    may = questions.may_handle(user, row)
    lacks = closing.lacking(row) if ahead == State.CLOSED else ""
    return {
        "complaint": row, "steps": [(step, _given(step)) for step in steps], "ahead": ahead,
        "path": [(state, state.value in gone) for state in procedure.STEPS[row.procedure]],
        "may_handle": may, "may_correct": questions.may_correct(user, row),
        "severity_why": severity.severity_why(row.effect, grows=row.grows) if row.effect else None,
        "priority_why": severity.priority_why(row.severity, key=row.key),
        "assess": AssessForm(initial={**begun, "effect": row.effect, "grows": row.grows}),
        "step": _step_form(ahead, begun, head=bool(lacks) and user.may(ComplaintRight.RULE)), "lacks": lacks,
        "bare": ahead == State.CAUSE and not causes.choices(),
        "may_rule": user.may(ComplaintRight.RULE), "wait": WhyForm(initial=begun), "reopen": WhyForm(initial=begun),
        "hand": HandForm(user, row.account, initial=begun) if may else None,
        "match": MatchForm(user, initial=begun) if may else None,
        "class": ClassForm(initial={**begun, "branch": row.cause_id or ""}),
        "tell": TellForm(initial={**begun, "text": telling.proposed(row), "way": _way(row)}),
        "said": telling.lines(row), "can_step_back": proceeding.last_step(row) is not None,
        "resembled": questions.resembled(row), "may_group": user.may(ComplaintRight.GROUP),
        "twins": questions.twins(user, row) if may and not row.merged_into_id else [],
        "related": list(questions.complaints(user).filter(pk__in=row.related.values("pk"))),
        "merged": list(questions.complaints(user).filter(merged_into=row)), "files": list(row.files.all()),
        "outside": layout.address(address.of(row)) if row.nonce else "",
        "checks": list(row.checks.filter(put_away_at=None)),
        "eight_d": EightD.objects.visible_to(user).filter(complaint=row).first(),
        "thread": thread(user, row.account, KIND, row.pk) if row.account else None, **money_around(user, row, begun),
    }  # fmt: skip


def _way(row: Complaint) -> str:
    return Way.LETTER.value if telling.reach(row) else Way.PHONE.value


def _given(step: Any) -> list[tuple[str, str]]:
    """What was said for it, with its labels."""
    labels = {each.name: each.label for each in procedure.NEEDS.get(step.what, ())}
    known = {
        "severity": _("Severity"),
        "to": _("Handed to"),
        "into": _("Merged into"),
        "from": _("Complaint number"),
        "account": _("Account"),
        closing.WITHOUT: _("Closed without a signed 8D record"),
    }
    days = {each.name for each in procedure.NEEDS.get(step.what, ()) if each.a_day}
    told = [(labels.get(name) or known.get(name), name, str(value)) for name, value in step.given.items()]
    return [(str(label), _day(value) if name in days else value) for label, name, value in told if label]


def _day(text: str) -> str:
    """A day as it is written in the language of who reads."""
    found = procedure.day_in(text)
    return str(date_format(found)) if found else text


def _step_form(ahead: State | None, begun: dict[str, Any], *, head: bool) -> StepForm | None:
    if ahead is None or ahead.value not in procedure.NEEDS:
        return None
    return StepForm(ahead.value, head=head, initial={**begun, "to": ahead.value, "on": timezone.localdate()})


PAGES: Final = Pages(
    questions.complaints, "complaints/complaint.html", _around, see=ComplaintRight.SEE, write=ComplaintRight.HANDLE
)
complaint = PAGES.shows()


@needs(ComplaintRight.TAKE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, row = signed_in(request), PAGES.found(request, pk)
    if not questions.may_correct(user, row):
        raise Http404
    form = ComplaintForm(
        user, row.account, request.POST or None, instance=PAGES.found(request, pk), initial={"version": row.version}
    )
    if row.imported:
        for name in actions.OF_FACTS:
            form.fields.pop(name, None)
    return changed(
        request, form, lambda version: actions.correct(user, pk, version, picked(form, actions.FIELDS)),
        "complaints/edit.html", {"complaint": row},
    )  # fmt: skip


@needs(ComplaintRight.HANDLE)
@require_POST
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """The next step, with what it needs."""
    row = PAGES.found(request, pk)
    head = signed_in(request).may(ComplaintRight.RULE)
    form = StepForm(request.POST.get("to", ""), request.POST, head=head)

    def act(user: User, number: int, version: int, **_said: Any) -> Complaint:
        return proceeding.advance(user, number, version, form.cleaned_data["to"], form.given)

    return PAGES.sent(request, row, "step", form, act, undo="complaint-step-back")


@needs(ComplaintRight.HANDLE)
@require_POST
def hand_on(request: HttpRequest, pk: int) -> HttpResponse:
    row = PAGES.found(request, pk)
    form = HandForm(signed_in(request), row.account, request.POST)
    return PAGES.sent(request, row, "hand", form, actions.hand_on)


@needs(ComplaintRight.HANDLE)
@require_POST
def match(request: HttpRequest, pk: int) -> HttpResponse:
    row = PAGES.found(request, pk)
    form = MatchForm(signed_in(request), request.POST)
    return PAGES.sent(request, row, "match", form, actions.match, undo="complaint-unmatch")


def _other(act: Any, undo: str = "") -> Any:
    """POST of a button that names another complaint."""

    def pressed(request: HttpRequest, pk: int) -> HttpResponse:
        user, row, other = signed_in(request), PAGES.found(request, pk), number_in(request.POST.get("other", ""))
        return done(request, lambda: act(user, pk, other), row, undo=undo)

    return needs(ComplaintRight.HANDLE)(require_POST(pressed))


@needs(ComplaintRight.HANDLE)
@require_POST
def tick(request: HttpRequest, pk: int) -> HttpResponse:
    """What stood to be said was said."""
    user, row, said = signed_in(request), PAGES.found(request, pk), number_in(request.POST.get("said", ""))
    return done(request, lambda: telling.tick(user, pk, said), row)


assess = PAGES.takes("assess", AssessForm, proceeding.assess)
step_back = PAGES.does(proceeding.step_back, _("The last step is not done any more"))
wait = PAGES.takes("wait", WhyForm, proceeding.wait, undo="complaint-resume")
resume = PAGES.does(proceeding.resume, _("It goes on"))
seen = PAGES.does(proceeding.seen, _("Seen"))
reopen = PAGES.takes("reopen", WhyForm, proceeding.reopen)
tell = PAGES.takes("tell", TellForm, telling.tell)
take_up = PAGES.does(actions.take_up)
unmatch = PAGES.does(actions.unmatch)
relate, unrelate, merge = _other(actions.relate), _other(actions.unrelate), _other(actions.merge, "complaint-part")
part = PAGES.does(actions.part)
put_away = PAGES.puts_away(actions.put_away, undo="complaint-back", to=lambda _row: reverse("complaints"))
fetch_back = PAGES.fetches_back(actions.fetch_back)


@needs(ComplaintRight.SEE)
@require_GET
def wall(request: HttpRequest) -> HttpResponse:
    """What runs, by state; it loads itself anew every minute."""
    rows = list(questions.complaints(signed_in(request)).running().order_by("due_at", "pk")[:200])
    columns = [(state, [row for row in rows if row.state == state]) for state in State]
    shown = [(state, found) for state, found in columns if found]
    page = "complaints/board.html" if request.headers.get("HX-Request") else "complaints/wall.html"
    return render(request, page, {"columns": shown, "now": timezone.now()})
