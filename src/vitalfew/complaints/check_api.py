"""/complaint-checks: whether countermeasures work."""

from typing import Any, Final

from ninja import Router

from vitalfew.complaints import checking
from vitalfew.complaints.check_forms import FoundForm, MoveForm
from vitalfew.complaints.check_listing import CHECKS, effect_checks, stands
from vitalfew.complaints.comparing import compared
from vitalfew.complaints.learning_shapes import CheckFound, CheckMove, CheckOut
from vitalfew.complaints.models import EffectCheck
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.models import User

router = Router(tags=["complaints"])


def _told(user: User, row: EffectCheck) -> dict[str, Any]:
    beside = compared(user, row)
    ratio = beside.ratio
    return {
        "complaint": row.complaint_id, "owner": row.owner.username if row.owner else None, "stands": stands(row).value,
        "before": beside.before, "after": beside.since, "order_lines_before": beside.orders_before,
        "order_lines_after": beside.orders_since, "ratio": ratio.ratio if ratio and ratio.ratio != INFINITE else None,
        "ratio_low": ratio.low if ratio else None, "ratio_high": ratio.high if ratio and ratio.high != INFINITE else None,
        **{name: getattr(row, name) for name in ("measure", "since", "days", "due", "found", "evidence", "found_on")},
    }  # fmt: skip


INFINITE: Final = float("inf")
OPERATIONS: Final = Operations(
    router, "complaint_check", CHECKS, effect_checks, CheckOut, _told, see=ComplaintRight.SEE, write=ComplaintRight.HANDLE,
    many="complaint-checks",
)  # fmt: skip
OPERATIONS.reads("Countermeasures to be looked at.", "One, with what was complained of before and since.")


@OPERATIONS.changes
def change_complaint_check(user: User, row: EffectCheck, sent: CheckMove) -> None:
    """Another day, or somebody else who looks. Fields not sent stay."""
    known = {"days": row.days, "owner": row.owner.username if row.owner else "", **sent.dict(exclude_unset=True)}
    form = MoveForm(user, row, {"version": row.version, **known})
    checking.move(user, row.pk, row.version, **checked(form, ("days", "owner")))


@OPERATIONS.does("answer", matched=True)
def answer_complaint_check(user: User, row: EffectCheck, sent: CheckFound) -> None:
    """Say what was found: effective, not, unknown. Where it does not work, its complaint is open again."""
    form = FoundForm({"version": row.version, **sent.dict(exclude_none=True)})
    checking.answer(user, row.pk, row.version, **checked(form, ("found", "evidence", "again")))


@OPERATIONS.does("take-back")
def take_back_complaint_check(user: User, row: EffectCheck) -> None:
    """It was not found after all."""
    checking.take_back(user, row.pk)
