from django.urls import path

from vitalfew.plans import pages, paper_pages, part_pages, portal_pages, state_pages

urlpatterns = [
    path("plans/", pages.plans, name="plans"),
    path("plans/new/", pages.new, name="account-plan-new"),
    path("plans/<int:pk>/", pages.plan, name="account-plan"),
    path("plans/<int:pk>/edit/", pages.edit, name="account-plan-edit"),
    path("plans/<int:pk>/put-away/", pages.put_away, name="account-plan-away"),
    path("plans/<int:pk>/fetch-back/", pages.fetch_back, name="account-plan-back"),
    path("plans/<int:pk>/ask/", state_pages.ask, name="account-plan-ask"),
    path("plans/<int:pk>/agree/", state_pages.agree, name="account-plan-agree"),
    path("plans/<int:pk>/send-back/", state_pages.send_back, name="account-plan-send-back"),
    path("plans/<int:pk>/begin/", state_pages.begin, name="account-plan-begin"),
    path("plans/<int:pk>/revise/", state_pages.revise, name="account-plan-revise"),
    path("plans/<int:pk>/review/", state_pages.review, name="account-plan-review"),
    path("plans/<int:pk>/close/", state_pages.close, name="account-plan-close"),
    path("plans/<int:pk>/reopen/", state_pages.reopen, name="account-plan-reopen"),
    path("plans/<int:pk>/go-on/", state_pages.go_on, name="account-plan-go-on"),
    path("plans/<int:pk>/share/<slug:name>/", portal_pages.share, name="account-plan-share"),
    path("portal/plan/<int:pk>/", portal_pages.answer, name="portal-plan-answer"),
    path("plans/<int:pk>/versions/", paper_pages.versions, name="account-plan-versions"),
    path("plans/<int:pk>/paper/", paper_pages.paper, name="account-plan-paper"),
    path("plans/<int:pk>/slides/", paper_pages.slides, name="account-plan-slides"),
    path("plans/<int:pk>/add/<slug:name>/", part_pages.add, name="account-plan-add"),
    path("plans/parts/<slug:name>/<int:pk>/", part_pages.edit, name="account-plan-part"),
    path("plans/parts/<slug:name>/<int:pk>/take-out/", part_pages.take_out, name="account-plan-part-out"),
    path("plans/parts/<slug:name>/<int:pk>/bring-back/", part_pages.bring_back, name="account-plan-part-back"),
    path("plans/steps/<int:pk>/done/", part_pages.tick_off, name="account-plan-done"),
    path("plans/steps/<int:pk>/not-done/", part_pages.open_again, name="account-plan-undone"),
    path("plans/goals/<int:pk>/note/", part_pages.note, name="account-plan-note"),
    path("plans/promotions/<int:pk>/effect/", part_pages.work_out, name="account-plan-effect"),
]
