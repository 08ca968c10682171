from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "vitalfew.feedback"
    label = "feedback"
