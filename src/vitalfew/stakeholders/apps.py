from typing import Any

from django.apps import AppConfig


class StakeholdersConfig(AppConfig):
    name = "vitalfew.stakeholders"
    label = "stakeholders"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save

        from vitalfew.activities.models import Activity, Present
        from vitalfew.contacts.models import Post
        from vitalfew.stakeholders.models import MeetingRule
        from vitalfew.warehouse.scorecards import refreshed

        refreshed.connect(_all)
        for kind in (Activity, Present, Post):
            post_save.connect(_one, kind)
        post_delete.connect(_one, Present)
        post_save.connect(_planned, MeetingRule)


def _all(**_told: Any) -> None:
    """Tiers and people may be others."""
    from vitalfew.stakeholders import work

    work.cover_soon()


def _one(instance: Any, **_told: Any) -> None:
    """Somebody at an account, or a touch, came, changed or was put away."""
    from vitalfew.stakeholders import covering

    covering.cover([instance.account_id])


def _planned(instance: Any, **_told: Any) -> None:
    """A line of the plan: of one account, or of all of a tier."""
    from vitalfew.stakeholders import covering, work

    if instance.account_id:
        covering.cover([instance.account_id])
    else:
        work.cover_soon()
