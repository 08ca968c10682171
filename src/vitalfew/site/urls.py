from django.urls import include, path

from vitalfew.api.routes import api
from vitalfew.outlets import metrics, operations
from vitalfew.rooms import declared

urlpatterns = [
    *(address for room in declared("urls") for address in room.urlpatterns),
    path("api/v1/", api.urls),
    path("metrics", metrics.metrics, name="metrics"),
    path("healthz", operations.healthz, name="healthz"),
    path("sign-in/", include("allauth.urls")),
]
