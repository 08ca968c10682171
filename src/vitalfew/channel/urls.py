from django.urls import path

from vitalfew.channel import pages

urlpatterns = [
    path("green-channel/", pages.green_channel, name="green-channel"),
    path("green-channel/longest/", pages.wait_at_most, name="green-channel-longest"),
]
