from django.urls import path

from vitalfew.peaks import pages, portal_pages

urlpatterns = [
    path("peaks/", pages.peaks, name="peaks"),
    path("peak-calendar/", pages.calendar, name="peak-calendar"),
    path("peaks/new/", pages.new, name="peak-new"),
    path("peaks/<int:pk>/", pages.peak, name="peak"),
    path("peaks/<int:pk>/edit/", pages.edit, name="peak-edit"),
    path("peaks/<int:pk>/book/", pages.book, name="peak-book"),
    path("peaks/<int:pk>/propose/", pages.propose, name="peak-propose"),
    path("peaks/<int:pk>/ask/", pages.ask, name="peak-ask"),
    path("peaks/<int:pk>/agree/", pages.agree, name="peak-agree"),
    path("peaks/<int:pk>/reopen/", pages.reopen, name="peak-reopen"),
    path("peaks/<int:pk>/close/", pages.close, name="peak-close"),
    path("peaks/<int:pk>/arrange/", pages.arrange, name="peak-arrange"),
    path("peaks/<int:pk>/put-away/", pages.put_away, name="peak-away"),
    path("peaks/<int:pk>/fetch-back/", pages.fetch_back, name="peak-back"),
    path("peak-requests/", pages.arrangements, name="arrangements"),
    path("peak-requests/<int:pk>/", pages.arrangement, name="arrangement"),
    path("peak-requests/<int:pk>/answer/", pages.answer, name="arrangement-answer"),
    path("peak-requests/<int:pk>/ask-again/", pages.ask_again, name="arrangement-again"),
    path("peak-requests/<int:pk>/put-away/", pages.arrangement_away, name="arrangement-away"),
    path("peak-requests/<int:pk>/fetch-back/", pages.arrangement_back, name="arrangement-back"),
    path("portal/peaks/<int:pk>/say/", portal_pages.say, name="portal-peak-say"),
]
