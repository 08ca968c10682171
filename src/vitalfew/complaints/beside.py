from typing import Final

from vitalfew.terms import gettext_noop as _

BESIDE: Final = (
    ("complaints", _("Complaints")), ("complaint-wall", _("On the wall")), ("claims", _("Claims on third parties")),
    ("complaint-figures", _("How complaints are settled")), ("causes", _("Tree of causes")),
    ("eight-ds", _("8D records")), ("effect-checks", _("Countermeasures checked")),
    ("inquiries", _("Asked before it is a complaint")), ("voice", _("Open form for customers")),
)  # fmt: skip
"""Pages of the room by their routes."""
