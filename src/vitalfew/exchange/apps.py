from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "vitalfew.exchange"
    label = "exchange"
