"""/comments/: the list, one comment, writing one, and who is offered after an @."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts import questions as accounts
from vitalfew.comments import actions, questions
from vitalfew.comments.forms import CommentForm
from vitalfew.comments.listing import COMMENTS
from vitalfew.comments.models import Comment
from vitalfew.comments.rights import CommentRight
from vitalfew.comments.spots import spot
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import AWAY, Pages
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.saving import changed, done

comments = list_page(COMMENTS)


@needs(CommentRight.WRITE)
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Who may see the account and is called like what was typed after an @."""
    account = accounts.one(signed_in(request), request.GET.get("account", ""))
    if account is None:
        raise Http404
    offered = questions.offered(account, request.GET.get("q", "").strip()[:50])
    return JsonResponse({"people": [{"handle": text, "role": _(user.get_role_display())} for user, text in offered]})


@needs(CommentRight.WRITE)
@require_POST
def write(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """One more comment under a record."""
    user, form = signed_in(request), CommentForm(request.POST)
    where = spot(user, name, pk)
    if where is None:
        raise Http404
    if not form.is_valid():
        wrong = " ".join(str(text) for texts in form.errors.values() for text in texts)
        return _said(request, where.url, messages.ERROR, wrong)
    made = actions.write(user, name, pk, form.cleaned_data["text"])
    undo = reverse("comment-away", args=[made.pk])
    return _said(request, f"{where.url}#comment-{made.pk}", messages.SUCCESS, _("Commented"), undo)


def _said(request: HttpRequest, url: str, level: int, text: str, undo: str = "") -> HttpResponse:
    """To a script that stays on its page in plain words; to a browser where the comment stands."""
    if request.headers.get("X-Requested-With"):
        return JsonResponse({"text": text, "undo": undo}, status=422 if level == messages.ERROR else 200)
    messages.add_message(request, level, text, extra_tags=f"undo:{undo}" if undo else "")
    return redirect(url)


PAGES: Final = Pages(questions.comments, see=CommentRight.SEE, write=CommentRight.WRITE)


def _place(request: HttpRequest, one: Comment) -> str:
    """Where the comment stands; the account's timeline where its spot is gone."""
    where = spot(signed_in(request), one.kind, one.number)
    return f"{where.url}#comment-{one.pk}" if where else f"{one.account.get_absolute_url()}?tab=timeline"


@needs(CommentRight.SEE)
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads to where it stands; who wrote it can change it here."""
    user, one, sent = signed_in(request), PAGES.found(request, pk), request.POST or None
    if not questions.may_change(user, one) or (sent is None and "edit" not in request.GET):
        return redirect(_place(request, one)) if sent is None else HttpResponse(status=403)
    form = CommentForm(
        sent, instance=PAGES.found(request, pk), initial={"version": one.version}, account=one.account.code
    )
    return changed(
        request, form, lambda version: actions.change(user, pk, version, form.cleaned_data["text"]),
        "comments/comment.html", {"comment": one, "back": _place(request, one)}, to=_place(request, one),
    )  # fmt: skip


@needs(CommentRight.WRITE)
@require_POST
def put_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of the thread; a moment later it can still be fetched back."""
    user, place = signed_in(request), _place(request, PAGES.found(request, pk))
    return done(request, lambda: actions.put_away(user, pk), place, AWAY, undo="comment-back")


fetch_back = PAGES.fetches_back(actions.fetch_back)
