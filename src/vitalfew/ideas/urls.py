from django.urls import path

from vitalfew.ideas import pages, portal_pages

ONE = "ideas/<int:pk>/"
urlpatterns = [
    path("ideas/", pages.ideas, name="ideas"),
    path("ideas/new/", pages.new, name="idea-new"),
    path(ONE, pages.idea, name="idea"),
    path(f"{ONE}edit/", pages.edit, name="idea-edit"),
    path(f"{ONE}decide/", pages.decide, name="idea-decide"),
    path(f"{ONE}reopen/", pages.reopen, name="idea-reopen"),
    path(f"{ONE}judge/", pages.judge, name="idea-judge"),
    path(f"{ONE}share/", pages.share, name="idea-share"),
    path(f"{ONE}unshare/", pages.unshare, name="idea-unshare"),
    path(f"{ONE}merge/", pages.merge, name="idea-merge"),
    path(f"{ONE}part/", pages.part, name="idea-part"),
    path(f"{ONE}vote/", pages.vote, name="idea-vote"),
    path(f"{ONE}say/", pages.say, name="idea-say"),
    path(f"{ONE}seen/", pages.seen, name="idea-seen"),
    path(f"{ONE}tell/", pages.tell, name="idea-tell"),
    path(f"{ONE}tell-all/", pages.tell_all, name="idea-tell-all"),
    path(f"{ONE}begin/", pages.begin, name="idea-begin"),
    path(f"{ONE}put-away/", pages.put_away, name="idea-away"),
    path(f"{ONE}fetch-back/", pages.fetch_back, name="idea-back"),
    path("ideas/pilots/<int:pk>/end/", pages.end, name="idea-pilot-end"),
    path("ideas/pilots/<int:pk>/put-away/", pages.drop, name="idea-pilot-away"),
    path("ideas/pilots/<int:pk>/fetch-back/", pages.bring_back, name="idea-pilot-back"),
    path("portal/ideas/file/", portal_pages.file, name="portal-idea-file"),
    path("portal/ideas/<int:pk>/vote/", portal_pages.vote, name="portal-idea-vote"),
    path("portal/ideas/<int:pk>/answer/", portal_pages.answer, name="portal-idea-answer"),
]
