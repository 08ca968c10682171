from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "vitalfew.surveys"
    label = "surveys"
