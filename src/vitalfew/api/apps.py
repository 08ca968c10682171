from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "vitalfew.api"
    label = "api"
