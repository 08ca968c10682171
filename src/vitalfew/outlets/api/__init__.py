"""What the API says of analyses, of Today and of searches."""

from vitalfew.outlets.api import analyses, facts, today

ROUTERS = (("/analyses", analyses.router), ("/facts", facts.router), ("", today.router))
