"""What pages and API ask about stakeholders. Every answer starts from what the user may see."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from vitalfew.accounts import facts_of
from vitalfew.accounts.models import Account
from vitalfew.activities import knowing
from vitalfew.activities.knowing import Known, logged_since
from vitalfew.contacts import questions as contacts
from vitalfew.contacts.models import Person, Post
from vitalfew.language import Count, Day, Message
from vitalfew.people.models import User
from vitalfew.stakeholders.bonds import Bond, Stakeholder, Stated, sorted_bonds
from vitalfew.stakeholders.closeness import WORDS
from vitalfew.stakeholders.gaps import Log
from vitalfew.stakeholders.models import Acquaintance, Cover, MeetingRule
from vitalfew.stakeholders.tree import Seat
from vitalfew.terms import gettext_noop as _


def stakeholders(account: Account, today: date) -> list[Stakeholder]:
    """The people who are at an account, with those of ours who know them by touches or by their own word."""
    people = knowing.known(account, today)
    here = {each.post.person_id for each in people}
    said: dict[int, list[Acquaintance]] = {}
    rows = Acquaintance.objects.filter(put_away_at=None, person__in=here, user__is_active=True)
    for row in rows.select_related("user"):
        said.setdefault(row.person_id, []).append(row)
    return [_stakeholder(each, said.get(each.post.person_id, []), here, today) for each in people]


def _stakeholder(known: Known, said: list[Acquaintance], here: set[int], today: date) -> Stakeholder:
    post = known.post
    return Stakeholder(
        person=post.person_id, name=post.person.name, title=post.title, level=post.level, said_part=post.part,
        influence=post.influence, attitude=post.attitude, boss=str(post.reports_to or ""),
        boss_left=bool(post.reports_to_id and post.reports_to_id not in here), bonds=_bonds(known, said, today),
        post=post.pk, url=post.person.get_absolute_url(),
    )  # fmt: skip


def _bonds(known: Known, said: list[Acquaintance], today: date) -> tuple[Bond, ...]:
    """Each of ours once, with what the log says and what he says himself."""
    stated = {row.user_id: row for row in said}
    touched = [
        Bond(link.who, link.user, link.strength, _stated(stated.pop(link.user or 0, None), today))
        for link in known.links
    ]
    return sorted_bonds(
        [*touched, *(Bond(str(row.user), row.user_id, 0.0, _stated(row, today)) for row in stated.values())]
    )


def _stated(row: Acquaintance | None, today: date) -> Stated | None:
    if row is None:
        return None
    return Stated(row.pk, WORDS[row.closeness], row.stated_on, (today - row.stated_on).days, row.note)


def log(today: date) -> Log:
    """Since when touches are logged in this house."""
    return Log.of(logged_since(), today)


def visits(account: Account) -> Message | None:
    """What the cost record knows of visits there; none where it knows of none."""
    known = facts_of.visits(settings.HOME, account.codes)
    if not known:
        return None
    text = _(
        "{n} {n:visit|visits} stand in the cost record, the last on {day}; whom they met is not said there: they "
        "count for nobody"
    )
    return Message(text, {"n": Count(len(known)), "day": Day(known[0]["spent_on"])})


def seats(account: Account) -> list[Seat]:
    """Everybody who is or was at the account, once; and whoever somebody there is said to report to."""
    posts = {post.person_id: post for post in reversed(contacts.at(account))}
    found = [_seat(post) for post in posts.values()]
    unknown = {post.reports_to_id: post.reports_to for post in posts.values() if post.reports_to_id not in posts}
    return [*found, *(Seat(person.pk, person.name, left=True) for person in unknown.values() if person)]


def _seat(post: Post) -> Seat:
    return Seat(
        post.person_id, post.person.name, post.title, post.level, post.part, post.influence, post.attitude,
        post.reports_to_id, post.left_on is not None, post.left_on, post.pk, post.version, post.person.get_absolute_url(),
    )  # fmt: skip


def acquaintances(user: User) -> QuerySet[Acquaintance]:
    return Acquaintance.objects.visible_to(user).select_related("person", "user")


def found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Those whose person the text finds, as in the list of contacts."""
    return contacts.found(rows, text)


def own(user: User, person: Person) -> Acquaintance | None:
    """What the user said of the person."""
    return Acquaintance.objects.filter(user=user, person=person, put_away_at=None).first()


def covers(user: User) -> QuerySet[Cover]:
    """The planned levels of the accounts that the user may see."""
    return Cover.objects.visible_to(user).select_related("account")


def uncovered(user: User) -> QuerySet[Cover]:
    """Those at which nobody is known, the highest level first."""
    found: QuerySet[Cover] = covers(user).filter(known=0).order_by("height", "pk")
    return found


def covers_of(account: Account) -> list[Cover]:
    return list(Cover.objects.filter(account=account))


def found_covers(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Those whose account has the text in its name or code."""
    return rows.filter(Q(account__name__icontains=text) | Q(account__code__icontains=text))


def rule_of(level: str, *, account: Account | None = None, tier: str = "") -> MeetingRule | None:
    """What was planned for an account's or a tier's level."""
    found = MeetingRule.objects.filter(put_away_at=None, level=level)
    return found.filter(account=account).first() if account else found.filter(account=None, tier=tier).first()


def accounts_of(user: User, people: Mapping[int, Any]) -> dict[int, Post]:
    """Of each person a post that the user may see, those held first."""
    rows = Post.objects.visible_to(user).filter(person__in=people).select_related("account").order_by("-left_on", "pk")
    return {post.person_id: post for post in sorted(rows, key=lambda post: post.left_on is None)}
