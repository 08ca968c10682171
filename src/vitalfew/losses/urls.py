from django.urls import path

from vitalfew.losses import pages

urlpatterns = [
    path("losses/", pages.losses, name="losses"),
    path("losses/new/", pages.new, name="loss-new"),
    path("losses/figures/", pages.figures, name="loss-figures"),
    path("losses/<int:pk>/", pages.loss, name="loss"),
    path("losses/<int:pk>/edit/", pages.edit, name="loss-edit"),
    path("losses/<int:pk>/talk/", pages.talk, name="loss-talk"),
    path("losses/<int:pk>/refuse/", pages.refuse, name="loss-refuse"),
    path("losses/<int:pk>/reopen/", pages.reopen, name="loss-reopen"),
    path("losses/<int:pk>/put-away/", pages.put_away, name="loss-away"),
    path("losses/<int:pk>/fetch-back/", pages.fetch_back, name="loss-back"),
]
