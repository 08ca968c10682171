from django.apps import AppConfig


class MailsConfig(AppConfig):
    name = "vitalfew.mails"
    label = "mails"
