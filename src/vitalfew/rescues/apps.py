from django.apps import AppConfig


class RescuesConfig(AppConfig):
    name = "vitalfew.rescues"
    label = "rescues"
