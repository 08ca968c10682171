"""What pages and API ask about surveys. Every answer starts from what the user may see."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Case, Count, Max, Q, QuerySet, When

from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Post
from vitalfew.people.models import User
from vitalfew.surveys.models import Questionnaire, Respondent, Unnamed, Wave
from vitalfew.surveys.rights import SurveyRight
from vitalfew.surveys.words import Reached, WaveState, Whom

LATELY: Final = timedelta(days=90)
"""Who was asked within that time is asked again too soon."""
OPEN: Final = (Reached.UNSENT, Reached.SENT, Reached.BEGUN)
MOST: Final = 200


def questionnaires(user: User) -> QuerySet[Any]:
    found: QuerySet[Any] = Questionnaire.objects.visible_to(user).annotate(
        times=Count("waves", filter=Q(waves__put_away_at=None), distinct=True)
    )
    return found


def waves(user: User) -> QuerySet[Any]:
    """Surveys, with how many people that the user sees are asked and have answered."""
    seen = Q(respondents__put_away_at=None)
    if not user.sees_all_accounts:
        seen &= Q(respondents__account__in=Account.objects.visible_to(user))
    answered = seen & Q(respondents__reached=Reached.ANSWERED)
    rows = Wave.objects.visible_to(user).select_related("questionnaire", "wording")
    found: QuerySet[Any] = rows.annotate(
        people=Count("respondents", filter=seen, distinct=True),
        answered=Case(
            When(whom=Whom.COLLEAGUES, state=WaveState.CLOSED, then=Count("unnamed", distinct=True)),
            default=Count("respondents", filter=answered, distinct=True),
        ),
    )
    return found


def respondents(user: User) -> QuerySet[Any]:
    rows: QuerySet[Any] = Respondent.objects.visible_to(user).select_related(
        "wave__questionnaire", "wave__wording", "account__manager", "post"
    )
    found: QuerySet[Any] = rows.telling(user)  # type: ignore[attr-defined]  # of its own kind
    return found


def read(user: User) -> QuerySet[Any]:
    """Those whose answers the user reads."""
    return respondents(user).filter(readable=True)


def found_named(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(name__icontains=text)


def found_respondents(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(
        Q(name__icontains=text)
        | Q(account__name__icontains=text)
        | Q(account__code__iexact=text)
        | Q(wave__name__icontains=text)
    )


def of_wave(user: User, wave: Wave) -> list[Respondent]:
    rows = respondents(user).filter(wave=wave)
    return list(rows.order_by("account__name", "name", "pk"))


def of_account(user: User, account: Account) -> list[Respondent]:
    """Who was asked there, the latest survey first."""
    return list(respondents(user).filter(account=account).order_by("-wave__opens", "name", "pk")[:MOST])


def sampled(user: User, wave: Wave) -> list[Account]:
    seen = Account.objects.visible_to(user).filter(sampled__wave=wave).distinct()
    return list(seen.order_by("name", "code"))


def offered(user: User, wave: Wave) -> list[Post]:
    """People at the accounts asked who are not asked yet: those first whose part nobody there has so far."""
    there = wave.respondents.filter(put_away_at=None, post__isnull=False).values("post")
    posts = Post.objects.visible_to(user).held().filter(account__in=sampled(user, wave)).exclude(pk__in=there)
    return list(posts.select_related("person", "account").order_by("account__name", "pk")[:MOST])


def advised(wave: Wave, posts: list[Post], lately: dict[int, date]) -> list[Post]:
    """One of each part in buying and each level an account, of those with an address who were not asked lately."""
    known: set[tuple[int, str]] = set()
    for row in wave.respondents.filter(put_away_at=None, post__isnull=False).select_related("post"):
        known |= _roles(row.post)
    found = []
    for post in posts:
        if post.person.email and post.person_id not in lately and _roles(post) - known:
            known |= _roles(post)
            found.append(post)
    return found


def _roles(post: Any) -> set[tuple[int, str]]:
    part = post.part or (post.guessed_part.value if post.guessed_part else "")
    return {(post.account_id, each) for each in (part or "–", f"level:{post.level}")}


def lately_asked(posts: list[Post], wave: Wave) -> dict[int, date]:
    """Persons to whom another survey went within the last months, and when."""
    rows = Respondent.objects.filter(
        post__person__in={post.person_id for post in posts}, sent_on__gte=wave.opens - LATELY, put_away_at=None
    )
    told = rows.exclude(wave=wave).values_list("post__person").annotate(day=Max("sent_on"))
    return dict(told)


def answered(user: User, wave: Wave) -> list[Respondent]:
    """Those whose answers count: handed in; once the survey is over, also what was left half done."""
    known = [Reached.ANSWERED]
    if wave.state == WaveState.CLOSED:
        known.append(Reached.BEGUN)
    return list(respondents(user).filter(wave=wave, reached__in=known).exclude(answers={}))


def unnamed(user: User, wave: Wave) -> list[Unnamed]:
    """Of an anonymous survey, once it is over, for who sees all accounts: what was said so far tells who said it."""
    if wave.state != WaveState.CLOSED or not user.sees_all_accounts:
        return []
    return list(wave.unnamed.all())


def before(wave: Wave) -> Wave | None:
    """The survey before, by the same questionnaire, with names."""
    rows = Wave.objects.filter(questionnaire=wave.questionnaire_id, anonymous=False, put_away_at=None)
    found: Wave | None = rows.filter(opens__lt=wave.opens).select_related("wording", "questionnaire").first()
    return found


def low(user: User) -> QuerySet[Any]:
    """Low scores nobody has seen to yet, at the accounts that the user manages."""
    rows = respondents(user).filter(low=True, seen_by="", account__manager=user)
    return rows.order_by("-answered_on", "pk")


def to_answer(user: User) -> QuerySet[Any]:
    """Surveys of colleagues that wait for this one."""
    rows = Respondent.objects.filter(colleague=user, reached__in=OPEN, revoked=False, put_away_at=None)
    return rows.filter(wave__state=WaveState.RUNNING, wave__put_away_at=None).select_related("wave")


def may_plan(user: User) -> bool:
    return user.may(SurveyRight.PLAN)


def by_account(rows: list[Respondent]) -> dict[str, list[Respondent]]:
    found: dict[str, list[Respondent]] = defaultdict(list)
    for row in rows:
        found[row.account.code if row.account else ""].append(row)
    return found
