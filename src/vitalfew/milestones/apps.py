from django.apps import AppConfig


class MilestonesConfig(AppConfig):
    name = "vitalfew.milestones"
    label = "milestones"
