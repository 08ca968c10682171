"""What a rule would raise: what stands now, and what began in the last days, ended or not."""

import logging
from dataclasses import dataclass
from datetime import date

from django.db import DatabaseError

from vitalfew.alarms.models import AlarmRule
from vitalfew.alarms.raising import standing
from vitalfew.language import Count, Message
from vitalfew.rooms import Alarming
from vitalfew.terms import gettext_noop as _

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Preview:
    """How many alarms, over how many accounts; ``lately`` is None where the kind does not tell since when something stands."""

    now: int
    accounts: int
    lately: int | None

    @property
    def said(self) -> Message:
        if not self.now:
            return Message(_("Now it would raise none."))
        if not self.accounts:
            return Message(_("Now it would raise {n} {n:alarm|alarms}."), {"n": Count(self.now)})
        figures = {"n": Count(self.now), "m": Count(self.accounts)}
        return Message(_("Now it would raise {n} {n:alarm|alarms}, about {m} {m:account|accounts}."), figures)


def of(rule: AlarmRule, kind: Alarming, since: date) -> Preview | None:
    """None where the kind can't be looked at."""
    try:
        found = standing(rule, kind, since)
    except DatabaseError:
        raise
    except Exception:
        logger.exception("what the kind %s would raise cannot be told", kind.value)
        return None
    now = [each for each in found if each.until is None]
    dated = [each for each in found if each.since is not None]
    lately = sum(1 for each in dated if each.since and each.since >= since)
    return Preview(len(now), len({each.account for each in now if each.account}), lately if dated or not now else None)
