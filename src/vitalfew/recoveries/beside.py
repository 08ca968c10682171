"""The pages of the room beside each other."""

from typing import Final

from vitalfew.terms import gettext_noop as _

BESIDE: Final = (
    ("win-back", _("Lost accounts")), ("win-back-rounds", _("Rounds")), ("recoveries", _("Attempts")),
    ("recovery-steps", _("Steps")), ("win-back-watch", _("Came back")),
)  # fmt: skip
"""By their routes."""
