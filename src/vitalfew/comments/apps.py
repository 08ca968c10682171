from django.apps import AppConfig


class CommentsConfig(AppConfig):
    name = "vitalfew.comments"
    label = "comments"
