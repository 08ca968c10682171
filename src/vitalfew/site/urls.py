from django.urls import include, path

from vitalfew.outlets import operations

urlpatterns = [
    path("healthz", operations.healthz, name="healthz"),
    path("sign-in/", include("allauth.urls")),
]
