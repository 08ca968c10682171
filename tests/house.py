"""A small house for tests of pages and API: sixty accounts, two years of orders, two refreshes, a user of every role.

It is built once a run; each test module gets it afresh and leaves nothing behind. Its facts lie in a folder of their
own; a test that changes facts asks for ``own_facts``.
"""

import shutil
from dataclasses import dataclass, replace

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.core import serializers
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import override_settings

ODD = "华东/一号店 甲"
ENDS_LIKE_A_PART = "另一家/scorecard"
MODELS = (
    "people.User", "people.ApiToken", "people.AuditEntry", "accounts.Account", "accounts.TeamMember",
    "imports.Import", "warehouse.Refresh", "warehouse.Scorecard", "warehouse.Proposal",
)  # fmt: skip


@dataclass(frozen=True)
class House:
    """Its home, a bearer token of every role, and what the key account manager sees."""

    home: object
    tokens: dict[str, str]
    mine: str
    foreign: str

    def user(self, role):
        from vitalfew.people.models import User

        return User.objects.filter(role=role).order_by("pk").first()


def signed_in(house, client, role):
    client.force_login(house.user(role), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture(scope="session")
def built(tmp_path_factory, django_db_setup, django_db_blocker):  # noqa: ARG001  (the database must be there)
    """The house and its records, as they are put back for each module."""
    from vitalfew.home import Home

    home = Home(tmp_path_factory.mktemp("house"))
    home.make()
    with django_db_blocker.unblock(), override_settings(HOME=home), transaction.atomic():
        house = build(home)
        records = [serializers.serialize("python", apps.get_model(name).objects.all()) for name in MODELS]
        transaction.set_rollback(True)
    return house, records


def build(home):
    from vitalfew.demobook import generate
    from vitalfew.imports.actions import Job, receive
    from vitalfew.imports.work import refresh_now
    from vitalfew.warehouse import scorecards
    from vitalfew.warehouse.run import day_number
    from vitalfew.warehouse.tables import TABLES

    book = generate(accounts=60, months=24)
    for name, rows in book.tables.items():
        receive(Job(TABLES[name].kind, TABLES[name].dated(rows), "test", given_name=f"{name}.csv"), home)
    tokens = add_people(book)
    latest = refresh_now(home)
    refresh_now(home, day_number(latest.as_of) - 90)
    latest.delete()
    refresh_now(home)
    assert scorecards.current() is not None
    return House(home, tokens, *add_accounts())


def add_people(book):
    """A user of every role, known by the role's name; the first sales person of the book is the manager."""
    from vitalfew.people.actions import add_user, make_token
    from vitalfew.people.roles import Role

    sales = sorted(set(book.tables["customers"]["manager"].drop_null().to_pylist()))
    tokens = {}
    for role in Role:
        name = sales[0] if role is Role.MANAGER else role.label
        user = add_user("test", username=role.value, name=name, role=role.value, password="a-long-password")
        tokens[role.value] = make_token("test", user, "test")
    add_user("test", username="other", name=sales[1], role=Role.MANAGER.value, password="a-long-password")
    return tokens


def add_accounts():
    """Two more accounts of the manager, with codes as customers have them; gives one of his and a foreign one."""
    from vitalfew.accounts.models import Account
    from vitalfew.people.models import User

    manager = User.objects.get(username="manager")
    for code in (ODD, ENDS_LIKE_A_PART):
        Account.objects.create(code=code, name=f"名 {code}", manager=manager, stub=True)
    mine = Account.objects.filter(manager=manager, stub=False).first()
    foreign = Account.objects.filter(manager__username="other").first()
    return mine.code, foreign.code


@pytest.fixture(scope="module")
def house(built, django_db_blocker):
    """The house, for the tests of one module."""
    made, records = built
    with django_db_blocker.unblock(), override_settings(HOME=made.home):
        undo = transaction.atomic()
        undo.__enter__()
        put_back(records)
        before = facts_in(made.home)
        yield made
        transaction.set_rollback(True)
        undo.__exit__(None, None, None)
    assert facts_in(made.home) == before, "facts of the house were changed: ask for own_facts"


def facts_in(home):
    """Every file of facts and what it weighs."""
    return {path: path.stat().st_size for path in home.facts.rglob("*") if path.is_file()}


def put_back(records):
    from vitalfew.accounts import search
    from vitalfew.accounts.models import Account

    for kept in records:
        for record in serializers.deserialize("python", kept):
            record.save()
    search.index(Account.objects.all())
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), [apps.get_model(name) for name in MODELS]):
            cursor.execute(sql)


@pytest.fixture
def own_facts(house, tmp_path):
    """The house with a copy of its facts, which the test may change."""
    from vitalfew.home import Home

    folder = tmp_path / "house"
    shutil.copytree(house.home.folder, folder)
    before, django_settings.HOME = django_settings.HOME, Home(folder)
    yield replace(house, home=django_settings.HOME)
    django_settings.HOME = before
