from django.urls import path

from vitalfew.visit_plans import pages

urlpatterns = [
    path("visits/plan/", pages.plans, name="visit-plans"),
    path("visits/plan/new/", pages.new, name="visit-plan-new"),
    path("visits/plan/<int:pk>/", pages.plan, name="visit-plan"),
    path("visits/plan/<int:pk>/progress/", pages.progress, name="visit-plan-progress"),
    path("visits/plan/<int:pk>/again/", pages.again, name="visit-plan-again"),
    path("visits/plan/<int:pk>/accept/", pages.accept, name="visit-plan-accept"),
    path("visits/plan/<int:pk>/give-back/", pages.give_back, name="visit-plan-give-back"),
    path("visits/plan/<int:pk>/put-away/", pages.put_away, name="visit-plan-away"),
    path("visits/plan/<int:pk>/fetch-back/", pages.fetch_back, name="visit-plan-back"),
    path("visits/proposals/<int:pk>/move/", pages.move, name="proposal-move"),
    path("visits/proposals/<int:pk>/reject/", pages.reject, name="proposal-reject"),
    path("visits/proposals/<int:pk>/open/", pages.open_again, name="proposal-open"),
]
