from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "vitalfew.contacts"
    label = "contacts"
