from django.urls import path

from vitalfew.department import pages, workday_pages

urlpatterns = [
    path("department/", pages.department, name="department"),
    path("department/capacity/<str:username>/", pages.capacity, name="capacity"),
    path("department/proposals/", pages.proposals, name="manager-proposals"),
    path("department/reassign/", pages.reassign, name="reassign"),
    path("department/accept/", pages.accept, name="accept-proposals"),
    path("absences/", pages.absences, name="absences"),
    path("absences/new/", pages.new_absence, name="absence-new"),
    path("absences/<int:pk>/", pages.absence, name="absence"),
    path("absences/<int:pk>/take-back/", pages.take_back, name="absence-away"),
    path("absences/<int:pk>/again/", pages.enter_again, name="absence-again"),
    path("workdays/", workday_pages.workdays, name="workdays"),
    path("workdays/new/", workday_pages.new, name="firm-days-new"),
    path("workdays/<int:pk>/", workday_pages.edit, name="firm-days"),
    path("workdays/<int:pk>/take-back/", workday_pages.take_back, name="firm-days-away"),
    path("workdays/<int:pk>/again/", workday_pages.enter_again, name="firm-days-again"),
]
