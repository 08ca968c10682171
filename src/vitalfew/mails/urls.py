from django.urls import path

from vitalfew.mails import pages

urlpatterns = [
    path("mails/", pages.mails, name="mails"),
    path("mails/<int:pk>/", pages.mail, name="mail"),
    path("mails/<int:pk>/complain/", pages.complain, name="mail-complain"),
    path("mails/<int:pk>/part/", pages.part, name="mail-part"),
    path("mails/<int:pk>/put-away/", pages.put_away, name="mail-away"),
    path("mails/<int:pk>/fetch-back/", pages.fetch_back, name="mail-back"),
]
