from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vitalfew.accounts.models import Account
from vitalfew.documents import actions
from vitalfew.documents.models import DocumentText
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.permissions import Right


@needs(Right.EDIT_ACCOUNTS)
@require_POST
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    row = _asked_about(request, pk)
    actions.keep(signed_in(request), row.file)
    return redirect(f"{row.file.account.get_absolute_url()}?tab=files")


@needs(Right.EDIT_ACCOUNTS)
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    row = _asked_about(request, pk)
    actions.drop(signed_in(request), row.file)
    messages.success(request, _("Removed for good"))
    return redirect(f"{row.file.account.get_absolute_url()}?tab=files")


def _asked_about(request: HttpRequest, pk: int) -> DocumentText:
    """One that names an erased person, at an account that the user sees."""
    mine = Account.objects.visible_to(signed_in(request))
    row = DocumentText.objects.filter(pk=pk, names_erased=True, file__account__in=mine).first()
    if row is None:
        raise Http404
    return row
