from django.urls import path

from vitalfew.alarms import hook_pages as hooks
from vitalfew.alarms import pages
from vitalfew.alarms import rule_pages as rules

urlpatterns = [
    path("alarms/", pages.alarms, name="alarms"),
    path("alarms/count/", pages.count, name="alarms-count"),
    path("alarms/acknowledge/", pages.acknowledge_all, name="alarms-acknowledge"),
    path("alarms/<int:pk>/", pages.alarm, name="alarm"),
    path("alarms/<int:pk>/acknowledge/", pages.acknowledge, name="alarm-acknowledge"),
    path("alarms/<int:pk>/done/", pages.finish, name="alarm-done"),
    path("alarms/<int:pk>/reopen/", pages.reopen, name="alarm-reopen"),
    path("alarm-wish/", pages.wish, name="alarm-wish"),
    path("alarm-rules/", rules.rules, name="alarm-rules"),
    path("alarm-rules/<slug:name>/", rules.rule, name="alarm-rule"),
    path("alarm-rules/<int:pk>/off/", rules.switch_off, name="alarm-rule-off"),
    path("alarm-rules/<int:pk>/on/", rules.switch_on_again, name="alarm-rule-on"),
    path("alarm-noise/", rules.noise_report, name="alarm-noise"),
    path("alarm-hooks/", hooks.hooks, name="alarm-hooks"),
    path("alarm-hooks/new/", hooks.new, name="alarm-hook-new"),
    path("alarm-hooks/<int:pk>/", hooks.hook, name="alarm-hook"),
    path("alarm-hooks/<int:pk>/try/", hooks.try_out, name="alarm-hook-try"),
    path("alarm-hooks/<int:pk>/put-away/", hooks.put_away, name="alarm-hook-away"),
    path("alarm-hooks/<int:pk>/fetch-back/", hooks.fetch_back, name="alarm-hook-back"),
]
