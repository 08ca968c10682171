"""/complaints: what customers complained of, and every step of settling it."""

from copy import copy
from dataclasses import replace
from typing import Annotated, Any, Final

from django.http import HttpResponse
from ninja import Query, Router

from vitalfew.accounts.api import visible
from vitalfew.api.answering import responses
from vitalfew.api.gate import Asked, needs
from vitalfew.complaints import actions, causing, intake, procedure, proceeding, questions, telling
from vitalfew.complaints.cause_api import router as causes_router
from vitalfew.complaints.check_api import router as checks_router
from vitalfew.complaints.eight_d_api import router as eight_ds_router
from vitalfew.complaints.forms import AssessForm, ComplaintForm, StepForm, TellForm, WhyForm
from vitalfew.complaints.group_api import router as groups_router
from vitalfew.complaints.inquiry_api import router as inquiries_router
from vitalfew.complaints.keeping import done
from vitalfew.complaints.listing import COMPLAINTS
from vitalfew.complaints.models import Complaint
from vitalfew.complaints.month_api import router as months_router
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.complaints.shapes import (
    ComplaintAssessed,
    ComplaintChange,
    ComplaintClass,
    ComplaintNew,
    ComplaintOther,
    ComplaintOut,
    ComplaintStep,
    ComplaintTold,
    ComplaintWhy,
)  # fmt: skip
from vitalfew.complaints.words import Channel
from vitalfew.language import Message
from vitalfew.lists.answers import ListPage, answered, parameters
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _

router = Router(tags=["complaints"])
NOT_YOURS: Final = Message(_("Only handlers, heads, who settles it and who manages the account can do this"))


PLAIN: Final = tuple(name for name in ComplaintOut.model_fields if name not in {
    "id", "version", "account", "person", "owner", "next", "standing", "steps", "merged_into", "cause",
})  # fmt: skip


def _told(_user: User, row: Complaint) -> dict[str, Any]:
    names = ("what", "at", "who", "why", "given", "undone")
    ahead = procedure.following(row.procedure, done(row)) if row.is_ours else None
    return {
        **{name: getattr(row, name) for name in PLAIN}, "account": row.account.code if row.account else None,
        "person": row.person_id, "owner": row.owner.username if row.owner else None, "standing": row.standing.value,
        "next": ahead.value if ahead else None, "merged_into": row.merged_into_id,
        "cause": row.cause_id,
        "steps": [{name: getattr(step, name) for name in names} for step in row.steps.all()],
    }  # fmt: skip


OPERATIONS: Final = Operations(
    router, "complaint", COMPLAINTS, questions.complaints, ComplaintOut, _told,
    see=ComplaintRight.SEE, write=ComplaintRight.HANDLE, denied=NOT_YOURS,
)  # fmt: skip


@router.get(
    "", auth=needs(ComplaintRight.SEE), response=responses(ListPage, 404), operation_id="list_complaints",
    openapi_extra=parameters(COMPLAINTS),
)  # fmt: skip
def list_complaints(
    request: Asked, response: HttpResponse, account: str = "", limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> dict[str, Any]:
    """Complaints, those of the facts too, a page at a time: those that run first, in their turn; of one account if asked so."""
    what = COMPLAINTS
    if account:
        of = visible(request.auth, account)
        what = replace(COMPLAINTS, records=lambda user: COMPLAINTS.records(user).filter(account=of))
    return answered(request, request.auth, what, response, limit)


@router.get(
    "/{int:pk}", auth=needs(ComplaintRight.SEE), response=responses(ComplaintOut, 404), operation_id="get_complaint"
)
def get_complaint(request: Asked, pk: int) -> HttpResponse:
    """One complaint, with its steps."""
    return OPERATIONS.shown(request.auth, OPERATIONS.found(request.auth, pk))


@replace(OPERATIONS, write=ComplaintRight.TAKE).adds
def add_complaint(user: User, sent: ComplaintNew) -> Complaint:
    """Take in a complaint; who may write one down may do so here."""
    account = visible(user, sent.account) if sent.account else None
    asked = {"channel": Channel.PHONE.value, **sent.dict(exclude={"account"}, exclude_none=True)}
    form = ComplaintForm(user, account, asked)
    names = [name for name in (*actions.FIELDS, "effect", "grows") if name in form.fields]
    fields = checked(form, tuple(names)) | {"channel": Channel.API.value, "account": account}
    return intake.write_down(user, fields)


@OPERATIONS.changes
def change_complaint(user: User, row: Complaint, sent: ComplaintChange) -> None:
    """Correct a complaint. Fields not sent stay."""
    known = {name: getattr(row, name) for name in actions.FIELDS} | {"person": row.person_id}
    form = ComplaintForm(user, row.account, {**known, **sent.dict(exclude_unset=True)}, instance=copy(row))
    names = tuple(name for name in sent.dict(exclude_unset=True) if name in form.fields)
    if row.imported:
        form.fields["category"].required = False
        names = tuple(name for name in names if name not in actions.OF_FACTS)
    actions.correct(user, row.pk, row.version, checked(form, names))


@OPERATIONS.does("take-up")
def take_up_complaint(user: User, row: Complaint) -> None:
    """Settle here what only the facts have."""
    actions.take_up(user, row.pk)


@OPERATIONS.does("assess")
def assess_complaint(user: User, row: Complaint, sent: ComplaintAssessed) -> None:
    """Judge it by its effect."""
    form = AssessForm({**sent.dict(exclude={"severity"}), "severity_set": sent.severity or "", "version": row.version})
    proceeding.assess(user, row.pk, **checked(form, ("version", "effect", "grows", "severity_set", "why")))


@OPERATIONS.does("advance")
def advance_complaint(user: User, row: Complaint, sent: ComplaintStep) -> None:
    """Its next step is done; any other is refused."""
    form = StepForm(
        sent.to, head=user.may(ComplaintRight.RULE), data={"to": sent.to, "version": row.version, **sent.given}
    )
    checked(form, ("version",))
    proceeding.advance(user, row.pk, row.version, sent.to, form.given)


@OPERATIONS.does("step-back")
def step_back_complaint(user: User, row: Complaint) -> None:
    """The last step is not done after all."""
    proceeding.step_back(user, row.pk)


@OPERATIONS.does("wait")
def wait_with_complaint(user: User, row: Complaint, sent: ComplaintWhy) -> None:
    """The customer has to answer first."""
    proceeding.wait(user, row.pk, **checked(WhyForm({"version": row.version, **sent.dict()}), ("version", "why")))


@OPERATIONS.does("resume")
def resume_complaint(user: User, row: Complaint) -> None:
    """It goes on."""
    proceeding.resume(user, row.pk)


@OPERATIONS.does("reopen")
def reopen_complaint(user: User, row: Complaint, sent: ComplaintWhy) -> None:
    """Open a settled one again."""
    proceeding.reopen(user, row.pk, **checked(WhyForm({"version": row.version, **sent.dict()}), ("version", "why")))


@OPERATIONS.does("tell")
def tell_complaint(user: User, row: Complaint, sent: ComplaintTold) -> None:
    """Tell the customer something, or keep what somebody told it."""
    telling.tell(user, row.pk, **checked(TellForm({"version": row.version, **sent.dict()}), ("version", "text", "way")))


@OPERATIONS.does("seen")
def see_word_of_complaint(user: User, row: Complaint) -> None:
    """What the customer says of it was read, and needs no answer."""
    proceeding.seen(user, row.pk)


@OPERATIONS.does("merge")
def merge_complaint(user: User, row: Complaint, sent: ComplaintOther) -> None:
    """It is the same matter as another, which is settled for both."""
    if not questions.complaints(user).filter(pk=sent.other).exists():
        raise NotPossible(_("There is no such complaint"))
    actions.merge(user, row.pk, sent.other)


@OPERATIONS.does("part")
def part_complaint(user: User, row: Complaint) -> None:
    """Two again."""
    actions.part(user, row.pk)


@OPERATIONS.puts_away
def put_away_complaint(user: User, row: Complaint) -> None:
    """Put it away; it can be fetched back on its page."""
    actions.put_away(user, row.pk)


@OPERATIONS.does("class")
def classify_complaint(user: User, row: Complaint, sent: ComplaintClass) -> None:
    """Put it on the tree of causes; an empty branch takes it off."""
    causing.classify(user, row.pk, row.version, str(sent.branch or ""))


@OPERATIONS.does("refuse-cause")
def refuse_cause_of_complaint(user: User, row: Complaint) -> None:
    """The cause proposed by its words is not its own, and isn't proposed again."""
    causing.refuse(user, row.pk)


@OPERATIONS.does("propose-cause")
def propose_cause_of_complaint(user: User, row: Complaint) -> None:
    """Refused by mistake: the cause is proposed again."""
    causing.propose_again(user, row.pk)


ROUTERS: Final = (
    ("/complaints", router),
    ("/complaint-causes", causes_router),
    ("/complaint-8ds", eight_ds_router),
    ("/complaint-checks", checks_router),
    ("/complaint-groups", groups_router),
    ("/complaint-questions", inquiries_router),
    ("/complaint-months", months_router),
)
