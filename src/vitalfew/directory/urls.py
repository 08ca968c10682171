from django.urls import path

from vitalfew.directory import pages

urlpatterns = [
    path("directory/", pages.directory, name="directory"),
    path("directory/new/", pages.new, name="organisation-new"),
    path("directory/like/", pages.like, name="organisation-like"),
    path("directory-found/", pages.named, name="directory-found"),
    path("directory-found/take-in/", pages.take_in, name="directory-take-in"),
    path("directory-found/take-in-all/", pages.take_in_all, name="directory-take-in-all"),
    path("directory-import/", pages.import_list, name="directory-import"),
    path("directory/<int:pk>/", pages.organisation, name="organisation"),
    path("directory/<int:pk>/edit/", pages.edit, name="organisation-edit"),
    path("directory/<int:pk>/put-away/", pages.put_away, name="organisation-away"),
    path("directory/<int:pk>/fetch-back/", pages.fetch_back, name="organisation-back"),
    path("directory/<int:pk>/serve/", pages.serve, name="organisation-serve"),
    path("directory-served/<int:pk>/take-back/", pages.serve_no_more, name="served-away"),
    path("directory-served/<int:pk>/again/", pages.serve_again, name="served-again"),
]
