"""What processes do under fire, each on a home of its own: the command itself, editing, reading."""

import os


def standing_in(home, url=""):
    """Django, ready for the home."""
    os.environ.update(VITALFEW_HOME=str(home), DATABASE_URL=url)
    from vitalfew.outlets.cli.house import ready

    ready()


def vitalfew(home, words):
    os.environ.update(VITALFEW_HOME=str(home), DATABASE_URL="")
    import sys

    from vitalfew.outlets.cli.app import main

    sys.argv = ["vitalfew", *words]
    main()


def count_up(home, username, times, told):
    """Read the account's number, write the next one with the version that was read; when too late, read again."""
    standing_in(home)
    from vitalfew.accounts.actions import Stale, change
    from vitalfew.accounts.models import Account
    from vitalfew.people.models import User

    user, done = User.objects.get(username=username), 0
    while done < times:
        account = Account.objects.get(code="A")
        number = int(account.region) if account.region.isdecimal() else 0
        try:
            change(user, account, account.version, {"region": str(number + 1)})
        except Stale:
            told.put("late")
        else:
            done += 1
            told.put("saved")


def assign_to_and_fro(home, times):
    standing_in(home)
    from vitalfew.accounts.actions import assign
    from vitalfew.accounts.models import Account
    from vitalfew.people.models import User

    director = User.objects.get(username="one")
    for number in range(times):
        assign(director, list(Account.objects.filter(code="A")), director if number % 2 else None)


def bring_in_line(home, times):
    """What a refresh does to accounts: what the facts say, again and again otherwise."""
    standing_in(home)
    from vitalfew.accounts.sync import _bring

    for number in range(times):
        _bring(
            ({"code": "A", "name": "甲", "region": f"fact {number}", "industry": f"fact {number}", "stub": False},), {}
        )


def look_at_lists(home, until, told):
    """Readers: each page is of one refresh, whole."""
    standing_in(home)
    from vitalfew.accounts.questions import Wanted, every
    from vitalfew.people.models import User

    user = User.objects.get(username="one")
    while not until.wait(0.02):
        told.put(len({line.account.code for line in every(user, Wanted.of({}, user)) if line.card}))


def begin_book(home, path):
    """A home with a director, an order book and its first refresh."""
    standing_in(home)
    from django.conf import settings

    from vitalfew.imports.actions import Job, receive
    from vitalfew.imports.work import refresh_now
    from vitalfew.outlets.cli.house import opened
    from vitalfew.people.actions import add_user

    opened()
    add_user("test", username="one", name="one", role="director", password="a-long-password")
    receive(Job("order-lines", path, "test", given_name=path.name), settings.HOME)
    refresh_now(settings.HOME)


def refresh_again(home, times):
    standing_in(home)
    from django.conf import settings

    from vitalfew.imports.work import refresh_now

    for _ in range(times):
        refresh_now(settings.HOME)


def promise_the_same(home, url, times, told):
    """So many people at once reserve the same ten pieces, one each."""
    standing_in(home, url)
    from concurrent.futures import ThreadPoolExecutor
    from datetime import date
    from threading import Barrier

    from django.db import IntegrityError, connections

    from vitalfew.accounts.models import Account
    from vitalfew.approvals.models import Limit
    from vitalfew.people.models import User
    from vitalfew.people.records import NotPossible
    from vitalfew.supply import actions, granting
    from vitalfew.supply.models import Allotment, Drawing, Reservation, Stocked, Week

    day = date(2026, 6, 8)
    Drawing.objects.create(as_of=date(2026, 6, 5))
    Week.objects.create(
        product=Stocked.objects.create(code="P"), since=day, need=10, coming=0, left=0, short=0, cover="low", there=10
    )
    user = User.objects.get(username="one")
    Limit.objects.create(kind=granting.KIND, role=user.role, amount=1, made_by="one", changed_by="one")
    Account.objects.bulk_create(Account(code=f"A{n}", name=f"甲{n}") for n in range(times))
    drafts = [
        actions.enter(user, Allotment(name=f"{n}", products="P", weeks=1, minimums=f"A{n}, P, 1")) for n in range(times)
    ]
    together = Barrier(times)

    def reserve(draft):
        together.wait()
        try:
            granting.ask(user, draft.pk, draft.version)
        except NotPossible:
            return "refused"
        except IntegrityError:
            return "refused by the database"
        else:
            return "reserved"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        outcomes = list(pool.map(reserve, drafts))
    try:
        Week.objects.update(held=11)
        beyond = "taken"
    except IntegrityError:
        beyond = "refused"
    [held] = Week.objects.values_list("held", flat=True)
    told.put((outcomes, Reservation.objects.count(), float(held), beyond, connections["default"].vendor))
