"""The kinds of rules, each an equation in a file of its own that knows neither Django nor a database."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from vitalfew.incentives.rules.figures import Rule
from vitalfew.incentives.rules.growth import Growth
from vitalfew.incentives.rules.mix import Mix
from vitalfew.incentives.rules.payment import Payment
from vitalfew.incentives.rules.penalty import Penalty
from vitalfew.incentives.rules.reports import Reports
from vitalfew.incentives.rules.training import Training
from vitalfew.incentives.rules.volume import Volume
from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _


class RuleKind(Term):
    """What is rewarded or penalised."""

    VOLUME = "volume", _("Volume")
    GROWTH = "growth", _("Growth on the year before")
    MIX = "mix", _("Product mix")
    PAYMENT = "payment", _("Payment on time")
    REPORTS = "reports", _("Data delivered")
    TRAINING = "training", _("Training done")
    PRICE = "price", _("Penalty: price breach")
    CHANNEL = "channel", _("Penalty: unauthorised channel")
    OBLIGATION = "obligation", _("Penalty: broken obligation")


PENALTIES: Final = (RuleKind.PRICE, RuleKind.CHANNEL, RuleKind.OBLIGATION)
READ: Final[Mapping[str, Callable[[Mapping[str, Any]], Rule]]] = {
    RuleKind.VOLUME: Volume.of, RuleKind.GROWTH: Growth.of, RuleKind.MIX: Mix.of, RuleKind.PAYMENT: Payment.of,
    RuleKind.REPORTS: Reports.of, RuleKind.TRAINING: Training.of,
    **{kind: partial(Penalty.of, kind.value) for kind in PENALTIES},
}  # fmt: skip


def rule(kind: str, terms: Mapping[str, Any]) -> Rule:
    """A rule from its kind and its terms as they are kept."""
    return READ[kind](terms)
