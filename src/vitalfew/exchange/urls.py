from django.urls import path

from vitalfew.exchange import file_pages, pages, portal_pages

urlpatterns = [
    path("exchange/", pages.exchanges, name="exchanges"),
    path("exchange/new/", pages.new, name="exchange-new"),
    path("exchange/files/", file_pages.files, name="exchange-files"),
    path("exchange/files/<int:pk>/", file_pages.file, name="exchange-file"),
    path("exchange/files/<int:pk>/content/", file_pages.content, name="exchange-file-content"),
    path("exchange/files/<int:pk>/refused/", file_pages.refused, name="exchange-file-refused"),
    path("exchange/told/", file_pages.told, name="exchange-told"),
    path("exchange/<int:pk>/take/", file_pages.take, name="exchange-take"),
    path("portal/exchange/file/", portal_pages.file, name="portal-exchange-file"),
    path("portal/exchange/fill-in/", portal_pages.fill_in, name="portal-exchange-fill-in"),
    path("exchange/<int:pk>/", pages.exchange, name="exchange"),
    path("exchange/<int:pk>/edit/", pages.edit, name="exchange-edit"),
    path("exchange/<int:pk>/put-away/", pages.put_away, name="exchange-away"),
    path("exchange/<int:pk>/fetch-back/", pages.fetch_back, name="exchange-back"),
]
