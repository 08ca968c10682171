from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "vitalfew.reports"
    label = "reports"
