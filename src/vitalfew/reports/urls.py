from django.urls import path

from vitalfew.reports import pages

urlpatterns = [
    path("reports/", pages.reports, name="reports"),
    path("reports/new/", pages.new, name="report-new"),
    path("reports/<int:pk>/", pages.report, name="report"),
    path("reports/<int:pk>/progress/", pages.progress, name="report-progress"),
    path("reports/<int:pk>/file/", pages.file, name="report-file"),
    path("reports/<int:pk>/again/", pages.again, name="report-again"),
    path("reports/<int:pk>/put-away/", pages.put_away, name="report-away"),
    path("reports/<int:pk>/fetch-back/", pages.fetch_back, name="report-back"),
    path("report-schedules/", pages.schedules, name="report-schedules"),
    path("report-schedules/new/", pages.plan, name="report-schedule-new"),
    path("report-schedules/<int:pk>/", pages.schedule, name="report-schedule"),
    path("report-schedules/<int:pk>/stop/", pages.stop, name="report-schedule-away"),
    path("report-schedules/<int:pk>/go-on/", pages.go_on, name="report-schedule-back"),
]
