from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "vitalfew.portal"
    label = "portal"
