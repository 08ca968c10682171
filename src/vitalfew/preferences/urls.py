from django.urls import path

from vitalfew.preferences import pages

urlpatterns = [
    path("preferences/", pages.preferences, name="preferences"),
    path("preferences/new/", pages.new, name="preference-new"),
    path("preferences/<int:pk>/", pages.preference, name="preference"),
    path("preferences/<int:pk>/edit/", pages.edit, name="preference-edit"),
    path("preferences/<int:pk>/confirm/", pages.confirm, name="preference-confirm"),
    path("preferences/<int:pk>/put-away/", pages.put_away, name="preference-away"),
    path("preferences/<int:pk>/fetch-back/", pages.fetch_back, name="preference-back"),
]
