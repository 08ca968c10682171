from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "vitalfew.campaigns"
    label = "campaigns"
