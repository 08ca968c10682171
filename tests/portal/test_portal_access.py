"""Who of a customer's may visit the portal: invited, let in, shut out; and nothing of the one side is there for the other."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Absence, Account, AccountFile, TeamMember
from vitalfew.contacts import erasing
from vitalfew.contacts.models import Person, Post
from vitalfew.outbox.models import OutgoingMail
from vitalfew.people.models import AuditEntry, User
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible
from vitalfew.people.signin import _the_one
from vitalfew.portal import actions, invitations, letters, questions
from vitalfew.portal.models import Access, Invitation
from vitalfew.portal.parts import parts
from vitalfew.portal.plain import NotPlain, plain
from vitalfew.portal.standing import visit_of
from vitalfew.portal.words import Standing
from vitalfew.promises import actions as promises
from vitalfew.promises import answering
from vitalfew.promises.models import Promise

pytestmark = [pytest.mark.database, pytest.mark.django_db]
PASSWORD = "a-password-of-theirs"
EMAIL = "zhang@customer.example"


def today():
    return timezone.localdate()


@pytest.fixture
def mine(house):
    return Account.objects.get(code=house.mine)


@pytest.fixture
def manager(house):
    return house.user("manager")


def post_at(account, name="张伟", email=EMAIL):
    person = Person.objects.create(name=name, email=email, language="en", made_by="test", changed_by="test")
    number = f"p-{account.code}-{person.pk}"
    return Post.objects.create(person=person, account=account, contact_id=number, made_by="test", changed_by="test")


def given(user, account, email=EMAIL, name="张伟", **fields):
    wished = {"subsidiaries": False, "parts": [each.name for each in parts()], "until": None, **fields}
    return actions.give(user, post_at(account, name, email), wished, email=email)


def link_of(access):
    return letters.path(invitations.open_of(access.user))


def came(access):
    """A browser of somebody who has chosen a password."""
    client = Client()
    answer = client.post(link_of(access), {"password": PASSWORD, "again": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return client


def test_who_is_invited_chooses_a_password_and_is_in(manager, mine):
    access = given(manager, mine)
    browser = came(access)
    page = browser.get("/portal/").content.decode()
    access = Access.objects.told().get(pk=access.pk)

    assert mine.name in page
    assert access.standing == "open"
    assert access.seen_at is not None
    assert invitations.open_of(access.user) is None
    steps = AuditEntry.objects.filter(subject=access.subject).values_list("action", flat=True)
    assert {"access-add", "access-invite"} <= set(steps)
    assert AuditEntry.objects.filter(action="portal-accept", who=access.user.username).exists()


def test_a_visitor_finds_who_looks_after_his_firm_and_how_to_write_there(manager, mine):
    manager.email = "zhou@maker.example"
    manager.save()
    mine.manager = manager
    mine.save()
    page = came(given(manager, mine)).get("/portal/contact/").text

    assert str(manager) in page
    assert 'href="mailto:zhou@maker.example"' in page


def test_the_link_opens_once_and_not_once_it_is_renewed_run_out_or_made_up(manager, mine):
    access = given(manager, mine)
    first = link_of(access)
    actions.invite(manager, access.pk)
    second = link_of(access)

    assert Client().get(first).status_code == 404
    assert Client().get(second[:-3] + ("0/" if second[-2] != "0" else "1/")).status_code == 404
    closed = Client(headers={"accept-language": "en"}).get("/portal/welcome/1-x/")
    assert closed.status_code == 404
    assert "ask your contact at our company for a new invitation" in closed.text
    came(access)
    assert Client().get(second).status_code == 404
    actions.invite(manager, access.pk)
    Invitation.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert [Client().get(letters.path(row)).status_code for row in access.user.invitations.all()] == [404] * 3


@pytest.mark.parametrize("said", [("short", "short"), (PASSWORD, "another-password"), ("password123", "password123")])
def test_passwords_hold_to_the_rules_of_the_house(manager, mine, said):
    access = given(manager, mine)
    link = link_of(access)

    assert Client().post(link, {"password": said[0], "again": said[1]}).status_code == 422
    assert not User.objects.get(pk=access.user_id).has_usable_password()
    assert Client().get(link).status_code == 200


def test_too_many_forms_by_one_link_are_refused(manager, mine):
    link = link_of(given(manager, mine))
    statuses = [Client().post(link, {"password": "x", "again": "y"}).status_code for _ in range(22)]

    assert statuses[0] == 422
    assert statuses[-1] == 429


def test_the_letter_goes_to_its_address_and_names_nothing_else(manager, mine):
    access = given(manager, mine)
    letter = OutgoingMail.objects.get(about=access.subject)

    assert (letter.address, letter.kind, letter.url) == (EMAIL, "invitation", link_of(access))
    assert access.user.username in " ".join(letter.paragraphs)
    assert mine.code not in " ".join(letter.paragraphs)
    until = timezone.localtime(invitations.open_of(access.user).until)
    assert letter.paragraphs[1].endswith(until.strftime("until %-d %B %Y."))


def test_one_signs_in_by_name_or_by_address_and_lands_in_the_portal(manager, mine):
    cache.clear()  # who failed before, under a name that is given anew
    access = given(manager, mine)
    came(access)
    for login in (access.user.username, EMAIL.upper()):
        browser = Client()
        answer = browser.post("/sign-in/login/?next=/accounts/", {"login": login, "password": PASSWORD})
        assert answer.headers["Location"] == "/portal/"
        assert browser.get("/").headers["Location"] == "/portal/"
        assert browser.get("/portal/").status_code == 200


def test_single_sign_on_lets_in_who_was_invited(manager, mine):
    assert _the_one([EMAIL]) is None
    access = given(manager, mine)

    assert _the_one([EMAIL]) == access.user


def test_an_address_of_ours_is_given_to_no_visitor(house, manager, mine):
    User.objects.filter(username="director").update(email="boss@house.example")
    with pytest.raises(NotPossible):
        given(manager, mine, email="Boss@house.example")

    assert not User.objects.filter(username__startswith="guest-").exists()
    assert house.user("director").email == "boss@house.example"


def test_access_is_shut_by_suspending_ending_leaving_merging_and_its_day(manager, mine):
    access = given(manager, mine)
    browser = came(access)

    def standing():
        return Access.objects.told().get(pk=access.pk).standing

    def answered():
        rows = Access.objects.filter(pk=access.pk)
        words = [each.value for each in Standing if rows.standing(each, today())]
        assert words == [standing()]
        return browser.get("/portal/").status_code, browser.get("/portal/orders/").status_code, standing()

    assert answered() == (200, 200, "open")
    actions.suspend(manager, access.pk)
    assert answered() == (404, 404, "suspended")
    actions.resume(manager, access.pk)
    Post.objects.filter(person=access.person).update(left_on=today())
    assert answered() == (404, 404, "left")
    Post.objects.filter(person=access.person).update(left_on=None)
    Access.objects.filter(pk=access.pk).update(until=today() - timedelta(days=1))
    assert answered() == (404, 404, "run-out")
    Access.objects.filter(pk=access.pk).update(until=today(), code="ANOTHER")
    assert answered() == (404, 404, "merged")
    Access.objects.filter(pk=access.pk).update(code=mine.code)
    assert answered() == (200, 200, "open")
    actions.end(manager, access.pk)
    assert browser.get("/portal/").status_code == 302  # signed out: its last access has ended
    assert standing() == "ended"
    actions.reopen(manager, access.pk)
    assert answered()[2] == "open"


def test_who_manages_the_account_gives_access_or_who_stands_in(client, manager, mine):
    """Somebody of its team sees the account, and lets nobody in."""
    colleague = User.objects.create(username="of-the-team", role="manager")
    TeamMember.objects.create(account=mine, user=colleague, role="sales")
    access, other = given(manager, mine), post_at(mine, "李强", "li@customer.example")
    wished = {"subsidiaries": False, "parts": ["orders"], "until": None}

    client.force_login(colleague)
    assert client.get(f"/portal-access/new/?account={mine.code}").status_code == 404
    for act in (lambda: actions.end(colleague, access.pk), lambda: actions.give(colleague, other, wished)):
        with pytest.raises(Forbidden):
            act()
    assert not questions.may_give(colleague, mine)

    Absence.objects.create(user=manager, deputy=colleague, since=today(), until=today(), made_by="t", changed_by="t")
    assert client.get(f"/portal-access/new/?account={mine.code}").status_code == 200
    assert actions.give(colleague, other, wished).account == mine
    assert actions.end(colleague, access.pk).ended_on == today()


def test_access_that_has_ended_by_itself_can_be_given_anew(manager, mine):
    access = given(manager, mine)
    post = Post.objects.get(person=access.person)
    fields = {"subsidiaries": False, "parts": ["orders"], "until": None}
    with pytest.raises(NotPossible):
        actions.give(manager, post, fields)
    Access.objects.filter(pk=access.pk).update(until=today() - timedelta(days=1))
    again = actions.give(manager, post, fields)

    assert again.user == access.user
    assert Access.objects.get(pk=access.pk).ended_on == today()


def test_subsidiaries_are_seen_where_that_was_given_by_who_sees_them(house, manager, mine):
    below = Account.objects.create(code="SUB-1", name="子公司", parent_code=mine.code, manager=manager)
    Account.objects.create(code="SUB-2", name="孙公司", parent_code=below.code, manager=house.user("director"))
    alone = given(manager, mine, email="one@customer.example")
    assert [each.code for each in visit_of(alone.user).accounts()] == [mine.code]
    with pytest.raises(NotPossible):
        given(manager, mine, email="two@customer.example", subsidiaries=True)
    whole = given(house.user("director"), mine, email="two@customer.example", subsidiaries=True)

    assert [each.code for each in visit_of(whole.user).accounts()] == [mine.code, "SUB-1", "SUB-2"]
    browser = came(whole)
    chosen = browser.post("/portal/account/", {"account": below.pk, "next": "/portal/orders/"})
    assert chosen.headers["Location"] == "/portal/orders/"
    assert "子公司" in browser.get("/portal/").content.decode()
    foreign = Account.objects.get(code=house.foreign)
    assert browser.post("/portal/account/", {"account": foreign.pk}).status_code == 404


def test_parts_that_were_not_given_are_not_there(manager, mine):
    browser = came(given(manager, mine, parts=["orders"]))

    assert browser.get("/portal/orders/").status_code == 200
    for each in parts():
        if each.name != "orders":
            assert browser.get(f"/portal/{each.name}/").status_code == 404, each.name
            assert f"/portal/{each.name}/" not in browser.get("/portal/").content.decode()


def test_every_part_is_shown_in_each_language(manager, mine):
    browser = came(given(manager, mine))
    for language in ("zh-hans", "zh-hant", "en"):
        browser.cookies["django_language"] = language
        for each in parts():
            answer = browser.get(f"/portal/{each.name}/")
            assert answer.status_code == 200, each.name
            assert not re.search(r"blocktranslate|\{\{|None\b", answer.content.decode())


def test_managers_give_access_to_their_own_accounts_alone(house, manager):
    foreign = Account.objects.get(code=house.foreign)
    post = post_at(foreign)
    with pytest.raises(NotPossible):
        actions.give(manager, post, {"subsidiaries": False, "parts": [], "until": None})
    access = given(house.user("director"), foreign, email="x@customer.example")
    browser = signed_in(house, Client(), "manager")
    for path in ("", "edit/", "preview/", "preview/orders/"):
        assert browser.get(f"/portal-access/{access.pk}/{path}").status_code == 404, path
    for path in ("suspend/", "end/", "invite/", "resume/", "reopen/"):
        assert browser.post(f"/portal-access/{access.pk}/{path}").status_code == 404, path
    assert browser.get(f"/portal-access/new/?account={foreign.code}").status_code == 404
    assert "x@customer.example" not in browser.get("/portal-access/?format=csv").getvalue().decode()


def test_access_is_given_on_the_page(house, mine):
    browser, post = signed_in(house, Client(), "manager"), post_at(mine)
    page = f"/portal-access/new/?account={mine.code}"
    assert browser.get(page).status_code == 200
    assert browser.post(page, {"post": "", "parts": []}).status_code == 422
    made = browser.post(page, {"post": post.pk, "parts": ["orders", "promises"]}, follow=True)
    access = Access.objects.get(person=post.person)

    assert access.user.email == EMAIL
    assert link_of(access) in made.content.decode()
    assert post.person.name in browser.get(f"/accounts/{mine.code}/?tab=contacts").content.decode()
    stale = browser.post(f"/portal-access/{access.pk}/edit/", {"version": 0, "parts": ["orders"]})
    assert stale.status_code == 409
    browser.post(
        f"/portal-access/{access.pk}/edit/", {"version": access.version, "parts": ["orders"], "until": today()}
    )
    assert Access.objects.get(pk=access.pk).parts == ["orders"]


def test_one_of_ours_sees_what_the_visitor_sees_and_can_do_nothing(house, manager, mine):
    access = given(manager, mine)
    promise = promises.promise(manager, mine, {
        "text": "三天内补发", "person": None, "origin": "visit", "reference": "", "department": "", "owner": manager,
        "made_on": today(), "due": today() + timedelta(days=5),
    })  # fmt: skip
    answering.ask(manager, promise.pk, promise.version, due=today() + timedelta(days=9), why="货在路上")
    browser = signed_in(house, Client(), "manager")
    page = browser.get(f"/portal-access/{access.pk}/preview/promises/").content.decode()

    assert "三天内补发" in page
    assert "货在路上" in page
    assert "/portal/promises/" not in page
    assert browser.get("/portal/promises/").status_code == 404
    assert AuditEntry.objects.filter(action="portal-preview", subject=access.subject, who="manager").count() == 1


def test_a_visitor_agrees_to_another_day_and_says_whether_a_promise_was_kept(house, manager, mine):
    fields = {
        "person": None, "origin": "visit", "reference": "", "department": "", "owner": manager,
        "made_on": today() - timedelta(days=3), "due": today() + timedelta(days=5),
    }  # fmt: skip
    row = promises.promise(manager, mine, {"text": "补发配件", **fields})
    other = promises.promise(
        house.user("director"), Account.objects.get(code=house.foreign), {"text": "别家的事", **fields}
    )
    later = today() + timedelta(days=9)
    asked = answering.ask(manager, row.pk, row.version, due=later, why="货在路上").new_days.get()
    theirs = answering.ask(house.user("director"), other.pk, other.version, due=later, why="x").new_days.get()
    access = given(manager, mine)
    browser = came(access)
    assert "补发配件" in browser.get("/portal/").content.decode()
    assert browser.post(f"/portal/promises/days/{theirs.pk}/", {"agreed": "1"}).status_code == 404
    assert browser.post(f"/portal/promises/days/{asked.pk}/", {"agreed": "1", "text": "可以"}).status_code == 302
    row.refresh_from_db()
    moved = row.moves.get()

    assert (row.due, moved.consent, moved.who) == (later, "张伟", access.user.username)
    browser.post(f"/portal/promises/{row.pk}/heard/", {"kept": "1"})
    assert not row.heard.exists()
    promises.keep(manager, row.pk, row.version, on=today(), evidence="内部凭证")
    page = browser.get("/portal/promises/").content.decode()
    assert "内部凭证" not in page
    browser.post(f"/portal/promises/{row.pk}/heard/", {"kept": "0", "text": "少了两件"})
    assert (row.heard.get().kept, row.heard.get().text) == (False, "少了两件")
    assert "少了两件" in signed_in(house, Client(), "manager").get(row.get_absolute_url()).content.decode()
    assert Promise.objects.get(pk=other.pk).due == fields["due"]


def test_shared_files_are_fetched_and_others_are_not_there(house, manager, mine):
    place = house.home.files / "portal-test"
    place.write_bytes(b"%PDF-1.4 shared")
    try:
        shown, hidden = (
            AccountFile.objects.create(account=mine, name=f"{n}.pdf", place=p, size=9)
            for n, p in (("合同", "portal-test"), ("毛利", "other"))
        )
        browser = came(given(manager, mine))
        ours = signed_in(house, Client(), "manager")
        ours.post(f"/portal-access/files/{shown.pk}/", {"shared": "1"})
        page = browser.get("/portal/files/").content.decode()
        assert "合同.pdf" in page
        assert "毛利.pdf" not in page
        assert hidden.name == "毛利.pdf"
        assert browser.get(f"/portal/files/{shown.shared.pk}/").getvalue() == b"%PDF-1.4 shared"
        assert AuditEntry.objects.filter(action="portal-file").exists()
        number = shown.shared.pk
        ours.post(f"/portal-access/files/{shown.pk}/", {"shared": "0"})
        assert browser.get(f"/portal/files/{number}/").status_code == 404
    finally:
        place.unlink()


def test_orders_leave_as_a_list_without_what_they_cost(house, manager, mine):
    browser = came(given(manager, mine))
    answer = browser.get("/portal/orders/file/")
    lines = answer.getvalue().decode("utf-8-sig").splitlines()

    assert len(lines[0].split(",")) == 7
    assert len(lines) > 1
    assert browser.get("/portal/orders/?year=1999&state=open").status_code == 200
    assert AuditEntry.objects.filter(action="portal-export", subject=f"account:{house.mine}").exists()


def test_whoever_is_erased_leaves_no_name(house, manager, mine):
    access = given(manager, mine)
    came(access)
    person, username = access.person, access.user.username
    assert {"access to the portal"} <= {each["kind"] for each in erasing.kept_of(person)["elsewhere"]}
    erasing.erase(house.user("administrator"), person, person.version)
    guest = User.objects.get(username=username)

    assert (guest.name, guest.email, guest.is_active) == ("▇▇", "", False)
    assert not Access.objects.filter(pk=access.pk).exists()


def test_the_users_page_knows_no_visitors(house, manager, mine):
    access = given(manager, mine)
    browser = signed_in(house, Client(), "administrator")

    assert access.user.username not in browser.get("/admin/").content.decode()
    for asked in ({"do": "role", "role": "director"}, {"do": "password"}):
        assert browser.post(f"/admin/users/{access.user.pk}/", asked).status_code == 404
    assert browser.post("/admin/tokens/", {"username": access.user.username}).status_code == 404
    assert User.objects.get(pk=access.user.pk).role == "portal"


def test_a_visitor_called_like_a_manager_of_the_facts_is_none(manager, mine):
    from vitalfew.accounts.sync import _managers

    access = given(manager, mine, name="某某经理")

    assert "某某经理" not in _managers()
    assert access.user.username not in _managers()


RECORDS = {"record": Account(), "manager": Account.objects, "object": object(), "call": str.upper}


@pytest.mark.parametrize("value", RECORDS.values(), ids=RECORDS)
def test_only_what_is_plain_leaves(value):
    with pytest.raises(NotPlain):
        plain({"rows": [{"x": value}]})
