from typing import Any, Final

from django.utils.timezone import localdate

from vitalfew.comments import questions
from vitalfew.comments.rights import CommentRight
from vitalfew.lists.listing import ListColumn, ListFilter, Listing
from vitalfew.terms import Term, Unit
from vitalfew.terms import gettext_noop as _

CUT: Final = 80


class Meant(Term):
    """Whether a comment mentions who looks."""

    ME = "me", _("Mentions me")
    UNSEEN = "unseen", _("Mentions me, not seen yet")


def _meant(found: Any, word: str) -> Any:
    return found.filter(mine=True) if word == Meant.ME else found.filter(unseen=True)


COMMENTS: Final = Listing(
    name="comments",
    title=_("Comments"),
    right=CommentRight.SEE,
    records=questions.comments,
    columns=(
        ListColumn(
            "brief", _("Comment"), told=lambda row: row.text[:CUT], narrow=True,
            link=lambda row: row.get_absolute_url(),
        ),
        ListColumn(
            "account", _("Account"), order="account__name", told=lambda row: row.account.name,
            link=lambda row: row.account.get_absolute_url() + "?tab=timeline", narrow=True,
        ),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code, shown=False),
        ListColumn("who", _("Our colleague"), order="who__name", told=lambda row: str(row.who or "")),
        ListColumn("made_at", _("Written on"), Unit.DAY, "made_at", lambda row: localdate(row.made_at)),
        ListColumn("text", _("Whole text"), shown=False),
        ListColumn("about", _("About"), told=lambda row: f"{row.kind}:{row.number}", shown=False),
    ),
    order="-made_at",
    find=questions.found,
    hint=_("Words of the text"),
    empty=_("Open a visit or call in an account's timeline, and write the first comment under it."),
    filters=(ListFilter("meant", _("Mentions"), list(Meant), _meant),),
)  # fmt: skip
