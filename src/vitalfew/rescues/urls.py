from django.urls import path

from vitalfew.rescues import pages, playbook_pages, step_pages, warning_pages

urlpatterns = [
    path("rescues/", pages.rescues, name="rescues"),
    path("rescues/new/", pages.new, name="rescue-new"),
    path("rescues/<int:pk>/", pages.rescue, name="rescue"),
    path("rescues/<int:pk>/edit/", pages.edit, name="rescue-edit"),
    path("rescues/<int:pk>/hand-on/", pages.hand_on, name="rescue-hand-on"),
    path("rescues/<int:pk>/add/", pages.add, name="rescue-step-add"),
    path("rescues/<int:pk>/end/", pages.end, name="rescue-end"),
    path("rescues/<int:pk>/reopen/", pages.reopen, name="rescue-reopen"),
    path("rescues/<int:pk>/put-away/", pages.put_away, name="rescue-away"),
    path("rescues/<int:pk>/fetch-back/", pages.fetch_back, name="rescue-back"),
    path("rescues/steps/", step_pages.steps, name="rescue-steps"),
    path("rescues/steps/<int:pk>/", step_pages.step, name="rescue-step"),
    path("rescues/steps/<int:pk>/do/", step_pages.do, name="rescue-step-do"),
    path("rescues/steps/<int:pk>/done/", step_pages.quick, name="rescue-step-done"),
    path("rescues/steps/<int:pk>/leave-out/", step_pages.leave_out, name="rescue-step-leave-out"),
    path("rescues/steps/<int:pk>/move/", step_pages.move, name="rescue-step-move"),
    path("rescues/steps/<int:pk>/reopen/", step_pages.reopen, name="rescue-step-reopen"),
    path("warnings/", warning_pages.warnings, name="rescue-warnings"),
    path("rescues/effect/", warning_pages.helping, name="rescue-effect"),
    path("rescues/playbook/", playbook_pages.playbook, name="rescue-playbook"),
    path("rescues/playbook/<slug:name>/", playbook_pages.plays, name="rescue-plays"),
    path("rescues/playbook/<slug:name>/take-over/", playbook_pages.take_over, name="rescue-plays-take-over"),
    path("rescues/playbook/<slug:name>/give-up/", playbook_pages.give_up, name="rescue-plays-give-up"),
    path("rescues/playbook/<slug:name>/add/", playbook_pages.add, name="rescue-play-new"),
    path("rescues/plays/<int:pk>/edit/", playbook_pages.edit, name="rescue-play-edit"),
    path("rescues/plays/<int:pk>/put-away/", playbook_pages.put_away, name="rescue-play-away"),
    path("rescues/plays/<int:pk>/fetch-back/", playbook_pages.fetch_back, name="rescue-play-back"),
]
