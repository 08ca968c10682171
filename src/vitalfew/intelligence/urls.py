from django.urls import path

from vitalfew.intelligence import competitor_pages, pages

urlpatterns = [
    path("intelligence/", pages.intelligence, name="intelligence"),
    path("intelligence/new/", pages.new, name="intelligence-new"),
    path("intelligence-contradictions/", pages.contradictions, name="contradictions"),
    path("intelligence/<int:pk>/", pages.piece, name="intelligence-piece"),
    path("intelligence/<int:pk>/edit/", pages.edit, name="intelligence-edit"),
    path("intelligence/<int:pk>/renew/", pages.renew, name="intelligence-renew"),
    path("intelligence/<int:pk>/confirm/", pages.confirm, name="intelligence-confirm"),
    path("intelligence/<int:pk>/settle/", pages.settle, name="intelligence-settle"),
    path("intelligence/<int:pk>/unsettle/", pages.unsettle, name="intelligence-unsettle"),
    path("intelligence/<int:pk>/put-away/", pages.put_away, name="intelligence-away"),
    path("intelligence/<int:pk>/fetch-back/", pages.fetch_back, name="intelligence-back"),
    path("intelligence/<int:pk>/attach/", pages.attach, name="intelligence-attach"),
    path("intelligence-files/<int:pk>/", pages.get_file, name="intelligence-file"),
    path("intelligence-files/<int:pk>/remove/", pages.detach, name="intelligence-detach"),
    path("intelligence-confirmations/<int:pk>/take-back/", pages.take_back, name="confirmation-away"),
    path("intelligence-confirmations/<int:pk>/again/", pages.confirm_again, name="confirmation-again"),
    path("competitors/", competitor_pages.competitors, name="competitors"),
    path("competitors/<int:pk>/", competitor_pages.competitor, name="competitor"),
    path("competitors/<int:pk>/edit/", competitor_pages.edit, name="competitor-edit"),
    path("competitors/<int:pk>/make-one/", competitor_pages.make_one, name="competitor-make-one"),
    path("competitors/<int:pk>/part/", competitor_pages.part, name="competitor-part"),
    path("competitors/<int:pk>/put-away/", competitor_pages.put_away, name="competitor-away"),
    path("competitors/<int:pk>/fetch-back/", competitor_pages.fetch_back, name="competitor-back"),
]
