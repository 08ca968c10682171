from django.urls import path

from vitalfew.milestones import pages

urlpatterns = [
    path("milestones/", pages.milestones, name="milestones"),
    path("milestones/new/", pages.new, name="milestone-new"),
    path("milestones/<int:pk>/", pages.milestone, name="milestone"),
    path("milestones/<int:pk>/edit/", pages.edit, name="milestone-edit"),
    path("milestones/<int:pk>/congratulate/", pages.congratulate, name="milestone-congratulate"),
    path("milestones/<int:pk>/leave-out/", pages.leave_out, name="milestone-leave-out"),
    path("milestones/<int:pk>/reply/", pages.reply, name="milestone-reply"),
    path("milestones/<int:pk>/take-back/", pages.take_back, name="milestone-take-back"),
    path("milestones/<int:pk>/put-away/", pages.put_away, name="milestone-away"),
    path("milestones/<int:pk>/fetch-back/", pages.fetch_back, name="milestone-back"),
]
