from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "vitalfew.outbox"
    label = "outbox"
