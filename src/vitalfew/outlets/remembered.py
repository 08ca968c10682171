"""What goes over all accounts is worked out once a refresh: nothing in a finished one changes."""

from collections.abc import Callable
from typing import TypeVar, cast

from django.core.cache import cache

from vitalfew.warehouse.models import Refresh

T = TypeVar("T")


def remembered(refresh: Refresh, name: str, compute: Callable[[], T]) -> T:
    """The answer under that name, computed when it is first asked for."""
    finished = refresh.finished_at.timestamp() if refresh.finished_at else 0.0
    return cast("T", cache.get_or_set(f"refresh:{refresh.pk}:{finished}:{name}", compute, None))
