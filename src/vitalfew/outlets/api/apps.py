from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "vitalfew.outlets.api"
    label = "api"
