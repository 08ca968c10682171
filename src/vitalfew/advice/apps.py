from django.apps import AppConfig


class AdviceConfig(AppConfig):
    name = "vitalfew.advice"
    label = "advice"
