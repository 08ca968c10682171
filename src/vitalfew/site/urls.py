from django.urls import include, path

from vitalfew.api.routes import api
from vitalfew.outlets import metrics, operations
from vitalfew.people import signin
from vitalfew.rooms import declared

handler500 = "vitalfew.outlets.trouble.failed"
urlpatterns = [
    *(address for room in declared("urls") for address in room.urlpatterns),
    path("api/v1/", api.urls),
    path("metrics", metrics.metrics, name="metrics"),
    path("healthz", operations.healthz, name="healthz"),
    *(path(f"sign-in/{each}", signin.closed) for each in signin.CLOSED),
    path("sign-in/", include("allauth.urls")),
]
