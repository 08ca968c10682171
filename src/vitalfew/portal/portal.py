"""What the portal shows that is no other room's: orders with the days we promised, and the files shared."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.language import Message
from vitalfew.portal import ordered
from vitalfew.portal.models import SharedFile
from vitalfew.rooms import PortalPart, Visitor, Waiting
from vitalfew.terms import gettext_noop as _

LATELY: Final = timedelta(days=14)


def orders(visitor: Visitor, account: Account) -> Mapping[str, Any]:
    """As invoiced, with the days promised and kept."""
    year, only_open = ordered.year_in(visitor.asked), visitor.asked.get("state") == ordered.OPEN
    return {
        "orders": ordered.orders(account, visitor.asked), "years": ordered.years(), "year": year, "only_open": only_open,
        "query": f"year={year or ''}&state={ordered.OPEN if only_open else ''}", "most": ordered.MOST,
    }  # fmt: skip


def files(_visitor: Visitor, account: Account) -> Mapping[str, Any]:
    """Those shared with the account's people."""
    rows = SharedFile.objects.filter(file__account=account, file__put_away_at=None).select_related("file")
    shown = [
        {"pk": row.pk, "name": row.file.name, "size": row.file.size, "on": timezone.localdate(row.shared_at)}
        for row in rows
    ]
    return {"files": shown}


def new_files(_visitor: Visitor, account: Account) -> Iterator[Waiting]:
    rows = SharedFile.objects.filter(
        file__account=account, file__put_away_at=None, shared_at__gte=timezone.now() - LATELY
    )
    for row in rows.select_related("file"):
        yield Waiting(
            Message(_("New file: {name}"), {"name": row.file.name}), timezone.localdate(row.shared_at), new=True
        )


PARTS: Final = (
    PortalPart("orders", _("Orders and deliveries"), 10, "supply", "portal/orders.html", orders),
    PortalPart("files", _("Files"), 70, "file", "portal/files.html", files, new_files),
)
