from vitalfew.contacts.models import Post
from vitalfew.warehouse.merged import CONTACT


def aliases() -> dict[str, dict[str, str]]:
    """Posts put away because the same person has another at the account: the facts' contacts that count no more."""
    away = Post.objects.exclude(put_away_at=None).filter(person__merged__isnull=False)
    numbers = away.values_list("contact_id", flat=True).distinct()
    return {CONTACT: dict.fromkeys(numbers, "")}
