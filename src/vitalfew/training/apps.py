from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "vitalfew.training"
    label = "training"
