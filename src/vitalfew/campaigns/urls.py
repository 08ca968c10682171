from django.urls import path

from vitalfew.campaigns import calendar_pages, pages

urlpatterns = [
    path("campaigns/", pages.campaigns, name="campaigns"),
    path("campaigns/new/", pages.new, name="campaign-new"),
    path("campaigns/calendar/", calendar_pages.calendar, name="campaign-calendar"),
    path("campaigns/<int:pk>/", pages.campaign, name="campaign"),
    path("campaigns/<int:pk>/edit/", pages.edit, name="campaign-edit"),
    path("campaigns/<int:pk>/budget/", pages.add_line, name="campaign-line"),
    path("campaigns/budget/<int:pk>/out/", pages.take_line_out, name="campaign-line-out"),
    path("campaigns/<int:pk>/spent/", pages.spent, name="campaign-spent"),
    path("campaigns/<int:pk>/accounts/", pages.add_accounts, name="campaign-accounts"),
    path("campaigns/<int:pk>/accounts/none/", pages.take_all_out, name="campaign-accounts-out"),
    path("campaigns/accounts/<int:pk>/out/", pages.take_out, name="campaign-account-out"),
    path("campaigns/accounts/<int:pk>/talked/", pages.talked, name="campaign-talked"),
    path("campaigns/accounts/<int:pk>/not-talked/", pages.not_talked, name="campaign-not-talked"),
    path("campaigns/<int:pk>/letter/", pages.letter, name="campaign-letter"),
    path("campaigns/<int:pk>/offer/", pages.offer, name="campaign-offer"),
    path("campaigns/<int:pk>/hand-in/", pages.hand_in, name="campaign-hand-in"),
    path("campaigns/<int:pk>/take-back/", pages.take_back, name="campaign-take-back"),
    path("campaigns/<int:pk>/start/", pages.start, name="campaign-start"),
    path("campaigns/<int:pk>/send/", pages.send, name="campaign-send"),
    path("campaigns/<int:pk>/end/", pages.end, name="campaign-end"),
    path("campaigns/<int:pk>/evaluate/", pages.evaluate, name="campaign-evaluate"),
    path("campaigns/<int:pk>/call-off/", pages.call_off, name="campaign-call-off"),
    path("campaigns/<int:pk>/lessons/", pages.lessons, name="campaign-lessons"),
    path("campaigns/<int:pk>/put-away/", pages.put_away, name="campaign-away"),
    path("campaigns/<int:pk>/fetch-back/", pages.fetch_back, name="campaign-back"),
]
