from typing import Final

from vitalfew.contacts.models import LANGUAGES
from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.outbox import questions
from vitalfew.outbox.rights import OutboxRight
from vitalfew.outbox.words import Kind
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _

WORDS: Final = Listing(
    name="letter-words",
    title=_("Words of letters"),
    right=OutboxRight.WORD,
    records=questions.words,
    columns=(
        ListColumn("kind", _("Why they are written"), Unit.WORD, "kind", words=Kind, narrow=True,
                   link=lambda row: row.get_absolute_url()),
        ListColumn("language", _("Language"), order="language", told=lambda row: dict(LANGUAGES)[row.language], narrow=True),
        ListColumn("sender", _("Name of the sender"), Unit.CODE, "sender", narrow=True),
        ListColumn("opening", _("How it begins"), Unit.CODE),
        ListColumn("closing", _("How it ends"), Unit.CODE),
        ListColumn("changed", _("Changed on"), Unit.DAY, "changed_at", told=lambda row: row.changed_at),
    ),
    order="kind",
    empty=_("Letters begin and end in the house's words. Write the firm's own for a kind of letter and a language."),
    make="letter-words-new",
    make_label=_("Write own words"),
    make_right=OutboxRight.WORD,
    filters=(ListFilter("kind", _("Why they are written"), list(Kind), by("kind")),),
)  # fmt: skip
