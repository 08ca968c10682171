from django.apps import AppConfig


class StakeholdersConfig(AppConfig):
    name = "vitalfew.stakeholders"
    label = "stakeholders"
