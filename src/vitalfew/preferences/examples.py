"""What the demo house has found out about how its largest accounts like to be dealt with."""

from datetime import timedelta
from typing import Final

from django.utils import timezone

from vitalfew.accounts.largest import largest
from vitalfew.people.models import User
from vitalfew.preferences import actions
from vitalfew.preferences.models import Preference
from vitalfew.preferences.words import Area, Works

Line = tuple[Works, Area, str, str, int]
KNOWN: Final[tuple[Line, ...]] = (
    (Works.WORKS, Area.MEETING, "先看数据，再谈合作；会前一天把报表发过去。", "采购总监两次说“数字清楚才好谈”。", 40),
    (Works.NOT, Area.MEETING, "不要在月底结账那几天上门。", "去年两次月底拜访都被临时取消。", 75),
    (Works.WORKS, Area.COMPLAINT, "投诉先由技术员电话回复，再走书面流程。", "安装投诉当天回电，客户当场认可。", 130),
    (Works.NOT, Area.OFFER, "不接受搭售，捆绑报价会直接退回。", "春季报价因捆绑配件被退。", 210),
    (Works.NOT, Area.TALK, "不要在微信群里谈价格。", "总经理要求价格只走邮件。", 420),
    (Works.WORKS, Area.CAMPAIGN, "门店主导、我方派促销员的活动效果好。", "两次联合促销，店长主动要求再办。", 95),
)  # fmt: skip
LEFT_OUT: Final = 2


def plant() -> None:
    """Once; some of it for each of the largest accounts."""
    if Preference.objects.exists():
        return
    director, today = User.objects.get(username="director"), timezone.localdate()
    for place, account in enumerate(largest()):
        for number, (works, area, text, evidence, ago) in enumerate(KNOWN):
            if (place + number) % LEFT_OUT:
                fields = {"works": works.value, "area": area.value, "text": text, "evidence": evidence}
                seen = {"seen_on": today - timedelta(days=ago), "person": None}
                actions.write(account.manager or director, account, {**fields, **seen})
