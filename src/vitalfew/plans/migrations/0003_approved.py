import json

import django.db.models.deletion
from django.db import migrations, models


def by_an_approval(apps, schema_editor):
    """A plan that waits, or was sent back, is asked for by an approval from now on."""
    here, model = schema_editor.connection.alias, apps.get_model("plans", "Plan")
    if not hasattr(model, "sent_back"):  # the tables were made at once as they are now, and are empty
        return
    plans = model.objects.using(here)
    approvals = apps.get_model("approvals", "Approval").objects.using(here)
    waiting = plans.filter(state="asked")
    returned = plans.filter(state="draft").exclude(sent_back="")
    for plan in (waiting | returned).select_related("asked_by"):
        who = plan.asked_by.username if plan.asked_by else ""
        said = {"text": "{plan}", "figures": {"plan": plan.title}}
        back = plan.state == "draft"
        plan.approval = approvals.create(
            kind="account-plan",
            number=plan.pk,
            url=f"/plans/{plan.pk}/",
            account_id=plan.account_id,
            what=json.dumps([said], ensure_ascii=False),
            state="returned" if back else "waiting",
            asked_by=plan.asked_by,
            shut_out=sorted({who, plan.made_by} - {""}),
            made_by=who,
            changed_by=who,
        )
        plan.save(update_fields=["approval"])
        steps = plan.approval.steps
        name = plan.asked_by.name if plan.asked_by else ""
        steps.create(kind="asked", who=who, name=name)
        if back:
            steps.create(kind="returned", who=plan.changed_by, name=plan.changed_by, note=plan.sent_back)


class Migration(migrations.Migration):
    dependencies = [
        ("approvals", "0001_asked"),
        ("plans", "0002_search"),
    ]

    operations = [
        migrations.AddField(
            model_name="plan",
            name="approval",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="approvals.approval",
            ),
        ),
        migrations.RunPython(by_an_approval, migrations.RunPython.noop),
        migrations.RemoveField(model_name="plan", name="asked_by"),
        migrations.RemoveField(model_name="plan", name="sent_back"),
    ]
