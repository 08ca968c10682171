from django.apps import AppConfig


class ChannelConfig(AppConfig):
    name = "vitalfew.channel"
    label = "channel"
