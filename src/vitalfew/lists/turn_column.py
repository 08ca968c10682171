"""The column of a queue that says why a row stands where it stands."""

from operator import attrgetter
from typing import Any

from django.utils.translation import gettext

from vitalfew.channel.turns import WAITED
from vitalfew.lists.listing import ListColumn
from vitalfew.rooms import Queue
from vitalfew.terms import gettext_noop as _


def turn_column(queue: Queue) -> ListColumn:
    """That it has waited long enough, or by what its account goes first."""

    def told(row: Any) -> str:
        if getattr(row, "turn", None) == WAITED:
            return gettext("Waited long enough")
        accounts = [found for name in queue.accounts if (found := attrgetter(name.replace("__", "."))(row))]
        first = min((each for each in accounts if each.turn is not None), key=lambda each: each.turn, default=None)
        return first.goes_first_by if first else ""

    return ListColumn("goes_first", _("Green channel"), told=told)
