from django.urls import path

from vitalfew.portal import file_pages, pages, visitor_pages, welcome_pages

urlpatterns = [
    path("portal-access/", pages.accesses, name="portal-access"),
    path("portal-access/new/", pages.new, name="portal-access-new"),
    path("portal-access/<int:pk>/", pages.access, name="portal-access-one"),
    path("portal-access/<int:pk>/edit/", pages.edit, name="portal-access-edit"),
    path("portal-access/<int:pk>/suspend/", pages.suspend, name="portal-access-suspend"),
    path("portal-access/<int:pk>/resume/", pages.resume, name="portal-access-resume"),
    path("portal-access/<int:pk>/end/", pages.end, name="portal-access-end"),
    path("portal-access/<int:pk>/reopen/", pages.reopen, name="portal-access-reopen"),
    path("portal-access/<int:pk>/invite/", pages.invite, name="portal-access-invite"),
    path("portal-access/<int:pk>/preview/", visitor_pages.preview, name="portal-preview"),
    path("portal-access/<int:pk>/preview/<slug:name>/", visitor_pages.preview_part, name="portal-preview-part"),
    path("portal-access/files/<int:pk>/", pages.share, name="portal-share"),
    path("portal/", visitor_pages.home, name="portal"),
    path("portal/account/", visitor_pages.choose, name="portal-account"),
    path("portal/welcome/<slug:key>/", welcome_pages.welcome, name="portal-welcome"),
    path("portal/orders/file/", file_pages.orders, name="portal-orders-file"),
    path("portal/files/<int:pk>/", file_pages.file, name="portal-file"),
    path("portal/<slug:name>/", visitor_pages.part, name="portal-part"),
]
