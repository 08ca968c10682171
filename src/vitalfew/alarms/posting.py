r"""How each system wants to be written to, signed as it checks it.

WeCom     {"msgtype": "text", "text": {"content": …}}, at most 2,048 bytes; the key in the address is all it checks
DingTalk  the same words; address + &timestamp=ms&sign=Base64(HMAC-SHA256(secret, "ms\nsecret"))
Feishu    {"msg_type": "text", "content": {"text": …}}, with timestamp (s) and sign=Base64(HMAC-SHA256("s\nsecret", ""))
Slack     {"text": …}, with & < > escaped; the address is all it checks
JSON      our own: the body signed as X-Vitalfew-Signature: sha256=hex HMAC-SHA256(secret, "s.body"), the time beside it

All but Slack and our own answer 200 also to what they refuse, and say so in ``errcode`` or ``code``. Only our own takes a key
by which the same post is known again (Idempotency-Key); a chat shows what is sent twice, twice.
"""

import hashlib
import hmac
import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote_plus

from vitalfew.alarms.models import Hook
from vitalfew.alarms.wire import Answer, Unsent
from vitalfew.alarms.words import Trouble, Way

LONGEST: Final = 2000
"""Bytes of a text: WeCom takes 2,048."""


@dataclass(frozen=True)
class Said:
    """What is posted: in words, and for a program by its parts; the key is the same however often it is sent."""

    text: str
    parts: Mapping[str, Any]
    key: str


@dataclass(frozen=True)
class Written:
    """Address, body and headers as they are sent."""

    url: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def written(hook: Hook, said: Said, seconds: float) -> Written:
    """A message as the system of that kind takes it."""
    return WAYS[hook.way](hook, said, int(seconds * 1000))


def check(hook: Hook, answer: Answer) -> None:
    """Refuses where the answer, though a good one by its status, says that it was not taken."""
    if hook.way in {Way.SLACK, Way.JSON}:
        return
    try:
        told = json.loads(answer.body)
    except ValueError:
        raise Unsent(Trouble.REFUSED) from None
    code = _code(told) if isinstance(told, dict) else None
    if code != 0:
        raise Unsent(Trouble.REFUSED, str(code)[:40] if isinstance(code, int) else "")


def _code(told: Mapping[str, Any]) -> Any:
    return next((told[name] for name in ("errcode", "code", "StatusCode") if name in told), None)


def _wecom(hook: Hook, said: Said, _milliseconds: int) -> Written:
    return Written(hook.url, _json({"msgtype": "text", "text": {"content": shortened(said.text)}}))


def _dingtalk(hook: Hook, said: Said, milliseconds: int) -> Written:
    url = hook.url
    if hook.secret:
        sign = b64encode(_hmac(hook.secret, f"{milliseconds}\n{hook.secret}".encode())).decode()
        url += f"{'&' if '?' in url else '?'}timestamp={milliseconds}&sign={quote_plus(sign)}"
    return Written(url, _json({"msgtype": "text", "text": {"content": shortened(said.text)}}))


def _feishu(hook: Hook, said: Said, milliseconds: int) -> Written:
    body: dict[str, Any] = {"msg_type": "text", "content": {"text": shortened(said.text)}}
    if hook.secret:
        moment = str(milliseconds // 1000)
        body |= {"timestamp": moment, "sign": b64encode(_hmac(f"{moment}\n{hook.secret}", b"")).decode()}
    return Written(hook.url, _json(body))


def _slack(hook: Hook, said: Said, _milliseconds: int) -> Written:
    text = shortened(said.text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return Written(hook.url, _json({"text": text}))


def _own(hook: Hook, said: Said, milliseconds: int) -> Written:
    body, moment = _json({"key": said.key, "text": said.text, **said.parts}), str(milliseconds // 1000)
    headers = {"Idempotency-Key": said.key, "X-Vitalfew-Timestamp": moment}
    if hook.secret:
        headers["X-Vitalfew-Signature"] = f"sha256={_hmac(hook.secret, moment.encode() + b'.' + body).hex()}"
    return Written(hook.url, body, headers)


WAYS: Final[Mapping[str, Callable[[Hook, Said, int], Written]]] = {
    Way.WECOM: _wecom, Way.DINGTALK: _dingtalk, Way.FEISHU: _feishu, Way.SLACK: _slack, Way.JSON: _own,
}  # fmt: skip


def _hmac(secret: str, message: bytes) -> bytes:
    return hmac.new(secret.encode(), message, hashlib.sha256).digest()


def _json(told: Mapping[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, allow_nan=False).encode()


def shortened(text: str) -> str:
    """As many bytes as every system takes, cut between letters."""
    kept = text.encode()
    return text if len(kept) <= LONGEST else f"{kept[: LONGEST - 3].decode(errors='ignore')}…"
