from typing import Final

from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.outbox import questions
from vitalfew.outbox.rights import OutboxRight
from vitalfew.outbox.words import Kind, LetterState
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _

LETTERS: Final = Listing(
    name="outbox",
    title=_("Letters to customers"),
    right=OutboxRight.SEE,
    records=questions.letters,
    columns=(
        ListColumn(
            "subject", _("Subject of the mail"), order="title", told=lambda row: row.title,
            link=lambda row: row.get_absolute_url(), narrow=True,
        ),
        ListColumn("to", _("Addressed to"), order="name", told=lambda row: row.name or row.address, narrow=True),
        ListColumn("address", _("E-mail"), shown=False),
        ListColumn("account", _("Account"), order="account__name", told=lambda row: str(row.account or "")),
        ListColumn("code", _("Code"), Unit.CODE, told=lambda row: row.account.code if row.account else "", shown=False),
        ListColumn("kind", _("Why they are written"), Unit.WORD, words=Kind),
        ListColumn("state", _("State"), Unit.WORD, words=LetterState, narrow=True),
        ListColumn("made", _("Written on"), Unit.DAY, "made_at", told=lambda row: row.made_at),
        ListColumn("sent", _("Sent on"), Unit.DAY, "sent_at", told=lambda row: row.sent_at),
    ),
    order="-made",
    find=questions.found,
    hint=_("Subject, name or address"),
    empty=_("Nothing was written yet. What other rooms write to customers stands here: answers, invitations, surveys."),
    filters=(
        ListFilter("state", _("State"), list(LetterState), by("state")),
        ListFilter("kind", _("Why they are written"), list(Kind), by("kind")),
    ),
)  # fmt: skip
