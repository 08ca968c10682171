import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vitalfew.site.settings")
application = get_wsgi_application()

from django.conf import settings  # noqa: E402  (Django must be ready)

from vitalfew import presence  # noqa: E402  (as above)
from vitalfew.outlets.warm import warm_up  # noqa: E402  (as above)

presence.occupy(settings.HOME.folder)
warm_up()
