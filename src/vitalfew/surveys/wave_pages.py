"""/surveys/: a survey prepared, sent round, watched and read; who is asked by it; what its people at one account said."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts.models import Account
from vitalfew.accounts.targets import TargetsForm
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.lists.records import Pages
from vitalfew.people.fields import number_in
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.language import language
from vitalfew.people.models import User
from vitalfew.people.saving import added, changed, done, form_page, tried
from vitalfew.surveys import actions, complaining, letters, questions, sending, telling
from vitalfew.surveys.forms import LetterForm, NameForm, WaveForm, begun
from vitalfew.surveys.link import address_of
from vitalfew.surveys.models import Respondent, Wave
from vitalfew.surveys.rights import SurveyRight
from vitalfew.surveys.standard import text_of
from vitalfew.surveys.words import Kind, WaveState, Whom
from vitalfew.training.paper import picture

LONGEST: Final = 100


def _around(user: User, row: Wave) -> Mapping[str, Any]:
    plans = questions.may_plan(user)
    started = row.state != WaveState.CLOSED
    chosen = plans and started and row.whom == Whom.ACCOUNTS
    posts, advised, lately = actions.offered(user, row) if chosen else ([], [], {})
    return {
        "wave": row, "may_plan": plans, "accounts_form": TargetsForm(user), "name_form": NameForm(user),
        "letter": LetterForm(initial={"version": row.version}), "letters": letters.previews(row), "day": timezone.localdate(),
        "offered": [(post, post in advised, lately.get(post.person_id)) for post in posts], "search": "",
        **telling.told_of(user, row, language()), **_of_colleagues(user, row),
    }  # fmt: skip


def _of_colleagues(user: User, row: Wave) -> dict[str, Any]:
    if row.whom != Whom.COLLEAGUES:
        return {}
    marks = [text_of(each["text"], language()) for each in row.asked if each["kind"] == Kind.SCORE]
    return {
        "colleagues": row.respondents.filter(put_away_at=None).count(),
        "answered": row.unnamed.count() if row.state == WaveState.CLOSED else None,
        "pulse": telling.pulse(user, row),
        "marks": marks,
    }


PAGES: Final = Pages(questions.waves, "surveys/wave.html", _around, see=SurveyRight.SEE, write=SurveyRight.PLAN)
begin = PAGES.does(actions.begin, gettext_lazy("It runs: send the letters, or hand out the links"))
close = PAGES.does(actions.close, gettext_lazy("It is closed: links open nothing any more"))
reopen = PAGES.does(actions.reopen, gettext_lazy("It is open again"))
send = PAGES.does(sending.send, gettext_lazy("Letters are on their way; see who got none below"))
colleagues = PAGES.does(actions.ask_colleagues, gettext_lazy("Everybody is asked"))
letter = PAGES.takes("letter", LetterForm, actions.set_letter)
put_away = PAGES.puts_away(actions.put_away, undo="survey-back", to="surveys")
fetch_back = PAGES.fetches_back(actions.fetch_back)


@needs(SurveyRight.SEE)
@require_GET
def wave(request: HttpRequest, pk: int) -> HttpResponse:
    """The survey; its words narrowed to those searched for."""
    row, search = PAGES.found(request, pk), request.GET.get("q", "").strip()[:LONGEST]
    if not search:
        return PAGES.shown(request, row)
    told = telling.told_of(signed_in(request), row, language(), search)
    return PAGES.shown(request, row, {"search": search, "words": told["words"]})


@needs(SurveyRight.PLAN)
def new(request: HttpRequest) -> HttpResponse:
    """Plan a survey; asked from a list, its selected accounts are in it."""
    user, sent = signed_in(request), request.POST or None
    codes = (sent or request.GET).getlist("code")
    given = sent if sent is not None and "name" in sent else None
    asked_by = {"questionnaire": request.GET.get("questionnaire", ""), "whom": Whom.ACCOUNTS.value}
    form = WaveForm(user, given, initial={**begun(), **asked_by})
    who = TargetsForm(user, given, initial={"codes": "\n".join(codes)})
    context = {"title": gettext("Plan a survey"), "back": "/surveys/", "more": who}
    if given is not None and not who.is_valid():
        return form_page(request, form, "surveys/form.html", context)

    def act() -> Wave:
        made = actions.make(user, Wave(**form.fields_said()))
        if made.whom == Whom.ACCOUNTS:
            actions.add_accounts(user, made, who.accounts)
        return made

    return added(request, form, act, "surveys/form.html", context, undo="survey-away")


@needs(SurveyRight.PLAN)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, row = signed_in(request), PAGES.found(request, pk)
    there = get_object_or_404(Wave.objects.visible_to(user), pk=pk)
    form = WaveForm(user, request.POST or None, instance=there, initial={"version": row.version})
    context = {"title": str(row), "back": row.get_absolute_url(), "record": row}
    return changed(
        request,
        form,
        lambda version: actions.change(user, pk, version, form.fields_said()),
        "surveys/form.html",
        context,
    )


@needs(SurveyRight.PLAN)
@require_POST
def add_accounts(request: HttpRequest, pk: int) -> HttpResponse:
    """More accounts join the survey."""
    user, row = signed_in(request), PAGES.found(request, pk)
    form = TargetsForm(user, request.POST)
    return PAGES.sent(request, row, "accounts_form", form, lambda *_args, **_given: _joined(user, row, form))


def _joined(user: User, row: Wave, form: TargetsForm) -> Wave:
    actions.add_accounts(user, row, form.accounts)
    return row


@needs(SurveyRight.PLAN)
@require_POST
def ask_posts(request: HttpRequest, pk: int) -> HttpResponse:
    """The contacts that were ticked."""
    user = signed_in(request)
    row: Wave = PAGES.found(request, pk)
    wanted = {number_in(each) for each in request.POST.getlist("post")}
    posts = [post for post in questions.offered(user, row) if post.pk in wanted]

    def act() -> Wave:
        actions.ask_posts(user, row, posts)
        return row

    return done(request, act, row)


@needs(SurveyRight.PLAN)
@require_POST
def ask_name(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody who is no contact."""
    user, row = signed_in(request), PAGES.found(request, pk)
    form = NameForm(user, request.POST)
    if tried(form, lambda: actions.ask_name(user, row, **form.cleaned_data)):
        return done(request, lambda: row, row)
    return PAGES.shown(request, row, {"name_form": form}, status=422)


@needs(SurveyRight.PLAN)
@require_GET
def links(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody's link with its code to scan, to be handed out by hand, such as by WeChat."""
    row = PAGES.found(request, pk)
    people = [each for each in questions.of_wave(signed_in(request), row) if not each.revoked]
    told = [(each, address := request.build_absolute_uri(address_of(each)), picture(address)) for each in people]
    return render(request, "surveys/links.html", {"wave": row, "links": told if row.state == WaveState.RUNNING else []})


@needs(SurveyRight.SEE)
@require_GET
def at_account(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """What its people said, side by side."""
    user, row = signed_in(request), PAGES.found(request, pk)
    account = get_object_or_404(Account.objects.visible_to(user), code=code)
    told = telling.of_account(user, row, account, language())
    return render(request, "surveys/account.html", {"wave": row, "account": account, **told})


def _around_one(user: User, row: Respondent) -> Mapping[str, Any]:
    open_now = row.wave.state == WaveState.RUNNING and not row.revoked and questions.may_plan(user)
    reads = row.readable  # type: ignore[attr-defined]  # annotated
    lines = telling.lines_of(row, language()) if reads else []
    return {
        "respondent": row, "reads": reads, "low": reads and row.low, "lines": lines,
        "may_plan": questions.may_plan(user), "link": address_of(row) if open_now else "",
        "scales": telling.scores_of(row) if reads else [], "may_complain": user.may(ComplaintRight.TAKE),
    }  # fmt: skip


ONE: Final = Pages(
    questions.respondents, "surveys/respondent.html", _around_one, see=SurveyRight.SEE, write=SurveyRight.PLAN
)
respondent = ONE.shows()
given = ONE.does(sending.given_by_hand, gettext_lazy("Noted: the link is out"))
revoke = ONE.does(actions.revoke, gettext_lazy("The link opens nothing any more"))
renew = ONE.does(actions.renew, gettext_lazy("There is a new link; one from before opens nothing"))
seen_to = ONE.does(actions.see_to, gettext_lazy("Seen to"), right=SurveyRight.SEE)
complain = ONE.does(
    complaining.complain, gettext_lazy("It is a complaint now: its clock runs"), right=ComplaintRight.TAKE
)
take_out = ONE.puts_away(
    actions.take_out,
    undo="survey-respondent-back",
    to=lambda row: row.wave.get_absolute_url(),
    said=gettext_lazy("Taken out"),
)
put_back = ONE.fetches_back(actions.put_back)
