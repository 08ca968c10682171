"""How much say contacts have in what is bought: by their part where it is said, else by their influence.

The parts are those of the buying centre (Webster, F. E. & Wind, Y. (1972). J. Marketing 36(2)), handed over as the table
``buying_parts`` (contact, part). Who decides has high influence, who influences medium; buyers, users and gatekeepers are
neither, whatever their influence.
"""

import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.panels import TEXT, Frame, Panel, handed_over

DECIDER, INFLUENCER = "decider", "influencer"


def with_parts(people: Panel, buying_parts: Frame | None) -> Panel:
    """The contacts, their influence told by their part where that is said."""
    if buying_parts is None:
        return people
    said = handed_over(buying_parts, "buying_parts", {"contact": TEXT, "part": TEXT}, {})
    said = said.filter(pc.is_valid(said["part"]))
    place = pc.index_in(people.table["contact_id"], value_set=said["contact"].combine_chunks())
    words = _influence(said["part"].combine_chunks()).take(place.combine_chunks())
    told = pc.coalesce(words, people.table["influence"].combine_chunks())
    return Panel(people.table.set_column(people.table.column_names.index("influence"), "influence", told))


def _influence(parts: pa.Array) -> pa.Array:
    others = pc.if_else(pc.equal(parts, INFLUENCER), "medium", "low")
    return pc.if_else(pc.equal(parts, DECIDER), "high", others)
