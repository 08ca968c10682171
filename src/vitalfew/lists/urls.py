from django.urls import path

from vitalfew.lists import pages

urlpatterns = [
    path("lists/<slug:name>/views/", pages.save_view, name="list-view"),
    path("lists/<slug:name>/views/<int:pk>/drop/", pages.drop_view, name="list-view-drop"),
]
