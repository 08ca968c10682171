"""What pages and API ask about the directory. Every answer starts from what the user may see."""

from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from vitalfew.accounts.grams import folded, stored
from vitalfew.accounts.models import Account
from vitalfew.accounts.pieces import Index
from vitalfew.directory.models import Organisation, OrganisationQuerySet, Served
from vitalfew.duplicates.suggestions import LOOKED_AT, companies_like, starts_of
from vitalfew.people.models import User

INDEX: Final = Index("directory_search")
SHOWN: Final = 200


def folded_name(name: str) -> str:
    return "".join(folded(name).split())[:200]


def pieces_of(row: Organisation) -> str:
    return stored(f"{row.name} {row.note}", row.code, row.channel, row.uscc)


def organisations(user: User) -> OrganisationQuerySet:
    """With all a list shows; accounts are counted as far as the user sees them."""
    seen = Q(served__put_away_at=None)
    if not user.sees_all_accounts:
        seen &= Q(served__account__in=Account.objects.visible_to(user))
    counted = Organisation.objects.visible_to(user).annotate(
        serves=Count("served__account", filter=seen, distinct=True)
    )
    return counted.select_related("account", "figures")


def found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Those whose name, code or note holds the words, or what sounds like them in pinyin."""
    ids = INDEX.matching(text)
    return rows.none() if ids is None else rows.filter(pk__in=ids)


def served(user: User, organisation: Organisation) -> list[Served]:
    """The accounts it serves that the user may see."""
    rows = Served.objects.visible_to(user).filter(organisation=organisation).select_related("account")
    return list(rows.order_by("account__name", "pk")[:SHOWN])


def serving(user: User, account: Account) -> list[Served]:
    """Who serves an account."""
    rows = Served.objects.visible_to(user).filter(account=account)
    return list(
        rows.select_related("organisation", "organisation__figures").order_by("kind", "organisation__name", "pk")
    )


def known(name: str, code: str = "") -> Organisation | None:
    """The one of that code, or of that name; put away ones don't count."""
    kept = Organisation.objects.filter(put_away_at=None)
    by_code = kept.filter(code=code).first() if code else None
    return by_code or kept.filter(folded=folded_name(name)).first()


def like(user: User, name: str, but: int) -> list[Organisation]:
    """Those whose name may mean the same company, the likeliest first."""
    texts = starts_of(name)
    seen = Organisation.objects.visible_to(user).exclude(pk=but)
    near = {row.pk: row for text in texts for row in found(seen, text).order_by("pk")[:LOOKED_AT]}
    rows: list[Organisation] = companies_like(name, list(near.values()))
    return rows
