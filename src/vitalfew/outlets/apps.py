from django.apps import AppConfig


class OutletsConfig(AppConfig):
    name = "vitalfew.outlets"
    label = "outlets"
