from django.apps import AppConfig


class PeaksConfig(AppConfig):
    name = "vitalfew.peaks"
    label = "peaks"
