from django.apps import AppConfig


class HandoverConfig(AppConfig):
    name = "vitalfew.handover"
    label = "handover"
