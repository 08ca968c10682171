"""An alarm in words, for mail and for other systems: what it is, what it says, what to do, where it stands."""

from collections.abc import Iterable, Sequence
from typing import Any

from vitalfew.alarms.kinds import kinds
from vitalfew.alarms.models import Alarm, Hook
from vitalfew.language import Kept, Language, Message, spoken, translate
from vitalfew.outbox.layout import address
from vitalfew.terms import gettext_noop as _


def lines(row: Alarm, language: Language) -> list[str]:
    """All of it, for somebody who may see it."""
    kind = kinds()[row.kind]
    todo = Message(_("What to do: {advice}"), {"advice": translate(kind.advice, language)}).say(language)
    return [label(row, language), Kept(row.said).say(language), todo, address(row.get_absolute_url())]


def label(row: Alarm, language: Language) -> str:
    said = translate(kinds()[row.kind].label, language)
    return Message(_("{label} (again)"), {"label": said}).say(language) if row.episode > 1 else said


def posted(row: Alarm, hook: Hook) -> str:
    """For a group: without account and details, unless it may be told them."""
    language = spoken(hook.language)
    if hook.names:
        return "\n".join(lines(row, language))
    kind = kinds()[row.kind]
    more = Message(_("Sign in to see which account it is about: {url}"), {"url": address(row.get_absolute_url())})
    return "\n".join([label(row, language), translate(kind.advice, language), more.say(language)])


def posted_together(rows: Sequence[Alarm], hook: Hook) -> str:
    """Several in one message, each in a line."""
    language = spoken(hook.language)
    told = [f"· {label(row, language)}{_what(row, hook, language)}" for row in rows]
    more = Message(_("All of them: {url}"), {"url": address("/alarms/")})
    return "\n".join([subject(rows, language), *told, more.say(language)])


def _what(row: Alarm, hook: Hook, language: Language) -> str:
    between = ": " if language == "en" else "："
    return f"{between}{Kept(row.said).say(language)}" if hook.names else ""


def parts(row: Alarm, hook: Hook) -> dict[str, Any]:
    """The same for a program."""
    told: dict[str, Any] = {
        "id": row.pk, "kind": row.kind, "urgency": row.urgency, "raised_at": row.raised_at.isoformat(),
        "since": row.since.isoformat() if row.since else None, "url": address(row.get_absolute_url()),
    }  # fmt: skip
    if hook.names:
        told |= {
            "account": row.account.code if row.account else None,
            "says": Kept(row.said).say(spoken(hook.language)),
        }
    return told


def trial(hook: Hook) -> str:
    return translate(_("A trial post from vitalfew: alarms will arrive here."), spoken(hook.language))


def subject(rows: Iterable[Alarm], language: Language) -> str:
    """What stands over a mail; account and details stay within it."""
    labels = [label(row, language) for row in rows]
    if len(labels) == 1:
        return labels[0]
    said = _("{n} alarms: {first} and others")
    return Message(said, {"n": str(len(labels)), "first": labels[0]}).say(language)
