from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "vitalfew.complaints"
    label = "complaints"
