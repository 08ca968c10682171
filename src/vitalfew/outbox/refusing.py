"""What an address does not want to get: said by one click in a letter, or on the page that each optional letter names.

The address itself is not kept, only its mark: a keyed digest. So the wish outlives the person's record, and tells of nobody.
"""

from collections.abc import Collection
from typing import Final

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from vitalfew.outbox.models import OutgoingMail, Refusal
from vitalfew.outbox.words import OPTIONAL, Kind, LetterState
from vitalfew.people import audit

SALT: Final = "vitalfew.outbox.refusal"
MARK: Final = 40


def mark(address: str) -> str:
    return _digest(SALT, address.strip().casefold())


def key(address: str) -> str:
    """What stands in the address of its page of wishes: its mark, and a signature over it."""
    return mark(address) + _digest(f"{SALT}.key", mark(address))


def read(said: str) -> str | None:
    """The mark of a key; None where the house did not write it."""
    of = said[:MARK]
    return of if constant_time_compare(said[MARK:], _digest(f"{SALT}.key", of)) else None


def _digest(salt: str, said: str) -> str:
    return salted_hmac(salt, said, algorithm="sha256").hexdigest()[:MARK]


def wants(address: str, kind: str) -> bool:
    """Whether letters of this kind may go there."""
    return kind not in OPTIONAL or kind not in unwanted(mark(address))


def unwanted(of: str) -> frozenset[str]:
    found = Refusal.objects.filter(mark=of).values_list("unwanted", flat=True).first()
    return frozenset(found or ())


@transaction.atomic
def refuse(of: str, kinds: Collection[str]) -> None:
    """Of the optional kinds, these are not wanted; what waits of them is not sent."""
    said = sorted({kind.value for kind in OPTIONAL} & set(kinds))
    row, _made = Refusal.objects.select_for_update().get_or_create(mark=of)
    if row.unwanted != said:
        audit.record("", "refusal-change", f"refusal:{row.pk}", {"unwanted": [row.unwanted, said]})
        row.unwanted = said
        row.save()


def without(of: str, kind: Kind) -> None:
    """One kind more is not wanted."""
    refuse(of, unwanted(of) | {kind.value})


def still_wanted(row: OutgoingMail) -> bool:
    """Whether its reader still wants it; where not, that is what became of it."""
    if wants(row.address, row.kind):
        return True
    OutgoingMail.objects.filter(pk=row.pk).update(state=LetterState.UNWANTED, due_at=None)
    return False
