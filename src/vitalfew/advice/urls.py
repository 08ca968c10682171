from django.urls import path

from vitalfew.advice import pages

urlpatterns = [
    path("advice/", pages.listed, name="advice"),
    path("advice/new/", pages.new, name="advice-new"),
    path("advice/figures/", pages.figures, name="advice-figures"),
    path("advice/<int:pk>/", pages.advice, name="advice-one"),
    path("advice/<int:pk>/edit/", pages.edit, name="advice-edit"),
    path("advice/<int:pk>/done/", pages.done, name="advice-done"),
    path("advice/<int:pk>/drop/", pages.drop, name="advice-drop"),
    path("advice/<int:pk>/reopen/", pages.reopen, name="advice-reopen"),
    path("advice/<int:pk>/put-away/", pages.put_away, name="advice-away"),
    path("advice/<int:pk>/fetch-back/", pages.fetch_back, name="advice-back"),
]
