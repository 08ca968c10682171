from django.conf import settings

from vitalfew.accounts.actions import drop_old_files


def begin() -> None:
    """Documents that were removed long ago go for good."""
    drop_old_files(settings.HOME)
