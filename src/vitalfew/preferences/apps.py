from django.apps import AppConfig


class PreferencesConfig(AppConfig):
    name = "vitalfew.preferences"
    label = "preferences"
