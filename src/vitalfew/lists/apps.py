from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "vitalfew.lists"
    label = "lists"
