"""The account list and the account page. Pages translate: each asks one question or calls one action."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    QueryDict,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts import actions, lists, questions, responsible
from vitalfew.accounts.columns import ListColumn, allowed, filters_for
from vitalfew.accounts.forms import AccountForm, MemberForm
from vitalfew.accounts.models import Account, AccountFile, SavedView, TeamMember
from vitalfew.accounts.ordered import ordered
from vitalfew.accounts.parts import bulk_for, cards_for, tabs_for, told
from vitalfew.accounts.sheet import Sheet
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.people.saving import say
from vitalfew.rooms import Card


def _columns(user: User) -> list[ListColumn]:
    return [column for column in allowed(user).values() if column.shown]


@needs(Right.ACCOUNTS)
@require_GET
def account_list(request: HttpRequest) -> HttpResponse:
    """The list; asked by htmx, only the next lines of it."""
    user = signed_in(request)
    wanted = questions.Wanted.of(request.GET.dict(), user)
    page = questions.page(user, wanted)
    context = {
        "page": page,
        "facts": page.refresh,
        "columns": _columns(user),
        "figures": [column for column in _columns(user) if column.name != "name"],
        "wanted": wanted,
        "query": _query(request.GET, after=page.after),
        "bulk": bulk_for(user),
        "choose": bool(bulk_for(user)),
        "sees_tiers": "tier" in allowed(user),
    }
    if request.headers.get("HX-Request") and wanted.after:
        return render(request, "accounts/lines.html", context)
    return render(request, "accounts/list.html", {**context, **_around(user, request)})


@needs(Right.ACCOUNTS)
@require_GET
def count(request: HttpRequest) -> HttpResponse:
    """How many accounts the list has, asked for after a page of it: it is no slower for being counted."""
    user = signed_in(request)
    n = questions.counted(user, questions.Wanted.of(request.GET.dict(), user))
    return render(request, "accounts/count.html", {"n": n, "most": questions.MOST_COUNTED})


def _query(asked: QueryDict, **changed: str) -> str:
    """The query with what is changed; what is empty is left out."""
    copy = asked.copy()
    for name, value in changed.items():
        copy[name] = value
    for name in [name for name, value in copy.items() if not value]:
        del copy[name]
    return copy.urlencode()


def _around(user: User, request: HttpRequest) -> dict[str, Any]:
    """Filters, views and what can be done, around the lines."""
    return {
        "filters": filters_for(user),
        "regions": questions.regions(user),
        "kinds": questions.kinds(user),
        "managers": questions.managers(),
        "views": SavedView.objects.filter(user=user, listing="accounts"),
        "asked": request.GET,
        "narrowed": sum(bool(value) for name, value in request.GET.items() if name not in {"q", "order", "after"}),
        "plain_query": _query(request.GET, after=""),
        "most": questions.MOST_COUNTED,
        "can_export": user.may(Right.EXPORT),
    }


@needs(Right.EXPORT)
@require_GET
def export(request: HttpRequest) -> HttpResponseBase:
    """The list as CSV or workbook, in the order and with the filters of the screen."""
    user = signed_in(request)
    wanted = questions.Wanted.of({**request.GET.dict(), "after": ""}, user)
    columns = list(allowed(user).values())
    headings = [_(column.label) for column in columns]
    kind = "xlsx" if request.GET.get("format") == "xlsx" else "csv"
    actions.exported(user, "accounts", kind, request.GET.urlencode())
    lines = questions.every(user, wanted)
    if kind == "xlsx":
        sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        response: HttpResponseBase = HttpResponse(lists.workbook(lines, columns, headings), content_type=sheet)
    else:
        response = StreamingHttpResponse(
            lists.csv_rows(lines, columns, headings), content_type="text/csv; charset=utf-8"
        )
    response.headers["Content-Disposition"] = f'attachment; filename="accounts.{kind}"'
    return response


@needs(Right.ASSIGN)
@require_POST
def assign(request: HttpRequest) -> HttpResponse:
    """Give the selected accounts to a manager."""
    user = signed_in(request)
    chosen = list(
        Account.objects.visible_to(user).filter(code__in=request.POST.getlist("code")).select_related("manager")
    )
    asked = request.POST.get("manager", "")
    manager = next((one for one in questions.managers() if one.username == asked), None)
    if asked and manager is None:
        messages.error(request, _("This person looks after no accounts (any more): choose another"))
        return redirect(f"{reverse('accounts')}?{request.POST.get('query', '')}")
    to = manager.pk if manager else None
    request.session["assigned"] = {account.code: (account.manager_id, to) for account in chosen}
    changed = actions.assign(user, chosen, manager)
    said = _("%(n)s accounts assigned to %(who)s") % {"n": changed, "who": manager or _("nobody")}
    messages.success(request, said, extra_tags=f"undo:{reverse('accounts-assign-undo')}")
    return redirect(f"{reverse('accounts')}?{request.POST.get('query', '')}")


@needs(Right.ASSIGN)
@require_POST
def assign_back(request: HttpRequest) -> HttpResponse:
    """What was assigned last goes back to whom it was."""
    changed = actions.assign_back(signed_in(request), request.session.pop("assigned", {}))
    messages.success(request, _("%(n)s accounts are back with whom they were") % {"n": changed})
    return HttpResponse(status=204)


@needs(Right.ACCOUNTS)
@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    query = request.POST.get("query", "")
    if name := request.POST.get("name", "").strip():
        actions.save_view(signed_in(request), name, query)
    return redirect(f"{reverse('accounts')}?{query}")


@needs(Right.ACCOUNTS)
@require_POST
def drop_view(request: HttpRequest, pk: int) -> HttpResponse:
    actions.drop_view(signed_in(request), pk)
    return redirect("accounts")


def found(request: HttpRequest, code: str) -> Account:
    """The account, or the same 404 whether it isn't there or isn't his to see."""
    account = questions.one(signed_in(request), code)
    if account is None:
        raise Http404
    return account


@needs(Right.ACCOUNTS)
@require_GET
def account(request: HttpRequest, code: str) -> HttpResponse:
    """The account whole: its header, and one of its tabs."""
    user, one = signed_in(request), found(request, code)
    if one.code != code:
        messages.info(request, _("%(code)s was merged into this account") % {"code": code})
        return redirect(one)
    tabs = tabs_for(user)
    tab = next((each for each in tabs if each.name == request.GET.get("tab")), tabs[0])
    sheet = Sheet(settings.HOME, user, one)
    context = {"account": one, "sheet": sheet, "facts": sheet.refresh, "tabs": tabs, "tab": tab}
    context |= {"can_edit": user.may(Right.EDIT_ACCOUNTS)}
    context |= {
        "cards": _filled(user, one, [card for card in cards_for(user, tab) if card.first or not tab.cards_later])
    }
    context |= tab.shown(user, one)
    if tab.groups:
        context["found"] = sheet.found(tab)
    if tab.name == "team":
        context |= {
            "member_form": MemberForm(),
            "stays": responsible.stays(one),
            "team": one.team.select_related("user"),
        }
    if tab.name == "orders":
        context |= ordered(settings.HOME, one.codes, request.GET)
    if tab.name == "timeline":
        context |= told(user, one, request.GET.get("of", ""))
    return render(request, "accounts/account.html", context)


def _filled(user: User, one: Account, cards: list[Card]) -> list[tuple[Card, Mapping[str, Any]]]:
    """The cards that have something to show."""
    shown = ((card, card.shown(user, one)) for card in cards)
    return [(card, what) for card, what in shown if what]


@needs(Right.ACCOUNTS)
@require_GET
def later_cards(request: HttpRequest, pk: int) -> HttpResponse:
    """What the rooms add to the overview, after the page that asks for it."""
    user = signed_in(request)
    one = get_object_or_404(Account.objects.visible_to(user), pk=pk)
    tab = next(each for each in tabs_for(user) if each.cards_later)
    cards = [card for card in cards_for(user, tab) if not card.first]
    return render(request, "accounts/cards.html", {"cards": _filled(user, one, cards)})


@needs(Right.ACCOUNTS)
@require_GET
def like(request: HttpRequest) -> HttpResponse:
    """The few accounts that a name, pinyin, initials or a code finds, while it is typed."""
    found_accounts = questions.found_by(signed_in(request), request.GET.get("q", "").strip()[:100])
    return JsonResponse({"accounts": [{"code": each.code, "name": each.name} for each in found_accounts]})


@needs(Right.EDIT_ACCOUNTS)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Complete or correct an account by hand."""
    user = signed_in(request)
    one = get_object_or_404(Account.objects.visible_to(user), pk=pk)
    form = AccountForm(
        request.POST or None, instance=one, initial={"version": one.version}, may_assign=user.may(Right.ASSIGN)
    )
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        if "manager" in fields:
            manager = fields.pop("manager")
            fields["manager_id"] = manager and manager.pk
        try:
            actions.change(user, one, fields.pop("version"), fields)
        except actions.Stale as stale:
            return render(request, "accounts/stale.html", {"form": form, "current": stale.current}, status=409)
        messages.success(request, _("Saved"))
        return redirect(one)
    return render(request, "accounts/edit.html", {"form": form, "account": Account.objects.get(pk=one.pk)})


@needs(Right.EDIT_ACCOUNTS)
@require_POST
def add_member(request: HttpRequest, pk: int) -> HttpResponse:
    one, form = get_object_or_404(Account.objects.visible_to(signed_in(request)), pk=pk), MemberForm(request.POST)
    if form.is_valid():
        actions.add_member(signed_in(request), one, form.cleaned_data["user"], form.cleaned_data["role"])
    return redirect(f"{one.get_absolute_url()}?tab=team")


@needs(Right.EDIT_ACCOUNTS)
@require_POST
def remove_member(request: HttpRequest, pk: int) -> HttpResponse:
    mine = Account.objects.visible_to(signed_in(request))
    row = get_object_or_404(TeamMember, pk=pk, until=None, account__in=mine)
    actions.remove_member(signed_in(request), row)
    say(request, _("No longer in the team"), undo="team-again", made=row)
    return redirect(f"{row.account.get_absolute_url()}?tab=team")


@needs(Right.EDIT_ACCOUNTS)
@require_POST
def rejoin(request: HttpRequest, pk: int) -> HttpResponse:
    """The removal from the team is undone."""
    row = get_object_or_404(TeamMember, pk=pk, account__in=Account.objects.visible_to(signed_in(request)))
    actions.rejoin(signed_in(request), row)
    messages.success(request, _("It is back"))
    return HttpResponse(status=204)


@needs(Right.EDIT_ACCOUNTS)
@require_POST
def add_file(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Account.objects.visible_to(signed_in(request)), pk=pk)
    upload = request.FILES.get("file")
    try:
        actions.add_file(signed_in(request), one, settings.HOME, upload)
    except actions.NotAccepted:
        messages.error(
            request, _("Kept are PDF, pictures, Office documents and text up to 25 MB; this file is none of these")
        )
    except OSError:
        said = _(
            "%(file)s could not be kept: the server's disk is full or cannot be written to. Tell its administrator"
        )
        messages.error(request, said % {"file": upload.name if upload else ""})
    return redirect(f"{one.get_absolute_url()}?tab=files")


@needs(Right.ACCOUNTS)
@require_GET
def get_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    row = AccountFile.objects.filter(pk=pk, account__in=Account.objects.visible_to(signed_in(request))).first()
    if row is None or not (settings.HOME.files / row.place).is_file():
        raise Http404
    return FileResponse((settings.HOME.files / row.place).open("rb"), as_attachment=True, filename=row.name)


@needs(Right.EDIT_ACCOUNTS)
@require_POST
def remove_file(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(AccountFile, pk=pk, account__in=Account.objects.visible_to(signed_in(request)))
    actions.remove_file(signed_in(request), row, settings.HOME)
    say(request, _("Removed"), undo="file-back", made=row)
    return redirect(f"{row.account.get_absolute_url()}?tab=files")


@needs(Right.EDIT_ACCOUNTS)
@require_POST
def fetch_back_file(request: HttpRequest, pk: int) -> HttpResponse:
    mine = Account.objects.visible_to(signed_in(request))
    row = get_object_or_404(AccountFile.everything, pk=pk, account__in=mine)
    actions.fetch_back_file(signed_in(request), row)
    messages.success(request, _("It is back"))
    if request.headers.get("X-Requested-With"):
        return HttpResponse(status=204)
    return redirect(f"{row.account.get_absolute_url()}?tab=files")
