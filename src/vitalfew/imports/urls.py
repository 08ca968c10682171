from django.urls import path

from vitalfew.imports import pages

urlpatterns = [
    path("data/", pages.data, name="data"),
    path("data/progress/", pages.progress, name="data-progress"),
    path("data/upload/", pages.upload, name="data-upload"),
    path("data/refresh/", pages.compute_again, name="data-refresh"),
    path("data/mappings/<int:pk>/drop/", pages.drop_mapping, name="mapping-drop"),
    path("data/<int:pk>/", pages.one, name="import"),
    path("data/<int:pk>/again/", pages.again, name="import-again"),
    path("data/<int:pk>/discard/", pages.discard, name="import-discard"),
    path("data/<int:pk>/rejects/", pages.rejects, name="import-rejects"),
    path("data/<int:pk>/leave-out/", pages.leave_out, name="import-leave"),
    path("data/<int:pk>/ask-again/", pages.ask_again, name="import-reopen"),
    path("data/<int:pk>/take-back/", pages.take_back, name="import-undo"),
]
