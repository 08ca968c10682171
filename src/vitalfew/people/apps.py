from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "vitalfew.people"
    label = "people"

    def ready(self) -> None:
        from vitalfew.people import entering  # noqa: F401  (listens from now on)
