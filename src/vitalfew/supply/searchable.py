from collections.abc import Iterator

from vitalfew.people.models import User
from vitalfew.rooms import Hit
from vitalfew.supply import questions
from vitalfew.supply.rights import SupplyRight


def found(user: User, text: str, most: int) -> Iterator[Hit]:
    """Products of the picture."""
    if user.may(SupplyRight.SEE):
        for row in questions.found(questions.products(user), text)[:most]:
            yield Hit("product", row.code, row.name, row.category, row.get_absolute_url())
