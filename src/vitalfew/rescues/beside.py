"""The pages of the room beside each other."""

from typing import Final

from vitalfew.terms import gettext_noop as _

BESIDE: Final = (
    ("rescue-warnings", _("Who may leave")), ("rescues", _("Rescue plans")), ("rescue-steps", _("Steps")),
    ("rescue-effect", _("Whether plans help")),
    ("rescue-playbook", _("Playbook")),
)  # fmt: skip
"""By their routes."""
