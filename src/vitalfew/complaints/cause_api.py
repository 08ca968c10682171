"""/complaint-causes: the tree of causes."""

from copy import copy
from typing import Any, Final

from ninja import Router

from vitalfew.complaints import causing
from vitalfew.complaints.cause_forms import FIELDS, CauseForm
from vitalfew.complaints.cause_listing import CAUSES
from vitalfew.complaints.causes import causes
from vitalfew.complaints.models import Cause
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.complaints.shapes import CauseChange, CauseNew, CauseOut
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.models import User

router = Router(tags=["complaints"])


def _told(_user: User, row: Any) -> dict[str, Any]:
    return {"word": row.word, "branch": row.branch_id, "complaints": getattr(row, "own", 0)}


OPERATIONS: Final = Operations(
    router, "complaint_cause", CAUSES, causes, CauseOut, _told, see=ComplaintRight.SEE, write=ComplaintRight.RULE,
    many="complaint-causes",
)  # fmt: skip
OPERATIONS.reads("The tree of causes, with how many complaints stand on each.", "One cause.")


@OPERATIONS.adds
def add_complaint_cause(user: User, sent: CauseNew) -> Cause:
    """A new cause, or a branch."""
    return causing.add(user, checked(CauseForm(sent.dict()), FIELDS))


@OPERATIONS.changes
def change_complaint_cause(user: User, row: Cause, sent: CauseChange) -> None:
    """Rename it, or move it."""
    known = {"named": row.word, "branch": row.branch_id, **sent.dict(exclude_unset=True)}
    causing.change(user, row.pk, row.version, checked(CauseForm(known, instance=copy(row)), FIELDS))


@OPERATIONS.puts_away
def put_away_complaint_cause(user: User, row: Cause) -> None:
    """It is offered no more; complaints that stand on it stay there."""
    causing.put_away(user, row.pk)
