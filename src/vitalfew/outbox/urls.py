from django.urls import path

from vitalfew.outbox import pages, wish_pages, word_pages

urlpatterns = [
    path("outbox/", pages.letters, name="outbox"),
    path("letter-words/", word_pages.all_words, name="letter-words"),
    path("letter-words/new/", word_pages.new, name="letter-words-new"),
    path("letter-words/<int:pk>/", word_pages.words, name="letter-words-one"),
    path("letter-words/<int:pk>/edit/", word_pages.edit, name="letter-words-edit"),
    path("letter-words/<int:pk>/html/", word_pages.as_html, name="letter-words-html"),
    path("letter-words/<int:pk>/away/", word_pages.put_away, name="letter-words-away"),
    path("letter-words/<int:pk>/back/", word_pages.fetch_back, name="letter-words-back"),
    path("outbox/<int:pk>/", pages.letter, name="letter"),
    path("outbox/<int:pk>/stop/", pages.stop, name="letter-stop"),
    path("outbox/<int:pk>/send/", pages.send_again, name="letter-send"),
    path("mail-wishes/<slug:key>/", wish_pages.wishes, name="letter-wishes"),
    path("mail-wishes/<slug:key>/<slug:name>/", wish_pages.unwanted, name="letter-unwanted"),
]
