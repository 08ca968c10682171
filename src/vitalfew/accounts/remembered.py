"""What goes over all accounts is worked out once a refresh: nothing in a finished one changes but what people decide."""

import json
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from django.conf import settings
from django.core.cache import cache

from vitalfew.people import audit
from vitalfew.people.models import AuditEntry
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Refresh

T = TypeVar("T")
DECIDED: Final = ("account-assign", "account-change", "review-approve", "review-withdraw")
"""What people do that moves an account from one manager or tier to another."""


def remembered(refresh: Refresh, name: str, compute: Callable[[], T]) -> T:
    """The answer under that name, computed when this process is first asked for it."""
    return cast("T", cache.get_or_set(f"refresh:{refresh.pk}:{_finished(refresh)}:{name}", compute, None))


def kept(refresh: Refresh, name: str, compute: Callable[[], Any], *, decided: bool = False) -> Any:
    """The answer under that name, kept as JSON beside the refresh's results for every process and after a restart.

    With ``decided`` it rests on what people decide too, and is computed again after they did.
    """
    place = scorecards.folder(settings.HOME, refresh) / "kept" / f"{name}.json"
    found = _read(place)
    if found.get("finished") != _finished(refresh) or (decided and _decided_since(found["upto"])):
        found = {"finished": _finished(refresh), "upto": audit.latest(), "value": compute()}
        _write(place, found)
    return found["value"]


def _finished(refresh: Refresh) -> float:
    return refresh.finished_at.timestamp() if refresh.finished_at else 0.0


def _decided_since(number: int) -> bool:
    return AuditEntry.objects.filter(number__gt=number, action__in=DECIDED).exists()


def _read(place: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(place.read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    return found


def _write(place: Path, found: dict[str, Any]) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = place.with_suffix(f".{secrets.token_hex(4)}")
    fresh.write_text(json.dumps(found, ensure_ascii=False, allow_nan=False), encoding="utf-8")
    fresh.replace(place)
