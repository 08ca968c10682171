"""Who is meant by the words of a rule, as far as he may see the kind and the account at this moment."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from vitalfew.accounts.models import Absence, Account, TeamMember
from vitalfew.alarms.rights import AlarmRight
from vitalfew.people.models import User
from vitalfew.people.roles import Role
from vitalfew.rooms import CONCERNED, ITS_MANAGER, Alarming

FALLBACK = f"role:{Role.DIRECTOR}"
"""Who is told where nobody else can be."""


class Audience:
    """Everybody of ours, with who is away and who sees which of these accounts; read once a look."""

    def __init__(self, accounts: Iterable[Account], today: date) -> None:
        self.users = {user.pk: user for user in User.objects.filter(is_active=True) if user.may(AlarmRight.SEE)}
        self.by_name = {user.username: user for user in self.users.values()}
        self.deputies = dict(Absence.objects.on(today).values_list("user_id", "deputy_id"))
        self.numbers = [account.pk for account in accounts]
        self.team = _team(self.numbers)
        self._seen: dict[int, set[int]] = {}

    def of(self, words: Iterable[str], kind: Alarming, account: Account | None, concerned: Iterable[str]) -> list[User]:
        """Those meant who may be told, each once, by name."""
        meant = {user for word in words for user in self._meant(word, account, concerned)}
        return sorted(self._may(meant, kind, account), key=lambda user: user.username)

    def _may(self, users: Iterable[User], kind: Alarming, account: Account | None) -> set[User]:
        return {user for user in users if user.may(kind.see) and (account is None or self._sees(user, account))}

    def _meant(self, word: str, account: Account | None, concerned: Iterable[str]) -> set[User]:
        what, _colon, which = word.partition(":")
        if what == CONCERNED:
            return self._named(concerned)
        if what == ITS_MANAGER:
            return self._with_deputies({account.manager_id} if account else set())
        if what == "team":
            return self._with_deputies(self.team.get((account.pk, which), set()) if account else set())
        if what == "role":
            return {user for user in self.users.values() if user.role == which}
        return self._named([which])

    def _named(self, names: Iterable[str]) -> set[User]:
        return {self.by_name[name] for name in names if name in self.by_name}

    def _with_deputies(self, numbers: Iterable[int | None]) -> set[User]:
        """Who is away stays told: it is there when he is back; who stands in is told, too."""
        found = {number for number in numbers if number}
        found |= {self.deputies[number] for number in found if number in self.deputies}
        return {self.users[number] for number in found if number in self.users}

    def _sees(self, user: User, account: Account) -> bool:
        if user.sees_all_accounts:
            return True
        if user.pk not in self._seen:
            seen = Account.objects.visible_to(user).filter(pk__in=self.numbers)
            self._seen[user.pk] = set(seen.values_list("pk", flat=True))
        return account.pk in self._seen[user.pk]


def _team(numbers: list[int]) -> Mapping[tuple[int, str], set[int]]:
    """By account and function, who belongs to its team."""
    found: dict[tuple[int, str], set[int]] = defaultdict(set)
    rows = TeamMember.objects.filter(account__in=numbers, until=None)
    for account, role, user in rows.values_list("account_id", "role", "user_id"):
        found[account, role].add(user)
    return found
