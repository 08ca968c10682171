"""On screen each figure says what it is, and each sentence whom it speaks of."""

import re
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from house import signed_in
from vitalfew.accounts import facts_of, touches
from vitalfew.accounts.findings_of import Found, _as_told
from vitalfew.accounts.models import Account
from vitalfew.accounts.questions import Line
from vitalfew.accounts.sheet import Sheet
from vitalfew.analyses import knowledge_value, referral_value
from vitalfew.catalogue import catalogue
from vitalfew.language import Accounts, Message, Money, translate
from vitalfew.outlets import today
from vitalfew.outlets.losing import losing_first
from vitalfew.outlets.templatetags import account_charts, figures, lines, names, pen
from vitalfew.outlets.today import When
from vitalfew.people import audit
from vitalfew.people.second_factor import ActivateForm, AuthenticateForm, ReauthenticateForm
from vitalfew.rooms import Task
from vitalfew.terms import Risk, Unit
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.cards import _risk
from vitalfew.warehouse.models import Scorecard

pytestmark = [pytest.mark.database, pytest.mark.django_db]
CRITERIA = catalogue()["criteria"]


@pytest.fixture
def director(house, client):
    return signed_in(house, client, "director")


def test_a_sentence_names_accounts_by_code_until_their_names_are_known():
    said = Message("{who} lost", {"who": Accounts(["A-1", "A-2"])})

    assert said.accounts == ["A-1", "A-2"]
    assert said.say("en") == "A-1, A-2 lost"
    assert said.naming({"A-1": "甲公司"}).say("zh-hans") == "甲公司、A-2 lost"
    assert Message.restored(said.stored()).naming({"A-2": "乙"}).say("en") == "A-1, 乙 lost"


@pytest.mark.parametrize("path", ["/insight/", "/insight/criteria/"])
def test_the_headline_names_the_account(director, path):
    refresh = scorecards.current()
    first = refresh.summaries["criteria"]["figures"]["first"]
    name = Account.objects.get(code=first).name

    page = director.get(path).content.decode()

    assert f"{name}最接近理想大客户" in page
    assert f"{first}最接近" not in page


def test_an_account_that_leads_and_loses_is_warned_of(house):
    refresh = scorecards.current()
    first, second = refresh.scorecards.order_by("customer").values_list("customer", flat=True)[:2]
    Scorecard.objects.filter(refresh=refresh).update(contribution=1.0)
    Scorecard.objects.filter(refresh=refresh, customer=second).update(contribution=-5.0)
    rows = [{"customer": first}, {"customer": second}]

    (said,) = losing_first(CRITERIA, rows, house.user("director"), {second: "乙公司"})

    assert said.say("zh-hans") == "排在前2家的客户中，有1家近12个月贡献为负（成本高于毛利）：乙公司"
    assert losing_first(CRITERIA, rows, house.user("complaints"), {}) == []
    assert losing_first(CRITERIA, rows[:1], house.user("director"), {}) == []
    assert losing_first(catalogue()["churn"], rows, house.user("director"), {}) == []


def test_strategic_accounts_that_lose_are_named_the_largest_loss_first(house):
    refresh = scorecards.current()
    codes = list(refresh.scorecards.order_by("customer").values_list("customer", flat=True)[:3])
    for code, earned in zip(codes, (-1.0, -9.0, -3.0), strict=True):
        Scorecard.objects.filter(refresh=refresh, customer=code).update(contribution=earned)
    rows = [
        {"customer": code, "cell": cell} for code, cell in zip(codes, ("strategic", "strategic", "star"), strict=True)
    ]

    (said,) = losing_first(catalogue()["portfolio-matrix"], rows, house.user("director"), {})

    assert said.accounts == [codes[1], codes[0]]


@pytest.mark.parametrize(
    ("due", "soon", "when"),
    [
        (-1, True, When.OVERDUE), (-30, False, When.OVERDUE), (0, False, When.SOON), (7, False, When.SOON),
        (8, False, When.LATER), (20, True, When.SOON), (None, True, When.SOON), (None, False, When.LATER),
    ],
)  # fmt: skip
def test_a_task_stands_where_the_calendar_puts_it(due, soon, when):
    day = date(2026, 11, 26)
    task = Task("", Message(""), "", "", due=None if due is None else day + timedelta(days=due), soon=soon)

    assert today.urgency(task, day) is when


def test_today_says_from_which_day_it_counts_and_what_each_amount_is(director):
    refresh = scorecards.current()
    page = director.get("/").content.decode()

    assert f"均从{refresh.as_of.year}年{refresh.as_of.month}月{refresh.as_of.day}日起算" in page
    assert ("导入新订单后即更新" in page) == (timezone.localdate() - refresh.as_of > today.SOON)
    amounts = re.findall(r'class="line-when">(?:(?!</div>).)*money(?:(?!</div>).)*</div>', page, re.DOTALL)
    assert amounts
    assert all('class="basis"' in each for each in amounts)


def test_out_of_its_season_lists_say_so_in_place_of_the_risk():
    assert _risk(0.72, False, "quiet_season") == Risk.QUIET
    assert (_risk(0.72, True, "silence"), _risk(None, None, "quiet_season")) == (Risk.HIGH, "")
    account = SimpleNamespace(code="A", name="甲", region="", stub=False, get_absolute_url=lambda: "/accounts/A/")
    card = Scorecard(customer="A", churn=0.72, risk="quiet")
    columns = [
        SimpleNamespace(name=name, unit=unit, narrow=True, words=None)
        for name, unit in (("churn", Unit.SHARE), ("at_stake", Unit.MONEY))
    ]

    row = lines.account_lines([Line(account, card)], columns, "CNY", choose=False)

    assert "处于淡季</td><td" in row
    assert row.count("–</td>") == 1
    assert "72" not in row


def test_out_of_its_season_the_risk_tab_shows_no_figure_either():
    row = {
        "sign": "quiet_season",
        "probability": 0.72,
        "low": 0.17,
        "high": 0.97,
        "money_at_stake": 0.0,
        "silence": 108,
    }

    assert {name: value for name, value in _as_told(row).items() if value is not None} == {
        "sign": "quiet_season", "silence": 108,
    }  # fmt: skip
    assert _as_told({**row, "sign": "silence"})["probability"] == 0.72


def test_out_of_its_season_the_history_knows_no_risk_either(house, monkeypatch):
    sheet = Sheet(house.home, house.user("director"), Account.objects.get(code=house.mine))
    assert sheet.history[0]["churn"] is not None
    told = scorecards.of_account

    def quiet(home, row, name, code):
        return [{**each, "sign": "quiet_season"} if name == "churn" else each for each in told(home, row, name, code)]

    monkeypatch.setattr(scorecards, "of_account", quiet)
    again = Sheet(house.home, house.user("director"), sheet.account)

    assert again.history[0]["churn"] is again.history[0]["churn_high"] is None
    assert again.history[0]["value"] == sheet.history[0]["value"]


def test_a_falling_account_above_its_last_year_says_so_beside_its_growth():
    falling, stopped, plain = (
        Scorecard(direction=direction, growth=growth)
        for direction, growth in (("falling", 0.09), ("steady", -1.0), ("falling", -0.3))
    )

    assert "正在下降，尽管本年仍高于上年" in names.course_note(falling)
    assert "已停止采购" in names.course_note(stopped)
    assert names.course_note(plain) == ""


def test_what_only_statisticians_read_is_left_out_of_the_account_page():
    shown = {column.name for column in Found(catalogue()["credit-watch"], []).columns}
    told = {column.name for column in catalogue()["credit-watch"].columns}

    assert told - shown == {"customer", "p_value"}


@pytest.mark.parametrize(
    ("unit", "values", "said"),
    [
        (Unit.SHARE, [0.01, 0.0], "Growth stays at 0 %"),
        (Unit.SHARE, [0.10, 0.25], "Growth rose from 10 % to 25 %"),
        (Unit.DAYS, [1, 1, 1], "Growth stays at 1"),
        (Unit.DAYS, [1, 4, 0, 1], "Growth: 1 as at first, between 0 and 4"),
        (Unit.MONEY, [818.0, 544.0], "Growth fell from 818 to 544"),
    ],
)
def test_a_charts_title_says_what_became_of_a_figure(unit, values, said):
    assert account_charts._course("Growth", unit, values, "").say("en") == said


def test_the_value_says_that_it_is_margin_and_a_loss_that_it_is_one(house, director):
    Scorecard.objects.filter(refresh=scorecards.current(), customer=house.mine).update(contribution=-5.0, value=9.0)

    page = director.get(reverse("account", args=[house.mine])).content.decode()

    assert "毛利现值，未扣服务成本" in page
    assert "亏损：毛利不足以支付服务成本" in page
    assert '流失风险<span class="quiet">（未来162天）' in page


def test_behind_no_open_complaint_stands_how_many_were_closed(house, client):
    codes = Account.objects.values_list("code", flat=True)

    closed = next(
        code
        for code in codes
        if (found := facts_of.complaints(house.home, [code])) and all(each["closed_on"] for each in found)
    )
    n = len(facts_of.complaints(house.home, [closed]))

    page = signed_in(house, client, "director").get("/why/facts/open-complaints/", {"account": closed}).content.decode()

    assert f"没有未结投诉：在册{n}件，均已结案" in page
    assert "尚未导入" not in page


def test_the_code_of_the_second_step_is_called_what_people_call_it(house):
    user = house.user("director")
    for form in (AuthenticateForm, ReauthenticateForm):
        field = form(user=user).fields["code"]
        assert str(field.label) in {"Verification code", "验证码"}
        assert "placeholder" not in field.widget.attrs
    assert ActivateForm.__mro__[1].__name__ == "_Named"


def test_who_changed_the_record_and_who_answered_are_named(house):

    user, account = house.user("manager"), Account.objects.get(code=house.mine)
    user.name = "何丽蓉"
    user.save()
    audit.record(user, "file-add", f"account:{account.code}", {"file": "note.pdf"})
    said = [each.what.say("zh-hans") for each in touches.touches(user, account)]
    people = {each["contact_id"] for each in facts_of.contacts(house.home, account.codes)}

    assert "何丽蓉上传了文件" in said
    assert not any(code in text for text in said if "问卷" in text for code in people)


def test_all_that_moved_can_be_seen():
    rows = [
        (SimpleNamespace(name=f"客户{n}", get_absolute_url="/"), Scorecard(tier="mvc", revenue_12m=10.0))
        for n in range(10)
    ]
    page = render_to_string("outlets/moved.html", {"rows": rows, "all": 10, "currency": "CNY"})
    more = render_to_string("outlets/moved.html", {"rows": rows, "all": 12, "currency": "CNY"})

    assert page.count("<li>") == 10
    assert "全部10家" in page
    assert "共12家，列出最大的10家" in more
    assert "<details" not in render_to_string("outlets/moved.html", {"rows": rows[:8], "all": 8, "currency": "CNY"})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("From us", "我方发出"), ("Value from us", "从我方所得"), ("Retention period", "保存期限"), ("Retention", "保持率"),
        ("Verification code", "验证码"), ("Code", "编码"), ("Below zero", "负值客户"), ("To be turned", "待转化"),
        ("Overdue", "已逾期"), ("Amount overdue", "逾期金额"), ("Share of accounts kept", "客户保持率"),
        ("Season in its months", "月销售季节性"), ("Purchases bunched in the year", "购买集中度"),
    ],
)  # fmt: skip
def test_words_of_two_meanings_are_two_words(text, said):
    assert translate(text, "zh-hans") == said


@pytest.mark.parametrize("module", [knowledge_value, referral_value])
@pytest.mark.parametrize(("low", "told"), [(-5.0, False), (1.0, True)])
def test_a_sum_that_may_be_a_gain_or_a_loss_is_no_finding(module, low, told):
    counts = dict.fromkeys(("events", "accounts", "referrers", "referred"), 3)
    sums = {
        f"{name}{end}": value
        for name in ("total", "attributed")
        for end, value in (("", 3.0), ("_low", low), ("_high", 9.0))
    }

    said = module._headline({**counts, **sums}, "CNY").say("en")

    assert ("cannot be told" not in said) == told
    assert ("¥3" in said) == told


def test_a_small_curve_says_what_it_draws():
    drawn = pen.Pen("en").spark([1.0, 2.0, 1500.0])

    assert 'aria-label="Net sales of 3 months, the last: 1,500"' in drawn


@pytest.mark.parametrize(
    ("method", "share", "means", "said"),
    [
        ("fitted", 0.876, (100, 100, 100), "88%"),
        ("fitted", 0.876, (100, 110, 120), "88%"),
        ("fitted", 0.876, (100, 140, 90), ""),
        ("fitted", 0.5, (100, 100, 100), ""),
        ("too_short", None, (), ""),
    ],
)
def test_a_level_forecast_beside_a_strong_season_says_why(method, share, means, said):
    rows = [{"method": method, "seasonality": share, "mean": mean} for mean in means]

    note = account_charts.season_note(SimpleNamespace(rows=lambda _name: rows))

    assert (said in note) if said else note == ""


def test_what_a_chart_says_stands_over_it_and_not_once_more_above(house, client):
    page = signed_in(house, client, "director").get("/portfolio/")

    drawn = {name for name, _spec, _query in page.context["charts"]}
    assert drawn >= {"pareto", "whale-curve", "risk"}
    assert drawn.isdisjoint(each["name"] for each in page.context["sentences"])
    assert all(spec["title"] for _name, spec, _query in page.context["charts"])


def test_a_minus_keeps_to_its_currency_sign_at_the_end_of_a_line():
    loss = Money(-72_700, "CNY")

    assert "−\u2060¥72.7 K" in pen.Pen("en", "CNY").money(loss.value)
    assert figures.say(Message("from {loss}", {"loss": loss})).endswith(loss.say("zh-hans").replace("−", "−\u2060"))
    assert pen.unbroken("−5 to −¥5") == "−5 to −\u2060¥5"


def test_a_small_curve_says_its_last_month_in_the_currency():
    assert "Net sales of 1 month, the last: ¥5" in pen.Pen("en", "CNY").spark([5.0])
    assert "Net sales of 2 months, the last: ¥5" in pen.Pen("en", "CNY").spark([1.0, 5.0])


def test_the_trail_names_fields_without_brackets():
    assert names.change_text(["at", "day", "id"]) == "at、day、id"
    assert names.change_text([None, "x"]) == "– → x"
