"""/preferences/: what works with accounts, and what does not."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse

from vitalfew.accounts.asked import account_asked
from vitalfew.comments.thread import thread
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages, tab
from vitalfew.people.fields import picked
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.saving import added, changed
from vitalfew.preferences import actions, questions
from vitalfew.preferences.commented import KIND
from vitalfew.preferences.forms import PreferenceForm
from vitalfew.preferences.listing import PREFERENCES
from vitalfew.preferences.models import Preference
from vitalfew.preferences.rights import PreferenceRight
from vitalfew.preferences.words import Area

preferences = list_page(PREFERENCES)


@needs(PreferenceRight.WRITE)
def new(request: HttpRequest) -> HttpResponse:
    """Write one down; asked from an account's page, that account is known."""
    user, account = signed_in(request), account_asked(request)
    area = request.GET.get("area", "")
    begun = {"area": area if area in list(Area) else ""}
    form = PreferenceForm(user, account, request.POST or None, initial=begun)

    def act() -> Preference:
        return actions.write(user, account or form.cleaned_data["account"], picked(form, actions.FIELDS))

    return added(request, form, act, "preferences/new.html", {"account": account}, undo="preference-away")


def _around(user: User, row: Preference) -> dict[str, Any]:
    return {
        "preference": row, "may_change": questions.may_change(user, row),
        "thread": thread(user, row.account, KIND, row.pk),
    }  # fmt: skip


PAGES: Final = Pages(
    questions.preferences, "preferences/preference.html", _around, see=PreferenceRight.SEE, write=PreferenceRight.WRITE
)
preference = PAGES.shows()


@needs(PreferenceRight.WRITE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, row = signed_in(request), PAGES.found(request, pk)
    if not questions.may_change(user, row):
        raise Http404
    begun = {"version": row.version}
    form = PreferenceForm(user, row.account, request.POST or None, instance=PAGES.found(request, pk), initial=begun)
    return changed(
        request, form, lambda version: actions.change(user, pk, version, picked(form, actions.FIELDS)),
        "preferences/edit.html", {"preference": row},
    )  # fmt: skip


confirm = PAGES.does(actions.confirm)
put_away = PAGES.puts_away(actions.put_away, undo="preference-back", to=tab("plans"))
fetch_back = PAGES.fetches_back(actions.fetch_back)
