from django.urls import path

from vitalfew.supply import allotting_pages, pages

urlpatterns = [
    path("supply/", pages.supply, name="supply"),
    path("supply/stock/", pages.stock, name="supply-stock"),
    path("supply/stock/<int:pk>/", pages.product, name="supply-product"),
    path("supply/stock/<int:pk>/snooze/", pages.snooze, name="supply-snooze"),
    path("supply/stock/<int:pk>/wake/", pages.wake, name="supply-wake"),
    path("supply/stock/<int:pk>/wake-back/", pages.wake_back, name="supply-wake-back"),
    path("supply/risks/", pages.risks, name="supply-risks"),
    path("supply/incoming/", pages.incoming, name="supply-incoming"),
    path("supply/incoming/new/", pages.new_incoming, name="supply-incoming-new"),
    path("supply/incoming/paste/", pages.paste, name="supply-incoming-paste"),
    path("supply/incoming/<int:pk>/", pages.one_incoming, name="supply-incoming-one"),
    path("supply/incoming/<int:pk>/put-away/", pages.incoming_away, name="supply-incoming-away"),
    path("supply/incoming/<int:pk>/fetch-back/", pages.incoming_back, name="supply-incoming-back"),
    path("supply/lead-times/", pages.leads, name="supply-leads"),
    path("supply/lead-times/new/", pages.new_lead, name="supply-lead-new"),
    path("supply/lead-times/<int:pk>/", pages.one_lead, name="supply-lead-time"),
    path("supply/lead-times/<int:pk>/put-away/", pages.lead_away, name="supply-lead-away"),
    path("supply/lead-times/<int:pk>/fetch-back/", pages.lead_back, name="supply-lead-back"),
    path("supply/allotments/", allotting_pages.allotments, name="supply-allotments"),
    path("supply/allotments/new/", allotting_pages.new, name="supply-allotment-new"),
    path("supply/allotments/<int:pk>/", allotting_pages.allotment, name="supply-allotment"),
    path("supply/allotments/<int:pk>/edit/", allotting_pages.edit, name="supply-allotment-edit"),
    path("supply/allotments/<int:pk>/put-away/", allotting_pages.put_away, name="supply-allotment-away"),
    path("supply/allotments/<int:pk>/fetch-back/", allotting_pages.fetch_back, name="supply-allotment-back"),
]
