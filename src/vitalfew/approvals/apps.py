from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "vitalfew.approvals"
    label = "approvals"
