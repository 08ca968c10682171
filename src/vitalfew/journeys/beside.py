"""The pages of the room beside each other."""

from typing import Final

from vitalfew.terms import gettext_noop as _

BESIDE: Final = (
    ("journeys", _("Service journeys")), ("journey-checks", _("Checks")), ("journey-gaps-report", _("Late-stage service")),
    ("journey-gaps", _("Gaps")), ("journey-suggestions", _("Suggestions")), ("journey-templates", _("Templates")),
)  # fmt: skip
"""By their routes."""
