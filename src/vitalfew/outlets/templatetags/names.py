"""Names of codes that facts carry, as people call them; an unknown code is shown as it is."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, Final, Literal

from django import template
from django.http import QueryDict
from django.utils.safestring import SafeString

from vitalfew.accounts import kinds
from vitalfew.accounts.questions import Wanted
from vitalfew.databases import without_password
from vitalfew.language import Figure, Message, Word, listed, translate
from vitalfew.outlets.templatetags.figures import word
from vitalfew.outlets.templatetags.markup import markup
from vitalfew.outlets.templatetags.pen import NONE, day
from vitalfew.people.language import language
from vitalfew.rooms import declared
from vitalfew.terms import Activity, ChurnCause, Cooperation, Course, Direction, EffectBasis, NextAction, Tier
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.readers import REASONS, Refused
from vitalfew.warehouse.tables import KINDS

register = template.Library()


@register.simple_tag
def course_note(card: Any) -> str | SafeString:
    """Where growth and direction seem to say different things, which to heed."""
    course = Course.of(card.direction, card.growth)
    if course is Course.AS_IT_SEEMS:
        return ""
    return markup('<br><small class="quiet">{}</small>', translate(course.label, language()))


STEPS: Final = {
    "account-assign": _("Manager assigned"), "account-change": _("Account changed"), "export": _("Exported"),
    "file-add": _("File added"), "file-remove": _("File removed"),
    "file-fetch-back": _("File fetched back"), "file-drop": _("File removed for good"),
    "import": _("Imported"),
    "import-again": _("Read again"), "import-set-aside": _("Upload set aside that named an erased person"),
    "import-discard": _("Upload thrown away"), "import-undo": _("Import taken back"),
    "import-leave": _("Rejected rows left out"), "import-reopen": _("Rejected rows asked for again"),
    "import-upload": _("File uploaded"), "team-add": _("Joined the team"), "team-remove": _("Left the team"),
    "mapping-keep": _("Columns saved"), "mapping-drop": _("Saved columns dropped"), "move": _("Moved to another place"),
    "sign-in": _("Signed in"), "sign-out": _("Signed out"), "sign-in-failed": _("Sign-in failed"),
    "password-change": _("Own password changed"), "key-add": _("Second factor set up"),
    "key-remove": _("Second factor removed"),
    "token-make": _("Token made"), "token-revoke": _("Token revoked"), "user-active": _("User let in or locked out"),
    "user-add": _("User added"), "user-password": _("New password given"), "user-role": _("Role changed"),
}  # fmt: skip
"""What the audit trail tells, as people say it."""
YES, NO = _("Yes"), _("No")
FIELDS: Final = {
    "name": _("Name"), "kind": _("Kind"), "region": _("Region"), "country": _("Country"),
    "industry": _("Industry"), "uscc": _("Unified social credit code"), "manager": _("Manager"),
    "manager_id": _("Manager"), "member": _("Person"), "role": _("Role"), "file": _("File"),
    "active": _("May sign in"),
}  # fmt: skip
INFLUENCES: Final = {"high": _("High"), "medium": _("Medium"), "low": _("Low")}
ATTITUDES: Final = {"supporter": _("Supporter"), "neutral": _("Neutral"), "critic": _("Critic")}
ITEMS: Final = {
    "trust": _("Trust"), "commitment": _("Commitment"), "satisfaction": _("Satisfaction"),
    "nps": _("Would recommend us"), "overall": _("Overall"), "value_product": _("Value of the product"),
    "value_service": _("Value of the service"),
    "value_people": _("Value of our people"), "value_image": _("Value of our name"),
    "cost_money": _("Cost in money"),
    "cost_time": _("Cost in time"), "cost_energy": _("Cost in effort"), "cost_mind": _("Cost in worry"),
    "driver_product": _("Driver: products"), "driver_service": _("Driver: delivery and service"),
    "driver_brand": _("Driver: brand"), "driver_price": _("Driver: prices and terms"),
    "driver_information": _("Driver: orders, stock and statements online"),
    "csat": _("Satisfied with the latest business"), "ces": _("Easy to deal with us"),
}  # fmt: skip


@cache
def words_of_trail(kind: Literal["STEPS", "FIELDS"]) -> Mapping[str, str]:
    """What the audit trail tells, ours and the rooms'."""
    ours: Mapping[str, str] = STEPS if kind == "STEPS" else FIELDS
    return {**ours, **{code: name for room in declared("trail") for code, name in getattr(room, kind).items()}}


def _named(names: Mapping[str, str], code: str | None) -> str:
    return NONE if not code else translate(names[code], language()) if code in names else code


@register.filter
def kind_name(code: str | None) -> str:
    return _named(kinds.KINDS, code)


@register.filter
def activity_name(code: str | None) -> str:
    return word(code, Activity)


@register.filter
def action_name(code: str) -> str:
    return _named(words_of_trail("STEPS"), code)


@register.filter
def field_name(code: str) -> str:
    return _named(words_of_trail("FIELDS"), code)


@register.filter
def influence_name(code: str | None) -> str:
    return _named(INFLUENCES, code)


@register.filter
def attitude_name(code: str | None) -> str:
    return _named(ATTITUDES, code)


@register.filter
def item_name(code: str | None) -> str:
    """A question of a survey: of several on one subject, which one; the facts hold no wording."""
    subject, _line, number = (code or "").rpartition("_")
    if subject not in ITEMS or not number.isdecimal():
        return _named(ITEMS, code)
    figures: dict[str, Figure] = {"subject": Word(ITEMS[subject]), "n": number}
    return Message(_("{subject}, question {n}"), figures).say(language())


@register.filter
def tier_name(code: str | None) -> str:
    return word(code, Tier)


@register.filter
def cooperation_name(code: str | None) -> str:
    return word(code, Cooperation)


@register.filter
def cause_name(code: str | None) -> str:
    return word(code, ChurnCause)


@register.filter
def next_action_name(code: str | None) -> str:
    return word(code, NextAction)


@register.filter
def basis_name(code: str | None) -> str:
    return word(code, EffectBasis)


@register.filter
def direction_name(code: str | None) -> str:
    return word(code, Direction)


@register.filter
def kind_of_file(kind: str) -> str:
    """An import's kind as people call it."""
    return translate(KINDS[kind].meaning, language()) if kind in KINDS else kind


@register.filter
def field_meaning(kind: str, field: str | None) -> str:
    """A field of a kind of file as people call it."""
    column = KINDS[kind].by_name.get(field or "") if kind in KINDS else None
    return translate(column.meaning, language()) if column else field or NONE


@register.filter
def reason_said(code: str) -> str:
    """Why a row was rejected, in a sentence."""
    return translate(REASONS[code], language()) if code in REASONS else code


@register.filter
def refusal_said(report: Mapping[str, Any]) -> str:
    """Why nothing of a file was stored, in a sentence; empty where it was not refused."""
    if "params" not in report:
        return ""
    return Refused.restored(report).say(lambda text: translate(text, language()), hinted=False)


@register.filter
def change_text(change: Any) -> str:
    """From → to; of the address of a database no password, as older entries have it."""
    if isinstance(change, str) and change.startswith("sql://"):
        return without_password(change)
    if isinstance(change, list) and len(change) == 2:  # noqa: PLR2004  (from and to)
        return f"{_said(change[0])} → {_said(change[1])}"
    if isinstance(change, list):
        return listed([str(each) for each in change], language())
    return str(change)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return translate(YES if value else NO, language())
    return NONE if value is None or value == "" else str(value)


@register.filter
def attribute(record: Any, name: str) -> Any:
    """A field as people read it: one of a few words by its label, a day as days are written, yes or no."""
    labelled = getattr(record, f"get_{name}_display", None)
    value = labelled() if labelled else getattr(record, name)
    if labelled and value:
        return translate(str(value), language())
    if isinstance(value, bool):
        return translate(YES if value else NO, language())
    return day(value) if isinstance(value, date) else value


@register.filter
def unlocalized(value: float) -> str:
    """A figure for an attribute: with a point, in any language."""
    return f"{value:.3f}"


@register.filter
def with_class(field: Any, css: str) -> SafeString:
    rendered: SafeString = field.as_widget(attrs={"class": css})
    return rendered


@register.simple_tag
def order_query(asked: QueryDict, name: str, wanted: Wanted) -> str:
    """The query that orders the list by a column; asked again, the other way round."""
    copy = asked.copy()
    copy.pop("after", None)
    down = not wanted.descending if wanted.order == name else name not in {"name", "code", "region"}
    copy["order"] = f"-{name}" if down else name
    return copy.urlencode()
