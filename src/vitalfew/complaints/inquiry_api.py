"""/complaint-questions: what is unusual, asked before it becomes a complaint."""

from typing import Any, Final

from ninja import Router

from vitalfew.complaints import answering
from vitalfew.complaints.inquiry_forms import ExplainForm, LaterForm, ProblemForm
from vitalfew.complaints.inquiry_listing import INQUIRIES, inquiries, stands
from vitalfew.complaints.learning_shapes import InquiryLater, InquiryOut, InquiryProblem
from vitalfew.complaints.models import Inquiry
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.complaints.shapes import ComplaintWhy
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.models import User

router = Router(tags=["complaints"])


def _told(_user: User, row: Inquiry) -> dict[str, Any]:
    return {
        "account": row.account.code, "stands": stands(row).value, "complaint": row.complaint_id,
        **{name: getattr(row, name) for name in ("kind", "since", "question", "due", "why", "answered_at")},
    }  # fmt: skip


OPERATIONS: Final = Operations(
    router, "complaint_question", INQUIRIES, inquiries, InquiryOut, _told, see=ComplaintRight.SEE, write=ComplaintRight.HANDLE,
    many="complaint-questions",
)  # fmt: skip
OPERATIONS.reads("What is unusual of accounts, to be asked.", "One question.")


@OPERATIONS.does("explain", matched=True)
def explain_complaint_question(user: User, row: Inquiry, sent: ComplaintWhy) -> None:
    """There is a reason."""
    form = ExplainForm({"version": row.version, **sent.dict()})
    answering.explain(user, row.pk, row.version, **checked(form, ("why",)))


@OPERATIONS.does("problem", matched=True)
def complain_of_complaint_question(user: User, row: Inquiry, sent: InquiryProblem) -> None:
    """It is a complaint from now on."""
    form = ProblemForm({"version": row.version, **sent.dict()})
    answering.is_problem(user, row.pk, row.version, **checked(form, ("text", "effect")))


@OPERATIONS.does("later", matched=True)
def put_off_complaint_question(user: User, row: Inquiry, sent: InquiryLater) -> None:
    """Look again on another day."""
    form = LaterForm({"version": row.version, **sent.dict()})
    answering.later(user, row.pk, row.version, **checked(form, ("until",)))


@OPERATIONS.does("reopen")
def reopen_complaint_question(user: User, row: Inquiry) -> None:
    """Not answered after all."""
    answering.reopen(user, row.pk)
