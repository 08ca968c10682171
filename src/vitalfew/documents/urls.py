from django.urls import path

from vitalfew.documents import pages

urlpatterns = [path("documents/<int:pk>/keep/", pages.keep, name="document-keep")]
