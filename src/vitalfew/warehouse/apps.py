from django.apps import AppConfig


class WarehouseConfig(AppConfig):
    name = "vitalfew.warehouse"
    label = "warehouse"
