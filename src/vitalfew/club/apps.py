from django.apps import AppConfig


class ClubConfig(AppConfig):
    name = "vitalfew.club"
    label = "club"
