from django.urls import path

from vitalfew.club import event_pages, pages, portal_pages
from vitalfew.club.models import Benefit, Event, Invited, Level, Use
from vitalfew.club.pages import away, fetched
from vitalfew.club.rights import ClubRight

RULE, SERVE = ClubRight.RULE, ClubRight.SERVE

urlpatterns = [
    path("portal/club/<int:pk>/", portal_pages.answer, name="portal-club-answer"),
    path("club/", pages.club, name="club"),
    path("club/settle/", pages.settle, name="club-settle"),
    path("club/levels/", pages.levels, name="club-levels"),
    path("club/levels/new/", pages.level_new, name="club-level-new"),
    path("club/levels/<int:pk>/", pages.level, name="club-level"),
    path("club/levels/<int:pk>/edit/", pages.level_edit, name="club-level-edit"),
    path("club/levels/<int:pk>/put-away/", away(Level, "club-level-back", RULE), name="club-level-away"),
    path("club/levels/<int:pk>/fetch-back/", fetched(Level, RULE), name="club-level-back"),
    path("club/levels/<int:pk>/rights/new/", pages.benefit_new, name="club-benefit-new"),
    path("club/rights/<int:pk>/edit/", pages.benefit_edit, name="club-benefit-edit"),
    path("club/rights/<int:pk>/put-away/", away(Benefit, "club-benefit-back", RULE), name="club-benefit-away"),
    path("club/rights/<int:pk>/fetch-back/", fetched(Benefit, RULE), name="club-benefit-back"),
    path("club/members/", pages.members, name="club-members"),
    path("club/nominate/", pages.nominate, name="club-nominate"),
    path("club/uses/new/", pages.use_new, name="club-use-new"),
    path("club/uses/<int:pk>/put-away/", away(Use, "club-use-back", SERVE), name="club-use-away"),
    path("club/uses/<int:pk>/fetch-back/", fetched(Use, SERVE), name="club-use-back"),
    path("club/events/", event_pages.events, name="club-events"),
    path("club/events/new/", event_pages.event_new, name="club-event-new"),
    path("club/events/<int:pk>/", event_pages.event, name="club-event"),
    path("club/events/<int:pk>/edit/", event_pages.event_edit, name="club-event-edit"),
    path("club/events/<int:pk>/put-away/", away(Event, "club-event-back", SERVE), name="club-event-away"),
    path("club/events/<int:pk>/fetch-back/", fetched(Event, SERVE), name="club-event-back"),
    path("club/events/<int:pk>/invite/", event_pages.invite, name="club-invite"),
    path("club/invitations/", event_pages.invitations, name="club-invitations"),
    path("club/invitations/<int:pk>/", event_pages.invited, name="club-invited"),
    path("club/invitations/<int:pk>/letter/", event_pages.letter, name="club-letter"),
    path("club/invitations/<int:pk>/put-away/", away(Invited, "club-invited-back", SERVE), name="club-invited-away"),
    path("club/invitations/<int:pk>/fetch-back/", fetched(Invited, SERVE), name="club-invited-back"),
]
