from django.apps import AppConfig


class RecoveriesConfig(AppConfig):
    name = "vitalfew.recoveries"
    label = "recoveries"
