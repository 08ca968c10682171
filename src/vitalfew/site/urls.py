from django.urls import include, path

from vitalfew.accounts import pages as accounts
from vitalfew.imports import pages as imports
from vitalfew.outlets import admin, choices, insight, operations, portfolio, today
from vitalfew.outlets.api import metrics
from vitalfew.outlets.api.routes import api
from vitalfew.people import signin
from vitalfew.reviews import pages as reviews

urlpatterns = [
    path("", today.today, name="today"),
    path("portfolio/", portfolio.portfolio, name="portfolio"),
    path("accounts/", accounts.account_list, name="accounts"),
    path("accounts-export/", accounts.export, name="accounts-export"),
    path("accounts-assign/", accounts.assign, name="accounts-assign"),
    path("accounts-assign/undo/", accounts.assign_back, name="accounts-assign-undo"),
    path("accounts-views/", accounts.save_view, name="accounts-view"),
    path("accounts-views/<int:pk>/drop/", accounts.drop_view, name="accounts-view-drop"),
    path("accounts-edit/<int:pk>/", accounts.edit, name="account-edit"),
    path("accounts-team/<int:pk>/add/", accounts.add_member, name="team-add"),
    path("accounts-team/<int:pk>/remove/", accounts.remove_member, name="team-remove"),
    path("accounts-files/<int:pk>/add/", accounts.add_file, name="file-add"),
    path("accounts-files/<int:pk>/", accounts.get_file, name="file"),
    path("accounts-files/<int:pk>/remove/", accounts.remove_file, name="file-remove"),
    path("accounts/<path:code>/", accounts.account, name="account"),
    path("insight/", insight.index, name="insight"),
    path("insight/<slug:name>/", insight.analysis, name="analysis"),
    path("why/<slug:name>/", insight.why, name="why"),
    path("search/", insight.search, name="search"),
    path("tier-review/", reviews.review, name="tier-review"),
    path("tier-review/open/", reviews.open_review, name="review-open"),
    path("tier-review/decide/<int:pk>/", reviews.decide, name="review-decide"),
    path("tier-review/<int:pk>/approve/", reviews.approve, name="review-approve"),
    path("tier-review/<int:pk>/withdraw/", reviews.withdraw, name="review-withdraw"),
    path("data/", imports.data, name="data"),
    path("data/progress/", imports.progress, name="data-progress"),
    path("data/upload/", imports.upload, name="data-upload"),
    path("data/refresh/", imports.refresh_now, name="data-refresh"),
    path("data/mappings/<int:pk>/drop/", imports.drop_mapping, name="mapping-drop"),
    path("data/<int:pk>/", imports.one, name="import"),
    path("data/<int:pk>/again/", imports.again, name="import-again"),
    path("data/<int:pk>/discard/", imports.discard, name="import-discard"),
    path("data/<int:pk>/rejects/", imports.rejects, name="import-rejects"),
    path("data/<int:pk>/take-back/", imports.take_back, name="import-undo"),
    path("admin/", admin.admin, name="admin"),
    path("admin/trail/", admin.trail, name="trail"),
    path("admin/users/", admin.add_user, name="user-add"),
    path("admin/users/<int:pk>/", admin.change_user, name="user-change"),
    path("admin/tokens/", admin.add_token, name="token-add"),
    path("admin/tokens/<int:pk>/revoke/", admin.revoke_token, name="token-revoke"),
    path("language/", choices.language, name="language"),
    path("api/v1/", api.urls),
    path("metrics", metrics.metrics, name="metrics"),
    path("healthz", operations.healthz, name="healthz"),
    *(path(f"sign-in/{each}", signin.closed) for each in signin.CLOSED),
    path("sign-in/", include("allauth.urls")),
]
