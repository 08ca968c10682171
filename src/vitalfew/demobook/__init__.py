"""The demo book: all facts of a maker of household appliances that does not exist, and the truth behind them.

澜曦电器 sells air conditioners, refrigerators and the like to some 300 companies: general agents, distributors,
regional core customers, industrial companies. Everything is drawn from one seed, so that the same seed gives the same
book on any day and any machine. What was planted (who left and why, who grows, what an account is worth) is kept
beside the facts, so that every analysis can be judged against it.

    from vitalfew.demobook import generate
    book = generate()
    book.tables["order_lines"], book.truth, book.truth_events

``write`` gives the same kind of book at any size, as files to import: a million accounts, a hundred million order
lines.

Codes used in the columns (texts a person reads stay Chinese, as such a firm would have them):

    customers.kind            distributor general_agent regional_core industrial
    order_lines.channel       direct portal fair phone
    service_costs.activity    visit freight rush complaint training promotion support
    complaints.channel        phone portal email card visit
    complaints.category       quality delivery damage service installation billing price attitude fairness competition
    complaints.severity       "1" minor · "2" inconvenient, at a cost · "3" major loss · "4" danger or standstill
    complaints.outcome        repaired replaced refunded credited explained rejected
    contacts.level            president director manager specialist frontline
    contacts.influence        high medium low
    contacts.attitude         supporter neutral critic
    surveys.item              trust_1..3 commitment_1..3 satisfaction_1..3 nps overall
                              value_product value_service value_people value_image
                              cost_money cost_time cost_energy cost_mind

Importing this module loads neither NumPy nor Arrow; the first use of a name does.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vitalfew.demobook.book import Book, generate
    from vitalfew.demobook.files import write
    from vitalfew.demobook.scale import stream_customers, stream_order_lines

__all__ = ["Book", "generate", "stream_customers", "stream_order_lines", "write"]

_HOME = {
    "Book": "book",
    "generate": "book",
    "stream_customers": "scale",
    "stream_order_lines": "scale",
    "write": "files",
}


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
