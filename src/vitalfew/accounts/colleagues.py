"""Choosing one of ours: whoever is near first, found by pinyin and initials where they are many.

Near are the account's manager and its team, where an account is known; then one's own department; then all others.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator
from django.forms.widgets import Script
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.grams import stored
from vitalfew.accounts.models import Account, TeamMember
from vitalfew.people.models import User
from vitalfew.people.roles import Role

MANY: Final = 12
"""From more than so many on they are searched."""
GROUPS: Final = (_("Team of the account"), _("Own department"), _("Other departments"))


def colleagues() -> QuerySet[User]:
    """Who can see to something: everybody of ours, by name."""
    return User.objects.filter(is_active=True).exclude(role=Role.PORTAL).order_by("name", "pk")


class _Nearest(ModelChoiceIterator[User]):
    """In groups, the nearest first; without groups where all are in one."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        grouped: dict[int, list[Any]] = {}
        for one in self.queryset:
            near = self.field.nearness(one)  # type: ignore[attr-defined]  # it is of a field below
            grouped.setdefault(near, []).append(self.choice(one))
        if len(grouped) < 2:  # noqa: PLR2004  (one group needs no heading)
            yield from (choice for choices in grouped.values() for choice in choices)
            return
        yield from ((gettext(str(GROUPS[near])), grouped[near]) for near in sorted(grouped))


class PeopleSelect(forms.Select):
    """A list of people; where they are many, each says how it sounds, so that a script can search."""

    class Media:
        js = (Script("people.js", defer=True),)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        widget = context["widget"]
        people = [each for _group, options, _at in widget["optgroups"] for each in options if each["value"]]
        if len(people) > MANY:
            widget["attrs"]["data-people"] = gettext("Name, pinyin or initials")
            for each in people:
                each["attrs"]["data-sounds"] = _sounds(str(each["label"]), str(each["value"]))
        return context


class ColleagueField(forms.ModelChoiceField[User]):
    """One of ours, as the user chooses among them; among ``known`` where not everybody can be."""

    iterator = _Nearest

    def __init__(
        self, user: User, account: Account | None = None, known: QuerySet[User] | None = None, **kwargs: Any
    ) -> None:
        self.role, self.team = user.role, _team(account) if account else set[int]()
        super().__init__(
            colleagues() if known is None else known, to_field_name="username", widget=PeopleSelect, **kwargs
        )

    def nearness(self, one: User) -> int:
        """Which group somebody is in, the smaller the nearer."""
        return 0 if one.pk in self.team else 1 if one.role == self.role else 2


def _team(account: Account) -> set[int]:
    """Who manages the account, and who is in its group."""
    rows = TeamMember.objects.filter(account=account, until=None).values_list("user_id", flat=True)
    return {*rows, *([account.manager_id] if account.manager_id else [])}


@lru_cache(maxsize=4096)
def _sounds(name: str, username: str) -> str:
    return stored(name, username)
