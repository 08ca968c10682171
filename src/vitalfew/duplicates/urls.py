from django.urls import path

from vitalfew.duplicates import pages

urlpatterns = [
    path("duplicates/", pages.duplicates, name="duplicates"),
    path("duplicates/look/", pages.look, name="duplicates-look"),
    path("duplicates/like-account/", pages.accounts_like, name="duplicates-like-account"),
    path("duplicates/like-person/", pages.persons_like, name="duplicates-like-person"),
    path("duplicates/<int:pk>/", pages.duplicate, name="duplicate"),
    path("duplicates/<int:pk>/decide/", pages.decide, name="duplicate-decide"),
    path("duplicates/<int:pk>/undo/", pages.undo, name="duplicate-undo"),
]
