from django.urls import path

from vitalfew.reviews import letter_pages, pages

urlpatterns = [
    path("tier-review/", pages.review, name="tier-review"),
    path("tier-review/open/", pages.open_review, name="review-open"),
    path("tier-review/<int:pk>/", pages.round_before, name="tier-round"),
    path("tier-review/<int:pk>/many/", pages.decide_many, name="review-many"),
    path("tier-review/<int:pk>/submit/", pages.submit, name="review-submit"),
    path("tier-review/<int:pk>/approve/", pages.approve, name="review-approve"),
    path("tier-review/<int:pk>/withdraw/", pages.withdraw, name="review-withdraw"),
    path("tier-review/decide/<int:pk>/", pages.decide, name="review-decide"),
    path("tier-decisions/", pages.decisions, name="tier-decisions"),
    path("tier-decisions/<int:pk>/", pages.decision, name="tier-decision"),
    path("tier-letter/<path:code>/", letter_pages.tier_letter, name="tier-letter"),
    path("tier-yield/", pages.tier_yield, name="tier-yield"),
]
