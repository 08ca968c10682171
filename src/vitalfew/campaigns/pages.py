"""/campaigns/: a campaign drafted, approved, begun, watched and evaluated."""

from typing import Any, Final

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST

from vitalfew.accounts.targets import TargetsForm
from vitalfew.campaigns import actions, choosing, evaluating, questions, sending, starting
from vitalfew.campaigns.forms import (
    CallOffForm,
    CampaignForm,
    HandInForm,
    LessonsForm,
    LineForm,
    SpentForm,
    TextForm,
    VersionForm,
    begun,
)  # fmt: skip
from vitalfew.campaigns.listing import CAMPAIGNS
from vitalfew.campaigns.models import BudgetLine, Campaign, Target
from vitalfew.campaigns.rights import CampaignRight
from vitalfew.campaigns.shown import BESIDE, around
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.saving import added, changed, done, form_page

campaigns = list_page(CAMPAIGNS, BESIDE)
PAGES: Final = Pages(
    questions.campaigns, "campaigns/campaign.html", around, see=CampaignRight.SEE, write=CampaignRight.MAKE
)
campaign = PAGES.shows()
add_line = PAGES.takes("line", LineForm, actions.add_line)
hand_in = PAGES.takes("hand_in", HandInForm, actions.hand_in, said=gettext_lazy("It is handed in"))
take_back = PAGES.does(actions.take_back, gettext_lazy("It is a draft again"))
start = PAGES.takes("start", VersionForm, starting.start, said=gettext_lazy("It runs: the lots are drawn"))
send = PAGES.does(sending.send, gettext_lazy("Letters are on their way"))
end = PAGES.does(actions.end, gettext_lazy("It has ended"))
evaluate = PAGES.takes("evaluate", VersionForm, evaluating.evaluate, said=gettext_lazy("It is evaluated"))
call_off = PAGES.takes("call_off", CallOffForm, actions.call_off, said=gettext_lazy("It is called off"))
lessons = PAGES.takes("lessons", LessonsForm, actions.write_lessons)
take_all_out = PAGES.does(choosing.take_all_out, gettext_lazy("No account is chosen"))
put_away = PAGES.puts_away(actions.put_away, undo="campaign-back", to="campaigns")
fetch_back = PAGES.fetches_back(actions.fetch_back)


@needs(CampaignRight.MAKE)
def new(request: HttpRequest) -> HttpResponse:
    """Draft one; asked from a list, its selected accounts are in it."""
    user, sent = signed_in(request), request.POST or None
    given = None if sent is not None and "code" in sent and "name" not in sent else sent
    codes = (sent or request.GET).getlist("code")
    form = CampaignForm(user, given, initial=begun(user))
    who = TargetsForm(user, given, initial={"codes": "\n".join(codes)})
    context = {"title": gettext("Draft a campaign"), "back": "/campaigns/", "more": who}
    if given is not None and not who.is_valid():
        return form_page(request, form, "campaigns/form.html", context)

    @transaction.atomic
    def act() -> Campaign:
        made = actions.draft(user, form.fields_said())
        return choosing.add_accounts(user, made.pk, who.accounts) if who.accounts else made

    return added(request, form, act, "campaigns/form.html", context, undo="campaign-away")


@needs(CampaignRight.MAKE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, row = signed_in(request), PAGES.found(request, pk)
    there = get_object_or_404(Campaign.objects.visible_to(user), pk=pk)
    given = request.POST if request.method == "POST" else None
    form = CampaignForm(user, given, instance=there, initial={"version": row.version})
    context = {"title": str(row), "back": row.get_absolute_url(), "record": row}
    return changed(
        request,
        form,
        lambda version: actions.change(user, pk, version, form.fields_said()),
        "campaigns/form.html",
        context,
    )


@needs(CampaignRight.MAKE)
@require_POST
def add_accounts(request: HttpRequest, pk: int) -> HttpResponse:
    """More accounts are chosen."""
    user, row = signed_in(request), PAGES.found(request, pk)
    form = TargetsForm(user, request.POST)
    return PAGES.sent(
        request, row, "accounts_form", form, lambda *_args, **_said: choosing.add_accounts(user, pk, form.accounts)
    )


@needs(CampaignRight.MAKE)
@require_POST
def take_out(request: HttpRequest, pk: int) -> HttpResponse:
    """One of a campaign's accounts out again."""
    row = _target(request, pk)
    return done(
        request, lambda: choosing.take_out(signed_in(request), row.of_id, pk), row.of, gettext_lazy("Taken out")
    )


@needs(CampaignRight.MAKE)
@require_POST
def take_line_out(request: HttpRequest, pk: int) -> HttpResponse:
    """A line of a campaign's budget out again."""
    user = signed_in(request)
    line = get_object_or_404(BudgetLine.objects.filter(of__in=questions.campaigns(user)).select_related("of"), pk=pk)
    return done(request, lambda: actions.take_line_out(user, line.of_id, pk), line.of, gettext_lazy("Taken out"))


@needs(CampaignRight.MAKE)
@require_POST
def spent(request: HttpRequest, pk: int) -> HttpResponse:
    """What the lines of its budget came to."""
    user, row = signed_in(request), PAGES.found(request, pk)
    form = SpentForm(questions.budget(row), request.POST)

    def act(*_args: Any, **said: Any) -> Campaign:
        return actions.note_spent(user, pk, said["version"], form.amounts)

    return PAGES.sent(request, row, "spent_form", form, act)


def _text(request: HttpRequest, pk: int, part: str, name: str) -> HttpResponse:
    row, form = PAGES.found(request, pk), TextForm(request.POST)
    return PAGES.sent(
        request, row, name, form, lambda user, number, **said: actions.set_text(user, number, part=part, **said)
    )


@needs(CampaignRight.MAKE)
@require_POST
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """What its letter says in a language."""
    return _text(request, pk, "letters", "letter_form")


@needs(CampaignRight.MAKE)
@require_POST
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """What treated accounts read in the portal, in a language."""
    return _text(request, pk, "offers", "offer_form")


def _target(request: HttpRequest, pk: int) -> Target:
    """An account that the user sees, of a campaign that he sees."""
    user = signed_in(request)
    return get_object_or_404(
        Target.objects.visible_to(user).filter(of__in=questions.campaigns(user)).select_related("of"), pk=pk
    )


@needs(CampaignRight.SEE)
@require_POST
def talked(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody spoke with the account about it."""
    row = _target(request, pk)
    return done(request, lambda: actions.talked(signed_in(request), row.pk), row.of, gettext_lazy("Noted"))


@needs(CampaignRight.SEE)
@require_POST
def not_talked(request: HttpRequest, pk: int) -> HttpResponse:
    row = _target(request, pk)
    return done(request, lambda: actions.not_talked(signed_in(request), row.pk), row.of, gettext_lazy("Taken back"))
