from django.urls import path

from vitalfew.outlets import admin, behind, choices, deciding, insight, overseeing, portfolio, search, today

urlpatterns = [
    path("", today.today, name="today"),
    path("today/moved/", today.moved, name="today-moved"),
    path("today/people/", overseeing.people, name="today-people"),
    path("today/people/<int:pk>/", overseeing.person, name="today-person"),
    path("today/people/<int:pk>/row/", overseeing.row, name="today-person-row"),
    path("today/decide/", deciding.decide, name="today-decide"),
    path("today/again/<slug:key>/", deciding.again, name="today-again"),
    path("portfolio/", portfolio.portfolio, name="portfolio"),
    path("insight/", insight.index, name="insight"),
    path("insight/<slug:name>/", insight.analysis, name="analysis"),
    path("why/<slug:name>/", insight.why, name="why"),
    path("why/facts/<slug:name>/", behind.facts, name="facts-behind"),
    path("search/", search.search, name="search"),
    path("admin/", admin.admin, name="admin"),
    path("admin/trail/", admin.trail, name="trail"),
    path("admin/trail/check/", admin.check_trail, name="trail-check"),
    path("admin/users/", admin.add_user, name="user-add"),
    path("admin/users/<int:pk>/", admin.change_user, name="user-change"),
    path("admin/tokens/", admin.add_token, name="token-add"),
    path("admin/tokens/<int:pk>/revoke/", admin.revoke_token, name="token-revoke"),
    path("language/", choices.language, name="language"),
]
