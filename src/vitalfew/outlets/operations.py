"""Whether the server serves, for those who watch it."""

from django.db import connection
from django.http import HttpRequest, HttpResponse

from vitalfew.people.gate import needs
from vitalfew.people.permissions import Right


@needs(Right.OPEN)
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 once pages can be answered: the database speaks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")
