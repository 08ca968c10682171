"""/green-channel: in which order queues are taken, and how long everybody waited."""

from dataclasses import asdict
from typing import Any, Final

from django.http import HttpResponse
from ninja import Router, Schema

from vitalfew.api.answering import answer, responses
from vitalfew.api.gate import Asked, needs
from vitalfew.api.problems import form_refused
from vitalfew.api.versions import MATCH, changed, etag, require_match
from vitalfew.channel import actions, questions
from vitalfew.channel.forms import LongestForm
from vitalfew.channel.models import Channel
from vitalfew.channel.rights import ChannelRight
from vitalfew.channel.waits import waits
from vitalfew.people.models import User
from vitalfew.people.records import Stale

router = Router(tags=["green-channel"])


class LongestWait(Schema):
    """Working days that anybody waits at most."""

    longest: int

    model_config = {"extra": "forbid"}


class WaitedOut(Schema):
    """In working days; null where so few have been answered that it cannot be told."""

    n: int
    waiting: int
    median: int | None
    ninety: int | None
    longest: int | None


class QueueOut(Schema):
    """A queue: those who went first, and all others."""

    queue: str
    first: WaitedOut
    others: WaitedOut


class ChannelOut(Schema):
    """The longest wait, and how long everybody waited in the last year."""

    longest: int
    queues: list[QueueOut]
    version: int


def _version(row: Channel) -> int:
    return row.version if row.pk else 0


def _told(row: Channel, user: User) -> dict[str, Any]:
    found = [{"queue": e.queue.value, "first": asdict(e.first), "others": asdict(e.others)} for e in waits(user)]
    return {"longest": row.longest, "queues": found, "version": _version(row)}


def _answered(row: Channel, user: User) -> HttpResponse:
    return answer(_told(row, user), 200, {"ETag": etag(_version(row))})


@router.get("", auth=needs(ChannelRight.SEE), response=responses(ChannelOut), operation_id="get_green_channel")
def get_green_channel(request: Asked) -> HttpResponse:
    """The longest wait of anybody, and how long what came for accounts that the caller sees has waited in each queue."""
    return _answered(questions.channel(), request.auth)


KINDS: Final = responses(ChannelOut, 403, 412, 428)


@router.patch(
    "", auth=needs(ChannelRight.RULE), response=KINDS, operation_id="change_green_channel", openapi_extra=dict(MATCH)
)
def change_green_channel(request: Asked, sent: LongestWait) -> HttpResponse:
    """Say how long anybody waits at most before it goes ahead of who goes first."""
    row = questions.channel()
    require_match(request, etag(_version(row)))
    form = LongestForm({"version": _version(row), **sent.dict()})
    if not form.is_valid():
        raise form_refused(form.errors)
    try:
        kept = actions.wait_at_most(request.auth, form.cleaned_data["longest"], _version(row))
        return _answered(kept, request.auth)
    except Stale as stale:
        raise changed(etag(stale.current.version)) from None


ROUTERS = (("/green-channel", router),)
