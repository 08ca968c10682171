from django.urls import path

from vitalfew.exchange import doubt_pages, effect_pages, file_pages, offer_pages, pages, portal_pages

urlpatterns = [
    path("exchange/", pages.exchanges, name="exchanges"),
    path("exchange/new/", pages.new, name="exchange-new"),
    path("exchange/files/", file_pages.files, name="exchange-files"),
    path("exchange/files/<int:pk>/", file_pages.file, name="exchange-file"),
    path("exchange/files/<int:pk>/content/", file_pages.content, name="exchange-file-content"),
    path("exchange/files/<int:pk>/refused/", file_pages.refused, name="exchange-file-refused"),
    path("exchange/questions/", doubt_pages.doubts, name="exchange-doubts"),
    path("exchange/questions/<int:pk>/", doubt_pages.doubt, name="exchange-doubt"),
    path("exchange/questions/<int:pk>/explain/", doubt_pages.explain, name="exchange-doubt-explain"),
    path("exchange/questions/<int:pk>/wait/", doubt_pages.wait, name="exchange-doubt-wait"),
    path("exchange/questions/<int:pk>/reopen/", doubt_pages.reopen, name="exchange-doubt-reopen"),
    path("exchange/<int:pk>/reconciliation/", doubt_pages.reconciliation, name="exchange-reconciliation"),
    path("exchange/effects/", effect_pages.effects, name="exchange-effects"),
    path("exchange/told/", file_pages.told, name="exchange-told"),
    path("exchange/<int:pk>/gives/", offer_pages.gives, name="exchange-gives"),
    path("exchange/<int:pk>/gives/<slug:name>/", offer_pages.table, name="exchange-gives-table"),
    path("exchange/<int:pk>/message/<slug:kind>/", offer_pages.message, name="exchange-message"),
    path("portal/exchange/gives/<slug:name>/", portal_pages.table, name="portal-exchange-table"),
    path("exchange/<int:pk>/take/", file_pages.take, name="exchange-take"),
    path("portal/exchange/file/", portal_pages.file, name="portal-exchange-file"),
    path("portal/exchange/fill-in/", portal_pages.fill_in, name="portal-exchange-fill-in"),
    path("exchange/<int:pk>/", pages.exchange, name="exchange"),
    path("exchange/<int:pk>/edit/", pages.edit, name="exchange-edit"),
    path("exchange/<int:pk>/put-away/", pages.put_away, name="exchange-away"),
    path("exchange/<int:pk>/fetch-back/", pages.fetch_back, name="exchange-back"),
]
