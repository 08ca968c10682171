import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vitalfew.site.settings")
application = get_wsgi_application()


def _warm_up() -> None:
    """Load what pages need before the first one is asked for."""
    from django.urls import get_resolver

    from vitalfew.catalogue import catalogue

    catalogue()
    get_resolver().resolve("/healthz")


_warm_up()
