from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "vitalfew.imports"
    label = "imports"
