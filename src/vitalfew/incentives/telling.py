"""A rule's terms in words."""

from collections.abc import Mapping
from typing import Any

from vitalfew.coins import written
from vitalfew.incentives.rules import rule
from vitalfew.incentives.rules.growth import Growth
from vitalfew.incentives.rules.mix import Mix
from vitalfew.incentives.rules.payment import Payment
from vitalfew.incentives.rules.penalty import Penalty
from vitalfew.incentives.rules.reports import Reports
from vitalfew.incentives.rules.training import Training
from vitalfew.incentives.rules.volume import Volume
from vitalfew.language import Count, Figure, Message, Names, Word
from vitalfew.terms import gettext_noop as _

ALL = Word(_("of all net sales"))
ABOVE = Word(_("of what lies above each threshold"))
MORE = Word(_("of what was bought more"))


def told(kind: str, terms: Mapping[str, Any], currency: str) -> Message:
    """In one sentence, thresholds first."""
    match rule(kind, terms):
        case Volume(steps, whole):
            said = Names([f"≥ {written(each.start, currency)}: {each.rate:f} %" for each in steps])
            found = Message("{steps} {base}", {"steps": said, "base": ALL if whole else ABOVE})
        case Growth(steps, floor, whole):
            rates = Names([f"≥ {each.start:f} %: {each.rate:f} %" for each in steps])
            figures: dict[str, Figure] = {
                "steps": rates,
                "base": ALL if whole else MORE,
                "floor": written(floor, currency),
            }
            found = Message(_("{steps} {base}, from {floor} the year before"), figures)
        case Training(each, most):
            found = Message(_("{each} a session, for {n} at most"), {"each": written(each, currency), "n": Count(most)})
        case Penalty(_breach, each, rate):
            text = _("{each} and {rate} % of net sales less for each case") if rate else _("{each} less for each case")
            found = Message(text, {"each": written(each, currency), "rate": f"{rate:f}"})
        case Mix() | Payment() | Reports() as shared:
            found = _from_a_share(shared)
        case _:
            raise LookupError(kind)
    return found


def _from_a_share(rule: Mix | Payment | Reports) -> Message:
    figures: dict[str, Figure] = {"least": f"{rule.least:f}", "rate": f"{rule.rate:f}"}
    if isinstance(rule, Mix):
        return Message(_("{rate} % of {category} from a share of {least} %"), figures | {"category": rule.category})
    if isinstance(rule, Payment):
        text = _("{rate} % of what is paid in time, from {least} % on; {n} {n:day|days} of grace")
        return Message(text, figures | {"n": Count(rule.grace)})
    return Message(_("{rate} % of net sales for reports in at least {least} % of the months"), figures)
