"""/complaint-8ds: the 8D records of complaints."""

from typing import Any, Final

from ninja import Router

from vitalfew.api.problems import not_accepted
from vitalfew.complaints import eight_d_acting, questions
from vitalfew.complaints.eight_d import DISCIPLINES, PIECES, WHYS, Discipline, content, missing, whys
from vitalfew.complaints.eight_d_forms import DisciplineForm, names_of
from vitalfew.complaints.eight_d_listing import EIGHT_DS, eight_ds
from vitalfew.complaints.models import EightD
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.complaints.shapes import EightDChange, EightDNew, EightDOut
from vitalfew.language import Message
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _

router = Router(tags=["complaints"])


def _told(_user: User, row: EightD) -> dict[str, Any]:
    told = content(row)
    return {
        "complaint": row.complaint_id, "state": row.state.value, "missing": [
            piece.name for each in DISCIPLINES for piece in missing(told, each)
        ],
        "offered_by": row.offered_by.username if row.offered_by else None,
        "signed_by": row.signed_by.username if row.signed_by else None,
        **{name: whys(told[name]) if piece.a_chain else told[name] for name, piece in PIECES.items()},
    }  # fmt: skip


OPERATIONS: Final = Operations(
    router, "complaint_8d", EIGHT_DS, eight_ds, EightDOut, _told, see=ComplaintRight.SEE, write=ComplaintRight.HANDLE,
    many="complaint-8ds",
)  # fmt: skip
OPERATIONS.reads("8D records of complaints.", "One 8D record: what its complaint's steps say stands in it, too.")


@OPERATIONS.adds
def begin_complaint_8d(user: User, sent: EightDNew) -> EightD:
    """Begin the 8D record of a complaint; the one there is, where it has one."""
    if not questions.complaints(user).filter(pk=sent.complaint).exists():
        raise NotPossible(_("There is no such complaint"))
    return eight_d_acting.begin(user, sent.complaint)


@OPERATIONS.changes
def change_complaint_8d(user: User, row: EightD, sent: EightDChange) -> None:
    """Write pieces of it. Pieces not sent stay."""
    given = sent.dict(exclude_unset=True)
    asked: dict[str, Any] = {"version": row.version}
    for name, value in given.items():
        piece = PIECES[name]
        if piece.a_chain and len(value) > WHYS:
            raise not_accepted(name, Message(_("A chain has {n} answers at most"), {"n": str(WHYS)}))
        asked |= dict(zip(names_of(piece), value, strict=False)) if piece.a_chain else {name: value}
    form = DisciplineForm(Discipline("", "", tuple(PIECES[name] for name in given)), asked)
    checked(form, ())
    eight_d_acting.write(user, row.pk, row.version, form.given)


@OPERATIONS.does("offer", matched=True)
def offer_complaint_8d(user: User, row: EightD) -> None:
    """Hand it in to be signed; refused while something is missing."""
    eight_d_acting.offer(user, row.pk, row.version)


@OPERATIONS.does("sign", matched=True)
def sign_complaint_8d(user: User, row: EightD) -> None:
    """Sign it, as somebody else than who handed it in."""
    eight_d_acting.sign(user, row.pk, row.version)


@OPERATIONS.does("share", matched=True)
def share_complaint_8d(user: User, row: EightD) -> None:
    """Give the customer its version."""
    eight_d_acting.share(user, row.pk, row.version)


@OPERATIONS.does("reopen")
def reopen_complaint_8d(user: User, row: EightD) -> None:
    """Write on it again: it is signed no more, and not the customer's to read."""
    eight_d_acting.reopen(user, row.pk)


@OPERATIONS.puts_away
def put_away_complaint_8d(user: User, row: EightD) -> None:
    """Put it away, unless it is signed."""
    eight_d_acting.put_away(user, row.pk)
