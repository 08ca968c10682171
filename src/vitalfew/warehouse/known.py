"""All that is known: the facts of a home with merged codes as one, and beside them the tables that its rooms keep."""

from collections.abc import Mapping

from vitalfew.home import Home
from vitalfew.rooms import declared
from vitalfew.warehouse.engines import Engine
from vitalfew.warehouse.merged import Aliases, AsOne, mark
from vitalfew.warehouse.sources import Beside, FromStore, FromTables, Source
from vitalfew.warehouse.store import Store

Facts = FromStore | AsOne
"""The facts of a home, merged codes in their place where there are any."""


def known(home: Home, engine: Engine, versions: Mapping[str, int] | None = None) -> Source:
    """The facts, as of these versions where they are given, and the rooms' tables as they are now."""
    read = facts(home, engine, versions)
    kept = {name: table for room in declared("own_tables") for name, table in room.own_tables().items() if len(table)}
    return Beside(read, FromTables(engine, kept)) if kept else read


def facts(home: Home, engine: Engine, versions: Mapping[str, int] | None = None) -> Facts:
    """The facts alone, with the merges as they are now."""
    stored = FromStore(engine, Store(home.facts).snapshot(versions))
    merged = aliases()
    return AsOne(stored, engine, merged) if merged else stored


def aliases() -> Aliases:
    """The codes that others stand for, by kind, as the rooms keep them."""
    said = [room.aliases() for room in declared("aliases")]
    return {kind: codes for each in said for kind, codes in each.items() if codes}


def state(store: Store) -> dict[str, int]:
    """The facts' versions, and the merges: while both stay, nothing is computed otherwise."""
    return {**store.versions(), **mark(aliases())}


def state_of(source: Facts) -> dict[str, int]:
    """The versions and merges that these facts are read with, whatever was brought in meanwhile."""
    merged = mark(source.aliases) if isinstance(source, AsOne) else {}
    stored = source.facts if isinstance(source, AsOne) else source
    snapshots = stored.snapshots if isinstance(stored, FromStore) else {}
    return {**{name: each.version for name, each in snapshots.items() if each.version is not None}, **merged}
