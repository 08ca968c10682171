"""Which accounts' people are trained: of those a programme is for, how many hold a valid certificate of it.

meant     contacts that hold a post there, of the levels and parts the programme is for; without a programme, of the front line
trained   those of them with a certificate that is neither expired nor revoked
latest    the last day on which somebody of the account came
oldest    when the oldest certificate that is still valid there was issued
"""

from typing import Any

from django.db.models import (
    Count,
    Exists,
    F,
    FloatField,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Cast, Coalesce, NullIf

from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Post
from vitalfew.people.models import User
from vitalfew.training.models import Attendee, Certificate, Programme
from vitalfew.training.rights import TrainingRight
from vitalfew.training.words import FRONT_LINE, Reach, Validity
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard


def audience(programme: Programme | None) -> Q:
    """Whom a programme is for, as posts."""
    if programme is None or not (programme.levels or programme.parts):
        return Q(level__in=FRONT_LINE)
    return Q(level__in=programme.levels) | Q(part__in=programme.parts)


def valid(programme: Programme | None) -> Any:
    """Certificates that are good today, of that programme or of any that is still taught."""
    rows = Certificate.objects.filter(put_away_at=None).standing(Validity.VALID)
    return rows.filter(programme=programme) if programme else rows.filter(programme__put_away_at=None)


def coverage(user: User, programme: Programme | None = None) -> QuerySet[Any]:
    """The accounts the user sees, each with how far its people are trained, and what it is worth."""
    if not user.may(TrainingRight.SEE):
        nobody: QuerySet[Any] = Account.objects.none()
        return nobody
    there = Post.objects.held().filter(audience(programme), account=OuterRef("pk"), person__merged_into=None)
    holding = there.filter(Exists(valid(programme).filter(person=OuterRef("person"))))
    came = Attendee.objects.filter(account=OuterRef("pk"), came_at__isnull=False, put_away_at=None)
    if programme:
        came = came.filter(session__programme=programme)
    held = valid(programme).filter(account=OuterRef("pk"))
    card = Scorecard.objects.filter(refresh=scorecards.current(), customer=OuterRef("code"))
    rows: QuerySet[Any] = Account.objects.visible_to(user).select_related("manager").annotate(
        meant=_counted(there), trained=_counted(holding), worth=Subquery(card.values("revenue_12m")[:1]),
        latest=_one(came, Max("session__day")), oldest=_one(held, Min("issued_on")),
        ever=Exists(Certificate.objects.filter(account=OuterRef("pk"), put_away_at=None)),
    )  # fmt: skip
    shared: QuerySet[Any] = rows.annotate(
        share=Cast(F("trained"), FloatField()) / NullIf(Cast(F("meant"), FloatField()), 0.0)
    )
    return shared


def _counted(posts: Any) -> Any:
    people = posts.order_by().values("account").annotate(n=Count("person", distinct=True)).values("n")
    return Coalesce(Subquery(people, output_field=IntegerField()), 0)


def _one(rows: Any, figure: Any) -> Any:
    return Subquery(rows.order_by().values("account").annotate(found=figure).values("found"))


def reaching(rows: QuerySet[Any], word: str) -> QuerySet[Any]:
    """Those that are trained so far."""
    trained, all_of_them = Q(trained__gt=0), Q(trained__gte=F("meant"))
    asked = {
        Reach.NEVER: Q(trained=0, ever=False, latest=None), Reach.PARTLY: trained & ~all_of_them,
        Reach.FULLY: trained & all_of_them, Reach.LAPSED: Q(trained=0) & (Q(ever=True) | Q(latest__isnull=False)),
    }  # fmt: skip
    return rows.filter(asked[word])  # type: ignore[index]  # a word by its code


def found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(Q(name__icontains=text) | Q(code__iexact=text))


def reach(account: Any) -> Reach:
    """Of an account as :func:`coverage` gives it."""
    if account.trained:
        return Reach.FULLY if account.trained >= account.meant else Reach.PARTLY
    return Reach.LAPSED if account.ever or account.latest else Reach.NEVER


def by_programme(user: User, account: Account) -> list[dict[str, Any]]:
    """Of one account, each programme with how many of whom it is for are trained."""
    posts = Post.objects.held().filter(account=account, person__merged_into=None).values_list("person", "level", "part")
    people = list(posts)
    held = set(valid(None).filter(person__in={each[0] for each in people}).values_list("person", "programme"))
    return [_line(row, people, held) for row in Programme.objects.visible_to(user)]


def _line(programme: Programme, people: list[Any], held: set[Any]) -> dict[str, Any]:
    levels, parts = programme.levels, programme.parts
    if not (levels or parts):
        levels = FRONT_LINE
    meant = {person for person, level, part in people if level in levels or (part and part in parts)}
    trained = {person for person in meant if (person, programme.pk) in held}
    return {"programme": programme, "meant": len(meant), "trained": len(trained)}
