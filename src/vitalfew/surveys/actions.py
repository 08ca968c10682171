"""Surveys: planned, whom they ask, opened, closed; permission asked, version checked, audit written, in one transaction."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Post
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.people.roles import GIVEN
from vitalfew.rooms import Permission
from vitalfew.surveys import questions, writing
from vitalfew.surveys.answering import is_low
from vitalfew.surveys.models import Questionnaire, Respondent, Sampled, Unnamed, Wave, nonce
from vitalfew.surveys.rights import SurveyRight
from vitalfew.surveys.standard import asks_wallet
from vitalfew.surveys.wording import WALLET_TOTAL
from vitalfew.surveys.words import Reached, WaveState, Whom
from vitalfew.terms import gettext_noop as _

FIXED: Final = ("questionnaire", "whom", "anonymous", "rivals", "period")
"""What stays as it is once people answer."""
NO_PERIOD: Final = _("It asks what accounts spend in all: say of which year or month first")
OVER: Final = _("This survey is over")


def _right(whom: str) -> Permission:
    return SurveyRight.PULSE if whom == Whom.COLLEAGUES else SurveyRight.PLAN


@transaction.atomic
def make(user: User, row: Wave) -> Wave:
    """What colleagues say is never told by name."""
    user.must(_right(row.whom))
    row.anonymous = row.anonymous or row.whom == Whom.COLLEAGUES
    return records.make(user, row)


@transaction.atomic
def change(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Wave:
    row = _found(user, pk)
    _keeps_its_word(row, fields)
    if row.state != WaveState.PLANNED:
        fields = {name: value for name, value in fields.items() if name not in FIXED}
    elif {**fields, "whom": fields.get("whom", row.whom)}["whom"] == Whom.COLLEAGUES:
        user.must(SurveyRight.PULSE)
        fields = {**fields, "anonymous": True}
    made: Wave = records.change(user, Wave.objects.visible_to(user), pk, version, fields)
    return made


def _keeps_its_word(row: Wave, fields: Mapping[str, Any]) -> None:
    """Who is asked already, put away or not, is asked as was said."""
    if row.state != WaveState.PLANNED or not row.respondents.exists():
        return
    if fields.get("whom", row.whom) != row.whom:
        raise NotPossible(_("People are asked already: plan another survey to ask others"))
    if row.anonymous and not fields.get("anonymous", True):
        raise NotPossible(_("People are asked already: an anonymous survey stays anonymous"))


@transaction.atomic
def set_letter(user: User, pk: int, version: int, *, language: str, subject: str, text: str) -> Wave:
    """Own words for the letter in a language; empty ones are the usual ones."""
    row = _found(user, pk)
    letters = {**row.letters, language: {"subject": subject, "text": text}}
    if not subject and not text:
        del letters[language]
    made: Wave = records.change(user, Wave.objects.visible_to(user), pk, version, {"letters": letters})
    return made


@transaction.atomic
def put_away(user: User, pk: int) -> Wave:
    _found(user, pk)
    made: Wave = records.put_away(user, Wave.objects.visible_to(user), pk)
    _wallets_new(made.respondents.all())
    return made


@transaction.atomic
def fetch_back(user: User, pk: int) -> Wave:
    row = Wave.objects.within_reach_of(user).get(pk=pk)
    user.must(_right(row.whom))
    made: Wave = records.fetch_back(user, Wave.objects.within_reach_of(user), pk)
    _wallets_new(made.respondents.all())
    return made


def _wallets_new(rows: QuerySet[Any]) -> None:
    """What they said of the wallet stands, or stands no longer: the facts hear of it."""
    told = rows.filter(answered_on__isnull=False, answers__has_key=WALLET_TOTAL)
    told.update(wallet_told=False, version=F("version") + 1)


@transaction.atomic
def add_accounts(user: User, wave: Wave, accounts: Iterable[Account]) -> int:
    """Accounts join the survey; those in it already stay. Gives how many joined."""
    user.must(SurveyRight.PLAN)
    _not_over(wave)
    if wave.whom != Whom.ACCOUNTS:
        raise NotPossible(_("This survey asks colleagues"))
    there = set(wave.sampled.values_list("account_id", flat=True))
    fresh = {account.pk: account for account in accounts if account.pk not in there}
    Sampled.objects.bulk_create(Sampled(wave=wave, account=account) for account in fresh.values())
    if fresh:
        records.touch(user, wave, "accounts")
    return len(fresh)


@transaction.atomic
def ask_posts(user: User, wave: Wave, posts: Iterable[Post]) -> int:
    """People at accounts are asked. Gives how many joined."""
    user.must(SurveyRight.PLAN)
    _not_over(wave)
    there = set(wave.respondents.filter(put_away_at=None, post__isnull=False).values_list("post_id", flat=True))
    fresh = [post for post in posts if post.pk not in there]
    add_accounts(user, wave, [post.account for post in fresh])
    for post in fresh:
        person = post.person
        records.make(user, Respondent(
            wave=wave, account=post.account, post=post, name=person.name, email=person.email, language=person.language
        ))  # fmt: skip
    return len(fresh)


@transaction.atomic
def ask_name(user: User, wave: Wave, account: Account, name: str, *, email: str = "", language: str = "") -> Respondent:
    """Somebody who is no contact yet."""
    user.must(SurveyRight.PLAN)
    _not_over(wave)
    add_accounts(user, wave, [account])
    return records.make(user, Respondent(wave=wave, account=account, name=name, email=email, language=language))


@transaction.atomic
def ask_colleagues(user: User, pk: int) -> Wave:
    """Everybody of ours who has an account of the house and is not asked yet."""
    wave = _found(user, pk)
    _not_over(wave)
    if wave.whom != Whom.COLLEAGUES:
        raise NotPossible(_("This survey asks people at accounts"))
    there = wave.respondents.filter(put_away_at=None).values("colleague")
    for each in User.objects.filter(is_active=True, role__in=GIVEN).exclude(pk__in=there).order_by("pk"):
        records.make(
            user, Respondent(wave=wave, colleague=each, name=each.name or each.username, language=each.language)
        )
    return wave


@transaction.atomic
def begin(user: User, pk: int) -> Wave:
    """The questions stay as they are from now on, and links open on the first day."""
    wave = _found(user, pk)
    if wave.state != WaveState.PLANNED:
        raise NotPossible(_("This survey has begun already"))
    if wave.closes < timezone.localdate():
        raise NotPossible(_("Its last day is over: give it a later one"))
    if not wave.respondents.filter(put_away_at=None).exists():
        raise NotPossible(_("Nobody is asked yet: choose people first"))
    questionnaire = Questionnaire.objects.select_for_update().get(pk=wave.questionnaire_id)
    if not questionnaire.questions:
        raise NotPossible(_("The questionnaire has no question yet"))
    if not wave.period and asks_wallet(questionnaire.questions):
        raise NotPossible(NO_PERIOD)
    fields = {"state": WaveState.RUNNING.value, "wording": writing.fixed(questionnaire)}
    made: Wave = records.change(user, Wave.objects.visible_to(user), pk, wave.version, fields)
    return made


@transaction.atomic
def close(user: User, pk: int) -> Wave:
    """Links open nothing any more; what was left half done counts as far as it goes."""
    wave = _found(user, pk)
    if wave.state != WaveState.RUNNING:
        raise NotPossible(_("This survey does not run"))
    half = wave.respondents.filter(reached=Reached.BEGUN, put_away_at=None).exclude(answers={})
    half.update(told=False, wallet_told=False)
    half.filter(answered_on=None).update(answered_on=timezone.localdate())
    half.filter(pk__in=[each.pk for each in half if is_low(wave, each.answers)]).update(low=True)
    _shuffled(wave)
    made: Wave = records.change(
        user, Wave.objects.visible_to(user), pk, wave.version, {"state": WaveState.CLOSED.value}
    )
    return made


def _shuffled(wave: Wave) -> None:
    """What was said without a name lies in an order by chance, so that its place doesn't tell who was early."""
    rows = list(wave.unnamed.order_by("id"))
    wave.unnamed.all().delete()
    Unnamed.objects.bulk_create(rows)


@transaction.atomic
def reopen(user: User, pk: int) -> Wave:
    wave = _found(user, pk)
    if wave.anonymous:
        raise NotPossible(_("An anonymous survey stays closed: what came after would tell who said it"))
    if wave.state != WaveState.CLOSED:
        raise NotPossible(_("This survey is open"))
    made: Wave = records.change(
        user, Wave.objects.visible_to(user), pk, wave.version, {"state": WaveState.RUNNING.value}
    )
    _wallets_new(made.respondents.filter(reached=Reached.BEGUN))
    return made


@transaction.atomic
def revoke(user: User, pk: int) -> Respondent:
    """The link opens nothing from now on."""
    return _linked(user, pk, revoked=True)


@transaction.atomic
def renew(user: User, pk: int) -> Respondent:
    """A new link; one from before opens nothing."""
    return _linked(user, pk, revoked=False)


def _linked(user: User, pk: int, *, revoked: bool) -> Respondent:
    user.must(SurveyRight.PLAN)
    rows = Respondent.objects.visible_to(user)
    row = rows.get(pk=pk)
    _not_over(row.wave)
    changed: Respondent = records.change(user, rows, pk, row.version, {"revoked": revoked, "nonce": nonce()})
    return changed


@transaction.atomic
def take_out(user: User, pk: int) -> Respondent:
    """Not asked after all."""
    user.must(SurveyRight.PLAN)
    row = Respondent.objects.visible_to(user).get(pk=pk)
    if row.reached == Reached.ANSWERED:
        raise NotPossible(_("This person has answered already"))
    gone: Respondent = records.put_away(user, Respondent.objects.visible_to(user), pk)
    _wallets_new(Respondent.objects.filter(pk=pk))
    return gone


@transaction.atomic
def put_back(user: User, pk: int) -> Respondent:
    user.must(SurveyRight.PLAN)
    rows = Respondent.objects.within_reach_of(user).filter(wave__put_away_at=None)
    row = rows.get(pk=pk)
    if row.post_id and row.wave.respondents.filter(post=row.post_id, put_away_at=None).exclude(pk=pk).exists():
        raise NotPossible(_("This person is asked already"))
    back: Respondent = records.fetch_back(user, rows, pk)
    _wallets_new(Respondent.objects.filter(pk=pk))
    return back


@transaction.atomic
def see_to(user: User, pk: int) -> Respondent:
    """The low score was talked about."""
    user.must(SurveyRight.SEE)
    rows = Respondent.objects.visible_to(user).read_by(user)
    row = rows.get(pk=pk)
    if not row.low:
        raise NotPossible(_("There is no low score here"))
    fresh = {"seen_by": user.username, "seen_on": row.seen_on or timezone.localdate()}
    seen: Respondent = records.change(user, rows, pk, row.version, fresh)
    return seen


def _found(user: User, pk: int) -> Wave:
    row: Wave = Wave.objects.visible_to(user).select_for_update(of=("self",)).get(pk=pk)
    user.must(_right(row.whom))
    return row


def _not_over(wave: Wave) -> None:
    if wave.state == WaveState.CLOSED:
        raise NotPossible(OVER)


def offered(user: User, wave: Wave) -> tuple[list[Post], list[Post], dict[int, Any]]:
    """Who can be asked, who is advised, and who was asked lately."""
    posts = questions.offered(user, wave)
    lately = questions.lately_asked(posts, wave)
    return posts, questions.advised(wave, posts, lately), lately
