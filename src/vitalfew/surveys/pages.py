"""/surveys/questionnaires/: put together from ready blocks and own questions, ordered, tried out as the phone shows it."""

from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST

from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.language import language
from vitalfew.people.models import User
from vitalfew.people.saving import added, changed, done, version_read
from vitalfew.surveys import answering, questions, writing
from vitalfew.surveys.forms import BlockForm, NewForm, QuestionForm, RenameForm, written
from vitalfew.surveys.listing import QUESTIONNAIRES, RESPONDENTS, WAVES
from vitalfew.surveys.models import Questionnaire
from vitalfew.surveys.rights import SurveyRight
from vitalfew.surveys.standard import LANGUAGES, text_of
from vitalfew.surveys.words import Block, Kind
from vitalfew.terms import label_of

STEPS: Final = {"up": -1, "down": 1}

surveys = list_page(WAVES)
respondents = list_page(RESPONDENTS)
questionnaires = list_page(QUESTIONNAIRES)


def _around(user: User, row: Questionnaire) -> Mapping[str, Any]:
    begun = {"version": row.version, "name": row.name}
    return {
        "questionnaire": row, "lines": _lines(row), "may_plan": questions.may_plan(user), "block": BlockForm(initial=begun),
        "rename": RenameForm(initial=begun), "waves": questions.waves(user).filter(questionnaire=row),
        "wordings": list(row.wordings.all()),
    }  # fmt: skip


def _lines(row: Questionnaire) -> list[dict[str, Any]]:
    """Each question as its editor sees it, with the languages in which it falls back to another."""
    return [
        {
            "question": each, "text": text_of(each["text"], language()), "block": label_of(Block, each["block"]),
            "kind": label_of(Kind, each["kind"]), "missing": [code for code in LANGUAGES if not each["text"].get(code)],
        }
        for each in row.questions
    ]  # fmt: skip


PAGES: Final = Pages(
    questions.questionnaires, "surveys/questionnaire.html", _around, see=SurveyRight.SEE, write=SurveyRight.PLAN
)
questionnaire = PAGES.shows()
rename = PAGES.takes("rename", RenameForm, writing.rename)
add_block = PAGES.takes("block", BlockForm, writing.add_block)
put_away = PAGES.puts_away(writing.put_away, undo="questionnaire-back", to="questionnaires")
fetch_back = PAGES.fetches_back(writing.fetch_back)


@needs(SurveyRight.PLAN)
def new(request: HttpRequest) -> HttpResponse:
    user, form = signed_in(request), NewForm(request.POST or None)
    context = {"title": gettext("New questionnaire"), "back": "/surveys/questionnaires/"}
    return added(
        request, form, lambda: writing.make(user, form.cleaned_data["name"], form.cleaned_data["blocks"]),
        "surveys/form.html", context, undo="questionnaire-away",
    )  # fmt: skip


@needs(SurveyRight.PLAN)
def question_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A question of one's own, at the end."""
    user, row = signed_in(request), PAGES.found(request, pk)
    form = QuestionForm(request.POST or None, initial={"version": row.version, "scale": "1-7"})
    context = {"title": gettext("Own question"), "back": row.get_absolute_url(), "record": row}
    return changed(
        request, form, lambda version: writing.add_own(user, pk, version, form.question), "surveys/form.html", context
    )


@needs(SurveyRight.PLAN)
def question_edit(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    user, row = signed_in(request), PAGES.found(request, pk)
    there = next((each for each in row.questions if each["item"] == name), None)
    if there is None:
        raise Http404
    ready = there["block"] != Block.OWN
    form = QuestionForm(request.POST or None, initial={"version": row.version, **written(there)}, ready=ready)
    context = {"title": text_of(there["text"], language()), "back": row.get_absolute_url(), "record": row}
    return changed(
        request, form, lambda version: writing.change_question(user, pk, version, name, form.question),
        "surveys/form.html", context,
    )  # fmt: skip


@needs(SurveyRight.PLAN)
@require_POST
def question_step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Up, down, out, or whether it must be answered: by a button."""
    user, row = signed_in(request), PAGES.found(request, pk)
    step, version = request.POST.get("step", ""), version_read(request) or 0
    if step in STEPS:
        return done(request, lambda: writing.move(user, pk, version, name, STEPS[step]), row, said="")
    if step == "out":
        return done(request, lambda: writing.remove(user, pk, version, name), row, gettext_lazy("Taken out"))
    messages.error(request, gettext("Choose what to do with the question"))
    return redirect(row)


@needs(SurveyRight.SEE)
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """As those who are asked see it; what is answered here is checked, and not kept."""
    row = PAGES.found(request, pk)
    fields = answering.fields_of(row.questions, (gettext("Competitor A"),), language(), {})
    sent, whole = request.method == "POST", True
    if sent:
        whole = answering.read(fields, request.POST) and not answering.missing(fields)
        _say_missing(fields)
    context = {"record": row, "pages": [fields], "fields": fields, "preview": True, "sent": sent, "whole": whole}
    return render(request, "surveys/preview.html", context, status=200 if whole else 422)


def _say_missing(fields: list[answering.Field]) -> None:
    for field in answering.missing(fields):
        field.error = field.error or gettext("Please answer this question")
