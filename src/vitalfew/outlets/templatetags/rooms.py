"""What rooms of the department add to the account page."""

from django import template
from django.db.models import QuerySet

from vitalfew.reviews import questions
from vitalfew.reviews.models import TierInForce

register = template.Library()


@register.simple_tag
def tiers_in_force(code: str) -> QuerySet[TierInForce]:
    """The account's tiers as people decided them, latest first."""
    return questions.history_of(code)
