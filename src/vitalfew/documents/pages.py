from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from vitalfew.accounts.models import Account, AccountFile
from vitalfew.documents import actions
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.permissions import Right


@needs(Right.EDIT_ACCOUNTS)
@require_POST
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    row = AccountFile.objects.filter(pk=pk, account__in=Account.objects.visible_to(user)).first()
    if row is None:
        raise Http404
    actions.keep(user, row)
    return redirect(f"{row.account.get_absolute_url()}?tab=files")
