from django.urls import path

from vitalfew.approvals import office_pages as office
from vitalfew.approvals import pages

urlpatterns = [
    path("approvals/", pages.approvals, name="approvals"),
    path("approvals/new/", pages.new, name="approval-new"),
    path("approvals/<int:pk>/", pages.approval, name="approval"),
    path("approvals/<int:pk>/approve/", pages.approve, name="approval-approve"),
    path("approvals/<int:pk>/send-back/", pages.send_back, name="approval-send-back"),
    path("approvals/<int:pk>/withdraw/", pages.withdraw, name="approval-withdraw"),
    path("approvals/<int:pk>/again/", pages.ask_again, name="approval-again"),
    path("approval-deputies/", office.delegations, name="delegations"),
    path("approval-deputies/new/", office.new_delegation, name="delegation-new"),
    path("approval-deputies/<int:pk>/", office.delegation, name="delegation"),
    path("approval-deputies/<int:pk>/put-away/", office.end_delegation, name="delegation-away"),
    path("approval-deputies/<int:pk>/fetch-back/", office.delegation_back, name="delegation-back"),
    path("approval-limits/", office.limits, name="approval-limits"),
    path("approval-limits/new/", office.new_limit, name="approval-limit-new"),
    path("approval-limits/<int:pk>/", office.limit, name="approval-limit"),
    path("approval-limits/<int:pk>/put-away/", office.drop_limit, name="approval-limit-away"),
    path("approval-limits/<int:pk>/fetch-back/", office.limit_back, name="approval-limit-back"),
]
