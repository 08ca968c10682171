from django.urls import path

from vitalfew.contacts import pages

urlpatterns = [
    path("contacts/", pages.contacts, name="contacts"),
    path("contacts/new/", pages.new, name="contact-new"),
    path("contacts/<int:pk>/", pages.contact, name="contact"),
    path("contacts/<int:pk>/edit/", pages.edit, name="contact-edit"),
    path("contacts/<int:pk>/hand-out/", pages.hand_out, name="contact-hand-out"),
    path("contacts/<int:pk>/erase/", pages.erase, name="contact-erase"),
    path("contacts/posts/<int:pk>/edit/", pages.edit_post, name="post-edit"),
    path("contacts/posts/<int:pk>/move/", pages.move, name="post-move"),
]
