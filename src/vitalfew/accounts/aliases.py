from vitalfew.accounts.models import Account
from vitalfew.warehouse.merged import CUSTOMER


def aliases() -> dict[str, dict[str, str]]:
    """Each merged account's code, and the code of the one that stands for it in the end."""
    merged = Account.everyone.exclude(merged_into=None).order_by()
    into = dict(merged.values_list("code", "merged_into__code"))
    return {CUSTOMER: {code: _last(into, code) for code in into}}


def _last(into: dict[str, str], code: str) -> str:
    while code in into:
        code = into[code]
    return code
