from django.urls import path

from vitalfew.stakeholders import chart_pages, coverage_pages, pages

urlpatterns = [
    path("stakeholders/<path:code>/", pages.stakeholder_map, name="stakeholders"),
    path("stakeholders-chart/<path:code>/", chart_pages.org_chart, name="org-chart"),
    path("stakeholders-move/<path:code>/", chart_pages.moved, name="org-chart-move"),
    path("stakeholders-dependence/<path:code>/", pages.dependence, name="dependence"),
    path("coverage/", coverage_pages.coverage, name="coverage"),
    path("coverage/plan/", coverage_pages.coverage_plan, name="coverage-plan"),
    path("coverage/plan/level/", coverage_pages.plan_tier, name="plan-tier"),
    path("coverage/rules/<int:pk>/take-back/", coverage_pages.unplan, name="unplan"),
    path("coverage/rules/<int:pk>/again/", coverage_pages.plan_again, name="plan-again"),
    path("stakeholders-coverage/<path:code>/", coverage_pages.coverage_of, name="coverage-of"),
    path("stakeholders-plan/<path:code>/", coverage_pages.plan_account, name="plan-account"),
    path("acquaintances/", pages.acquaintances, name="acquaintances"),
    path("acquaintances/<int:pk>/", pages.acquaintance, name="acquaintance"),
    path("acquaintances/<int:pk>/take-back/", pages.take_back, name="acquaintance-away"),
    path("acquaintances/<int:pk>/again/", pages.state_again, name="acquaintance-again"),
]
