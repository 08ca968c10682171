from django.urls import path

from vitalfew.treatments import pages

urlpatterns = [
    path("treatments/", pages.treatments, name="treatments"),
    path("treatments/losers/", pages.losers, name="losers"),
    path("treatments/new/", pages.new, name="treatment-new"),
    path("treatments/<int:pk>/", pages.treatment, name="treatment"),
    path("treatments/<int:pk>/edit/", pages.edit, name="treatment-edit"),
    path("treatments/<int:pk>/ask/", pages.ask, name="treatment-ask"),
    path("treatments/<int:pk>/withdraw/", pages.withdraw, name="treatment-withdraw"),
    path("treatments/<int:pk>/write/", pages.write, name="treatment-write"),
    path("treatments/<int:pk>/judge/", pages.judge, name="treatment-judge"),
    path("treatments/<int:pk>/call-off/", pages.call_off, name="treatment-call-off"),
    path("treatments/<int:pk>/put-away/", pages.put_away, name="treatment-away"),
    path("treatments/<int:pk>/fetch-back/", pages.fetch_back, name="treatment-back"),
]
