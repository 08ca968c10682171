"""How the tiers in force stand beside what the figures propose."""

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from vitalfew.outlets.templatetags.figures import word
from vitalfew.outlets.templatetags.markup import markup
from vitalfew.reviews import questions
from vitalfew.reviews.models import TierInForce
from vitalfew.terms import Tier

register = template.Library()


@register.simple_tag
def decided_tier(code: str) -> TierInForce | None:
    """The account's tier in force today, where people have decided on one."""
    return questions.history_of(code).filter(since__lte=timezone.localdate()).first()


@register.simple_tag
def tier_standing(code: str, found: str | None) -> str | SafeString:
    """Beside the tier shown: that it is but proposed, or which other one the figures propose."""
    decided = decided_tier(code)
    if decided is None:
        return markup('<span class="quiet">{}</span>', _("(proposed)"))
    if not found or found == decided.tier:
        return ""
    return markup('<span class="quiet">{}</span>', _("(proposed: %(tier)s)") % {"tier": word(found, Tier)})


@register.simple_tag
def tiers_note() -> str | SafeString:
    """Before the first review, that no tier was decided by people."""
    if questions.any_in_force(timezone.localdate()):
        return ""
    note = _("No tier review is in force yet: the tiers shown are what the figures propose.")
    return markup('<p class="quiet">{}</p>', note)
