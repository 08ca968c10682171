import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vitalfew.site.settings")
application = get_wsgi_application()

from vitalfew.outlets.warm import warm_up  # noqa: E402  (Django must be ready)

warm_up()
