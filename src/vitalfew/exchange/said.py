"""What became of a file, in a sentence."""

from django.utils.translation import gettext

from vitalfew.exchange.models import DataFile


def said_of(row: DataFile) -> str:
    if row.refusal:
        return gettext("The file can't be read; nothing of it was stored. %(why)s") % {
            "why": row.refusal.say(gettext, hinted=False)
        }
    figures = {"n": row.rows_taken, "corrected": row.rows_corrected, "refused": row.rows_refused}
    return gettext("Rows taken: %(n)s; of these corrected: %(corrected)s; refused: %(refused)s") % figures
