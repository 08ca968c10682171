"""/rescues/playbook/: what is done against each cause of leaving, as the standard has it or the firm itself."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.lists.records import Pages
from vitalfew.people.fields import said
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.saving import added, changed, done
from vitalfew.rescues import composing, questions
from vitalfew.rescues.beside import BESIDE
from vitalfew.rescues.forms import FUNCTIONS, PlayForm
from vitalfew.rescues.models import Play
from vitalfew.rescues.playbook import STANDARD
from vitalfew.rescues.rights import RescueRight
from vitalfew.terms import ChurnCause

CAUSES: Final = {each.value: each for each in ChurnCause}
LABELS: Final = {each.value: each.label for each in FUNCTIONS}
PAGES: Final = Pages(Play.objects.visible_to, see=RescueRight.SEE, write=RescueRight.PLAYBOOK)


@needs(RescueRight.SEE)
@require_GET
def playbook(request: HttpRequest) -> HttpResponse:
    """All causes with their plays."""
    causes = [(each, questions.plays(each.value), questions.own_plays(each.value).exists()) for each in ChurnCause]
    return render(request, "rescues/playbook.html", {"causes": causes, "labels": LABELS, "beside": BESIDE})


@needs(RescueRight.SEE)
@require_GET
def plays(request: HttpRequest, name: str) -> HttpResponse:
    """Those against one cause."""
    known = _known(name)
    own = list(questions.own_plays(name))
    context = {
        "cause": known, "own": own, "standard": STANDARD[known], "labels": LABELS, "beside": BESIDE,
        "may_define": signed_in(request).may(RescueRight.PLAYBOOK),
    }  # fmt: skip
    return render(request, "rescues/plays.html", context)


def _known(cause: str) -> ChurnCause:
    if cause not in CAUSES:
        raise Http404
    return CAUSES[cause]


@needs(RescueRight.PLAYBOOK)
@require_POST
def take_over(request: HttpRequest, name: str) -> HttpResponse:
    """The standard plays become the firm's own."""
    address = Play(cause=_known(name).value).get_absolute_url()
    return done(
        request, lambda: composing.take_over(signed_in(request), name), address, _("Now they are the firm's own")
    )


@needs(RescueRight.PLAYBOOK)
@require_POST
def give_up(request: HttpRequest, name: str) -> HttpResponse:
    """The standard plays hold again."""
    address = Play(cause=_known(name).value).get_absolute_url()
    return done(request, lambda: composing.give_up(signed_in(request), name), address, _("The standard holds again"))


@needs(RescueRight.PLAYBOOK)
def add(request: HttpRequest, name: str) -> HttpResponse:
    """One more play of the firm's own."""
    user, known = signed_in(request), _known(name)
    form = PlayForm(request.POST or None)
    return added(
        request, form, lambda: composing.add(user, name, said(form)), "rescues/play.html", {"cause": known},
        undo="rescue-play-away",
    )  # fmt: skip


@needs(RescueRight.PLAYBOOK)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, row = signed_in(request), PAGES.found(request, pk)
    mine = get_object_or_404(Play.objects.visible_to(user), pk=pk)
    form = PlayForm(request.POST or None, instance=mine, initial={"version": row.version, "function": row.function})
    return changed(
        request, form, lambda version: composing.change(user, pk, version, said(form)), "rescues/play.html",
        {"cause": CAUSES[row.cause], "play": row},
    )  # fmt: skip


put_away = PAGES.puts_away(composing.put_away, undo="rescue-play-back", to=Play.get_absolute_url)
fetch_back = PAGES.fetches_back(composing.fetch_back)
