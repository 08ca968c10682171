from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from vitalfew.complaints.models import EffectCheck
from vitalfew.complaints.queues import TO_CHECK
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.lists.listing import ListColumn, ListFilter, Listing
from vitalfew.lists.turn_column import turn_column
from vitalfew.people.models import User
from vitalfew.terms import Term, Unit
from vitalfew.terms import gettext_noop as _

WITH: Final = ("complaint", "complaint__account", "complaint__cause", "complaint__merged_into", "owner", "found_by")


def effect_checks(user: User) -> QuerySet[EffectCheck]:
    return EffectCheck.objects.visible_to(user).select_related(*WITH)


def due_for(user: User) -> QuerySet[EffectCheck]:
    """Those whose day has come: the user's, and nobody's of accounts he manages."""
    nobody = Q(owner=None) | Q(owner__is_active=False)
    rows = effect_checks(user).filter(found="", due__lte=timezone.localdate())
    return rows.filter(Q(owner=user) | Q(nobody, complaint__account__manager=user)).order_by("due", "pk")


class Stands(Term):
    """How a check of a countermeasure stands."""

    DUE = "due", _("Its day has come")
    LATER = "later", _("Its day comes later")
    EFFECTIVE = "effective", _("It works")
    NOT = "not", _("It does not work")
    UNKNOWN = "unknown", _("Nobody can tell")


def stands(row: EffectCheck) -> Stands:
    if row.found:
        return next(each for each in Stands if each.value == row.found)
    return Stands.DUE if row.due <= timezone.localdate() else Stands.LATER


def _standing(rows: QuerySet[Any], word: str) -> QuerySet[Any]:
    today = timezone.localdate()
    open_ones: dict[str, dict[str, Any]] = {
        Stands.DUE: {"found": "", "due__lte": today}, Stands.LATER: {"found": "", "due__gt": today},
    }  # fmt: skip
    return rows.filter(**open_ones.get(word, {"found": word}))


def _found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    named = Q(complaint__number__icontains=text) | Q(complaint__account__name__icontains=text)
    return rows.filter(named | Q(measure__icontains=text))


CHECKS: Final = Listing(
    name="effect-checks",
    title=_("Countermeasures checked"),
    right=ComplaintRight.SEE,
    records=lambda user: effect_checks(user).order_by(),
    columns=(
        ListColumn("measure", _("Countermeasure"), order="measure", narrow=True, link=lambda row: row.get_absolute_url()),
        ListColumn("complaint", _("Complaint number"), Unit.CODE, "complaint__number", lambda row: row.complaint.number,
                   link=lambda row: row.complaint.get_absolute_url()),
        ListColumn("account", _("Account"), told=lambda row: str(row.complaint.account or row.complaint.company)),
        ListColumn("stands", _("State"), Unit.WORD, words=Stands, told=stands, narrow=True),
        ListColumn("since", _("The standard since"), Unit.DAY, "since"),
        ListColumn("due", _("To be looked at on"), Unit.DAY, "due", narrow=True),
        ListColumn("owner", _("Who looks"), order="owner__name", told=lambda row: str(row.owner or "")),
        turn_column(TO_CHECK),
        ListColumn("evidence", _("By what one knows"), shown=False),
        ListColumn("found_on", _("Found on"), Unit.DAY, "found_on", shown=False),
    ),
    order="due",
    find=_found,
    hint=_("Countermeasure, number of the complaint, name of the account"),
    empty=_("No countermeasure became the standard yet. When one does, the day on which one looks whether it works is set."),
    queue=TO_CHECK,
    filters=(ListFilter("stands", _("State"), list(Stands), _standing),),
)  # fmt: skip
