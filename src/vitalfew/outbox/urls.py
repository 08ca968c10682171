from django.urls import path

from vitalfew.outbox import pages, wish_pages

urlpatterns = [
    path("outbox/", pages.letters, name="outbox"),
    path("outbox/<int:pk>/", pages.letter, name="letter"),
    path("outbox/<int:pk>/stop/", pages.stop, name="letter-stop"),
    path("outbox/<int:pk>/send/", pages.send_again, name="letter-send"),
    path("mail-wishes/<slug:key>/", wish_pages.wishes, name="letter-wishes"),
    path("mail-wishes/<slug:key>/<slug:name>/", wish_pages.unwanted, name="letter-unwanted"),
]
