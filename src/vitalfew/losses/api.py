"""/losses: accounts that left, and what they say why."""

from copy import copy
from datetime import date
from typing import Any, Final

from ninja import Router, Schema

from vitalfew.accounts.api import visible
from vitalfew.lists.operations import Operations, checked
from vitalfew.losses import actions, questions
from vitalfew.losses.forms import LossForm, RefusedForm, TalkForm
from vitalfew.losses.interview import ASKED
from vitalfew.losses.listing import LOSSES
from vitalfew.losses.models import Loss
from vitalfew.losses.rights import LossRight
from vitalfew.people.models import User

router = Router(tags=["losses"])


class LossOut(Schema):
    """A loss in full; seen is what the facts showed as it was entered, cause what the account says."""

    id: int
    account: str
    lost_on: date
    seen: str
    state: str
    talker: str | None
    talked_on: date | None
    cause: str
    began: str
    told: str
    missed: str
    now: str
    kept: str
    again: str
    back: str
    needed: str
    version: int


class LossNew(Schema):
    """A new one; talked to by who enters it unless told. Talker is a user name."""

    account: str
    lost_on: date
    talker: str | None = None

    model_config = {"extra": "forbid"}


class LossChange(Schema):
    """What can be corrected; what is not sent stays."""

    lost_on: date | None = None
    talker: str | None = None

    model_config = {"extra": "forbid"}


class LossTold(Schema):
    """What the account said; cause is the reason it gives itself."""

    on: date
    cause: str
    back: str = "unknown"
    began: str = ""
    told: str = ""
    missed: str = ""
    now: str = ""
    kept: str = ""
    again: str = ""
    needed: str = ""

    model_config = {"extra": "forbid"}


class LossUntold(Schema):
    """It gives no reason."""

    needed: str = ""

    model_config = {"extra": "forbid"}


def _told(_user: User, row: Loss) -> dict[str, Any]:
    plain = ("lost_on", "seen", "state", "talked_on", *ASKED, "cause", "back", "needed")
    talker = row.talker.username if row.talker else None
    return {"account": row.account.code, "talker": talker, **{name: getattr(row, name) for name in plain}}


OPERATIONS: Final = Operations(
    router, "loss", LOSSES, questions.losses, LossOut, _told, see=LossRight.SEE, write=LossRight.WRITE, many="losses"
)
OPERATIONS.reads("Accounts that left, the latest first, a page at a time.", "One loss with what was said.")


@OPERATIONS.adds
def enter_loss(user: User, sent: LossNew) -> Loss:
    """Enter an account that left."""
    account = visible(user, sent.account)
    given = {"talker": user.username, **sent.dict(exclude={"account"}, exclude_none=True)}
    said = checked(LossForm(user, account, given), ("lost_on", "talker"))
    return actions.enter(user, account, said["lost_on"], said["talker"] or user)


@OPERATIONS.changes
def change_loss(user: User, row: Loss, sent: LossChange) -> None:
    """Another day, or somebody else who talks to it. Fields not sent stay."""
    known = {"lost_on": row.lost_on, "talker": row.talker.username if row.talker else ""}
    form = LossForm(user, row.account, {**known, **sent.dict(exclude_unset=True)}, instance=copy(row))
    actions.change(user, row.pk, row.version, checked(form, ("lost_on", "talker")))


@OPERATIONS.does("talk")
def talk_of_loss(user: User, row: Loss, sent: LossTold) -> None:
    """What the account said."""
    form = TalkForm({"version": row.version, **sent.dict()})
    actions.talked(user, row.pk, **checked(form, ("version", "on", *actions.ANSWERS)))


@OPERATIONS.does("refuse")
def refuse_loss(user: User, row: Loss, sent: LossUntold) -> None:
    """It gives no reason."""
    actions.refused(
        user, row.pk, **checked(RefusedForm({"version": row.version, **sent.dict()}), ("version", "needed"))
    )


@OPERATIONS.does("reopen")
def reopen_loss(user: User, row: Loss) -> None:
    """It is to be talked to again."""
    actions.reopen(user, row.pk)


@OPERATIONS.puts_away
def put_away_loss(user: User, row: Loss) -> None:
    """Put it away; it can be fetched back on its page."""
    actions.put_away(user, row.pk)


ROUTERS: Final = (("/losses", router),)
