from django.urls import path

from vitalfew.feedback import pages

urlpatterns = [
    path("feedback/", pages.rounds, name="feedback"),
    path("feedback/new/", pages.new, name="feedback-new"),
    path("feedback/<int:pk>/", pages.one_round, name="feedback-round"),
    path("feedback/<int:pk>/add/", pages.add, name="feedback-add"),
    path("feedback/<int:pk>/put-away/", pages.put_away, name="feedback-away"),
    path("feedback/<int:pk>/fetch-back/", pages.fetch_back, name="feedback-back"),
    path("feedback/asked/", pages.all_asked, name="feedback-asked"),
    path("feedback/asked/<int:pk>/", pages.asked, name="asked"),
    path("feedback/asked/<int:pk>/ask/", pages.ask, name="asked-ask"),
    path("feedback/asked/<int:pk>/assign/", pages.assign, name="asked-assign"),
    path("feedback/asked/<int:pk>/close/", pages.close, name="asked-close"),
    path("feedback/asked/<int:pk>/reopen/", pages.reopen, name="asked-reopen"),
    path("feedback/asked/<int:pk>/take-out/", pages.take_out, name="asked-out"),
    path("feedback/asked/<int:pk>/put-back/", pages.put_back, name="asked-back"),
]
