"""Role × relation to the account × channel: the answer is what the permission table says, and a foreign account is not there."""

import io
import json
import re
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from vitalfew.accounts.models import Account, AccountFile, TeamMember
from vitalfew.activities import actions as activities
from vitalfew.advice.models import Advice
from vitalfew.agreements import actions as agreements
from vitalfew.agreements import breaching
from vitalfew.agreements.models import Agreement
from vitalfew.agreements.rights import AgreementRight
from vitalfew.alarms.models import Alarm
from vitalfew.approvals import actions as approvals
from vitalfew.approvals.rights import ApprovalRight
from vitalfew.campaigns import actions as campaigns
from vitalfew.campaigns import choosing
from vitalfew.club import actions as club
from vitalfew.club import joining
from vitalfew.club.models import Benefit, Event, Level, Use
from vitalfew.club.rights import ClubRight
from vitalfew.comments import actions as comments
from vitalfew.comments.rights import CommentRight
from vitalfew.complaints import actions as complaints
from vitalfew.complaints import claiming
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.directory import actions as directory
from vitalfew.exchange.rights import ExchangeRight
from vitalfew.feedback import actions as feedback
from vitalfew.ideas import actions as ideas
from vitalfew.ideas.rights import IdeaRight
from vitalfew.incentives import actions as incentives
from vitalfew.incentives.models import Booking, Scheme, SchemeVersion, Standing
from vitalfew.incentives.rights import IncentiveRight
from vitalfew.intelligence import actions as intelligence
from vitalfew.intelligence.rights import IntelligenceRight
from vitalfew.journeys import actions as journeys
from vitalfew.journeys import composing
from vitalfew.journeys.models import Suggestion
from vitalfew.journeys.rights import JourneyRight
from vitalfew.language import Message
from vitalfew.losses import actions as losses
from vitalfew.losses.rights import LossRight
from vitalfew.mails.models import Mail
from vitalfew.milestones import actions as milestones
from vitalfew.milestones.rights import MilestoneRight
from vitalfew.outbox.words import Kind
from vitalfew.outbox.writing import Letter, write
from vitalfew.people.permissions import Right, may, sees_all
from vitalfew.people.roles import Role
from vitalfew.plans import actions as plans
from vitalfew.plans.rights import AccountPlanRight
from vitalfew.preferences import actions as preferences
from vitalfew.preferences.rights import PreferenceRight
from vitalfew.promises import actions as promises
from vitalfew.promises.rights import PromiseRight
from vitalfew.recoveries import actions as recoveries
from vitalfew.recoveries.rights import RecoveryRight
from vitalfew.reports.rights import ReportRight
from vitalfew.rescues import actions as rescues
from vitalfew.rescues.rights import RescueRight
from vitalfew.reviews import actions as reviews
from vitalfew.reviews.rights import ReviewRight
from vitalfew.stakeholders.rights import StakeholderRight
from vitalfew.surveys import actions as surveys
from vitalfew.surveys import writing
from vitalfew.surveys.models import Wave
from vitalfew.training import actions as training
from vitalfew.training import attending, certifying
from vitalfew.training.models import Programme, Session
from vitalfew.training.rights import TrainingRight
from vitalfew.treatments.models import Treatment
from vitalfew.visits import actions as visits
from vitalfew.visits.rights import VisitRight

pytestmark = pytest.mark.database
MISSING, NOWHERE = "NOT-THERE", 10**9
RELATIONS = ("managed", "helped", "foreign", "missing")


@dataclass(frozen=True)
class Channel:
    """A way to one account: its address, the right it asks for, and how it answers where the account is not there."""

    address: str
    right: Right = Right.ACCOUNTS
    method: str = "get"
    also: Right | None = None
    absent: int = 404
    present: tuple[int, ...] = (200, 302)
    partial: bool = False


CHANNELS = {
    "page": Channel("/accounts/{code}/"),
    "partial": Channel("/accounts/{code}/?tab=team", partial=True),
    "history": Channel("/accounts/{code}/?tab=timeline"),
    "why": Channel("/why/rfm/?account={code}"),
    "why about money": Channel("/why/contribution/?account={code}", also=Right.MONEY),
    "edit form": Channel("/accounts-edit/{pk}/", Right.EDIT_ACCOUNTS),
    "edit": Channel("/accounts-edit/{pk}/", Right.EDIT_ACCOUNTS, "post"),
    "team": Channel("/accounts-team/{pk}/add/", Right.EDIT_ACCOUNTS, "post"),
    "file": Channel("/accounts-files/{file}/"),
    "file in": Channel("/accounts-files/{pk}/add/", Right.EDIT_ACCOUNTS, "post"),
    "colleagues": Channel("/comments/people/?account={code}", CommentRight.WRITE),
    "file out": Channel("/accounts-files/{file}/remove/", Right.EDIT_ACCOUNTS, "post"),
    "stakeholder map": Channel("/stakeholders/{code}/", StakeholderRight.SEE),
    "organisation chart": Channel("/stakeholders-chart/{code}/", StakeholderRight.SEE),
    "coverage plan": Channel("/stakeholders-coverage/{code}/", StakeholderRight.COVERAGE),
    "plan a level": Channel("/stakeholders-plan/{code}/?level=president", StakeholderRight.PLAN),
    "intelligence of it": Channel("/accounts/{code}/?tab=intelligence", partial=True),
    "training of it": Channel("/accounts/{code}/?tab=training", partial=True),
    "new training": Channel("/training/new/?account={code}", TrainingRight.RUN),
    "club of it": Channel("/accounts/{code}/?tab=club", partial=True),
    "nomination": Channel("/club/nominate/?account={code}", ClubRight.NOMINATE),
    "new use": Channel("/club/uses/new/?account={code}", ClubRight.SERVE),
    "risk of it": Channel("/accounts/{code}/?tab=risk", partial=True),
    "new report": Channel("/reports/new/?account={code}", ReportRight.SEE),
    "new regular report": Channel("/report-schedules/new/?account={code}", ReportRight.SEE),
    "new loss": Channel("/losses/new/?account={code}", LossRight.WRITE),
    "new win-back round": Channel("/win-back/rounds/new/?account={code}", RecoveryRight.WRITE),
    "new rescue": Channel("/rescues/new/?account={code}", RescueRight.LEAD),
    "journeys of it": Channel("/accounts/{code}/?tab=journeys", partial=True),
    "new journey": Channel("/journeys/new/?account={code}", JourneyRight.OPEN),
    "ideas of it": Channel("/accounts/{code}/?tab=ideas", partial=True),
    "new idea": Channel("/ideas/new/?account={code}", IdeaRight.WRITE),
    "complaints of it": Channel("/accounts/{code}/?tab=complaints", partial=True),
    "new complaint": Channel("/complaints/new/?account={code}", ComplaintRight.TAKE),
    "what it will miss": Channel("/accounts/{code}/?tab=supply", partial=True),
    "new exchange": Channel("/exchange/new/?account={code}", ExchangeRight.AGREE),
    "promises to it": Channel("/accounts/{code}/?tab=promises", partial=True),
    "incentives of it": Channel("/accounts/{code}/?tab=incentives", partial=True),
    "new case": Channel("/incentive-cases/new/?account={code}", IncentiveRight.RECORD),
    "milestones of it": Channel("/accounts/{code}/?tab=milestones", partial=True),
    "comments on it": Channel("/accounts/{code}/?tab=comments", partial=True),
    "new milestone": Channel("/milestones/new/?account={code}", MilestoneRight.KEEP),
    "agreements with it": Channel("/accounts/{code}/?tab=agreements", partial=True),
    "new agreement": Channel("/agreements/new/?account={code}", AgreementRight.WRITE),
    "plans for it": Channel("/accounts/{code}/?tab=plans", partial=True),
    "new plan": Channel("/plans/new/?account={code}", AccountPlanRight.WRITE),
    "new preference": Channel("/preferences/new/?account={code}", PreferenceRight.WRITE),
    "letter about its tier": Channel("/tier-letter/{code}/", ReviewRight.SEE),
    "new approval": Channel("/approvals/new/?account={code}", ApprovalRight.ASK),
    "new promise": Channel("/promises/new/?account={code}", PromiseRight.MAKE),
    "visits to it": Channel("/accounts/{code}/?tab=visits", partial=True),
    "new visit": Channel("/visits/new/?account={code}", VisitRight.PLAN),
    "new intelligence": Channel("/intelligence/new/?account={code}", IntelligenceRight.ADD),
    "stakeholders": Channel("/api/v1/stakeholders?account={code}", StakeholderRight.SEE),
    "record": Channel("/api/v1/accounts/{code}"),
    "change": Channel("/api/v1/accounts/{code}", Right.EDIT_ACCOUNTS, "patch", present=(428,)),
    "scorecard": Channel("/api/v1/accounts/{code}/scorecard"),
    "timeline": Channel("/api/v1/accounts/{code}/timeline"),
    "contacts": Channel("/api/v1/contacts?account={code}"),
    "complaints": Channel("/api/v1/complaints?account={code}"),
    "analysis": Channel("/api/v1/analyses/rfm?account={code}"),
    "analysis about money": Channel("/api/v1/analyses/lifetime?account={code}", also=Right.MONEY),
}


@pytest.fixture
def related(house, db):  # noqa: ARG001  (inside the test's transaction)
    """An account in each relation to the manager, with a document each."""
    free = Account.objects.filter(manager__username="other").exclude(code=house.foreign).first()
    TeamMember.objects.create(account=free, user=house.user("manager"), role="service")
    codes = {"managed": house.mine, "helped": free.code, "foreign": house.foreign}
    places = {"missing": {"code": MISSING, "pk": NOWHERE, "file": NOWHERE}}
    for relation, code in codes.items():
        account = Account.objects.get(code=code)
        (house.home.files / relation).write_bytes(b"%PDF-1.4")
        file = AccountFile.objects.create(account=account, name="a.pdf", place=relation, size=8)
        places[relation] = {"code": code, "pk": account.pk, "file": file.pk}
    return places


def browser(house, role):
    client = Client()
    client.force_login(house.user(role), backend="django.contrib.auth.backends.ModelBackend")
    return client


def ask(house, role, channel, place, browser):
    """The answer, as a browser or a program with a token gets it."""
    address, json = channel.address.format(**place), {"data": "{}", "content_type": "application/json"}
    if address.startswith("/api/"):
        client = Client(headers={"authorization": f"Bearer {house.tokens[role]}"})
        return getattr(client, channel.method)(address, **(json if channel.method == "patch" else {}))
    return getattr(browser, channel.method)(address, headers={"hx-request": "true"} if channel.partial else {})


def expected(role, channel, relation):
    if not may(role, channel.right):
        return (404,) if role is Role.PORTAL else (403,)
    there = relation != "missing" and (sees_all(role) or relation in {"managed", "helped"})
    if channel.also and not may(role, channel.also):
        return (403, 404)
    return channel.present if there else (channel.absent,)


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("role", list(Role))
def test_each_channel_answers_as_the_table_says(house, related, role, relation):
    signed_in, wrong = browser(house, role.value), {}
    for name, channel in CHANNELS.items():
        status = ask(house, role.value, channel, related[relation], signed_in).status_code
        if status not in expected(role, channel, relation):
            wrong[name] = status

    assert wrong == {}


def plain(answer, address):
    """The answer without what differs with every request, or repeats the address."""
    text = answer.content.decode()
    text = re.sub(r'(data-csrf|nonce|value)="[^"]*"', "", text).replace(address, "…").replace(escape(address), "…")
    kept = {name: value for name, value in answer.headers.items() if name not in {"Content-Length", "Set-Cookie"}}
    return text, {name: re.sub(r"nonce-[^']*", "", value) for name, value in kept.items()}


@pytest.mark.parametrize("name", CHANNELS)
@pytest.mark.parametrize("role", ["manager", "portal"])
def test_a_foreign_account_is_answered_word_for_word_like_one_that_is_not_there(house, related, role, name):
    channel = CHANNELS[name]
    places = [related[relation] for relation in ("foreign", "missing")]
    foreign, missing = (ask(house, role, channel, place, browser(house, role)) for place in places)
    addresses = [channel.address.format(**place).partition("?")[0] for place in places]

    assert foreign.status_code == missing.status_code
    assert plain(foreign, addresses[0]) == plain(missing, addresses[1])


def listed(house, role, codes):
    """Where a role meets these accounts without naming one: lists, exports, search, suggestions, charts, Today."""
    browser = Client()
    browser.force_login(house.user(role), backend="django.contrib.auth.backends.ModelBackend")
    program = Client(headers={"authorization": f"Bearer {house.tokens[role]}"})
    pages = [
        "/",
        "/accounts/",
        "/accounts/?order=name",
        "/portfolio/",
        "/tier-review/",
        "/tier-review/?show=all",
        "/tier-decisions/",
        "/insight/pareto/",
        "/accounts-export/",
        "/duplicates/",
        "/coverage/",
        "/acquaintances/",
        "/comments/",
        "/feedback/",
        "/feedback/asked/",
        "/mails/",
        "/outbox/",
        "/intelligence/",
        "/milestones/",
        "/plans/",
        "/agreements/",
        "/agreements/breaches/",
        "/preferences/",
        "/alarms/",
        "/approvals/",
        "/incentives/",
        "/incentive-standings/",
        "/incentive-cases/",
        "/incentive-bookings/",
        "/club/",
        "/club/members/",
        "/club/levels/",
        "/club/events/",
        "/club/invitations/",
        "/training/",
        "/training/programmes/",
        "/training/attendees/",
        "/training/certificates/",
        "/training/coverage/",
        "/campaigns/",
        "/campaigns/calendar/",
        "/surveys/",
        "/surveys/people/",
        "/surveys/questionnaires/",
        "/green-channel/",
        "/advice/",
        "/advice/figures/",
        "/reports/",
        "/report-schedules/",
        "/losses/",
        "/losses/figures/",
        "/win-back/",
        "/win-back/rounds/",
        "/win-back/attempts/",
        "/win-back/steps/",
        "/win-back/watch/",
        "/treatments/",
        "/treatments/losers/",
        "/rescues/",
        "/rescues/steps/",
        "/warnings/",
        "/journeys/",
        "/journeys/checks/",
        "/journeys/gaps/",
        "/journeys/gaps/list/",
        "/journeys/suggestions/",
        "/complaints/",
        "/complaints/wall/",
        "/complaints/claims/",
        "/complaints/figures/",
        "/complaints/causes/",
        "/complaints/8d/",
        "/ideas/",
        "/supply/",
        "/supply/risks/",
        "/exchange/",
        "/exchange/files/",
        "/exchange/told/",
        "/exchange/questions/",
        "/exchange/effects/",
        "/exchange/codes/",
        "/promises/",
        "/integrity/",
        "/visits/?view=month&whose=all",
        "/visits/list/",
        "/visits/list/?order=account",
        "/intelligence-contradictions/",
        "/competitors/",
        "/directory/",
        "/directory-found/",
    ]
    calls = ["/accounts?limit=200", "/today", "/analyses/rfm", "/duplicates", "/coverage?limit=200", "/acquaintances"]
    calls += [
        "/comments",
        "/feedback/rounds",
        "/feedback/asked",
        "/mails",
        "/supply/risks",
        "/exchange/agreements",
        "/exchange/files",
        "/exchange/sell-out",
        "/exchange/effects",
        "/exchange/codes",
        "/letters",
        "/intelligence",
        "/milestones",
        "/plans",
        "/agreements",
        "/agreements/breaches",
        "/preferences",
        "/alarms",
        "/approvals",
        "/tier-reviews/decisions",
        "/incentives",
        "/incentives/standings",
        "/incentives/cases",
        "/incentives/bookings",
        "/club/members",
        "/club/invitations",
        "/training/attendees",
        "/training/certificates",
        "/campaigns",
        "/surveys/waves",
        "/surveys/people",
        "/advice",
        "/reports",
        "/report-schedules",
        "/losses",
        "/recoveries",
        "/recoveries/rounds",
        "/recoveries/steps",
        "/treatments",
        "/rescues",
        "/rescues/steps",
        "/journeys",
        "/journeys/checks",
        "/complaints",
        "/complaint-causes",
        "/ideas",
        "/promises",
        "/visits",
        "/competitors",
        "/directory",
    ]
    for code in codes:
        name = Account.objects.get(code=code).name
        pages += [
            f"/duplicates/like-account/?name={name}",
            f"/accounts-count/?q={name}",
            f"/accounts-like/?q={name}",
            f"/comments/?q={code}",
            f"/intelligence/?q={code}",
            f"/milestones/?q={code}",
            f"/plans/?q={code}",
            f"/agreements/?q={code}",
            f"/agreements/breaches/?q={code}",
            f"/preferences/?q={code}",
            f"/alarms/?q={code}",
            f"/approvals/?q={code}",
            f"/incentive-standings/?q={code}",
            f"/incentive-cases/?q={code}",
            f"/club/members/?q={code}",
            f"/club/invitations/?q={code}",
            f"/training/attendees/?q={code}",
            f"/training/certificates/?q={code}",
            f"/training/coverage/?q={code}",
            f"/campaigns/?q={code}",
            f"/campaigns/new/?code={code}",
            f"/surveys/people/?q={code}",
            f"/advice/?q={code}",
            f"/reports/?q={code}",
            f"/report-schedules/?q={code}",
            f"/losses/?q={code}",
            f"/win-back/attempts/?q={code}",
            f"/win-back/steps/?q={code}",
            f"/treatments/?q={code}",
            f"/rescues/?q={code}",
            f"/rescues/steps/?q={code}",
            f"/warnings/?q={code}",
            f"/journeys/?q={code}",
            f"/journeys/checks/?q={code}",
            f"/journeys/gaps/list/?q={code}",
            f"/journeys/suggestions/?q={code}",
            f"/complaints/?q={code}",
            f"/complaints/claims/?q={name}",
            f"/ideas/?q={code}",
            f"/promises/?q={code}",
            f"/visits/list/?q={code}",
            f"/directory/?q={code}",
            f"/directory/like/?name={name}",
            f"/accounts/?q={code}",
            f"/search/?q={code}",
            f"/search/?q={name}",
            f"/accounts/?group={code}",
        ]
        calls += [f"/accounts?q={code}", f"/search?q={code}"]
    answers = [(page, browser.get(page)) for page in pages]
    answers += [(page, program.get(f"/api/v1{page}")) for page in calls]
    book = browser.get("/accounts-export/?format=xlsx")
    yield "workbook", cells_of(book) if book.status_code == 200 else set()
    for page, answer in answers:
        if answer.status_code == 200:
            text = b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()
            yield page, set(re.findall(r"[\w-]+", text.replace(page.partition("=")[2], "")))


def cells_of(answer):
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    return {cell for row in sheet.iter_rows(values_only=True) for cell in row}


@pytest.fixture
def complained(house):
    """A complaint of such an account, and a claim on its carrier."""
    director, foreign = house.user("director"), Account.objects.get(code=house.foreign)
    complaint = complaints.take_in(director, {"account": foreign, "text": foreign.code, "order_number": foreign.code})
    claiming.claim(director, complaint.pk, {
        "party": "carrier", "name": foreign.code, "what": foreign.name, "amount": 1, "claimed_on": timezone.localdate(),
        "due": timezone.localdate(),
    })  # fmt: skip


@pytest.fixture
def wished(house):
    """An idea of that account."""
    foreign = Account.objects.get(code=house.foreign)
    said = {"text": foreign.code, "named": foreign.code, "said_on": timezone.localdate()}
    ideas.write_down(house.user("director"), foreign, said)


@pytest.fixture
def leaving(house):
    """A rescue plan for that account, its loss, an attempt to win it back, a treatment, a campaign with it."""
    director, foreign = house.user("director"), Account.objects.get(code=house.foreign)
    rescues.begin(director, foreign, "unknown", director, foreign.code)
    losses.enter(director, foreign, timezone.localdate(), director)
    sent = {"name": foreign.code, "cost": Decimal(1), "share": 0, "months": 6}
    made = recoveries.begin(director, [foreign], **sent).recoveries.get()
    ended = {"state": "returned", "on": timezone.localdate(), "outcome": foreign.code, "spent": None}
    recoveries.settle(director, made.pk, made.version, **ended)
    Treatment.objects.create(
        account=foreign, kind="reprice", why=foreign.code, aim=Decimal(1), months=6, owner=director, outcome=foreign.code,
        made_by="director", changed_by="director",
    )  # fmt: skip
    Advice.objects.create(
        account=foreign, action="ask", why="[]", as_of=timezone.localdate(), answered_on=timezone.localdate(), owner=director,
        due=timezone.localdate(), note=foreign.code, outcome=foreign.code, made_by="director", changed_by="director",
    )  # fmt: skip
    day = timezone.localdate()
    drafted = campaigns.draft(director, {"name": "c", "aim": "a", "since": day, "until": day})
    choosing.add_accounts(director, drafted.pk, [foreign])


@pytest.fixture
def talked_about(house, related, complained, wished, leaving):  # noqa: ARG001  (inside the test's transaction)
    """Visits, comments, a feedback round and mail of an account that the manager does not see."""
    director, foreign = house.user("director"), Account.objects.get(code=house.foreign)
    visit = activities.log(director, foreign, {"way": "visit", "day": timezone.localdate(), "text": foreign.code})
    comments.write(director, "activity", visit.pk, f"@manager {foreign.code}")
    times = {"since": timezone.localdate(), "until": timezone.localdate()}
    feedback.add(director, feedback.plan(director, {"name": "r", **times}, feedback.Wording(("nps",))), [foreign])
    mail = Mail.objects.create(key="k", title=foreign.code, day=timezone.localdate(), account=foreign, state="matched")
    mail.ours.add(director)
    write(
        Letter(kind=Kind.ANSWER, account=foreign, address="a@b.example", subject=foreign.code, paragraphs=()), director
    )
    directory.take_in(director, [foreign])
    milestones.note(director, foreign, {
        "kind": "honour", "title": foreign.code, "day": timezone.localdate(), "lunar": False, "yearly": False,
        "round_only": False, "lead": 7, "owner": director, "person": None, "consent": "",
    })  # fmt: skip
    reviews.open_review(director, house.home)
    told = json.dumps([Message("{text}", {"text": foreign.code}).stored()])
    alarm = Alarm.objects.create(
        kind="unusual", matter=foreign.code, account=foreign, said=told, urgency="low", raised_at=timezone.now(),
        last_seen=timezone.localdate(),
    )  # fmt: skip
    alarm.tellings.create(user=house.user("manager"))
    approvals.ask_by_hand(
        director, "allowance", foreign, {"what": foreign.code, "why": foreign.code, "amount": Decimal(100)}
    )
    level = club.make(director, Level(name="金卡", mark="金", rank=1))
    joining.enter(foreign, level, timezone.localdate(), [Message("{text}", {"text": foreign.code})])
    right = club.make(director, Benefit(level=level, kind="other", text="r"))
    club.make(director, Use(account=foreign, benefit=right, day=timezone.localdate(), note=foreign.code))
    club.nominate(director, foreign, level, timezone.localdate(), foreign.code)
    club.invite(director, club.make(director, Event(title="e", day=timezone.localdate(), level=level)), [foreign])
    wave = surveys.make(director, Wave(
        name="s", questionnaire=writing.make(director, "q", ["nps"]), opens=timezone.localdate(), closes=timezone.localdate(),
        keep_until=timezone.localdate(), sender="s", purpose="p",
    ))  # fmt: skip
    surveys.ask_name(director, wave, foreign, foreign.code)
    session = training.make(director, Session(
        programme=training.make(director, Programme(title="p")), day=timezone.localdate()
    ))  # fmt: skip
    attendee = attending.came(director, training.expect_name(director, session, foreign, foreign.code).pk)
    certifying.issue(director, attendee, timezone.localdate())
    template = composing.define(director, {"name": "t", "about": ""})
    asked = {"stage": "after", "title": "t", "function": "service", "after": "opening"}
    composing.PARTS.put_in(director, template.pk, "check", asked)
    long_ago = timezone.localdate() - timedelta(days=60)
    titled = {"title": foreign.code, "owner": director, "opened_on": long_ago}
    journeys.begin(director, foreign, template, titled)
    Suggestion.objects.create(account=foreign, order="o", kind="large", ordered_on=long_ago, amount=1)
    promises.promise(director, foreign, {
        "text": foreign.code, "origin": "visit", "owner": director, "made_on": timezone.localdate(),
        "due": timezone.localdate(),
    })  # fmt: skip
    incentives.record(director, foreign, {
        "kind": "price", "day": timezone.localdate(), "evidence": foreign.code, "amount": None,
    })  # fmt: skip
    scheme = Scheme.objects.create(name="s", made_by="director")
    days = dict.fromkeys(("since", "until"), timezone.localdate())
    version = SchemeVersion.objects.create(
        scheme=scheme, number=1, state="approved", every="year", currency="CNY", **days
    )
    Standing.objects.create(of=version, account=foreign, currency="CNY", units=100, as_of=days["since"], **days)
    Booking.objects.create(scheme=scheme, key=foreign.code, currency="CNY", units=100, accounts=1, **days)
    preferences.write(director, foreign, {
        "works": "not", "area": "talk", "text": foreign.code, "evidence": foreign.code, "seen_on": timezone.localdate(),
    })  # fmt: skip
    span = dict.fromkeys(("since", "until", "review_on"), timezone.localdate())
    plans.write(director, foreign, {"title": foreign.code, "threats": foreign.code, "owner": director, **span})
    agreed = agreements.write(director, foreign, {
        "number": foreign.code, "title": foreign.code, "kind": "annual", "since": timezone.localdate(),
        "until": timezone.localdate(), "renewal": "none", "owner": director, "note": foreign.code,
    })  # fmt: skip
    Agreement.objects.filter(pk=agreed.pk).update(state="in-force")
    breaching.record(director, agreed.pk, {
        "side": "theirs", "broken_on": timezone.localdate(), "text": foreign.code, "evidence": foreign.code,
    })  # fmt: skip
    for accounts in ([foreign], [foreign, Account.objects.get(code=house.mine)]):
        fields = {"day": timezone.localdate(), "at": None, "purpose": "round_table", "place": "", "leader": director}
        visits.plan(director, fields, visits.Going(accounts))
    for value in ("1", "2"):
        intelligence.write_down(director, foreign, {
            "competitor": f"rival {foreign.code}", "region": "", "category": "", "kind": "offer", "text": foreign.code,
            "attribute": "price", "detail": "", "value": value, "source_kind": "press", "source": foreign.code,
            "person": None, "day": timezone.localdate(), "reliability": "B", "credibility": 2,
            "valid_until": timezone.localdate(),
        })  # fmt: skip


@pytest.mark.usefixtures("talked_about")
@pytest.mark.parametrize("role", ["manager", "portal"])
def test_no_list_export_search_chart_or_suggestion_holds_a_foreign_account(house, related, role):  # noqa: ARG001
    seen = Account.objects.visible_to(house.user(role))
    foreign = set(Account.objects.exclude(pk__in=seen).values_list("code", flat=True))

    for where, words in listed(house, role, [house.foreign]):
        assert not foreign & words, where


def test_bulk_actions_reach_what_one_sees_and_no_further(house, related):
    director, manager = house.user("director"), house.user("manager")
    codes = [place["code"] for relation, place in related.items() if relation != "missing"]
    before = dict(Account.objects.filter(code__in=codes).values_list("code", "manager_id"))
    for user, reached in ((manager, False), (director, True)):
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        client.post("/accounts-assign/", {"code": codes, "manager": "manager"})
        after = dict(Account.objects.filter(code__in=codes).values_list("code", "manager_id"))
        assert (after == dict.fromkeys(codes, manager.pk)) if reached else (after == before)
