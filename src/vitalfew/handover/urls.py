from django.urls import path

from vitalfew.handover import pages, portal_pages

urlpatterns = [
    path("portal/contact/<int:pk>/", portal_pages.agree, name="portal-contact-agree"),
    path("handovers/", pages.handovers, name="handovers"),
    path("handovers/new/", pages.new, name="handover-new"),
    path("handovers/<int:pk>/", pages.handover, name="handover"),
    path("handovers/<int:pk>/brief/", pages.read_brief, name="handover-brief"),
    path("handovers/<int:pk>/accept/", pages.accept, name="handover-accept"),
    path("handovers/<int:pk>/decline/", pages.decline, name="handover-decline"),
    path("handovers/<int:pk>/agree/", pages.agree, name="handover-agree"),
    path("handovers/steps/<int:pk>/", pages.tick, name="handover-step"),
    path("handovers/<int:pk>/call-off/", pages.call_off, name="handover-off"),
    path("handovers/<int:pk>/again/", pages.take_up, name="handover-again"),
]
