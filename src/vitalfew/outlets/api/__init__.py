"""What the API says of analyses, of Today and of searches."""

from vitalfew.outlets.api import analyses, today

ROUTERS = (("/analyses", analyses.router), ("", today.router))
