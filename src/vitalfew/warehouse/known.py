"""All that is known: the facts of a home, and beside them the tables that its rooms keep."""

from collections.abc import Mapping

from vitalfew.home import Home
from vitalfew.rooms import declared
from vitalfew.warehouse.engines import Engine
from vitalfew.warehouse.run import Beside, FromStore, FromTables, Source
from vitalfew.warehouse.store import Store


def known(home: Home, engine: Engine, versions: Mapping[str, int] | None = None) -> Source:
    """The facts, as of these versions where they are given, and the rooms' tables as they are now."""
    facts = FromStore(engine, Store(home.facts).snapshot(versions))
    kept = {name: table for room in declared("own_tables") for name, table in room.own_tables().items() if len(table)}
    return Beside(facts, FromTables(engine, kept)) if kept else facts
