"""Where to invest, maintain, harvest and save: accounts by attractiveness and by our strength in their eyes.

                              our strength below the middle    at or above it
    attractiveness at or above  star: invest to win it          strategic: maintain
    attractiveness below        streamline: serve at low cost   status: harvest

Attractiveness is the weighted place on the criteria, 0 to 10 (see Selection by criteria). Strength is what the account itself
says of us beside our best competitor, 0 to 10 with 5 'as good as the best' (see Loyalty). The middle, 5, counts as high.
Where the account never compared us with a competitor our strength is unknown: our own opinion of it is no measure.

    attractiveness 7.0, strength 4.0  →  star          attractiveness 5.0, strength 5.0  →  strategic

Both axes are estimates: ``low`` and ``high`` are the 95 % interval of the strength. The matrix orders talks about resources, it
does not take them.

McDonald, M., Millman, T. & Rogers, B. (1997). Key account management. J. Marketing Management 13(8).
"""

from typing import Final

import numpy as np
import pyarrow as pa

from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, analysis
from vitalfew.language import Count, Message, Percent
from vitalfew.panels import Bools, Floats, Panel, Whole, figures, in_order, words
from vitalfew.terms import Group, Term, Unit
from vitalfew.terms import gettext_noop as _


class PortfolioCell(Term):
    """Attractiveness of the account and our strength in its eyes (McDonald, Millman & Rogers 1997)."""

    STAR = "star", _("Star account")
    STRATEGIC = "strategic", _("Strategic account")
    STATUS = "status", _("Status account")
    STREAMLINE = "streamline", _("Streamline account")
    UNKNOWN = "unknown", _("Our strength unknown")


CELLS: Final = list(PortfolioCell)
CORNERS: Final = (PortfolioCell.STAR, PortfolioCell.STRATEGIC, PortfolioCell.STREAMLINE, PortfolioCell.STATUS)
"""Above left and right, below left and right in the picture."""
SCALE: Final = 10.0
EDGE: Final = 1e-9


@analysis(
    group=Group.IDENTIFY,
    title=_("Portfolio matrix"),
    question=_("In which accounts do we invest, which do we maintain, harvest or serve at low cost?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column("cell", Unit.WORD, _("Place in the matrix"), _("Strategic, star, status or streamline"), PortfolioCell),
        Column("attractiveness", Unit.NUMBER, _("Attractiveness"), _("Weighted place among all accounts, 0 to 10")),
        Column("strength", Unit.NUMBER, _("Our strength"), _("In the account's eyes; 5: as good as the best")),
        Column("low", Unit.NUMBER, _("from"), _("Lower end of the 95 % interval")),
        Column("high", Unit.NUMBER, _("to"), _("Upper end of the 95 % interval")),
        Column("respondents", Unit.COUNT, _("Respondents"), _("People of the account who answered about us")),
    ),
    choices={"middle": Choice(_("High from"), most=10)},
    drawing=Drawing("points", "attractiveness", "strength"),
    source="McDonald, Millman & Rogers (1997)",
)
def portfolio_matrix(criteria: Frame, loyalty: Frame | None = None, *, middle: float = 5.0) -> Findings:
    panel = Panel.of(criteria.select("customer", "attractiveness"))
    attractive = panel.floats("attractiveness")
    strength, low, high, people = _strength(loyalty, panel.codes)
    cell = _cell(attractive >= middle - EDGE, strength >= middle - EDGE, np.isnan(strength))
    rows = pa.table(
        {
            "customer": panel.codes,
            "cell": words(CELLS, cell),
            "attractiveness": figures(attractive),
            "strength": figures(strength),
            "low": figures(low),
            "high": figures(high),
            "respondents": pa.array(people),
        }
    )
    found = {each.value: int((cell == place).sum()) for place, each in enumerate(CELLS)}
    crossing = int(((low < middle) & (high >= middle)).sum())
    fields = {"x": middle, "y": middle, "names": [cell.label for cell in CORNERS]}
    said = (_headline(found), _warnings(strength, crossing))
    return Findings(rows, {"accounts": len(panel), **found}, *said, {"fields": fields})


def _strength(loyalty: Frame | None, codes: pa.Array) -> tuple[Floats, Floats, Floats, Whole]:
    """0 to 10 with its interval, and who said so; NaN where the account did not."""
    if loyalty is None:
        none = np.full(len(codes), np.nan)
        return none, none, none, np.zeros(len(codes), dtype=np.int64)
    panel = Panel.of(loyalty.select("customer", "attitude", "low", "high", "respondents"))
    place = in_order(codes, panel.codes)
    strength, low, high = (SCALE * np.append(panel.floats(name), np.nan)[place] for name in ("attitude", "low", "high"))
    return strength, low, high, np.append(panel.whole("respondents"), 0)[place]


def _cell(attractive: Bools, strong: Bools, unknown: Bools) -> Whole:
    place = {each: number for number, each in enumerate(CELLS)}
    high = np.where(strong, place[PortfolioCell.STRATEGIC], place[PortfolioCell.STAR])
    low = np.where(strong, place[PortfolioCell.STATUS], place[PortfolioCell.STREAMLINE])
    return np.where(unknown, place[PortfolioCell.UNKNOWN], np.where(attractive, high, low)).astype(np.int64)


def _headline(found: dict[str, int]) -> Message:
    if found[PortfolioCell.UNKNOWN] == sum(found.values()):
        return Message(_("No account can be placed: none has compared us with a competitor"))
    text = _(
        "{star} attractive {star:account is|accounts are} still to be won, {strategic} to be kept; of {unknown} "
        "our strength is unknown"
    )
    return Message(text, {name: Count(found[name]) for name in ("star", "strategic", "unknown")})


def _warnings(strength: Floats, crossing: int) -> list[Message]:
    said = []
    if (unknown := float(np.isnan(strength).mean())) > 0:
        text = _("{share} of the accounts have not said how we compare: ask them in a survey, with the best competitor")
        said.append(Message(text, {"share": Percent(unknown)}))
    if crossing:
        text = _("Our strength with {n} {n:account|accounts} may lie on either side of the middle")
        said.append(Message(text, {"n": Count(crossing)}))
    return said
