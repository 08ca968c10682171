from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "vitalfew.activities"
    label = "activities"
