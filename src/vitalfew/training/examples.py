"""The demo house's training: three programmes, eight sessions over two years, about sixty people, and their tests."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Post
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.roles import Role
from vitalfew.training import actions, certifying, closing
from vitalfew.training.covering import audience
from vitalfew.training.marking import Question, score
from vitalfew.training.models import Attempt, Attendee, Programme, Session
from vitalfew.training.words import How
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

Asked = Sequence[tuple[str, Sequence[str], Sequence[int]]]
INSTALLING: Final[Asked] = (
    ("新机安装后，通电试机之前必须先做什么？", ("拆除运输固定件", "直接加满载试机", "撕掉能效标识"), (0,)),
    ("下列哪些情况不能交付使用？", ("插座没有接地", "机身不水平", "顾客不在场也已签字"), (0, 1, 2)),
    ("顾客问保修期从哪一天算起，应答：", ("出厂日", "发票日期", "安装日期"), (1,)),
    ("安装完成后要当面做的三件事是：", ("示范一次操作", "说明日常清洁", "请顾客扫码登记", "推销延保后离开"), (0, 1, 2)),
)
SELLING: Final[Asked] = (
    ("顾客嫌价格高，最合适的回答是：", ("立即请示降价", "和顾客一起算五年的总花费", "说别家质量不好"), (1,)),
    ("介绍产品时先做什么？", ("问清家里几口人、放在哪里", "从最贵的一款讲起", "念一遍参数表"), (0,)),
    ("下列哪些话不能说？", ("全网最低价", "永久免费保修", "比某品牌好十倍", "我帮您查一下库存"), (0, 1, 2)),
)
STORING: Final[Asked] = (
    ("堆码的最高层数看哪里？", ("外箱上的堆码标志", "仓库的层高", "凭经验"), (0,)),
    ("收货时外箱破损，应当：", ("先签收再说", "拍照、在回单上注明、当天报告", "自行更换包装"), (1,)),
    ("先进先出是指：", ("先到的货先发出去", "卖得快的先发", "放在外面的先发"), (0,)),
)
Line = tuple[str, str, tuple[str, ...], str, int | None, Asked]
PROGRAMMES: Final[tuple[Line, ...]] = (
    (
        "安装与交付规范",
        "安装一次到位，顾客当面会用，少返工、少投诉。",
        ("specialist", "shop_assistant"),
        "4.0",
        12,
        INSTALLING,
    ),
    (
        "门店导购话术",
        "按顾客的用途推荐，讲得清贵在哪里，不说违规的话。",
        ("shop_assistant", "specialist"),
        "2.5",
        12,
        SELLING,
    ),
    ("仓储与收货要点", "收得准、堆得稳、发得对，破损当天说清楚。", ("storekeeper",), "2.0", 24, STORING),
)
SESSIONS: Final = (
    (0, -650, "杭州培训中心", 9800), (1, -540, "客户总部三楼会议室", 6400), (2, -430, "客户中心仓", 3200),
    (0, -330, "杭州培训中心", 10200), (1, -210, "线上会议", 900), (0, -120, "宁波服务站", 7600), (1, -45, "客户旗舰店", 5100),
    (0, 12, "杭州培训中心", None),
)  # fmt: skip
"""Which programme, how many days from today, where, what it cost."""
SURNAMES, GIVEN = (
    "王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗",
    ("丽娟", "建国", "晓燕", "志强", "海霞", "俊杰", "雪梅", "文斌"),
)
COMPANIES, PEOPLE = 3, 8


def plant() -> None:
    """Once, whatever is computed by then."""
    director = User.objects.filter(role=Role.DIRECTOR).order_by("pk").first()
    if director is None or Programme.objects.exists() or scorecards.current() is None:
        return
    programmes = [_programme(director, line) for line in PROGRAMMES]
    accounts = _accounts()
    for place, (which, ahead, where, cost) in enumerate(SESSIONS):
        invited = [accounts[(place * 2 + each) % len(accounts)] for each in range(min(COMPANIES, len(accounts)))]
        session = _session(director, programmes[which], ahead, where)
        _people(director, session, invited, place)
        if ahead < 0:
            _held(director, session, cost or 0)


def _accounts() -> list[Account]:
    cards = Scorecard.objects.filter(refresh=scorecards.current()).order_by("-revenue_12m", "customer")
    codes = list(cards.values_list("customer", flat=True)[:24])
    return list(Account.objects.filter(code__in=codes).exclude(manager=None).order_by("code"))


def _programme(user: User, line: Line) -> Programme:
    title, aim, levels, hours, months, asked = line
    row = actions.make(user, Programme(
        title=title, aim=aim, levels=list(levels), hours=Decimal(hours), valid_months=months
    ))  # fmt: skip
    test = [Question(text=text, choices=list(choices), right=list(right)) for text, choices, right in asked]
    return actions.set_test(user, row.pk, row.version, test, 75, 3)


def _session(user: User, programme: Programme, ahead: int, where: str) -> Session:
    day = timezone.localdate() + timedelta(days=ahead)
    online = where == "线上会议"
    return actions.make(user, Session(
        programme=programme, day=day, begins=time(9, 30), ends=time(12), place=where, online=online, seats=30,
        budget=Decimal(10_000), trainer=User.objects.filter(role=Role.MARKETING).order_by("pk").first(),
    ))  # fmt: skip


def _people(user: User, session: Session, accounts: list[Account], place: int) -> None:
    """Contacts it is for, and names by themselves up to eight."""
    actions.invite(user, session, accounts)
    posts = Post.objects.held().filter(audience(session.programme), account__in=accounts)
    actions.expect(user, session, list(posts.select_related("person", "account").order_by("account", "pk")[:PEOPLE]))
    for each in range(session.attendees.count(), PEOPLE):
        name = SURNAMES[(place * 7 + each * 3) % len(SURNAMES)] + GIVEN[(place + each) % len(GIVEN)]
        actions.expect_name(user, session, accounts[each % len(accounts)], name)


def _held(user: User, session: Session, cost: int) -> None:
    when = timezone.make_aware(datetime.combine(session.day, time(9, 24)))
    for place, row in enumerate(session.attendees.order_by("pk")):
        if place % PEOPLE != PEOPLE - 1:  # one is ill
            fields: dict[str, Any] = {"came_at": when, "how": How.DOOR.value, "agreed_at": when}
            came = records.change(user, Attendee.objects.all(), row.pk, row.version, fields)
            _tested(user, came, place)
    fields = {"cost": Decimal(cost), "outcome": "到场踊跃，实操环节反馈最好；易错的题当场讲解。"}
    closing.close(user, session.pk, session.version, fields)


def _tested(user: User, row: Attendee, place: int) -> None:
    """Most pass at once, some at the second try, one not at all."""
    test = row.session.programme.test
    if test is None:
        return
    right = {str(at): list(each["right"]) for at, each in enumerate(test.questions)}
    wrong = {**right, "1": [], **({"0": []} if place % 3 else {})}
    sheets = [right] if place % 4 else [wrong, right] if place else [wrong]
    for number, answers in enumerate(sheets, 1):
        points = score(test.questions, answers)
        Attempt.objects.create(
            attendee=row, test=test, number=number, answers=answers, score=points, passed=points >= test.pass_mark,
            handed_in_at=row.came_at,
        )  # fmt: skip
    certifying.issue(user, row, row.session.day)
