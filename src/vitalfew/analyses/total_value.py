"""What each account is worth in all: as a customer, by whom it brought, by what it knows, by how it trades.

Profit alone is a narrow measure of a customer; so four values stand side by side, each from its own analysis, with its own
evidence:

    total  =  lifetime value + referral value + knowledge value + transaction value

    lifetime 300, referral 230, knowledge 20, transaction −10  →  540, of it 240 beyond its own purchases

The total of an account is attribution: referral value is the lifetime value of others, seen once more from those who brought
them. So the totals of all accounts must not be added up. What the company's customers are worth is the sum of the lifetime values
alone (``firm``); ``attributed`` says what the totals seem to make. A value that is not known counts as nothing, and ``known``
says how many of the four are there. ``low`` and ``high`` add the ends of the four: all at their worst, all at their best.

Lifetime value is that of the lists.

    two accounts of 100 each, one brought the other (q 0)  →  totals 200 and 100; the firm's customers are worth 200, not 300

Use it to see for what an account matters beside its orders, not to rank accounts of which only one value is known.

Kumar, V., Aksoy, L., Donkers, B., Venkatesan, R., Wiesel, T. & Tillmanns, S. (2010). J. Service Research 13(3).
"""

from typing import Any, Final

import numpy as np
import pyarrow as pa

from vitalfew.catalogue import Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Message, Money
from vitalfew.panels import Floats, Panel, figures, in_order
from vitalfew.terms import Group, Unit
from vitalfew.terms import gettext_noop as _

PARTS: Final = ("lifetime", "referral", "knowledge", "transaction")


@analysis(
    group=Group.VALUE,
    title=_("Total value"),
    question=_("What is each account worth in total: by its purchases, by referrals, by knowledge, by trading?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column(
            "total", Unit.MONEY, _("Total"), _("All four together; an attribution, not to be added up over accounts")
        ),
        Column("low", Unit.MONEY, _("from"), _("All four at the lower end")),
        Column("high", Unit.MONEY, _("to"), _("All four at the upper end")),
        Column("lifetime", Unit.MONEY, _("Value to come"), _("Discounted margin to expect within the horizon")),
        Column("referral", Unit.MONEY, _("Referral value"), _("What those it brought contribute because of it")),
        Column("knowledge", Unit.MONEY, _("Knowledge value"), _("Expected gain, discounted, less cost")),
        Column("transaction", Unit.MONEY, _("Transaction value"), _("What trading is worth beyond its margin")),
        Column("known", Unit.COUNT, _("Values known"), _("How many of the four values are known")),
    ),
    drawing=Drawing("top", "total"),
    source="Kumar et al. (2010), J. Service Research 13(3)",
)
def total_value(
    lifetime: Frame | None = None,
    referral_value: Frame | None = None,
    knowledge_value: Frame | None = None,
    transaction_value: Frame | None = None,
    *,
    currency: str,
) -> Findings:
    frames = dict(zip(PARTS, (lifetime, referral_value, knowledge_value, transaction_value), strict=True))
    panels = {
        name: Panel.of(frame.select("customer", "value", "low", "high"))
        for name, frame in frames.items()
        if frame is not None
    }
    if "lifetime" not in panels or not np.isfinite(panels["lifetime"].floats("value")).any():
        raise Refusal(Message(_("No lifetime value is known: the other values stand beside it, and never alone")))
    codes = pa.chunked_array([panel.codes for panel in panels.values()]).unique().sort()
    values = {name: _spread(panels.get(name), "value", codes) for name in PARTS}
    known = np.sum([np.isfinite(each) for each in values.values()], axis=0)
    ends = {
        end: np.nansum([_spread(panels.get(name), end, codes) for name in PARTS], axis=0) for end in ("low", "high")
    }
    columns = {"total": np.nansum(list(values.values()), axis=0), **ends, **values}
    table = pa.table(
        {
            "customer": codes,
            **{name: figures(np.asarray(each).round(4)) for name, each in columns.items()},
            "known": pa.array(known),
        }
    )
    rows = table.sort_by([("total", "descending"), ("customer", "ascending")])
    found = _figures(rows, values)
    return Findings(rows, found, _headline(found, currency), _warnings(found))


def _spread(panel: Panel | None, column: str, codes: pa.Array) -> Floats:
    """The column for these accounts; NaN where it is not known."""
    if panel is None:
        return np.full(len(codes), np.nan)
    return np.append(panel.floats(column), np.nan)[in_order(codes, panel.codes)]


def _figures(rows: pa.Table, values: dict[str, Floats]) -> dict[str, Any]:
    return {
        "accounts": len(rows),
        "firm": float(np.nansum(values["lifetime"])),
        "attributed": float(np.sum(rows["total"].to_numpy())),
        **{f"{name}_known": int(np.isfinite(each).sum()) for name, each in values.items()},
    }


def _headline(found: dict[str, Any], currency: str) -> Message:
    text = _(
        "Our customers are worth {firm} from now on by their purchases alone; what referrals, knowledge and trading add is "
        "left out of it, and stands beside it for {some} of {accounts} accounts"
    )
    some = max(found[f"{name}_known"] for name in PARTS[1:])
    said = {"some": Count(some), "accounts": Count(found["accounts"])}
    return Message(text, {**said, "firm": Money(found["firm"], currency)})


def _warnings(found: dict[str, Any]) -> list[Message]:
    text = _(
        "The column Total is an attribution: added up, it would count what was brought twice. Only lifetime "
        "values add up"
    )
    said = [Message(text)]
    if untold := found["accounts"] - found["lifetime_known"]:
        text = _("Of {n} accounts no lifetime value is told: they have not bought yet")
        said.append(Message(text, {"n": Count(untold)}))
    if not all(found[f"{name}_known"] for name in PARTS):
        said.append(
            Message(_("A value that is not known counts as nothing: compare accounts of which as many are known"))
        )
    return said
