"""/agreements/: the list, an agreement in full, begun and corrected."""

from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from vitalfew.accounts.asked import account_asked
from vitalfew.agreements import actions, questions, reading
from vitalfew.agreements.breach_listing import BREACHES
from vitalfew.agreements.commented import KIND
from vitalfew.agreements.forms import AgreementForm, AttachForm, EndForm, NoticeForm
from vitalfew.agreements.listing import AGREEMENTS
from vitalfew.agreements.models import Agreement
from vitalfew.agreements.rights import AgreementRight
from vitalfew.agreements.unheard import unheard
from vitalfew.agreements.words import AgreementState, Renewal
from vitalfew.approvals.questions import currency
from vitalfew.comments.thread import thread
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages, tab
from vitalfew.people.fields import picked
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.saving import added, changed
from vitalfew.promises import questions as promises
from vitalfew.promises.rights import PromiseRight

OCTOBER = 10


agreements = list_page(AGREEMENTS)
breaches = list_page(BREACHES)


@needs(AgreementRight.WRITE)
def new(request: HttpRequest) -> HttpResponse:
    """Begin one; asked from an account's page, that account is known."""
    user, account = signed_in(request), account_asked(request)
    form = AgreementForm(user, account, request.POST or None, initial=_begun())

    def act() -> Agreement:
        return actions.write(user, account or form.cleaned_data["account"], picked(form, actions.FIELDS))

    return added(request, form, act, "agreements/new.html", {"account": account}, undo="agreement-away")


def _begun() -> dict[str, Any]:
    """A year, from October on the next one; the title tells which."""
    today = timezone.localdate()
    year = today.year + (today.month >= OCTOBER)
    return {
        "title": _("Annual cooperation agreement %(year)s") % {"year": year}, "since": date(year, 1, 1),
        "until": date(year, 12, 31), "renewal": Renewal.BY_AGREEMENT.value, "currency": currency(),
    }  # fmt: skip


def _around(user: User, row: Agreement) -> dict[str, Any]:
    begun = {"version": row.version, "on": timezone.localdate()}
    may_change = questions.may_change(user, row)
    standings, rules = reading.standings(user, row), list(questions.parts(user, row, "rule"))
    return {
        "agreement": row, "may_change": may_change, "may_edit": may_change and row.is_draft,
        "may_record": may_change and row.state not in {AgreementState.DRAFT, AgreementState.WAITING},
        "promised": promises.from_records(user, row.account, "obligation"), "may_promise": user.may(PromiseRight.MAKE),
        "standings": standings, "sides": _by_side(standings), "rules": rules,
        "unheard": unheard(row.account, rules),
        "breaches": list(questions.breaches(user).filter(agreement=row)), "files": list(row.files.all()),
        "following": row.following.filter(put_away_at=None).first(), "approval": row.approval,
        "thread": thread(user, row.account, KIND, row.pk), "notice": NoticeForm(initial=begun),
        "end": EndForm(initial=begun), "attach": AttachForm(row),
    }  # fmt: skip


def _by_side(rows: list[reading.Standing]) -> list[tuple[str, str, list[reading.Standing]]]:
    """What we owe, and what the customer does."""
    labels = (("ours", _("What we owe")), ("theirs", _("What the customer owes")))
    return [(side, label, [each for each in rows if each.obligation.side == side]) for side, label in labels]


PAGES: Final = Pages(
    questions.agreements, "agreements/agreement.html", _around, see=AgreementRight.SEE, write=AgreementRight.WRITE
)
agreement = PAGES.shows()


@needs(AgreementRight.WRITE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, row = signed_in(request), PAGES.found(request, pk)
    if not (questions.may_change(user, row) and (row.is_draft or row.is_in_force)):
        raise Http404
    begun = {
        "version": row.version, "owner": row.owner.username if row.owner else "",
        "ours": row.ours.username if row.ours else "",
    }  # fmt: skip
    form = AgreementForm(user, row.account, request.POST or None, instance=PAGES.found(request, pk), initial=begun)
    return changed(
        request, form, lambda version: actions.change(user, pk, version, picked(form, actions.FIELDS)),
        "agreements/edit.html", {"agreement": row},
    )  # fmt: skip


put_away = PAGES.puts_away(actions.put_away, undo="agreement-back", to=tab("agreements"))
fetch_back = PAGES.fetches_back(actions.fetch_back)
