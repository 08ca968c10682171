from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "vitalfew.tasks"
    label = "tasks"
