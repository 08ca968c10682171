from django.urls import path

from vitalfew.recoveries import pages, round_pages, step_pages

urlpatterns = [
    path("win-back/", pages.win_back, name="win-back"),
    path("win-back/watch/", pages.watch, name="win-back-watch"),
    path("win-back/rounds/", round_pages.rounds, name="win-back-rounds"),
    path("win-back/rounds/new/", round_pages.new, name="win-back-round-new"),
    path("win-back/rounds/<int:pk>/", round_pages.winback_round, name="win-back-round"),
    path("win-back/rounds/<int:pk>/put-away/", round_pages.put_away, name="win-back-round-away"),
    path("win-back/rounds/<int:pk>/fetch-back/", round_pages.fetch_back, name="win-back-round-back"),
    path("win-back/attempts/", pages.recoveries, name="recoveries"),
    path("win-back/attempts/<int:pk>/", pages.recovery, name="recovery"),
    path("win-back/attempts/<int:pk>/edit/", pages.edit, name="recovery-edit"),
    path("win-back/attempts/<int:pk>/add/", pages.add, name="recovery-step-add"),
    path("win-back/attempts/<int:pk>/settle/", pages.settle, name="recovery-settle"),
    path("win-back/attempts/<int:pk>/reopen/", pages.reopen, name="recovery-reopen"),
    path("win-back/steps/", step_pages.steps, name="recovery-steps"),
    path("win-back/steps/<int:pk>/", step_pages.step, name="recovery-step"),
    path("win-back/steps/<int:pk>/do/", step_pages.do, name="recovery-step-do"),
    path("win-back/steps/<int:pk>/done/", step_pages.quick, name="recovery-step-done"),
    path("win-back/steps/<int:pk>/leave-out/", step_pages.leave_out, name="recovery-step-leave-out"),
    path("win-back/steps/<int:pk>/move/", step_pages.move, name="recovery-step-move"),
    path("win-back/steps/<int:pk>/reopen/", step_pages.reopen, name="recovery-step-reopen"),
]
