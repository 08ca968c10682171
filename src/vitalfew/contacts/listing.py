from typing import Any, Final

from django.urls import reverse
from django.utils import timezone

from vitalfew.contacts import questions
from vitalfew.contacts.models import Post
from vitalfew.contacts.rights import ContactRight
from vitalfew.contacts.words import LEVELS, Attitude, Influence, Part
from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.terms import Level, Term, Unit
from vitalfew.terms import gettext_noop as _


class Presence(Term):
    """Whether a contact is still there."""

    HERE = "here", _("Still there")
    LEFT = "left", _("Left")


class Retention(Term):
    """Whether the day until which a person may be kept has passed."""

    OVER = "over", _("Over")
    UNSAID = "unsaid", _("No reason given")


def _kept(found: Any, word: str) -> Any:
    if word == Retention.UNSAID:
        return found.filter(person__basis="")
    return found.filter(person__keep_until__lt=timezone.localdate())


def _present(found: Any, word: str) -> Any:
    return found.filter(left_on__isnull=word == Presence.HERE)


def _phone(post: Post) -> str:
    return next((phone.number for phone in post.person.phones.all()), "")


COLUMNS: Final = (
    ListColumn("name", _("Person's name"), order="person__name", told=lambda post: post.person.name),
    ListColumn(
        "account", _("Account"), order="account__name", told=lambda post: post.account.name,
        link=lambda post: post.account.get_absolute_url() + "?tab=contacts", narrow=True,
    ),
    ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda post: post.account.code, shown=False),
    ListColumn("title", _("Job title"), order="title", narrow=True),
    ListColumn("department", _("Department"), order="department"),
    ListColumn("level", _("Level"), Unit.WORD, words=Level),
    ListColumn("part", _("Part in buying"), Unit.WORD, words=Part),
    ListColumn("influence", _("Influence"), Unit.WORD, words=Influence),
    ListColumn("attitude", _("Attitude to us"), Unit.WORD, words=Attitude),
    ListColumn("phone", _("Telephone"), told=_phone, link=lambda post: reverse("contact", args=[post.person_id])),
    ListColumn("email", _("E-mail"), told=lambda post: post.person.email, shown=False),
    ListColumn("reports_to", _("Reports to"), told=lambda post: str(post.reports_to or ""), shown=False),
    ListColumn("since", _("Since"), Unit.DAY, "since"),
    ListColumn("left_on", _("Left on"), Unit.DAY, "left_on"),
)  # fmt: skip

CONTACTS: Final = Listing(
    name="contacts",
    title=_("People at customers"),
    right=ContactRight.SEE,
    records=questions.posts,
    columns=COLUMNS,
    order="name",
    find=questions.found,
    hint=_("Name, pinyin, initials, WeChat, e-mail"),
    empty=_("Import the people at your customers, or add the first one."),
    make="contact-new",
    make_label=_("New contact"),
    make_right=ContactRight.EDIT,
    filters=(
        ListFilter("present", _("Presence"), list(Presence), _present),
        ListFilter("level", _("Level"), LEVELS, by("level")),
        ListFilter("part", _("Part in buying"), list(Part), by("part")),
        ListFilter("influence", _("Influence"), list(Influence), by("influence")),
        ListFilter("attitude", _("Attitude to us"), list(Attitude), by("attitude")),
        ListFilter("retention", _("Retention period"), list(Retention), _kept),
    ),
)
