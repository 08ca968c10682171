"""Which accesses open the portal now, and to which accounts: asked with every request, so that what ended is shut at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.portal.models import Access
from vitalfew.rooms import Visitor

GENERATIONS: Final = 10
"""So deep a group of companies is followed; who owns each other ends there too."""


@dataclass(frozen=True)
class Visit:
    """Somebody who looks into the portal, by the accesses that are open to him."""

    user: User | None
    accesses: tuple[Access, ...]
    may: bool = True
    """Whether he may do something there; one of ours who looks at what he sees may not."""

    @property
    def visitor(self) -> Visitor:
        person = self.accesses[0].person
        return Visitor(self.user.username if self.user else "", person.name, person.pk, self.may)

    def accounts(self, part: str = "") -> list[Account]:
        """Those he may see, or those of which he sees that part: his own before their subsidiaries."""
        found: dict[int, Account] = {}
        for access in self.accesses:
            if not part or part in access.parts:
                found |= {each.pk: each for each in self._families[access.pk] if each.pk not in found}
        return list(found.values())

    def parts(self, account: Account) -> set[str]:
        """What he sees of an account."""
        return {
            name
            for access in self.accesses
            if any(each.pk == account.pk for each in self._families[access.pk])
            for name in access.parts
        }

    @cached_property
    def _families(self) -> dict[int, list[Account]]:
        return {
            access.pk: family(access.account) if access.subsidiaries else [access.account] for access in self.accesses
        }


def family(top: Account) -> list[Account]:
    """An account and all below it."""
    found, level = {top.pk: top}, [top]
    for _depth in range(GENERATIONS):
        codes = [code for each in level for code in each.codes]
        level = [each for each in Account.objects.filter(parent_code__in=codes) if each.pk not in found]
        if not level:
            break
        found |= {each.pk: each for each in level}
    return list(found.values())


def visit_of(user: User) -> Visit | None:
    """What is open to the user now; None where nothing is."""
    return visit_by(
        user,
        Access.objects.filter(user=user)
        .opening(timezone.localdate())
        .select_related("account", "person")
        .order_by("pk"),
    )


def visit_by(user: User | None, accesses: Iterable[Access], *, may: bool = True) -> Visit | None:
    found = tuple(accesses)
    return Visit(user, found, may) if found else None
