from django.apps import AppConfig


class VisitPlansConfig(AppConfig):
    name = "vitalfew.visit_plans"
    label = "visit_plans"
