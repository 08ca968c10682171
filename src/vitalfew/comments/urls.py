from django.urls import path

from vitalfew.comments import pages

urlpatterns = [
    path("comments/", pages.comments, name="comments"),
    path("comments/people/", pages.people, name="comment-people"),
    path("comments/on/<slug:name>/<int:pk>/", pages.write, name="comment-write"),
    path("comments/<int:pk>/", pages.comment, name="comment"),
    path("comments/<int:pk>/put-away/", pages.put_away, name="comment-away"),
    path("comments/<int:pk>/fetch-back/", pages.fetch_back, name="comment-back"),
]
