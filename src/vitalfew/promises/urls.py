from django.urls import path

from vitalfew.promises import pages, portal_pages

urlpatterns = [
    path("promises/", pages.promises, name="promises"),
    path("promises/new/", pages.new, name="promise-new"),
    path("promises/<int:pk>/", pages.promise, name="promise"),
    path("promises/<int:pk>/edit/", pages.edit, name="promise-edit"),
    path("promises/<int:pk>/keep/", pages.keep, name="promise-keep"),
    path("promises/<int:pk>/move/", pages.move, name="promise-move"),
    path("promises/<int:pk>/ask-day/", pages.ask_day, name="promise-ask-day"),
    path("promises/<int:pk>/release/", pages.release, name="promise-release"),
    path("promises/<int:pk>/give-up/", pages.give_up, name="promise-give-up"),
    path("promises/<int:pk>/reopen/", pages.reopen, name="promise-reopen"),
    path("promises/<int:pk>/share/", pages.share, name="promise-share"),
    path("promises/<int:pk>/unshare/", pages.unshare, name="promise-unshare"),
    path("promises/<int:pk>/put-away/", pages.put_away, name="promise-away"),
    path("promises/<int:pk>/fetch-back/", pages.fetch_back, name="promise-back"),
    path("portal/promises/<int:pk>/heard/", portal_pages.heard, name="portal-promise-heard"),
    path("portal/promises/days/<int:pk>/", portal_pages.day, name="portal-promise-day"),
    path("integrity/", pages.integrity, name="integrity"),
]
