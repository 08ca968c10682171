"""A request is answered from one refresh, also where the next takes its place meanwhile."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from vitalfew.warehouse import scorecards


class SteadyMiddleware:
    """Holds the refresh that the first question of a request finds."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with scorecards.held():
            return self.get_response(request)
