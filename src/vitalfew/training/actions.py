"""Changes to training: permission asked, version checked, audit written, in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar

from django.db import transaction

from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Post
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible, Record
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _
from vitalfew.training.marking import Question
from vitalfew.training.models import Attendee, Company, Programme, Session, Test
from vitalfew.training.rights import TrainingRight

R = TypeVar("R", bound=Record)
WRITES: Final[Mapping[type[Any], Permission]] = {
    Programme: TrainingRight.TEACH, Session: TrainingRight.RUN, Company: TrainingRight.RUN, Attendee: TrainingRight.RUN,
}  # fmt: skip
MOST_QUESTIONS: Final = 50
OVER: Final = _("The session is closed or cancelled: open it again first")


@transaction.atomic
def make(user: User, row: R) -> R:
    """A new programme or session."""
    user.must(WRITES[type(row)])
    made: R = records.make(user, row)
    return made


@transaction.atomic
def change(user: User, kind: type[R], pk: int, version: int, fields: Mapping[str, Any]) -> R:
    """Unless somebody saved since ``version``."""
    user.must(WRITES[kind])
    changed: R = records.change(user, _kept(kind).visible_to(user), pk, version, fields)
    return changed


@transaction.atomic
def put_away(user: User, kind: type[R], pk: int) -> R:
    """Out of the lists; who came stays on the list of a session."""
    user.must(WRITES[kind])
    row = _kept(kind).visible_to(user).get(pk=pk)
    if isinstance(row, Attendee) and row.came_at is not None:
        raise NotPossible(_("Who came stays on the list: take the attendance back first"))
    if isinstance(row, Company) and row.session.attendees.filter(account=row.account, came_at__isnull=False).exists():
        raise NotPossible(_("People of this account came: take their attendance back first"))
    if isinstance(row, Programme) and row.sessions.filter(put_away_at=None, state="planned").exists():
        raise NotPossible(_("Sessions of this programme are planned: cancel them first"))
    gone: R = records.put_away(user, _kept(kind).visible_to(user), pk)
    return gone


@transaction.atomic
def fetch_back(user: User, kind: type[R], pk: int) -> R:
    user.must(WRITES[kind])
    row = _kept(kind).within_reach_of(user).get(pk=pk)
    if isinstance(row, Company) and _is_invited(row.session, row.account, pk):
        raise NotPossible(_("This account is invited already"))
    if isinstance(row, Attendee) and row.person and _is_expected(row.session, row.person_id or 0, pk):
        raise NotPossible(_("This person is on the list already"))
    back: R = records.fetch_back(user, _kept(kind).within_reach_of(user), pk)
    return back


def _kept(kind: type[Any]) -> Any:
    return kind.objects


@transaction.atomic
def set_test(user: User, pk: int, version: int, questions: Sequence[Question], pass_mark: int, tries: int) -> Programme:  # noqa: PLR0917  (what a test is made of)
    """A new version of a programme's test; whoever began one goes on with what he began."""
    user.must(TrainingRight.TEACH)
    row: Programme = Programme.objects.visible_to(user).select_for_update().get(pk=pk)
    if row.version != version:
        raise records.Stale(row)
    before = row.tests.first()
    said = {"questions": list(questions), "pass_mark": pass_mark, "tries": tries}
    if before and all(getattr(before, name) == value for name, value in said.items()):
        return row
    number = before.number + 1 if before else 1
    Test.objects.create(programme=row, number=number, made_by=user.username, **said)
    return records.touch(user, row, "test")


@transaction.atomic
def invite(user: User, session: Session, accounts: Iterable[Account]) -> int:
    """Accounts on the list of a session; those that stand there stay as they are. Gives how many came on it."""
    user.must(TrainingRight.RUN)
    if not session.is_open:
        raise NotPossible(OVER)
    fresh = [account for account in accounts if not _is_invited(session, account)]
    for account in fresh:
        records.make(user, Company(session=session, account=account))
    return len(fresh)


@transaction.atomic
def expect(user: User, session: Session, posts: Iterable[Post]) -> int:
    """Contacts are expected at a session, and their accounts are invited. Gives how many came on the list."""
    user.must(TrainingRight.RUN)
    rows = [post for post in posts if not _is_expected(session, post.person_id)]
    invite(user, session, [post.account for post in rows])
    for post in rows:
        records.make(user, Attendee(session=session, account=post.account, person=post.person, name=post.person.name))
    return len(rows)


@transaction.atomic
def expect_name(user: User, session: Session, account: Account, name: str) -> Attendee:
    """Somebody of an account who is no contact yet."""
    user.must(TrainingRight.RUN)
    invite(user, session, [account])
    return records.make(user, Attendee(session=session, account=account, name=name))


def _is_invited(session: Session, account: Account, but: int = 0) -> bool:
    return Company.objects.filter(session=session, account=account, put_away_at=None).exclude(pk=but).exists()


def _is_expected(session: Session, person: int, but: int = 0) -> bool:
    return Attendee.objects.filter(session=session, person=person, put_away_at=None).exclude(pk=but).exists()
