from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "vitalfew.journeys"
    label = "journeys"
