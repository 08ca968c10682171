"""Who is left out of a campaign, and why: a no is heeded, nobody hears from us too often, nobody is in two campaigns at once."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta

from vitalfew.accounts.models import Account
from vitalfew.campaigns.models import Campaign, Target
from vitalfew.campaigns.words import Place, Why
from vitalfew.contacts.models import Person, Post
from vitalfew.outbox.models import OutgoingMail
from vitalfew.outbox.refusing import wants
from vitalfew.outbox.words import OPTIONAL, Kind, LetterState

WRITTEN = (LetterState.SENT, LetterState.WAITING, LetterState.KEPT)


def left_out(row: Campaign, accounts: Sequence[Account], day: date) -> dict[int, Why]:
    """By the number of the account; the first reason that holds."""
    numbers = [each.pk for each in accounts]
    elsewhere, often = _in_others(row, numbers), _often(row, numbers, day)
    silent = _silent(numbers) if row.by_letter else {}
    found: dict[int, Why] = {}
    for each in accounts:
        reasons = (
            Why.GONE if each.merged_into_id else None, silent.get(each.pk), Why.OTHER if each.pk in elsewhere else None,
            Why.OFTEN if each.pk in often else None,
        )  # fmt: skip
        if why := next((reason for reason in reasons if reason), None):
            found[each.pk] = why
    return found


def _in_others(row: Campaign, numbers: Collection[int]) -> set[int]:
    """Treated or held out in another one at that time: what either changes could not be parted."""
    others = Campaign.objects.on(row.since, row.until).exclude(pk=row.pk)
    inside = Target.objects.filter(of__in=others, account__in=numbers, place__in=(Place.TREATED, Place.HELD_OUT))
    return set(inside.values_list("account", flat=True))


def _often(row: Campaign, numbers: Collection[int], day: date) -> set[int]:
    return {
        pk for pk, n in letters_since(day - timedelta(days=row.rest_days), numbers).items() if n >= row.most_letters
    }


def letters_since(day: date, numbers: Collection[int] | None = None) -> Counter[int]:
    """By account, how many letters it got since then that it could do without."""
    rows = OutgoingMail.objects.filter(
        kind__in=[each.value for each in OPTIONAL], state__in=WRITTEN, made_at__date__gte=day, account__isnull=False
    )
    if numbers is not None:
        rows = rows.filter(account__in=numbers)
    return Counter(rows.values_list("account", flat=True))


def _silent(numbers: Collection[int]) -> dict[int, Why]:
    """Accounts none of whose people may be written to."""
    asked: dict[int, bool] = {}
    for account, person in _with_address(numbers):
        asked[account] = asked.get(account, False) or wants(person.email, Kind.CAMPAIGN)
    return {pk: Why.REFUSED if pk in asked else Why.NO_CONTACT for pk in numbers if not asked.get(pk)}


def _with_address(numbers: Collection[int]) -> Iterator[tuple[int, Person]]:
    posts = Post.objects.held().filter(account__in=numbers, person__put_away_at=None).exclude(person__email="")
    for post in posts.select_related("person").order_by("account", "pk"):
        yield post.account_id, post.person


def consenting(account: Account) -> list[Person]:
    """Its people with an address who have not refused such letters, once each."""
    found = {person.pk: person for _pk, person in _with_address([account.pk]) if wants(person.email, Kind.CAMPAIGN)}
    return list(found.values())
