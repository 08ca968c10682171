from vitalfew.incentives.background import ask_for_accrual
from vitalfew.incentives.models import SchemeVersion
from vitalfew.warehouse.sources import Source


def sync(source: Source) -> int:  # noqa: ARG001  (read again when the accrual runs)
    """After an import, late and restated orders correct what was accrued."""
    if SchemeVersion.objects.approved().exists():
        ask_for_accrual()
    return 0
