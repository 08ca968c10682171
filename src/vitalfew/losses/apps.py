from django.apps import AppConfig


class LossesConfig(AppConfig):
    name = "vitalfew.losses"
    label = "losses"
