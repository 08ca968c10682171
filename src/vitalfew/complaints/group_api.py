"""/complaint-groups: complaints that say nearly the same."""

from typing import Any, Final

from ninja import Router

from vitalfew.complaints import group_acting
from vitalfew.complaints.group_forms import FIELDS, ConfirmForm
from vitalfew.complaints.group_listing import GROUPS, groups
from vitalfew.complaints.learning_shapes import GroupConfirm, GroupOut
from vitalfew.complaints.models import TextGroup
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.models import User

router = Router(tags=["complaints"])


def _told(_user: User, row: TextGroup) -> dict[str, Any]:
    return {
        "complaints": sorted(row.complaints.values_list("pk", flat=True)), "cause": row.cause_id,
        **{name: getattr(row, name) for name in ("state", "words", "likeness")},
    }  # fmt: skip


OPERATIONS: Final = Operations(
    router, "complaint_group", GROUPS, groups, GroupOut, _told, see=ComplaintRight.GROUP, write=ComplaintRight.GROUP,
    many="complaint-groups",
)  # fmt: skip
OPERATIONS.reads("Groups of complaints that say nearly the same.", "One group, with the numbers of its complaints.")


@OPERATIONS.does("confirm", matched=True)
def confirm_complaint_group(user: User, row: TextGroup, sent: GroupConfirm) -> None:
    """The complaints named stand on the cause from now on."""
    form = ConfirmForm(user, {"version": row.version, **sent.dict(exclude={"complaints"})})
    group_acting.confirm(user, row.pk, row.version, checked(form, FIELDS), sent.complaints)


@OPERATIONS.does("dismiss", matched=True)
def dismiss_complaint_group(user: User, row: TextGroup) -> None:
    """They have no cause in common; nothing like it is proposed again."""
    group_acting.dismiss(user, row.pk, row.version)


@OPERATIONS.does("reopen")
def reopen_complaint_group(user: User, row: TextGroup) -> None:
    """Not decided after all: its complaints go back to where they stood."""
    group_acting.reopen(user, row.pk)
