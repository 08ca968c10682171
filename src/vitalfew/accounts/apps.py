from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "vitalfew.accounts"
    label = "accounts"
