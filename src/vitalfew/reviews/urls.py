from django.urls import path

from vitalfew.reviews import pages

urlpatterns = [
    path("tier-review/", pages.review, name="tier-review"),
    path("tier-review/open/", pages.open_review, name="review-open"),
    path("tier-review/decide/<int:pk>/", pages.decide, name="review-decide"),
    path("tier-review/<int:pk>/approve/", pages.approve, name="review-approve"),
    path("tier-review/<int:pk>/withdraw/", pages.withdraw, name="review-withdraw"),
]
