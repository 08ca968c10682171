from django.apps import AppConfig


class IncentivesConfig(AppConfig):
    name = "vitalfew.incentives"
    label = "incentives"
