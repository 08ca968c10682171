from django.urls import path

from vitalfew.stakeholders import chart_pages, pages

urlpatterns = [
    path("stakeholders/<path:code>/", pages.stakeholder_map, name="stakeholders"),
    path("stakeholders-chart/<path:code>/", chart_pages.org_chart, name="org-chart"),
    path("stakeholders-move/<path:code>/", chart_pages.moved, name="org-chart-move"),
    path("acquaintances/", pages.acquaintances, name="acquaintances"),
    path("acquaintances/<int:pk>/", pages.acquaintance, name="acquaintance"),
    path("acquaintances/<int:pk>/take-back/", pages.take_back, name="acquaintance-away"),
    path("acquaintances/<int:pk>/again/", pages.state_again, name="acquaintance-again"),
]
