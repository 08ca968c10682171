"""The directory of the demo house: two carriers, two suppliers, an agent, and the largest distributors taken in."""

from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

from vitalfew.accounts.largest import largest
from vitalfew.accounts.models import Account
from vitalfew.directory import actions, found
from vitalfew.directory.models import Organisation
from vitalfew.people.models import User

EMPTY: Final = dict.fromkeys(("code", "region", "country", "uscc", "web", "phone", "email", "channel", "note"), "")
Line = tuple[str, str, str, str, str, tuple[str, str, str]]
KNOWN: Final[tuple[Line, ...]] = (
    ("carrier", "冀通顺达物流有限公司", "CY-01", "华北", "河北干线，次日达", ("马骏", "调度主管", "0315-5550101")),
    ("carrier", "江海联运（江门）有限公司", "CY-02", "华南", "珠三角整车与仓配", ("陈可", "客服经理", "0750-5550102")),
    ("supplier", "宁波恒铸压缩机股份有限公司", "SP-01", "华东", "压缩机", ("徐立", "大客户经理", "0574-5550103")),
    ("supplier", "佛山瑞成包装材料有限公司", "SP-02", "华南", "纸箱与缓冲材料", ("何芳", "销售经理", "0757-5550104")),
    ("agent", "西北丝路家电总代理有限公司", "AG-01", "西北", "陕甘宁三省", ("马建国", "总经理", "029-55550105")),
)
TAKEN_IN: Final = 3


def plant() -> None:
    """Once; the carriers serve the largest accounts."""
    if Organisation.objects.exists():
        return
    director = User.objects.get(username="director")
    made = [_added(director, *each) for each in KNOWN]
    accounts = largest()
    since = timezone.localdate() - timedelta(days=900)
    for number, account in enumerate(accounts):
        actions.serve(director, made[number % 2].pk, account, {"kind": "carrier", "since": since})
    actions.take_in(director, _distributors(director, accounts)[:TAKEN_IN])


def _added(  # noqa: PLR0917  (the parts of a line above)
    director: User, kind: str, name: str, code: str, region: str, note: str, person: tuple[str, str, str]
) -> Organisation:
    flags = {each: each == kind for each in ("distributor", "agent", "supplier", "carrier")}
    fields: dict[str, Any] = {
        "name": name,
        **flags,
        **EMPTY,
        "code": code,
        "region": region,
        "note": note,
        "account": None,
    }
    who = dict(zip(("name", "title", "phone"), person, strict=True))
    return actions.add(director, fields, [who])


def _distributors(director: User, accounts: list[Account]) -> list[Account]:
    """Of the largest those that the facts call distributors, then others."""
    codes = [each.code for each in accounts]
    kept = list(found.customers(director)[: found.MANY])
    return sorted(kept, key=lambda each: (each.code not in codes, each.code))
