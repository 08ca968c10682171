"""/letter-words/: how letters begin and end, by kind and language, and how one looks with them before they are kept."""

from collections.abc import Mapping
from typing import Any, Final

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.outbox import layout, questions, sample, word_actions
from vitalfew.outbox.models import LetterWords
from vitalfew.outbox.rights import OutboxRight
from vitalfew.outbox.word_forms import WordsForm
from vitalfew.outbox.word_listing import WORDS
from vitalfew.people.fields import picked
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.saving import added, changed, form_page

all_words = list_page(WORDS)
LOOK: Final = "look"
"""The button that shows a letter and keeps nothing."""


def _around(_user: User, row: LetterWords) -> Mapping[str, Any]:
    return {"words": row, **_shown(row)}


def _shown(row: LetterWords) -> dict[str, Any]:
    letter = sample.letter(row)
    return {"letter": letter, "text": layout.text(letter)}


PAGES: Final = Pages(questions.words, "outbox/words.html", _around, see=OutboxRight.WORD, write=OutboxRight.WORD)
words = PAGES.shows()
put_away = PAGES.puts_away(
    word_actions.put_away, undo="letter-words-back", to="letter-words", said=_("The house's own words again")
)
fetch_back = PAGES.fetches_back(word_actions.fetch_back)


@needs(OutboxRight.WORD)
def new(request: HttpRequest) -> HttpResponse:
    """For a kind and a language that have none."""
    user, form = signed_in(request), WordsForm(request.POST or None)
    if LOOK in request.POST:
        return _looked(request, form, "outbox/words_new.html", {})

    def act() -> LetterWords:
        keys = picked(form, word_actions.KEYS)
        return word_actions.write(user, keys["kind"], keys["language"], picked(form, word_actions.FIELDS))

    return added(request, form, act, "outbox/words_new.html", {}, undo="letter-words-away")


@needs(OutboxRight.WORD)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, row = signed_in(request), PAGES.found(request, pk)
    form = WordsForm(request.POST or None, instance=PAGES.found(request, pk), initial={"version": row.version})
    if LOOK in request.POST:
        return _looked(request, form, "outbox/words_edit.html", {"words": row})
    return changed(
        request, form, lambda version: word_actions.change(user, pk, version, picked(form, word_actions.FIELDS)),
        "outbox/words_edit.html", {"words": row},
    )  # fmt: skip


def _looked(request: HttpRequest, form: WordsForm, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """The form again, with a letter in the words that stand in it."""
    if not form.is_valid():
        return form_page(request, form, template, context)
    row = form.instance
    for name in word_actions.KEYS:
        setattr(row, name, form.cleaned_data.get(name, getattr(row, name)))
    response = form_page(request, form, template, {**context, **_shown(row)})
    response.status_code = 200
    return response


@needs(OutboxRight.WORD)
@require_GET
@csp_replace({"default-src": [NONE], "style-src": [UNSAFE_INLINE]})  # type: ignore[arg-type]  # its stubs know views of a request alone
def as_html(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: a letter with them as mail programs show it."""
    return HttpResponse(layout.html(sample.letter(PAGES.found(request, pk))))
