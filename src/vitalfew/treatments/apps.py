from django.apps import AppConfig


class TreatmentsConfig(AppConfig):
    name = "vitalfew.treatments"
    label = "treatments"
