"""/training: programmes, sessions, who is expected and came, certificates, coverage."""

from copy import copy
from typing import Any, Final

from ninja import Router

from vitalfew.accounts.api import visible
from vitalfew.contacts.models import Post
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.training import actions, attending, certifying, closing, questions
from vitalfew.training.forms import CloseForm, ProgrammeForm, ReasonForm, SessionForm
from vitalfew.training.listing import ATTENDEES, CERTIFICATES, PROGRAMMES, SESSIONS
from vitalfew.training.models import Attendee, Certificate, Programme, Session
from vitalfew.training.rights import TrainingRight
from vitalfew.training.shapes import (
    AttendeeOut,
    CertificateOut,
    Closed,
    Expected,
    ProgrammeChange,
    ProgrammeNew,
    ProgrammeOut,
    Reason,
    SessionChange,
    SessionNew,
    SessionOut,
)

programmes, sessions, attendees, certificates = (Router(tags=["training"]) for _each in range(4))

PROGRAMME_FIELDS: Final = ("title", "aim", "levels", "parts", "categories", "hours", "valid_months")
SESSION_FIELDS: Final = (
    "day", "begins", "ends", "place", "online", "seats", "budget", "cost", "outcome", "state", "reason",
)  # fmt: skip
CHANGED: Final = (
    "programme",
    "day",
    "begins",
    "ends",
    "place",
    "online",
    "trainer",
    "seats",
    "budget",
    "cost",
    "outcome",
)


def _programme(_user: User, row: Programme) -> dict[str, Any]:
    test = row.test
    asked = {"questions": len(test.questions), "pass_mark": test.pass_mark, "tries": test.tries} if test else {}
    plain = {name: getattr(row, name) for name in PROGRAMME_FIELDS}
    return {**plain, "questions": 0, "pass_mark": None, "tries": None, **asked}


def _session(user: User, row: Session) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in SESSION_FIELDS}
    told = {**plain, "programme": row.programme_id, "trainer": row.trainer.username if row.trainer else None}
    return told if user.may(Right.MONEY) else {**told, "budget": None, "cost": None}


def _attendee(_user: User, row: Attendee) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in ("name", "company", "came_at", "how")}
    code = row.account.code if row.account else None
    return {
        **plain,
        "session": row.session_id,
        "account": code,
        "contact": row.person_id,
        "presence": row.presence.value,
    }


def _certificate(_user: User, row: Certificate) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in ("number", "name", "issued_on", "expires_on", "revoked_on")}
    code = row.account.code if row.account else None
    more = {"account": code, "contact": row.person_id, "programme": row.programme_id, "validity": row.validity.value}
    return {**plain, **more}


PROGRAMME: Final = Operations(
    programmes, "programme", PROGRAMMES, questions.programmes, ProgrammeOut, _programme, see=TrainingRight.SEE,
    write=TrainingRight.TEACH, many="training/programmes",
)  # fmt: skip
PROGRAMME.reads("Training programmes, a page at a time.", "One programme.")
SESSION: Final = Operations(
    sessions, "training_session", SESSIONS, questions.sessions, SessionOut, _session, see=TrainingRight.SEE,
    write=TrainingRight.RUN, many="training/sessions",
)  # fmt: skip
SESSION.reads("Training sessions, the latest first, a page at a time.", "One session.")
ATTENDEE: Final = Operations(
    attendees, "attendee", ATTENDEES, questions.attendees, AttendeeOut, _attendee, see=TrainingRight.SEE,
    write=TrainingRight.RUN, many="training/attendees",
)  # fmt: skip
ATTENDEE.reads("Who is expected at sessions and who came, a page at a time.", "One attendee.")
CERTIFICATE: Final = Operations(
    certificates, "certificate", CERTIFICATES, questions.certificates, CertificateOut, _certificate,
    see=TrainingRight.SEE, write=TrainingRight.RUN, many="training/certificates",
)  # fmt: skip
CERTIFICATE.reads("Certificates of training, a page at a time.", "One certificate.")


@PROGRAMME.adds
def add_programme(user: User, sent: ProgrammeNew) -> Programme:
    """Write a training programme; its test is written on its page."""
    form = ProgrammeForm(user, sent.dict())
    checked(form, ())
    return actions.make(user, Programme(**form.fields_said()))


@PROGRAMME.changes
def change_programme(user: User, row: Programme, sent: ProgrammeChange) -> None:
    """Change a programme. Fields not sent stay."""
    known = {name: getattr(row, name) for name in PROGRAMME_FIELDS}
    form = ProgrammeForm(user, {**known, **sent.dict(exclude_unset=True)}, instance=copy(row))
    checked(form, ())
    actions.change(user, Programme, row.pk, row.version, form.fields_said())


@PROGRAMME.puts_away
def put_away_programme(user: User, row: Programme) -> None:
    """Put a programme away."""
    actions.put_away(user, Programme, row.pk)


@SESSION.adds
def add_training_session(user: User, sent: SessionNew) -> Session:
    """Plan a session."""
    form = SessionForm(user, {**sent.dict(exclude_none=True), "trainer": user.pk})
    checked(form, ())
    return actions.make(user, Session(**form.fields_said()))


@SESSION.changes
def change_training_session(user: User, row: Session, sent: SessionChange) -> None:
    """Change a session. Fields not sent stay."""
    known = {name: getattr(row, name) for name in CHANGED}
    known |= {"programme": row.programme_id, "trainer": row.trainer_id}
    form = SessionForm(user, {**known, **sent.dict(exclude_unset=True)}, instance=copy(row))
    checked(form, ())
    actions.change(user, Session, row.pk, row.version, form.fields_said())


@SESSION.does("expect")
def expect_at_training(user: User, row: Session, sent: Expected) -> None:
    """Put an account, a contact of it or somebody by name on the list of a session."""
    account = visible(user, sent.account)
    if sent.contact is not None:
        posts = Post.objects.visible_to(user).held().filter(account=account, person=sent.contact)
        actions.expect(user, row, posts.select_related("person", "account"))
    elif sent.name.strip():
        actions.expect_name(user, row, account, " ".join(sent.name.split())[:100])
    else:
        actions.invite(user, row, [account])


@SESSION.does("held", matched=True)
def hold_training(user: User, row: Session) -> None:
    """Say that a session was held."""
    closing.held(user, row.pk)


@SESSION.does("close", matched=True)
def close_training(user: User, row: Session, sent: Closed) -> None:
    """Close a session: certificates are issued, incentives and the club count it."""
    said = checked(CloseForm({**sent.dict(), "version": row.version}), ("outcome", "cost"))
    fields = said if user.may(Right.MONEY) else {"outcome": said["outcome"]}
    closing.close(user, row.pk, row.version, fields)


@SESSION.does("cancel", matched=True)
def cancel_training(user: User, row: Session, sent: Reason) -> None:
    """Cancel a session, with the reason."""
    said = checked(ReasonForm({**sent.dict(), "version": row.version}), ("reason",))
    closing.cancel(user, row.pk, row.version, said["reason"])


@SESSION.does("reopen", matched=True)
def reopen_training(user: User, row: Session) -> None:
    """Open a session again; what other rooms counted of it is put away."""
    closing.reopen(user, row.pk)


@SESSION.puts_away
def put_away_training_session(user: User, row: Session) -> None:
    """Put a session away."""
    actions.put_away(user, Session, row.pk)


@ATTENDEE.does("came", matched=True)
def attendee_came(user: User, row: Attendee) -> None:
    """Note that somebody came."""
    attending.came(user, row.pk)


@ATTENDEE.does("not-come", matched=True)
def attendee_did_not_come(user: User, row: Attendee) -> None:
    """Take the attendance back."""
    attending.did_not_come(user, row.pk)


@ATTENDEE.puts_away
def put_away_attendee(user: User, row: Attendee) -> None:
    """Take somebody off the list."""
    actions.put_away(user, Attendee, row.pk)


@CERTIFICATE.does("revoke", matched=True)
def revoke_certificate(user: User, row: Certificate, sent: Reason) -> None:
    """Revoke a certificate, with the reason."""
    said = checked(ReasonForm({**sent.dict(), "version": row.version}), ("reason",))
    certifying.revoke(user, row.pk, row.version, said["reason"])


@CERTIFICATE.does("give-back", matched=True)
def give_back_certificate(user: User, row: Certificate) -> None:
    """Make a revoked certificate valid again."""
    certifying.give_back(user, row.pk)


ROUTERS = (
    ("/training/programmes", programmes), ("/training/sessions", sessions), ("/training/attendees", attendees),
    ("/training/certificates", certificates),
)  # fmt: skip
