from django.urls import path

from vitalfew.activities import pages

urlpatterns = [
    path("activities/", pages.activities, name="activities"),
    path("activities/new/", pages.new, name="activity-new"),
    path("activities/<int:pk>/", pages.activity, name="activity"),
    path("activities/<int:pk>/put-away/", pages.put_away, name="activity-away"),
    path("activities/<int:pk>/fetch-back/", pages.fetch_back, name="activity-back"),
]
