from django.urls import path

from vitalfew.training import certificate_pages, door_pages, pages, session_pages
from vitalfew.training.models import Attendee, Company, Programme, Session
from vitalfew.training.pages import away, fetched
from vitalfew.training.rights import TrainingRight

TEACH, RUN = TrainingRight.TEACH, TrainingRight.RUN

urlpatterns = [
    path("training/", pages.sessions, name="training"),
    path("training/new/", session_pages.session_new, name="training-new"),
    path("training/<int:pk>/", session_pages.session, name="training-session"),
    path("training/<int:pk>/edit/", session_pages.session_edit, name="training-edit"),
    path("training/<int:pk>/people/", session_pages.live, name="training-people"),
    path("training/<int:pk>/invite/", session_pages.invite, name="training-invite"),
    path("training/<int:pk>/expect/", session_pages.expect, name="training-expect"),
    path("training/<int:pk>/held/", session_pages.held, name="training-held"),
    path("training/<int:pk>/close/", session_pages.close, name="training-close"),
    path("training/<int:pk>/cancel/", session_pages.cancel, name="training-cancel"),
    path("training/<int:pk>/reopen/", session_pages.reopen, name="training-reopen"),
    path("training/<int:pk>/certify/", session_pages.certify, name="training-certify"),
    path("training/<int:pk>/door/", session_pages.open_door, name="training-door"),
    path("training/<int:pk>/door/shut/", session_pages.shut_door, name="training-door-shut"),
    path("training/<int:pk>/sheet/", session_pages.sheet, name="training-sheet"),
    path("training/<int:pk>/calendar/", session_pages.calendar, name="training-calendar"),
    path("training/<int:pk>/put-away/", away(Session, "training-back", RUN), name="training-away"),
    path("training/<int:pk>/fetch-back/", fetched(Session, RUN), name="training-back"),
    path(
        "training/companies/<int:pk>/put-away/",
        away(Company, "training-company-back", RUN),
        name="training-company-away",
    ),
    path("training/companies/<int:pk>/fetch-back/", fetched(Company, RUN), name="training-company-back"),
    path("training/attendees/", pages.attendees, name="training-attendees"),
    path("training/attendees/<int:pk>/came/", session_pages.came, name="attendee-came"),
    path("training/attendees/<int:pk>/not-come/", session_pages.not_come, name="attendee-not-come"),
    path("training/attendees/<int:pk>/put-away/", away(Attendee, "attendee-back", RUN), name="attendee-away"),
    path("training/attendees/<int:pk>/fetch-back/", fetched(Attendee, RUN), name="attendee-back"),
    path("training/programmes/", pages.programmes, name="programmes"),
    path("training/programmes/new/", pages.programme_new, name="programme-new"),
    path("training/programmes/<int:pk>/", pages.programme, name="programme"),
    path("training/programmes/<int:pk>/edit/", pages.programme_edit, name="programme-edit"),
    path("training/programmes/<int:pk>/test/", pages.test_edit, name="programme-test"),
    path("training/programmes/<int:pk>/effect/", pages.effect, name="programme-effect"),
    path("training/programmes/<int:pk>/put-away/", away(Programme, "programme-back", TEACH), name="programme-away"),
    path("training/programmes/<int:pk>/fetch-back/", fetched(Programme, TEACH), name="programme-back"),
    path("training/coverage/", pages.coverage, name="training-coverage"),
    path("training/certificates/", pages.certificates, name="certificates"),
    path("training/certificates/<int:pk>/", certificate_pages.certificate, name="certificate"),
    path("training/certificates/<int:pk>/pdf/", certificate_pages.printed, name="certificate-pdf"),
    path("training/certificates/<int:pk>/revoke/", certificate_pages.revoke, name="certificate-revoke"),
    path("training/certificates/<int:pk>/give-back/", certificate_pages.give_back, name="certificate-give-back"),
    path("join/<slug:key>/", door_pages.enter, name="door"),
    path("join/<slug:key>/test/", door_pages.test, name="door-test"),
    path("join/<slug:key>/certificate/", door_pages.mine, name="door-certificate"),
    path("certified/<slug:key>/", door_pages.certified, name="certified"),
]
