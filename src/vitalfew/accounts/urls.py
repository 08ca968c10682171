from django.urls import path

from vitalfew.accounts import pages

urlpatterns = [
    path("accounts/", pages.account_list, name="accounts"),
    path("accounts-count/", pages.count, name="accounts-count"),
    path("accounts-export/", pages.export, name="accounts-export"),
    path("accounts-assign/", pages.assign, name="accounts-assign"),
    path("accounts-assign/undo/", pages.assign_back, name="accounts-assign-undo"),
    path("accounts-views/", pages.save_view, name="accounts-view"),
    path("accounts-views/<int:pk>/drop/", pages.drop_view, name="accounts-view-drop"),
    path("accounts-edit/<int:pk>/", pages.edit, name="account-edit"),
    path("accounts-cards/<int:pk>/", pages.later_cards, name="account-cards"),
    path("accounts-team/<int:pk>/add/", pages.add_member, name="team-add"),
    path("accounts-team/<int:pk>/remove/", pages.remove_member, name="team-remove"),
    path("accounts-team/<int:pk>/again/", pages.rejoin, name="team-again"),
    path("accounts-like/", pages.like, name="accounts-like"),
    path("accounts-files/<int:pk>/add/", pages.add_file, name="file-add"),
    path("accounts-files/<int:pk>/", pages.get_file, name="file"),
    path("accounts-files/<int:pk>/remove/", pages.remove_file, name="file-remove"),
    path("accounts-files/<int:pk>/fetch-back/", pages.fetch_back_file, name="file-back"),
    path("accounts/<path:code>/", pages.account, name="account"),
]
