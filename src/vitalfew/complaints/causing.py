"""The tree of causes is kept by heads; a complaint is put on it by whoever settles it."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.db import transaction

from vitalfew.complaints.actions import HANDLED
from vitalfew.complaints.keeping import changed
from vitalfew.complaints.models import Cause, Complaint, Resembling, TextGroup
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.complaints.words import UsualCause
from vitalfew.people import audit, records
from vitalfew.people.fields import number_in
from vitalfew.people.models import User
from vitalfew.people.owning import Owned
from vitalfew.people.records import NotPossible, Stale
from vitalfew.terms import gettext_noop as _

OWN: Final = Owned(Cause, ComplaintRight.RULE, lambda _user, _row: True, with_it=())
NOTHING_PROPOSED: Final = _("No cause is proposed here")
NO_SUCH: Final = _("There is no such cause on the tree")


def chosen(given: Mapping[str, Any]) -> Cause | None:
    """The cause that is named by its number; none where none is named."""
    named = str(given.get("branch") or "")
    if not named:
        return None
    found = Cause.objects.filter(pk=number_in(named), put_away_at=None).first()
    if found is None:
        raise NotPossible(NO_SUCH)
    return found


@transaction.atomic
def add(user: User, fields: Mapping[str, Any]) -> Cause:
    user.must(ComplaintRight.RULE)
    _fits(None, fields.get("branch"))
    return records.make(user, Cause(**fields))


@transaction.atomic
def change(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Cause:
    """Renamed, or moved to another branch with all complaints that stand on it."""
    row = OWN.held(user, pk)
    if "branch" in fields:
        _fits(row, fields["branch"])
    return records.change(user, Cause.objects.visible_to(user), pk, version, fields)


def _fits(row: Cause | None, branch: Cause | None) -> None:
    """Two levels, no more."""
    if branch is None:
        return
    if branch.branch_id or branch.put_away_at or (row and branch.pk == row.pk):
        raise NotPossible(_("A cause stands on a branch, and a branch on nothing"))
    if row and row.causes.exists():
        raise NotPossible(_("Causes stand on this branch: move them first"))


@transaction.atomic
def put_away(user: User, pk: int) -> Cause:
    """It is offered no more; complaints that stand on it stay there."""
    row = OWN.held(user, pk)
    if row.causes.filter(put_away_at=None).exists():
        raise NotPossible(_("Causes stand on this branch: move them first"))
    return OWN.put_away(user, pk)


@transaction.atomic
def fetch_back(user: User, pk: int) -> Cause:
    row = Cause.objects.within_reach_of(user).select_related("branch").get(pk=pk)
    if row.branch and row.branch.put_away_at:
        raise NotPossible(_("Its branch is put away: fetch that back first"))
    return OWN.fetch_back(user, pk)


@transaction.atomic
def add_usual(user: User) -> int:
    """Those of the usual causes that the tree never had; one that was put away stays so."""
    user.must(ComplaintRight.RULE)
    had = {row.usual: row for row in Cause.objects.exclude(usual="")}
    made = 0
    for each in UsualCause:
        if each.value not in had:
            branch = had.get(each.value.partition(".")[0]) if "." in each.value else None
            had[each.value] = records.make(user, Cause(usual=each.value, branch=branch))
            made += 1
    return made


@transaction.atomic
def classify(user: User, pk: int, version: int, branch: str) -> Complaint:
    """From what it came; also of one that is settled, and of one that only the facts have."""
    row = HANDLED.held(user, pk)
    if row.version != version:
        raise Stale(row)
    return changed(user, row, version, cause=chosen({"branch": branch}))


@transaction.atomic
def refuse(user: User, pk: int) -> Complaint:
    """The cause proposed by its words is not its own: that group proposes none for it any more."""
    return _refused(user, pk, lambda left, number: [*left, number] if number not in left else left)


@transaction.atomic
def propose_again(user: User, pk: int) -> Complaint:
    """It was refused by mistake."""
    return _refused(user, pk, lambda left, number: [each for each in left if each != number])


def _refused(user: User, pk: int, left_out: Callable[[list[int], int], list[int]]) -> Complaint:
    row = HANDLED.held(user, pk)
    known = Resembling.objects.filter(complaint=row).first()
    if known is None:
        raise NotPossible(NOTHING_PROPOSED)
    group = TextGroup.objects.select_for_update().get(pk=known.group_id)
    group.left_out = left_out(group.left_out, pk)
    group.save(update_fields=["left_out"])
    audit.record(user, "complaint-cause-refuse" if pk in group.left_out else "complaint-cause-propose", row.subject, {
        "group": group.pk, "cause": group.cause_id,
    })  # fmt: skip
    return row
