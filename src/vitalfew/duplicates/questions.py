"""What pages and API ask about pairs. Every answer starts from what the user may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from vitalfew.accounts.models import Account
from vitalfew.accounts.search import matching
from vitalfew.channel.ordering import in_turn
from vitalfew.contacts.models import Post
from vitalfew.contacts.questions import INDEX
from vitalfew.duplicates import evidence
from vitalfew.duplicates.models import Pair
from vitalfew.duplicates.queues import DUPLICATES
from vitalfew.duplicates.states import Kind, State
from vitalfew.language import Message
from vitalfew.people.models import User
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

SHOWN: Final = 20
SIDES: Final = ("one_account", "other_account", "one_person", "other_person")


def pairs(user: User) -> QuerySet[Pair]:
    """The pairs that a list shows: of those to decide, only such as nobody has merged otherwise meanwhile."""
    merged = Q(one_account__merged_into__isnull=False) | Q(other_account__merged_into__isnull=False)
    merged |= Q(one_person__merged_into__isnull=False) | Q(other_person__merged_into__isnull=False)
    return Pair.objects.visible_to(user).exclude(merged & ~Q(state=State.SAME)).select_related(*SIDES)


def pair(user: User, pk: int) -> Pair | None:
    return pairs(user).filter(pk=pk).first()


def following(user: User, after: Pair) -> Pair | None:
    """The pair to decide next: the one whose turn it is."""
    return in_turn(pairs(user).exclude(pk=after.pk), DUPLICATES).first()


def waiting(user: User) -> int:
    """How many pairs wait."""
    return pairs(user).filter(state=State.WAITING).count()


def of_account(user: User, account: Account) -> list[Pair]:
    """The account's pairs that wait or were merged."""
    about = Q(one_account=account) | Q(other_account=account)
    some = Pair.objects.filter(about, state__in=(State.SAME, State.WAITING, State.LATER)).order_by()
    ids = list(some.values_list("pk", flat=True))
    return list(pairs(user).filter(pk__in=ids).order_by("state", "pk")[:SHOWN]) if ids else []


def found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Those of which the text finds one of the two."""
    accounts, people = matching(text), INDEX.matching(text)
    if accounts is None or people is None:
        return rows.none()
    by_account = Q(one_account__in=accounts) | Q(other_account__in=accounts)
    return rows.filter(by_account | Q(one_person__in=people) | Q(other_person__in=people))


def reasons(found: Pair) -> list[tuple[bool, Message]]:
    """Why they may be one, and what speaks against it."""
    return sorted(evidence.said(found.kind, found.evidence), key=lambda each: not each[0])


@dataclass(frozen=True)
class Side:
    """A field of both records, side by side."""

    label: str
    one: Any
    other: Any
    unit: Unit = Unit.TEXT

    @property
    def differs(self) -> bool:
        return bool(self.one) and bool(self.other) and self.one != self.other


OF_ACCOUNT: Final = {
    "code": _("Code"), "name": _("Company name"), "uscc": _("Unified social credit code"), "kind": _("Kind"),
    "region": _("Region"), "country": _("Country"), "industry": _("Industry"),
}  # fmt: skip
UNITS: Final = {"kind": Unit.WORD}
OF_PERSON: Final = {
    "name": _("Person's name"),
    "called": _("How to address"),
    "email": _("E-mail"),
    "wechat": _("WeChat"),
}


def side_by_side(found: Pair) -> list[Side]:
    """Both records, field by field."""
    return _accounts(found) if found.kind == Kind.ACCOUNT else _persons(found)


def _accounts(found: Pair) -> list[Side]:
    both = [each for each in (found.one_account, found.other_account) if each]
    money = _figures([each.code for each in both])
    return [
        *(
            _side(label, [getattr(each, name) for each in both], UNITS.get(name, Unit.TEXT))
            for name, label in OF_ACCOUNT.items()
        ),
        _side(_("Manager"), [str(each.manager or each.manager_name or "") for each in both]),
        _side(_("Customer since"), [each.opened_on for each in both], Unit.DAY),
        _side(_("Net sales, 12 months"), [money.get(each.code) for each in both], Unit.MONEY),
        _side(_("Contacts"), _contacts(both), Unit.COUNT),
    ]


def _side(label: str, values: Sequence[Any], unit: Unit = Unit.TEXT) -> Side:
    one, other = values
    return Side(label, one, other, unit)


def _figures(codes: Sequence[str]) -> Mapping[str, float | None]:
    known = Scorecard.objects.filter(refresh=scorecards.current(), customer__in=codes)
    return dict(known.values_list("customer", "revenue_12m"))


def _contacts(both: Sequence[Account]) -> list[int]:
    held = Post.objects.held().filter(account__in=both).order_by().values_list("account")
    counts = dict(held.annotate(n=Count("pk")))
    return [counts.get(each.pk, 0) for each in both]


def _persons(found: Pair) -> list[Side]:
    both = [each for each in (found.one_person, found.other_person) if each]
    posts = Post.objects.filter(person__in=both, put_away_at=None).select_related("account").order_by("pk")
    where = [[post for post in posts if post.person_id == each.pk] for each in both]
    return [
        *(_side(label, [getattr(each, name) for each in both]) for name, label in OF_PERSON.items()),
        _side(_("Telephone"), [", ".join(phone.number for phone in each.phones.all()) for each in both]),
        _side(_("Where the person is and was"), [", ".join(map(_held, some)) for some in where]),
    ]


def _held(post: Post) -> str:
    return f"{post.account.name} {post.title}".strip()


def managers_who_lose(user: User, found: Pair) -> list[str]:
    """The managers of whom one account goes to the other's."""
    both = [each for each in (found.one_account, found.other_account) if each]
    names = {str(each.manager) for each in both if each.manager_id}
    return sorted(names) if len(names) > 1 and user.sees_all_accounts else []
