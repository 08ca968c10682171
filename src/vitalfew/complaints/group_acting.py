"""A group of complaints that say nearly the same becomes a cause, or is dismissed; each can be taken back."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.complaints import causing
from vitalfew.complaints.background import SOON, ask_to_group
from vitalfew.complaints.keeping import changed
from vitalfew.complaints.models import Cause, Complaint, TextGroup, TextLook
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.complaints.words import GroupState
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.owning import Owned
from vitalfew.people.records import NotPossible, Stale
from vitalfew.terms import gettext_noop as _

OWN: Final = Owned(TextGroup, ComplaintRight.GROUP, lambda _user, _row: True, with_it=())
DECIDED: Final = _("It is decided already: take that back first")


def look(user: User, days: int) -> None:
    """Texts of so many days are looked at, now and every night."""
    user.must(ComplaintRight.GROUP)
    TextLook.objects.update_or_create(pk=1, defaults={"days": days})
    ask_to_group()


@transaction.atomic
def confirm(user: User, pk: int, version: int, fields: Mapping[str, Any], numbers: Collection[int]) -> TextGroup:
    """Those of its complaints that are named stand on the cause from now on; the others did not belong."""
    row = _proposed(user, pk, version)
    members = Complaint.objects.visible_to(user).filter(text_groups=row)
    belong = list(members.filter(pk__in=numbers).order_by("pk").select_for_update(of=("self",)))
    if not belong:
        raise NotPossible(_("Tick at least one complaint that belongs to it"))
    left = list(members.exclude(pk__in=[each.pk for each in belong]).values_list("pk", flat=True))
    cause, made = _cause(user, fields)
    before = {str(each.pk): each.cause_id for each in belong}
    for each in belong:
        _moved(user, each, cause)
    row.complaints.set(belong)
    ask_to_group(timezone.now() + SOON)
    told = {"state": GroupState.CONFIRMED, "cause": cause, "cause_made": made, "before": before, "left_out": left}
    return records.change(user, TextGroup.objects.visible_to(user), pk, version, told)


def _cause(user: User, fields: Mapping[str, Any]) -> tuple[Cause, bool]:
    """One of the tree, or a new one; and whether it is new."""
    known = causing.chosen({"branch": fields.get("cause")})
    named = str(fields.get("named") or "").strip()
    if (known is None) == (not named):
        raise NotPossible(_("Choose a cause of the tree, or name a new one"))
    if known:
        return known, False
    return causing.add(user, {"named": named, "branch": causing.chosen({"branch": fields.get("under")})}), True


def _moved(user: User, row: Complaint, cause: Cause | None) -> None:
    if row.cause_id != (cause.pk if cause else None):
        changed(user, row, cause=cause)


@transaction.atomic
def dismiss(user: User, pk: int, version: int) -> TextGroup:
    """They have no cause in common; nothing like it is proposed again."""
    _proposed(user, pk, version)
    return records.change(user, TextGroup.objects.visible_to(user), pk, version, {"state": GroupState.DISMISSED})


def _proposed(user: User, pk: int, version: int) -> TextGroup:
    row = OWN.held(user, pk)
    if row.version != version:
        raise Stale(row)
    if row.state != GroupState.PROPOSED:
        raise NotPossible(DECIDED)
    return row


@transaction.atomic
def reopen(user: User, pk: int) -> TextGroup:
    """Proposed again: complaints that still stand where it put them go back to where they stood before."""
    row = OWN.held(user, pk)
    if row.state == GroupState.PROPOSED:
        return row
    _back(user, row)
    told: dict[str, Any] = {
        "state": GroupState.PROPOSED,
        "cause": None,
        "cause_made": False,
        "before": {},
        "left_out": [],
    }
    made, left = row.cause if row.cause_made else None, row.left_out
    row = records.change(user, TextGroup.objects.visible_to(user), pk, row.version, told)
    row.complaints.add(*Complaint.objects.filter(pk__in=left))
    row.resembling.all().delete()
    if made and user.may(ComplaintRight.RULE) and not made.complaints.exists() and not made.causes.exists():
        causing.put_away(user, made.pk)
    return row


def _back(user: User, row: TextGroup) -> None:
    known = {cause.pk: cause for cause in Cause.objects.filter(pk__in=[each for each in row.before.values() if each])}
    stand = Complaint.objects.visible_to(user).filter(pk__in=list(row.before), cause=row.cause_id)
    for each in stand.order_by("pk").select_for_update(of=("self",)) if row.cause_id else ():
        _moved(user, each, known.get(row.before[str(each.pk)]))
