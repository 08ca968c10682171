from django.urls import path

from vitalfew.exchange import pages

urlpatterns = [
    path("exchange/", pages.exchanges, name="exchanges"),
    path("exchange/new/", pages.new, name="exchange-new"),
    path("exchange/<int:pk>/", pages.exchange, name="exchange"),
    path("exchange/<int:pk>/edit/", pages.edit, name="exchange-edit"),
    path("exchange/<int:pk>/put-away/", pages.put_away, name="exchange-away"),
    path("exchange/<int:pk>/fetch-back/", pages.fetch_back, name="exchange-back"),
]
