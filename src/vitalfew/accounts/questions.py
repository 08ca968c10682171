"""What pages, exports and the API ask about accounts. Every answer starts from what the user may see.

Lists are paged by key, not by offset: the next page starts after the last row's sorting figure and code, so page one
and page one thousand cost the same.
"""

import base64
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from django.db import connection
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, Sum

from vitalfew.accounts import search
from vitalfew.accounts.columns import BY_NAME, FILTERS, allowed, filters_for
from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Refresh, Scorecard

PAGE: Final = 50
STUB: Final = "1"
FEW: Final = 2_000
"""So many accounts are looked up one by one; among more, a page of the list is soon full."""
MOST_COUNTED: Final = 1_000
OF_ACCOUNTS: Final = frozenset({"curve", "points", "top", "map"})
"""Kinds of chart whose points are accounts."""
LONGEST_CURSOR: Final = 8000
"""A cursor holds a name of up to 300 characters and a code of up to 100, each character escaped."""


@dataclass(frozen=True)
class Wanted:
    """What a list is asked for: search text, filters, order, and where the page before ended."""

    text: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    manager: str = ""
    region: str = ""
    kind: str = ""
    group: str = ""
    stub: bool = False
    """Whether only those that orders alone know."""
    order: str = "revenue_12m"
    descending: bool = True
    after: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str], user: User) -> "Wanted":
        """From a query string; what this user may not ask for is left out."""
        name = asked.get("order", "-revenue_12m")
        bare = name.lstrip("-")
        known = allowed(user)
        good = bare in known and known[bare].sortable
        given = {f.name: asked[f.name] for f in filters_for(user) if asked.get(f.name) in {w.value for w in f.words}}
        return cls(
            text=asked.get("q", "").strip()[:100],
            words=given,
            **{each: asked.get(each, "")[:100] for each in ("manager", "region", "kind", "group")},
            stub=asked.get("stub") == STUB,
            after=asked.get("after", "")[:LONGEST_CURSOR],
            order=bare if good else "revenue_12m",
            descending=name.startswith("-") if good else True,
        )


@dataclass(frozen=True)
class Line:
    """One line of a list: the account and its card, where it has one."""

    account: Account
    card: Scorecard | None

    def value(self, name: str) -> Any:
        if name == "manager":
            return self.account.in_charge
        if BY_NAME[name].card:
            return getattr(self.card, name, None) if self.card else None
        return getattr(self.account, name)


@dataclass(frozen=True)
class Page:
    """Some lines, where the next page starts (empty: there is none), and the refresh their figures are of."""

    lines: list[Line]
    after: str
    refresh: Refresh | None


def page(user: User, wanted: Wanted, size: int = PAGE) -> Page:
    """One page of the list."""
    refresh = scorecards.current()
    if BY_NAME[wanted.order].card and refresh:
        return _by_card(user, wanted, refresh, size)
    return _by_account(user, wanted, refresh, size)


def every(user: User, wanted: Wanted) -> Iterator[Line]:
    """All lines, page after page: for exports."""
    while True:
        part = page(user, wanted, 1000)
        yield from part.lines
        if not part.after:
            return
        wanted = replace(wanted, after=part.after)


def counted(user: User, wanted: Wanted) -> int:
    """How many lines the list has; one more than ``MOST_COUNTED`` says that there are more."""
    found, refresh = accounts(user, wanted).order_by(), scorecards.current()
    if wanted.words and refresh:
        found = found.filter(Exists(cards(wanted, refresh).filter(customer=OuterRef("code"))))
    return found[: MOST_COUNTED + 1].count()


def accounts(user: User, wanted: Wanted) -> QuerySet[Account]:
    """The accounts that the search and the account's own fields leave."""
    found: QuerySet[Account] = Account.objects.visible_to(user)
    if wanted.text:
        ids = search.matching(wanted.text)
        found = found.filter(pk__in=ids) if ids is not None else found.none()
    if wanted.manager:
        found = (
            found.filter(manager__username=wanted.manager) if wanted.manager != "none" else found.filter(manager=None)
        )
    if wanted.stub:
        found = found.filter(stub=True)
    if wanted.group:
        found = found.filter(code__in=_family(user, wanted.group))
    fields = {name: getattr(wanted, name) for name in ("region", "kind") if getattr(wanted, name)}
    return found.filter(**fields)


def names_of(user: User, codes: Collection[str]) -> dict[str, str]:
    """The names of those accounts that the user may see."""
    found = Account.objects.visible_to(user).filter(code__in=codes).exclude(name=F("code"))
    return dict(found.values_list("code", "name"))


def with_names(user: User, *specs: dict[str, Any]) -> list[dict[str, Any]]:
    """Charts' data with the names of their accounts beside the codes, looked up at once."""
    names = names_of(user, {code for spec in specs if spec["kind"] in OF_ACCOUNTS for code in spec["names"]})
    return [_labelled(spec, names) if spec["kind"] in OF_ACCOUNTS else spec for spec in specs]


def _labelled(spec: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {**spec, "labels": [names.get(code, code) for code in spec["names"]]}


def cards(wanted: Wanted, refresh: Refresh) -> QuerySet[Scorecard]:
    """The cards that the filters by figure leave."""
    fields = {each.name: each.field for each in FILTERS}
    return Scorecard.objects.filter(refresh=refresh, **{fields[name]: word for name, word in wanted.words.items()})


def _by_card(user: User, wanted: Wanted, refresh: Refresh, size: int) -> Page:
    narrowed = accounts(user, wanted)
    rows = [] if _among_bare(wanted) else _cards_of(user, wanted, refresh, narrowed, size + 1)
    by_code = {a.code: a for a in Account.objects.filter(code__in=[r.customer for r in rows]).select_related("manager")}
    lines = [Line(by_code[row.customer], row) for row in rows[:size] if row.customer in by_code]
    if len(rows) > size:
        return Page(lines, _cursor(getattr(rows[size - 1], wanted.order), rows[size - 1].customer), refresh)
    return _and_bare(lines, narrowed, wanted, refresh, size)


def _cards_of(user: User, wanted: Wanted, refresh: Refresh, narrowed: QuerySet[Account], most: int) -> list[Scorecard]:
    """The next cards of these accounts: by code where they are few, else met on the way along the order."""
    found = cards(wanted, refresh)
    if user.sees_all_accounts and _unfiltered(wanted):
        return _rows(found, wanted, F(wanted.order), most)
    codes = list(narrowed.order_by().values_list("code", flat=True)[: FEW + 1])
    if len(codes) <= FEW:
        return _rows(found.filter(customer__in=codes), wanted, _Unindexed(F(wanted.order)), most)
    return _rows(found.filter(Exists(narrowed.filter(code=OuterRef("customer")))), wanted, F(wanted.order), most)


def _among_bare(wanted: Wanted) -> bool:
    """Whether the page before had come to the accounts without a card, whose cursor has a text for a figure."""
    read = cursor(wanted.after)
    return read is not None and isinstance(read[0], str)


def _and_bare(lines: list[Line], narrowed: QuerySet[Account], wanted: Wanted, refresh: Refresh, size: int) -> Page:
    """Last come the accounts that no analysis speaks of (they never ordered), by code."""
    if wanted.words:
        return Page(lines, "", refresh)
    read = cursor(wanted.after) if _among_bare(wanted) else None
    beyond = narrowed.filter(code__gt=read[1]) if read else narrowed
    bare = beyond.exclude(Exists(Scorecard.objects.filter(refresh=refresh, customer=OuterRef("code"))))
    room = size - len(lines)
    rows = list(bare.select_related("manager").order_by("code")[: room + 1])
    both = [*lines, *(Line(row, None) for row in rows[:room])]
    if len(rows) <= room:
        return Page(both, "", refresh)
    return Page(both, _cursor("", rows[room - 1].code if room else ""), refresh)


def _unfiltered(wanted: Wanted) -> bool:
    return not any((wanted.text, wanted.manager, wanted.region, wanted.kind, wanted.group, wanted.stub))


class _Unindexed(Func):
    """A figure whose index SQLite shall not walk along: few cards are sorted faster than found among all."""

    template = "+%(expressions)s"


def _rows(found: QuerySet[Scorecard], wanted: Wanted, figure: F | Func, most: int) -> list[Scorecard]:
    """The next cards in order: those with the figure, then those without. Each half starts where an index leads."""
    read = cursor(wanted.after)
    placed = found.annotate(figure=figure)
    known, unknown = placed.filter(figure__isnull=False), placed.filter(figure__isnull=True).order_by("customer")
    if read is not None and read[0] is None:
        return list(unknown.filter(customer__gt=read[1])[:most])
    ordered = known.order_by("-figure" if wanted.descending else "figure", "customer")
    rows = list((_beyond(ordered, *read, side="lt" if wanted.descending else "gt") if read else ordered)[:most])
    return rows if len(rows) == most else [*rows, *unknown[: most - len(rows)]]


def _beyond(placed: QuerySet[Scorecard], value: Any, code: str, side: str) -> QuerySet[Scorecard]:
    """What comes after a figure and code; the bound by figure alone is one that an index knows."""
    further = Q(**{f"figure__{side}": value}) | Q(customer__gt=code)
    return placed.filter(further, **{f"figure__{side}e": value})


def _by_account(user: User, wanted: Wanted, refresh: Refresh | None, size: int) -> Page:
    found = accounts(user, wanted).select_related("manager")
    if wanted.words and refresh:
        found = found.filter(Exists(cards(wanted, refresh).filter(customer=OuterRef("code"))))
    name = wanted.order if not BY_NAME[wanted.order].card else "code"
    sign = "-" if wanted.descending and name == wanted.order else ""
    rows = list(_after_account(found, name, sign, wanted.after).order_by(f"{sign}{name}", "code")[: size + 1])
    codes = [row.code for row in rows]
    by_code = {c.customer: c for c in Scorecard.objects.filter(refresh=refresh, customer__in=codes)} if refresh else {}
    last = rows[size - 1] if len(rows) > size else None
    lines = [Line(row, by_code.get(row.code)) for row in rows[:size]]
    return Page(lines, _cursor(getattr(last, name), last.code) if last else "", refresh)


def _after_account(found: QuerySet[Account], name: str, sign: str, after: str) -> QuerySet[Account]:
    read = cursor(after)
    if read is None or not isinstance(read[0], str):
        return found
    value, code = read
    side = "lt" if sign else "gt"
    return found.filter(Q(**{f"{name}__{side}": value}) | Q(**{name: value, "code__gt": code}))


def _cursor(value: Any, code: str) -> str:
    return base64.urlsafe_b64encode(json.dumps([value, code]).encode()).decode().rstrip("=")


def cursor(after: str) -> tuple[str | float | None, str] | None:
    """Where the page before ended: its last sorting figure and code. A text that is no cursor gives None."""
    try:
        value, code = json.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
    except (ValueError, TypeError, RecursionError):
        return None
    good = _comparable_text(code) and (value is None or isinstance(value, int | float) or _comparable_text(value))
    if not good or (not isinstance(value, str) and not _finite(value)):
        return None
    return value, code


def _comparable_text(value: object) -> bool:
    """A text that every database takes: no NUL, no half of a character."""
    return isinstance(value, str) and not set(value) & UNCOMPARABLE


COMPARABLE: Final = 1e300
"""What every database can compare."""
UNCOMPARABLE: Final = frozenset({"\0", *map(chr, range(0xD800, 0xE000))})
GENERATIONS: Final = 10
"""Parents are followed so far: a circle has no end."""


def _finite(value: float | None) -> bool:
    return value is None or abs(value) < COMPARABLE


def found_by(user: User, text: str, most: int = 8) -> list[Account]:
    """A few accounts for the search box."""
    return list(accounts(user, Wanted(text=text)).order_by("code")[:most]) if text else []


def one(user: User, code: str) -> Account | None:
    """The account, or the one it was merged into; None where it isn't there or isn't his to see."""
    found = Account.objects.visible_to(user).select_related("manager").filter(code=code).first()
    return found or _standing_for(user, code)


def _standing_for(user: User, code: str) -> Account | None:
    merged = Account.everyone.exclude(merged_into=None).filter(code=code).first()
    while merged is not None and merged.merged_into_id:
        merged = Account.everyone.get(pk=merged.merged_into_id)
    return merged and Account.objects.visible_to(user).select_related("manager").filter(pk=merged.pk).first()


def card_of(account: Account, refresh: Refresh | None) -> Scorecard | None:
    return Scorecard.objects.filter(refresh=refresh, customer=account.code).first() if refresh else None


@dataclass(frozen=True)
class Group:
    """An account's place in its hierarchy, with the money of the account and all below it that the user may see."""

    parents: list[Account]
    children: list[Account]
    revenue: float


def group_of(user: User, account: Account, refresh: Refresh | None) -> Group:
    """Parents up to the top, direct children, and where it has any the net sales of the account and all below it."""
    parents: list[Account] = []
    while (code := (parents[-1] if parents else account).parent_code) and len(parents) < GENERATIONS:
        parent = one(user, code)
        if parent is None or parent in parents or parent == account:
            break
        parents.append(parent)
    children = list(Account.objects.visible_to(user).filter(parent_code=account.code)[:100])
    return Group(parents[::-1], children, _family_revenue(user, account, refresh) if children else 0.0)


def _family_revenue(user: User, top: Account, refresh: Refresh | None) -> float:
    """Net sales of an account and all below it."""
    found = Scorecard.objects.filter(refresh=refresh, customer__in=_family(user, top.code))
    return float(found.aggregate(total=Sum("revenue_12m"))["total"] or 0.0)


def _family(user: User, top: str) -> set[str]:
    """The account's code and those of all below it that the user may see."""
    codes, level = {top}, {top}
    for _depth in range(GENERATIONS):
        below = Account.objects.visible_to(user).filter(parent_code__in=level).values_list("code", flat=True)
        level = set(below) - codes
        if not level:
            break
        codes |= level
    return codes


def regions(user: User) -> list[str]:
    return _texts(user, "region")


def kinds(user: User) -> list[str]:
    return _texts(user, "kind")


def every_kind() -> list[str]:
    return _every("kind")


def _texts(user: User, name: Literal["region", "kind"]) -> list[str]:
    """Each text of a field that the user may see, in order."""
    if user.sees_all_accounts:
        return _every(name)
    return list(
        Account.objects.visible_to(user).exclude(**{name: ""}).order_by(name).values_list(name, flat=True).distinct()
    )


def _every(name: Literal["region", "kind"]) -> list[str]:
    """The few texts among very many accounts: from each one the index leads to the next."""
    following = f"SELECT min({name}) FROM accounts_account WHERE {name} >"  # noqa: S608  (one of our two names)
    query = (
        f"WITH RECURSIVE met(word) AS ({following} '' UNION ALL "  # noqa: S608  (as above)
        f"SELECT ({following} met.word) FROM met WHERE met.word IS NOT NULL) SELECT word FROM met WHERE word IS NOT NULL"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [word for (word,) in cursor.fetchall()]


def managers() -> list[User]:
    return list(User.objects.filter(is_active=True, role__in=("manager", "director")).order_by("name"))
