from django.urls import path

from vitalfew.documents import pages

urlpatterns = [
    path("documents/<int:pk>/keep/", pages.keep, name="document-keep"),
    path("documents/<int:pk>/drop/", pages.drop, name="document-drop"),
]
