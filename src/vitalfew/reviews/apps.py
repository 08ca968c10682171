from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "vitalfew.reviews"
    label = "reviews"
