from typing import Final

from django.conf import settings

from vitalfew.activities.ways import Side
from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.lists.turn_column import turn_column
from vitalfew.mails import questions
from vitalfew.mails.queues import MAILS as QUEUE
from vitalfew.mails.rights import MailRight
from vitalfew.mails.words import MailState, Why
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _

READS: Final = _(
    "Put the mailbox's address in BCC when you write to a customer; what fits one account stands in its timeline, "
    "the rest waits here."
)
READS_NONE: Final = _("No mailbox is read yet. Whoever runs the server sets VITALFEW_MAIL; the README says how.")
MAILS: Final = Listing(
    name="mails",
    title=_("Mail that came in"),
    right=MailRight.SEE,
    records=questions.mails,
    columns=(
        ListColumn(
            "subject", _("Subject of the mail"), order="title", told=lambda row: row.title or "–",
            link=lambda row: row.get_absolute_url(), narrow=True,
        ),
        ListColumn("sender", _("Sender"), order="sender", narrow=True),
        ListColumn("recipients", _("Recipients"), told=lambda row: ", ".join(row.addresses), shown=False),
        ListColumn("side", _("From or to the customer"), Unit.WORD, words=Side),
        turn_column(QUEUE),
        ListColumn("day", _("Date"), Unit.DAY, "day"),
        ListColumn("state", _("State"), Unit.WORD, words=MailState),
        ListColumn("why", _("Why it waits"), Unit.WORD, words=Why),
        ListColumn("account", _("Account"), order="account__name", told=lambda row: str(row.account or "")),
        ListColumn("code", _("Code"), Unit.CODE, told=lambda row: row.account.code if row.account else "", shown=False),
    ),
    order="-day",
    find=questions.found,
    hint=_("Subject or address"),
    empty=READS if settings.MAILBOX else READS_NONE,
    queue=QUEUE,
    filters=(
        ListFilter("state", _("State"), list(MailState), by("state")),
        ListFilter("why", _("Why it waits"), list(Why), by("why")),
        ListFilter("side", _("From or to the customer"), list(Side), by("side")),
    ),
)  # fmt: skip
