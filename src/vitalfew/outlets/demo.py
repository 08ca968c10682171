"""The demo house: the built-in order book, computed, with a user of every role."""

import secrets
from collections.abc import Callable

from django.utils import timezone

from vitalfew.demobook import Book, generate
from vitalfew.demobook.twins import twins
from vitalfew.home import Home
from vitalfew.imports.actions import Job, receive
from vitalfew.imports.models import Import, ImportState
from vitalfew.imports.work import afterwards, bring_in_line, refresh_now
from vitalfew.people.actions import add_user, set_password
from vitalfew.people.models import User
from vitalfew.people.roles import Role
from vitalfew.rooms import declared
from vitalfew.stakeholders import demo as stakeholders
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.tables import TABLES

Person = tuple[str, str, str]

CAST = (
    ("admin", "系统管理员", Role.ADMINISTRATOR),
    ("director", "周慧敏", Role.DIRECTOR),
    ("complaints", "许佳宁", Role.COMPLAINTS),
    ("supply", "罗建国", Role.SUPPLY),
    ("marketing", "沈雨桐", Role.MARKETING),
    ("analyst", "顾思远", Role.ANALYST),
    ("executive", "韩立群", Role.EXECUTIVE),
)


def load(home: Home, tell: Callable[[str], None]) -> list[Person]:
    """Load what isn't loaded yet; gives user names, roles and the password. A second time changes nothing."""
    password = _password(home)
    if scorecards.current() is None:
        tell(_("Writing the order book of a fictitious maker of appliances …"))
        book = generate()
        _import(book, home)
        _add_people(book, password)
        bring_in_line(home)
        stakeholders.plant(timezone.localdate())
        tell(_("Computing every analysis …"))
        refresh_now(home)
        afterwards()
        for room in declared("examples"):
            room.plant()
        _let_visitors_in(password)
    return [(user.username, user.get_role_display(), password) for user in _shown()]


def _password(home: Home) -> str:
    path = home.folder / "demo-password.txt"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(9))
    return path.read_text()


def _import(book: Book, home: Home) -> None:
    done = set(Import.objects.filter(state=ImportState.DONE).values_list("file", flat=True))
    repeated = twins(book.tables["customers"], book.tables["contacts"]).tables
    files = {f"demo-{name}": (name, rows) for name, rows in book.tables.items()}
    files |= {f"demo-twins-{name}": (name, rows) for name, rows in repeated.items()}
    for file, (name, rows) in files.items():
        if file not in done:
            receive(Job(TABLES[name].kind, TABLES[name].dated(rows), "demo", given_name=file), home)


def _add_people(book: Book, password: str) -> None:
    """The cast, and the book's sales people as key account managers: manager1, manager2 and so on."""
    known = set(User.objects.values_list("username", flat=True))
    names = sorted(set(book.tables["customers"]["manager"].drop_null().to_pylist()))
    managers = [(f"manager{number}", name, Role.MANAGER) for number, name in enumerate(names, 1)]
    for username, name, role in (*CAST, *managers):
        if username not in known:
            address = f"{username}@house.example"
            add_user("demo", username=username, name=name, role=role, password=password, email=address, demo=True)


def _let_visitors_in(password: str) -> None:
    """Customers' people have chosen a password, the one of all others here."""
    for guest in User.objects.filter(demo=True, role=Role.PORTAL):
        set_password("demo", guest, password)
        guest.invitations.update(used_at=timezone.now())


def _shown() -> list[User]:
    """One user of every role: of several, the first on whose Today most rooms have a line; and all visitors."""
    alike: dict[str, list[User]] = {}
    for user in User.objects.filter(demo=True).order_by("pk"):
        alike.setdefault(user.role, []).append(user)
    visitors = alike.pop(Role.PORTAL.value, [])
    shown = [users[0] if len(users) == 1 else max(users, key=_rooms_with_a_line) for users in alike.values()]
    return sorted([*shown, *visitors], key=lambda user: user.pk)


def _rooms_with_a_line(user: User) -> int:
    return sum(any(True for _line in room.waiting(user)) for room in declared("worklist"))
