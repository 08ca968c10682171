"""What is known: graded, confirmed, contradicted, renewed, settled; and who may see which of it."""

import doctest
import io
from datetime import timedelta
from itertools import product

import pyarrow.parquet as pq
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.contacts import actions as contacts
from vitalfew.contacts import erasing
from vitalfew.imports.work import refresh_now
from vitalfew.intelligence import actions, grading, questions, values
from vitalfew.intelligence.forms import IntelligenceForm
from vitalfew.intelligence.models import Competitor, Confirmation, Intelligence, IntelligenceFile
from vitalfew.intelligence.touches import touches
from vitalfew.intelligence.worklist import waiting
from vitalfew.language import say_kept
from vitalfew.outlets.search import hits
from vitalfew.people.models import AuditEntry
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.warehouse import scorecards

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DAY = timedelta(days=1)
PDF = ("报价.pdf", b"%PDF-1.4 made up")


def today():
    return timezone.localdate()


@pytest.fixture
def manager(house):
    return house.user("manager")


@pytest.fixture
def director(house):
    return house.user("director")


@pytest.fixture
def mine(house):
    return Account.objects.get(code=house.mine)


def fields(**said):
    plain = {
        "competitor": "", "region": "", "category": "", "kind": "offer", "text": "柜机报价低三个点", "attribute": "",
        "detail": "", "value": "", "source_kind": "customer", "source": "采购经理", "person": None, "day": today(),
        "reliability": "B", "credibility": 3, "valid_until": today() + 100 * DAY,
    }  # fmt: skip
    return {**plain, **said}


def written(user, account, **said):
    return actions.write_down(user, account, fields(**said))


def price(user, account, value, **said):
    return written(user, account, competitor="沃岭电器", attribute="price", value=value, **said)


def graded(user, row):
    return questions.pieces(user).get(pk=row.pk)


def heard(**said):
    return {"source_kind": "fair", "source": "春季展", "day": today(), **said}


@pytest.mark.parametrize("module", [grading, values], ids=lambda module: module.__name__)
def test_examples_are_true(module):
    found = doctest.testmod(module)

    assert found.attempted
    assert not found.failed


@pytest.mark.parametrize(("given", "confirmations", "disputed"), list(product(range(1, 7), range(3), (False, True))))
def test_the_database_grades_as_the_rule_says(house, manager, director, mine, given, confirmations, disputed):
    row = price(manager, mine, "2150", credibility=given)
    others = (director, house.user("marketing"))
    for number, user in enumerate(others[:confirmations]):
        actions.confirm(user, row.pk, heard(source=f"展会 {number}"))
    if disputed:
        price(director, mine, "2080", source="订货会")

    assert graded(manager, row).shown == grading.shown(given, confirmations, disputed=disputed)


def test_only_a_source_as_reliable_lowers_a_grade_and_still_contradicts(manager, director, mine):
    row, poor = price(manager, mine, "2150"), price(director, mine, "2080", reliability="D", source="传闻")

    assert (graded(manager, row).contradicted, graded(manager, row).grade) == (True, "B3")
    assert graded(manager, poor).grade == "D4"


def test_a_confirmation_comes_from_somebody_else_and_another_source(manager, director, mine):
    row = written(manager, mine)

    with pytest.raises(NotPossible, match="wrote it yourself"):
        actions.confirm(manager, row.pk, heard())
    with pytest.raises(NotPossible, match="another one"):
        actions.confirm(director, row.pk, heard(source_kind="customer", source="采购 经理"))
    actions.confirm(director, row.pk, heard())
    with pytest.raises(NotPossible, match="already"):
        actions.confirm(director, row.pk, heard(source="别处"))


def test_two_who_heard_it_at_the_same_place_are_one_source(house, manager, director, mine):
    row = written(manager, mine)
    for user in (director, house.user("marketing")):
        actions.confirm(user, row.pk, heard())

    assert graded(manager, row).grade == "B2"


def test_a_confirmation_is_taken_back_and_given_again(manager, director, mine):
    row = written(manager, mine)
    said = actions.confirm(director, row.pk, heard())

    actions.take_back(director, said.pk)
    assert graded(manager, row).grade == "B3"
    actions.confirm_again(director, said.pk)
    assert graded(manager, row).grade == "B2"
    with pytest.raises(Confirmation.DoesNotExist):
        actions.take_back(manager, said.pk)


@pytest.mark.parametrize(
    ("value", "said", "contradicts"),
    [
        ("2,150.00 元", {}, False),
        ("2080", {}, True),
        ("2080", {"region": "华东"}, False),
        ("2080", {"detail": "柜机"}, False),
        ("2080", {"valid_until": today() - DAY}, False),
    ],
)
def test_facts_contradict_where_subject_and_attribute_are_one_and_both_hold(manager, mine, value, said, contradicts):
    row = price(manager, mine, "2150")
    price(manager, mine, value, **said)

    assert graded(manager, row).contradicted is contradicts
    assert len(questions.sides(questions.of_account(manager, mine))) == int(contradicts)


def test_the_same_fact_of_another_competitor_or_at_large_contradicts_nothing(director, mine):
    row = price(director, mine, "2150")
    written(director, mine, competitor="泰岚家电", attribute="price", value="2080")
    price(director, None, "2080")

    assert not graded(director, row).contradicted


def test_sides_stand_beside_each_other_the_best_graded_first(manager, director, mine):
    price(manager, mine, "2150", reliability="D", source="传闻")
    price(director, mine, "2080", reliability="A")

    (side,) = questions.sides(questions.of_account(director, mine))
    assert [(fact.value, fact.grade) for fact in side.facts] == [("2080", "A3"), ("2150", "D4")]


def test_settling_supersedes_one_and_is_undone(manager, mine):
    old, new = price(manager, mine, "2150"), price(manager, mine, "2080", source="订货会")

    actions.settle(manager, old.pk, old.version, new.pk)
    settled = graded(manager, old)
    assert (settled.state.value, settled.superseded_by_id, settled.superseded_on) == ("superseded", new.pk, today())
    assert not graded(manager, new).contradicted

    actions.unsettle(manager, old.pk)
    assert graded(manager, new).contradicted


def test_only_contradicting_facts_are_settled_and_not_over_somebody(manager, mine):
    old, new = price(manager, mine, "2150"), price(manager, mine, "2080", source="订货会")
    other = written(manager, mine)

    with pytest.raises(NotPossible):
        actions.settle(manager, old.pk, old.version, other.pk)
    with pytest.raises(Stale):
        actions.settle(manager, old.pk, old.version + 1, new.pk)


def test_settling_is_for_the_department(house, manager, mine):
    old, new = price(manager, mine, "2150"), price(manager, mine, "2080", source="订货会")

    with pytest.raises(Forbidden):
        actions.settle(house.user("complaints"), old.pk, old.version, new.pk)


def test_each_kind_is_good_for_its_own_time_unless_said_otherwise(manager, mine):
    sent = {**fields(kind="technology", valid_until=""), "credibility": "3"}
    form = IntelligenceForm(manager, mine, sent)

    assert form.is_valid(), form.errors
    assert form.cleaned_data["valid_until"] == today() + timedelta(days=730)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"attribute": "price"}, "value"),
        ({"value": "3"}, "attribute"),
        ({"attribute": "price", "value": "许多"}, "value"),
        ({"attribute": "price", "value": "1e400"}, "value"),
        ({"attribute": "other", "value": "好"}, "detail"),
        ({"day": today() + DAY}, "day"),
        ({"valid_until": today() - DAY}, "valid_until"),
        ({"reliability": "G"}, "reliability"),
        ({"credibility": "7"}, "credibility"),
        ({"text": ""}, "text"),
        ({"source": ""}, "source"),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(manager, mine, said, wrong):
    form = IntelligenceForm(manager, mine, {**fields(), **said})

    assert set(form.errors) == {wrong}


def test_delivered_value_is_told_of_an_account(director):
    form = IntelligenceForm(director, None, fields(attribute="value_product", value="20000"))

    assert set(form.errors) == {"attribute"}


def test_what_expires_is_asked_of_who_wrote_it_and_renewed_at_once(manager, director, mine):
    row = written(manager, mine, valid_until=today() - DAY)

    (task,) = [each for each in waiting(manager) if each.url == row.get_absolute_url()]
    assert (task.soon, task.customer, task.due) == (True, mine.code, today() - DAY)
    assert not list(waiting(director))

    actions.renew(manager, row.pk, row.version)
    renewed = graded(manager, row)
    assert (renewed.valid_until, renewed.known_on, renewed.state.value) == (today() + 180 * DAY, today(), "valid")
    assert not list(waiting(manager))


def test_what_nobody_answers_for_any_more_is_asked_of_the_accounts_manager(manager, director, mine):
    written(director, mine, valid_until=today())
    assert not list(waiting(manager))

    Intelligence.objects.update(who=None)
    assert len(list(waiting(manager))) == 1


def test_renewing_shortens_nothing_and_asks_who_may(house, manager, mine):
    row = written(manager, mine, valid_until=today() + 900 * DAY)

    actions.renew(manager, row.pk, row.version)
    assert graded(manager, row).valid_until == today() + 900 * DAY
    with pytest.raises(Forbidden):
        actions.renew(house.user("complaints"), row.pk, row.version + 1)


def test_accounts_are_seen_as_accounts_are_and_the_market_by_role(house, manager, director):
    foreign = Account.objects.get(code=house.foreign)
    row, market = written(director, foreign), written(director, None)

    assert set(questions.pieces(director)) == {row, market}
    assert set(questions.pieces(manager)) == {market}
    assert set(questions.pieces(house.user("complaints"))) == {row}
    assert not questions.pieces(house.user("portal")).exists()


def test_the_market_is_written_of_by_whom_it_is_shown(house):
    with pytest.raises(Forbidden):
        written(house.user("complaints"), None)


def test_a_competitor_is_made_when_first_named_and_found_however_it_is_written(manager, mine):
    first, second = written(manager, mine, competitor="沃岭电器"), written(manager, mine, competitor=" 沃嶺電器 ")

    assert first.competitor == second.competitor
    assert Competitor.objects.count() == 1


def test_a_competitors_page_tells_of_the_accounts_one_may_see(house, client, manager, director, mine):
    written(director, Account.objects.get(code=house.foreign), competitor="沃岭电器", text="foreign-words")
    row = written(manager, mine, competitor="沃岭电器", text="own-words")

    (rival,) = questions.competitors(manager)
    page = signed_in(house, client, "manager").get(rival.get_absolute_url()).content.decode()
    assert (rival.known, rival.at_accounts) == (1, 1)
    assert "own-words" in page
    assert "foreign-words" not in page
    assert signed_in(house, client, "complaints").get(rival.get_absolute_url()).status_code == 403
    assert client.get(row.get_absolute_url()).status_code == 200


def test_two_competitors_never_have_one_name(manager, mine):
    first, second = (written(manager, mine, competitor=name).competitor for name in ("沃岭电器", "泰岚家电"))

    with pytest.raises(NotPossible):
        actions.change_competitor(manager, second.pk, second.version, {"name": first.name, "web": "", "note": ""})
    changed = actions.change_competitor(manager, second.pk, second.version, {"name": "泰岚", "web": "", "note": ""})
    assert questions.competitor_named("泰嵐") == changed


def test_a_competitor_put_away_comes_back_when_named_again(manager, mine):
    rival = written(manager, mine, competitor="沃岭电器").competitor
    actions.put_competitor_away(manager, rival.pk)
    assert not questions.competitors(manager).exists()

    written(manager, mine, competitor="沃岭电器")
    assert list(questions.competitors(manager)) == [rival]


def test_it_is_found_by_words_and_pinyin_on_the_timeline_and_in_the_trail(manager, mine):
    row = written(manager, mine, text="明年在昆山开旗舰店", competitor="沃岭电器")

    assert [hit.kind for hit in hits(manager, "kunshan", 5)] == ["intelligence"]
    assert {hit.kind for hit in hits(manager, "沃岭", 5)} == {"intelligence", "competitor"}
    (touch,) = touches(manager, mine)
    assert touch.what.say("zh-hans") == "竞争对手报价，B3：明年在昆山开旗舰店"
    entry = AuditEntry.objects.filter(action="intelligence-add").latest("pk")
    assert entry.subject == f"intelligence:{row.pk}"
    assert "昆山" not in str(vars(entry))


def test_put_away_and_fetched_back_by_who_may(house, manager, mine):
    row = written(manager, mine)

    with pytest.raises(Forbidden):
        actions.put_away(house.user("complaints"), row.pk)
    actions.put_away(manager, row.pk)
    assert not questions.pieces(manager).exists()
    assert not hits(manager, "柜机", 5)
    with pytest.raises(Forbidden):
        actions.fetch_back(house.user("complaints"), row.pk)
    actions.fetch_back(manager, row.pk)
    assert graded(manager, row).version == row.version + 2


def test_somebody_who_saved_meanwhile_is_compared(house, client, manager, mine):
    row = written(manager, mine, competitor="沃岭电器")
    actions.change(manager, row.pk, row.version, {"text": "他们的话"})

    sent = {**fields(text="我的话"), "version": row.version, "person": ""}
    answer = signed_in(house, client, "manager").post(f"/intelligence/{row.pk}/edit/", sent)
    compared = answer.content.decode()
    assert answer.status_code == 409
    assert "他们的话" in compared
    assert "我的话" in compared
    assert "<td>竞争对手报价</td>" in compared
    assert f"<td>{today().year}年{today().month}月{today().day}日</td>" in compared


def test_changing_a_value_compares_anew(manager, mine):
    row = price(manager, mine, "2150")
    price(manager, mine, "2080", source="订货会")
    actions.change(manager, row.pk, row.version, {"value": "2080"})

    assert not graded(manager, row).contradicted
    assert graded(manager, row).amount == 2080


def test_documents_are_checked_kept_and_handed_to_whom_may_see(house, client, manager, mine):
    row = written(manager, mine)
    browser = signed_in(house, client, "manager")
    page = row.get_absolute_url()
    refused = browser.post(f"{page}attach/", {"file": SimpleUploadedFile("a.exe", b"MZ")})
    assert refused.status_code == 422
    assert browser.post(f"{page}attach/", {"file": SimpleUploadedFile(*PDF)}).status_code == 302
    file = IntelligenceFile.objects.get()
    kept = house.home.files / file.place
    assert b"".join(browser.get(f"/intelligence-files/{file.pk}/").streaming_content) == PDF[1]
    other = Account.objects.get(code=house.foreign)
    Intelligence.objects.filter(pk=row.pk).update(account=other)
    assert browser.get(f"/intelligence-files/{file.pk}/").status_code == 404
    Intelligence.objects.filter(pk=row.pk).update(account=mine)
    assert kept.exists()
    assert browser.post(f"/intelligence-files/{file.pk}/remove/").status_code == 302
    assert not IntelligenceFile.objects.exists()


def test_a_new_piece_is_written_on_its_page_with_a_file(house, client, mine):
    sent = {**fields(competitor="沃岭电器"), "person": "", "file": SimpleUploadedFile(*PDF)}
    answer = signed_in(house, client, "manager").post(f"/intelligence/new/?account={mine.code}", sent)

    row = Intelligence.objects.get()
    assert answer.headers["Location"] == row.get_absolute_url()
    assert (row.account, row.who.username, row.files.get().name) == (mine, "manager", PDF[0])
    assert answer.wsgi_request.path == "/intelligence/new/"


def test_pages_confirm_renew_settle_and_take_back(house, client, director, manager, mine):
    row, other = price(director, mine, "2150"), price(director, mine, "2080", source="订货会")
    browser, page = signed_in(house, client, "manager"), row.get_absolute_url()

    assert browser.post(f"{page}confirm/", heard(source="采购经理", source_kind="customer")).status_code == 422
    assert browser.post(f"{page}confirm/", heard()).status_code == 302
    said = Confirmation.objects.get()
    assert browser.post(f"/intelligence-confirmations/{said.pk}/take-back/").status_code == 302
    assert browser.post(f"/intelligence-confirmations/{said.pk}/again/").status_code == 204
    assert browser.post(f"{page}renew/", {"version": 99}).status_code == 302
    assert graded(manager, row).renewed_on is None
    assert browser.post(f"{page}renew/", {"version": row.version}).status_code == 302
    assert graded(manager, row).renewed_on == today()
    settle = {"version": row.version + 1, "holds": other.pk}
    assert browser.post(f"{page}settle/", settle).headers["Location"] == other.get_absolute_url()
    assert graded(manager, row).superseded_by == other
    undo = browser.post(f"{page}unsettle/", headers={"x-requested-with": "x"})
    assert (undo.status_code, graded(manager, row).superseded_by) == (204, None)
    assert browser.get("/intelligence-contradictions/").content.decode().count("2150") >= 1


def test_a_foreign_piece_is_not_there_whatever_is_asked(house, client, director):
    row = written(director, Account.objects.get(code=house.foreign))
    browser = signed_in(house, client, "manager")

    assert browser.get(row.get_absolute_url()).status_code == 404
    for step in ("edit", "renew", "confirm", "settle", "unsettle", "put-away", "fetch-back", "attach"):
        assert browser.post(f"{row.get_absolute_url()}{step}/", {**heard(), "holds": row.pk}).status_code == 404, step


def test_lists_narrow_by_subject_state_agreement_and_grade(house, client, director, manager, mine):
    price(director, mine, "2150", credibility=1, text="first-piece")
    price(manager, mine, "2080", source="订货会", text="second-piece")
    written(director, None, region="华东", text="third-piece", valid_until=today() - DAY)
    browser = signed_in(house, client, "director")

    def shown(query):
        page = browser.get(f"/intelligence/?{query}").content.decode()
        return {word for word in ("first", "second", "third") if f"{word}-piece" in page}

    assert shown("agreement=contradicted") == {"first", "second"}
    assert shown("subject=market") == shown("state=expired") == {"third"}
    assert shown("subject=competitor") == {"first", "second"}
    assert shown("credibility=2") == {"first"}
    assert shown("q=dinghuohui") == {"second"}
    assert shown("order=grade") == shown("") == {"first", "second", "third"}
    assert browser.get("/intelligence/?format=xlsx").status_code == 200


def test_a_person_is_erased_from_what_is_known(director, mine, own_facts):  # noqa: ARG001  (the facts are written anew)
    post = contacts.add(director, mine, {"name": "欧阳采薇", "email": "caiwei@made.example"}, {})
    row = written(director, mine, text="欧阳采薇说要换供应商", source="欧阳采薇", person=post.person)
    actions.attach(director, row.pk, ("欧阳采薇的报价.pdf", PDF[1]))

    assert "欧阳采薇说" in str(erasing.hand_out(director, post.person))
    erasing.erase(director, post.person, post.person.version)
    kept = Intelligence.objects.get(pk=row.pk)
    words = (kept.text, kept.source, kept.source_key, kept.files.get().name)
    assert "采薇" not in "".join(words)
    assert kept.person is None
    assert not hits(director, "欧阳采薇", 5)


def test_a_person_is_erased_from_what_every_refresh_said(director, mine, own_facts):
    post = contacts.add(director, mine, {"name": "欧阳采薇"}, {})
    as_of = scorecards.current().as_of
    written(director, mine, text="欧阳采薇说要换供应商", day=as_of - DAY)
    refresh_now(own_facts.home)
    rows = scorecards.of_account(own_facts.home, scorecards.current(), "one-to-one", mine.code)
    assert "欧阳采薇说要换供应商" in say_kept(rows[0]["intelligence"], "zh-hans")

    erasing.erase(director, post.person, post.person.version)
    rows = scorecards.of_account(own_facts.home, scorecards.current(), "one-to-one", mine.code)
    assert "说要换供应商" in say_kept(rows[0]["intelligence"], "zh-hans")
    kept = [path.read_bytes() for path in (own_facts.home.folder / "results").glob("*/one-to-one.parquet")]
    assert all("欧阳采薇" not in str(pq.read_table(io.BytesIO(each)).column("intelligence")) for each in kept)


def test_the_number_of_queries_does_not_grow(house, client, director, mine):
    browser = signed_in(house, client, "director")
    pages = (
        "/intelligence/", "/intelligence-contradictions/", "/competitors/", "/competitors/1/", "/",
        f"/accounts/{mine.code}/?tab=intelligence",
    )  # fmt: skip
    counted = []
    for times in (1, 8):
        for number in range(times):
            price(director, mine, str(1000 + number + 100 * times), source=f"s{number}", valid_until=today())
        rival = Competitor.objects.get().pk
        found = []
        for page in pages:
            browser.get(page.replace("/1/", f"/{rival}/"))
            with CaptureQueriesContext(connection) as taken:
                assert browser.get(page.replace("/1/", f"/{rival}/")).status_code == 200
            found.append(len(taken))
        counted.append(found)

    assert counted[0] == counted[1]
