from django.http import Http404, HttpRequest

from vitalfew.accounts import questions
from vitalfew.accounts.models import Account
from vitalfew.people.gate import signed_in


def account_asked(request: HttpRequest) -> Account | None:
    """The account from whose page one came, by ``?account=``; none where no code is given, 404 for one the user doesn't see."""
    code = request.GET.get("account", "")
    account = questions.one(signed_in(request), code) if code else None
    if code and account is None:
        raise Http404
    return account
