from django.urls import path

from vitalfew.visits import pages, paper_pages

urlpatterns = [
    path("visits/", pages.visits, name="visits"),
    path("visits/list/", pages.visit_list, name="visit-list"),
    path("visits/new/", pages.new, name="visit-new"),
    path("visits/<int:pk>/", pages.visit, name="visit"),
    path("visits/<int:pk>/edit/", pages.edit, name="visit-edit"),
    path("visits/<int:pk>/hold/", pages.hold, name="visit-hold"),
    path("visits/<int:pk>/take-back/", pages.take_back, name="visit-take-back"),
    path("visits/<int:pk>/confirm/", pages.confirm, name="visit-confirm"),
    path("visits/<int:pk>/move/", pages.move, name="visit-move"),
    path("visits/<int:pk>/cancel/", pages.cancel, name="visit-cancel"),
    path("visits/<int:pk>/reopen/", pages.reopen, name="visit-reopen"),
    path("visits/<int:pk>/put-away/", pages.put_away, name="visit-away"),
    path("visits/<int:pk>/fetch-back/", pages.fetch_back, name="visit-back"),
    path("visits/<int:pk>/briefing/", paper_pages.briefing, name="visit-brief"),
    path("visits/<int:pk>/briefing.pdf", paper_pages.paper, name="visit-paper"),
    path("visits/<int:pk>/visit.ics", paper_pages.invitation, name="visit-invitation"),
    path("visits/calendars/", paper_pages.feeds, name="visit-feeds"),
    path("visits/calendars/<int:pk>/revoke/", paper_pages.feed_revoke, name="visit-feed-revoke"),
    path("visits/feed/<slug:key>.ics", paper_pages.feed_read, name="visit-feed"),
    path("visits/share/", paper_pages.visit_share, name="visit-share"),
    path("visits/follow-ups/<int:pk>/", pages.follow_up, name="visit-follow-up"),
]
