"""While a name is typed: records that may be it already, among those that the user may see and no others."""

from typing import Any, Final

from vitalfew.accounts.models import Account
from vitalfew.accounts.search import matching
from vitalfew.contacts.models import Person
from vitalfew.contacts.questions import INDEX
from vitalfew.duplicates.features.company_name import parsed
from vitalfew.duplicates.features.records import company_records, person_records
from vitalfew.duplicates.features.sounds import sound
from vitalfew.duplicates.linkage.companies import COMPANIES
from vitalfew.duplicates.linkage.features import Model
from vitalfew.duplicates.linkage.linking import linked
from vitalfew.duplicates.linkage.persons import PERSONS
from vitalfew.people.models import User

SHORTEST: Final = 2
LOOKED_AT: Final = 50
SHOWN: Final = 5
LIKELY: Final = 0.2
MEMORY: Final = "128MB"
START: Final = 4
"""So many letters of a word are typed alike, wherever the slip is."""


def accounts_like(user: User, name: str, but: int = 0) -> list[Account]:
    """Accounts whose name may mean the same company, the likeliest first."""
    near = [each for text in starts_of(name) if (each := matching(text)) is not None]
    seen = Account.objects.visible_to(user).exclude(pk=but)
    return companies_like(name, _joined([list(seen.filter(pk__in=ids).order_by("pk")[:LOOKED_AT]) for ids in near]))


def starts_of(name: str) -> list[str]:
    """What records are looked for that may be the company: by its own word; nothing where that is too short."""
    core = parsed(name).core
    return _starts(core) if len(core) >= SHORTEST else []


def companies_like(name: str, rows: list[Any]) -> list[Any]:
    """Those among the records whose ``name`` may mean the same company, the likeliest first."""
    records = company_records([name, *(each.name for each in rows)], uscc=["", *("" for _each in rows)])
    return _likeliest(records, COMPANIES, rows)


def persons_like(user: User, name: str, but: int = 0) -> list[Person]:
    """People whose name is the same or sounds the same."""
    if len(name.strip()) < SHORTEST:
        return []
    near = [each for text in _starts(name) if (each := INDEX.matching(text)) is not None]
    seen = Person.objects.visible_to(user).exclude(pk=but).filter(merged_into=None)
    rows = _joined([list(seen.filter(pk__in=ids).order_by("pk")[:LOOKED_AT]) for ids in near])
    return _likeliest(person_records([name, *(each.name for each in rows)]), PERSONS, rows)


def _starts(text: str) -> list[str]:
    """What is searched for: the text, how it sounds, and the beginning of its first word."""
    heard = sound(text)
    return list(dict.fromkeys([text, heard, *([text[:START]] if text.isascii() else [])]))


def _joined(lists: list[list[Any]]) -> list[Any]:
    return list({each.pk: each for rows in lists for each in rows}.values())


def _likeliest(records: Any, model: Model, rows: list[Any]) -> list[Any]:
    """Those that the first record, the one being typed, may be."""
    pairs = linked(records, model, LIKELY, MEMORY).pairs.to_pylist() if rows else []
    return [rows[pair["right"] - 1] for pair in pairs if pair["left"] == 0][:SHOWN]
