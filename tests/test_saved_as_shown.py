"""A form that is opened and saved as it stands changes nothing: no field, no number, no version, no mark of a hand."""

from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.urls import reverse
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.activities import actions as activities
from vitalfew.comments import actions as comments
from vitalfew.contacts import actions as contacts
from vitalfew.department import actions as department
from vitalfew.directory import actions as directory
from vitalfew.feedback import actions as feedback
from vitalfew.feedback import questions as asked
from vitalfew.feedback.models import Asked
from vitalfew.handover import actions as handover
from vitalfew.intelligence import actions as intelligence
from vitalfew.people.models import User
from vitalfew.stakeholders import actions as stakeholders

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DAY = timedelta(days=1)


class Forms(HTMLParser):
    """The forms of a page with the fields as a browser would send them."""

    def __init__(self, page):
        super().__init__()
        self.forms, self.area, self.select = [], None, None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "form":
            self.forms.append({})
        elif not self.forms or (not said.get("name") and tag != "option"):
            return
        elif tag == "input":
            self._input(said)
        elif tag == "textarea":
            self.area, self.forms[-1][said["name"]] = said["name"], ""
        elif tag == "select":
            self.select = said["name"]
        elif tag == "option" and self.select and ("selected" in said or self.select not in self.forms[-1]):
            self.forms[-1][self.select] = said.get("value") or ""

    def _input(self, said):
        kind = said.get("type", "text")
        if (kind in {"checkbox", "radio"} and "checked" not in said) or kind in {"file", "submit"}:
            return
        self.forms[-1][said["name"]] = said.get("value", "on" if kind == "checkbox" else "")

    def handle_data(self, data):
        if self.area:
            self.forms[-1][self.area] += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self.area:
            self.forms[-1][self.area] = (
                self.forms[-1][self.area].removeprefix("\n").replace("\r\n", "\n").replace("\n", "\r\n")
            )
            self.area = None
        elif tag == "select":
            self.select = None


def shown(client, address):
    """What the form with a version on the page would send."""
    page = client.get(address)
    assert page.status_code == 200, address
    return next(form for form in Forms(page.content.decode()).forms if "version" in form)


def stored(record, *parts):
    """The record and what belongs to it, but for when it was last looked at."""
    fresh = type(record)._default_manager.get(pk=record.pk)
    values = {each.attname: getattr(fresh, each.attname) for each in fresh._meta.concrete_fields}
    rows = [list(getattr(fresh, part).order_by("pk").values_list(*names)) for part, names in parts]
    return {**values, "changed_at": None}, rows


@pytest.fixture
def mine(house):
    return Account.objects.get(code=house.mine)


@pytest.fixture
def director(house):
    return house.user("director")


@pytest.fixture
def wang(director, mine):
    post = {"title": "采购总监", "department": "采购部", "level": "director", "influence": "high"}
    who = {"name": "王晓峰", "called": "王总", "email": "wang@example.com", "note": "一行\r\n两行"}
    return contacts.add(director, mine, who, post, [("mobile", "13800001111"), ("office", "021-5555")])


def contact(_director, _mine, wang):
    return reverse("contact-edit", args=[wang.person_id]), wang.person, [("phones", ("kind", "number"))]


def post(_director, _mine, wang):
    return reverse("post-edit", args=[wang.pk]), wang, []


def account(_director, mine, _wang):
    return reverse("account-edit", args=[mine.pk]), mine, []


def activity(director, mine, wang):
    """With somebody who has left since."""
    said = {"way": "visit", "person": wang.person, "day": timezone.localdate(), "text": "谈了年框", "pinned": True}
    made = activities.log(director, mine, said)
    contacts.change_post(director, wang.pk, wang.version, {"left_on": timezone.localdate()})
    return reverse("activity", args=[made.pk]), made, []


def piece(director, mine, wang):
    said = {
        "competitor": "沃岭电器", "region": "", "category": "", "kind": "offer", "text": "低三个点", "attribute": "price",
        "detail": "柜机", "value": "2150", "source_kind": "customer", "source": "采购经理", "person": wang.person,
        "day": timezone.localdate(), "reliability": "B", "credibility": 3, "valid_until": timezone.localdate() + DAY,
    }  # fmt: skip
    made = intelligence.write_down(director, mine, said)
    return reverse("intelligence-edit", args=[made.pk]), made, []


def competitor(director, mine, wang):
    made = piece(director, mine, wang)[1].competitor
    return reverse("competitor-edit", args=[made.pk]), made, []


def organisation(director, mine, wang):
    said = {
        "name": "华东物流", "distributor": False, "agent": False, "supplier": False, "carrier": True, "code": "C1",
        "region": "", "country": "CN", "uscc": "", "web": "https://example.com", "phone": "021-1", "email": "",
        "channel": "", "note": "", "account": mine,
    }  # fmt: skip
    people = [
        {"name": "李四", "title": "调度", "phone": "021-2", "email": "li@example.com", "person": None},
        {"name": "王晓峰", "title": "", "phone": "", "email": "", "person": wang.person},
    ]
    made = directory.add(director, said, people)
    names = ("name", "title", "phone", "email", "person_id")
    return reverse("organisation-edit", args=[made.pk]), made, [("people", names)]


def planned(director):
    today = timezone.localdate()
    wording = feedback.Wording(
        items=("satisfaction",), scored=("准时吗",), chosen=(("如何", ("每天", "每周")),), worded=("还有",)
    )
    return feedback.plan(director, {"name": "春季", "since": today - DAY, "until": today + DAY}, wording)


def round_(director, _mine, _wang):
    made = planned(director)
    return reverse("feedback-round", args=[made.pk]), made, []


def answer(director, mine, wang):
    made = planned(director)
    feedback.add(director, made, [mine])
    row = Asked.objects.get(round=made)
    given = {each.pk: {"score": 8, "choice": "每周"}.get(each.kind, "很好") for each in asked.questions_of(made)}
    said = {"way": "visit", "person": wang.person, "answered_on": timezone.localdate(), "will_do": ""}
    feedback.answer(director, row.pk, row.version, said, given)
    return reverse("asked", args=[row.pk]), row, [("answers", ("question_id", "score", "text"))]


def absence(director, _mine, _wang):
    away, deputy = User.objects.get(username="manager"), User.objects.get(username="other")
    made = department.be_away(director, away, deputy, timezone.localdate(), timezone.localdate() + DAY)
    return reverse("absence", args=[made.pk]), made, []


def comment(director, mine, wang):
    made = comments.write(director, "activity", activity(director, mine, wang)[1].pk, "写得好")
    return f"{reverse('comment', args=[made.pk])}?edit", made, []


def acquaintance(director, _mine, wang):
    made = stakeholders.state(director, wang.person, 0, {"closeness": "close", "note": "校友"})
    return reverse("acquaintance", args=[wang.person_id]), made, []


def meeting(director, mine, _wang):
    made = stakeholders.plan(director, "director", 0, {"role": "manager", "rhythm": "quarterly"}, account=mine)
    return f"{reverse('plan-account', args=[mine.code])}?level=director", made, []


def handed_over(director, mine, _wang):
    successor = User.objects.get(username="other")
    wish = handover.Wish(successor=successor, cause="reassigned", due=timezone.localdate() + DAY, note="请照看好")
    (made,) = handover.start(director, [mine], wish)
    return reverse("handover", args=[made.pk]), made, []


FORMS = (
    contact, post, account, activity, piece, competitor, organisation, round_, answer, absence, comment, acquaintance,
    meeting, handed_over,
)  # fmt: skip


@pytest.mark.parametrize("made", FORMS)
def test_saved_as_shown_changes_nothing(house, client, director, mine, wang, made):
    signed_in(house, client, "director")
    address, record, parts = made(director, mine, wang)
    before = stored(record, *parts)

    answered = client.post(address, shown(client, address))

    assert answered.status_code == 302
    assert stored(record, *parts) == before


def test_a_number_that_was_emptied_goes_and_the_others_stay(house, client, director, mine, wang):
    signed_in(house, client, "director")
    address, _record, _parts = contact(director, mine, wang)
    sent = {**shown(client, address), "phones-0-number": " "}

    client.post(address, sent)

    assert [phone.number for phone in wang.person.phones.all()] == ["021-5555"]


def test_a_field_saved_as_it_was_goes_on_with_newer_facts(director, wang):
    wang.by_hand = []
    wang.save()

    contacts.change_post(director, wang.pk, wang.version, {"title": "总经理", "department": wang.department})

    wang.refresh_from_db()
    assert wang.by_hand == ["title"]
