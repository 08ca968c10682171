from typing import Any

import django.db.models.deletion
import django.utils.timezone
import vitalfew.complaints.words
from django.conf import settings
from django.db import migrations, models


def drop_old(apps: Any, schema_editor: Any) -> None:
    """What the facts have is brought again by the next reading, with what is new in it."""
    apps.get_model("complaints", "Complaint").objects.all().delete()
    schema_editor.execute("DELETE FROM complaints_search")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_goes_first"),
        ("approvals", "0001_asked"),
        ("complaints", "0001_initial"),
        ("contacts", "0006_found_by_phone"),
        ("outbox", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(drop_old, migrations.RunPython.noop),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("made_by", models.CharField(editable=False, max_length=150)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("changed_by", models.CharField(editable=False, max_length=150)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("put_away_at", models.DateTimeField(editable=False, null=True)),
                ("party", models.CharField(choices=[("supplier", "Supplier"), ("carrier", "Carrier")], max_length=10)),
                ("name", models.CharField(max_length=200)),
                ("what", models.TextField(max_length=1000)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=16)),
                ("currency", models.CharField(editable=False, max_length=3)),
                ("recovered", models.DecimalField(decimal_places=2, default=0, editable=False, max_digits=16)),
                ("claimed_on", models.DateField()),
                ("due", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Claimed"),
                            ("accepted", "Claim accepted"),
                            ("settled", "Paid or set off"),
                            ("refused", "Refused or given up"),
                        ],
                        default=vitalfew.complaints.words.ClaimState["OPEN"],
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, editable=False, max_length=500)),
            ],
            options={
                "ordering": ["due", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Compensation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("made_by", models.CharField(editable=False, max_length=150)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("changed_by", models.CharField(editable=False, max_length=150)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("put_away_at", models.DateTimeField(editable=False, null=True)),
                ("silent", models.BooleanField(default=False, editable=False)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=16)),
                ("currency", models.CharField(editable=False, max_length=3)),
                ("why", models.CharField(max_length=500)),
                (
                    "state",
                    models.CharField(
                        choices=[("given", "Given"), ("asked", "Waits for approval"), ("refused", "Not approved")],
                        editable=False,
                        max_length=10,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("administrator", "Administrator"),
                            ("director", "Head of key accounts"),
                            ("manager", "Key account manager"),
                            ("complaints", "Complaint handler"),
                            ("supply", "Supply coordinator"),
                            ("marketing", "Marketing"),
                            ("analyst", "Analyst"),
                            ("executive", "Executive"),
                            ("portal", "Customer (portal)"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("decided_at", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Counted",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(unique=True)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("made_by", models.CharField(editable=False, max_length=150)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("changed_by", models.CharField(editable=False, max_length=150)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("put_away_at", models.DateTimeField(editable=False, null=True)),
                ("priority", models.PositiveSmallIntegerField(editable=False, unique=True)),
                ("acknowledge", models.PositiveSmallIntegerField()),
                ("answer", models.PositiveSmallIntegerField()),
                ("step", models.PositiveSmallIntegerField()),
                ("close", models.PositiveSmallIntegerField()),
            ],
            options={
                "ordering": ["priority"],
            },
        ),
        migrations.CreateModel(
            name="Knock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=64)),
                ("hour", models.PositiveIntegerField()),
                ("count", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="MonthLimit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("made_by", models.CharField(editable=False, max_length=150)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("changed_by", models.CharField(editable=False, max_length=150)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("put_away_at", models.DateTimeField(editable=False, null=True)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("administrator", "Administrator"),
                            ("director", "Head of key accounts"),
                            ("manager", "Key account manager"),
                            ("complaints", "Complaint handler"),
                            ("supply", "Supply coordinator"),
                            ("marketing", "Marketing"),
                            ("analyst", "Analyst"),
                            ("executive", "Executive"),
                            ("portal", "Customer (portal)"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=16)),
            ],
            options={
                "ordering": ["role"],
            },
        ),
        migrations.CreateModel(
            name="Said",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("to_us", models.BooleanField(default=False)),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("letter", "Letter by e-mail"),
                            ("phone", "By phone"),
                            ("wechat", "WeChat"),
                            ("meeting", "Face to face"),
                            ("page", "On its own page"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.TextField(max_length=4000)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("at", models.DateTimeField(null=True)),
                ("who", models.CharField(blank=True, max_length=150)),
                ("name", models.CharField(blank=True, max_length=150)),
            ],
            options={
                "ordering": ["made_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("imported", "As the facts have it"),
                            ("received", "Received"),
                            ("assessed", "Assessed"),
                            ("investigated", "Investigated on site"),
                            ("cause", "Cause known"),
                            ("emergency", "Emergency measure taken"),
                            ("trial", "Countermeasure tried"),
                            ("small", "Tried on a small scale"),
                            ("standard", "Made the standard"),
                            ("agreed", "Countermeasure agreed"),
                            ("answered", "Answered"),
                            ("closed", "Resolved"),
                            ("reassessed", "Assessed anew"),
                            ("waits", "Waits for the customer"),
                            ("resumed", "Goes on"),
                            ("reopened", "Opened again"),
                            ("merged", "Merged"),
                            ("parted", "Parted again"),
                            ("matched", "Brought to its account"),
                            ("handed", "Handed on"),
                            ("taken-up", "Taken up"),
                            ("judged", "Judged by the customer"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("who", models.CharField(max_length=150)),
                ("name", models.CharField(max_length=150)),
                ("why", models.TextField(blank=True, max_length=1000)),
                ("given", models.JSONField(default=dict)),
                ("undone", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.AlterModelOptions(
            name="complaint",
            options={"ordering": ["-received_on", "-pk"]},
        ),
        migrations.AddField(
            model_name="complaint",
            name="acknowledged_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="complaint",
            name="answered_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="complaint",
            name="batch",
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name="complaint",
            name="carrier",
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name="complaint",
            name="category",
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name="complaint",
            name="changed_at",
            field=models.DateTimeField(auto_now=True),
        ),
        migrations.AddField(
            model_name="complaint",
            name="changed_by",
            field=models.CharField(default="import", editable=False, max_length=150),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="complaint",
            name="channel",
            field=models.CharField(
                choices=[
                    ("phone", "By phone"),
                    ("web", "Web form"),
                    ("portal", "Customer portal"),
                    ("mail", "E-mail"),
                    ("card", "Opinion card"),
                    ("survey", "Low score in a survey"),
                    ("visit", "On a visit"),
                    ("api", "Other system"),
                    ("import", "Imported file"),
                ],
                default=vitalfew.complaints.words.Channel["PHONE"],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="complaint",
            name="closed_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="complaint",
            name="closed_on",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="complaint",
            name="company",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="complaint",
            name="demand",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name="complaint",
            name="due_acknowledge",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="complaint",
            name="due_answer",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="complaint",
            name="due_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="complaint",
            name="due_close",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="complaint",
            name="due_step",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="complaint",
            name="due_what",
            field=models.CharField(
                blank=True,
                choices=[
                    ("acknowledge", "Acknowledge it"),
                    ("answer", "First answer"),
                    ("step", "Do the next step"),
                    ("close", "Resolve it"),
                ],
                editable=False,
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="complaint",
            name="effect",
            field=models.CharField(
                blank=True,
                choices=[
                    ("safety", "Somebody is in danger"),
                    ("stop", "A line or a shop stands still"),
                    ("loss", "Major loss"),
                    ("cost", "Inconvenience at a cost"),
                    ("minor", "Minor"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="complaint",
            name="email",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="complaint",
            name="fair_manner",
            field=models.PositiveSmallIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="complaint",
            name="fair_result",
            field=models.PositiveSmallIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="complaint",
            name="fair_way",
            field=models.PositiveSmallIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="complaint",
            name="files",
            field=models.ManyToManyField(
                blank=True, editable=False, related_name="complaints", to="accounts.accountfile"
            ),
        ),
        migrations.AddField(
            model_name="complaint",
            name="grows",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="complaint",
            name="imported",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="complaint",
            name="key",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="complaint",
            name="language",
            field=models.CharField(
                choices=[("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")],
                default="zh-hans",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="complaint",
            name="made_at",
            field=models.DateTimeField(auto_now_add=True, default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="complaint",
            name="made_by",
            field=models.CharField(default="import", editable=False, max_length=150),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="complaint",
            name="merged_into",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="merged",
                to="complaints.complaint",
            ),
        ),
        migrations.AddField(
            model_name="complaint",
            name="named",
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name="complaint",
            name="nonce",
            field=models.CharField(blank=True, editable=False, max_length=32),
        ),
        migrations.AddField(
            model_name="complaint",
            name="order_number",
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name="complaint",
            name="outcome",
            field=models.CharField(blank=True, editable=False, max_length=1000),
        ),
        migrations.AddField(
            model_name="complaint",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="complaints",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="complaint",
            name="paused",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="complaint",
            name="person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="complaints",
                to="contacts.person",
            ),
        ),
        migrations.AddField(
            model_name="complaint",
            name="phone",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="complaint",
            name="priority",
            field=models.PositiveSmallIntegerField(default=3, editable=False),
        ),
        migrations.AddField(
            model_name="complaint",
            name="procedure",
            field=models.CharField(
                choices=[("serious", "Serious"), ("ordinary", "Ordinary")],
                default=vitalfew.complaints.words.Procedure["ORDINARY"],
                editable=False,
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="complaint",
            name="product",
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name="complaint",
            name="put_away_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="complaint",
            name="received_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="complaint",
            name="related",
            field=models.ManyToManyField(blank=True, editable=False, to="complaints.complaint"),
        ),
        migrations.AddField(
            model_name="complaint",
            name="reopened",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="complaint",
            name="satisfied",
            field=models.BooleanField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="complaint",
            name="satisfied_note",
            field=models.CharField(blank=True, editable=False, max_length=1000),
        ),
        migrations.AddField(
            model_name="complaint",
            name="severity",
            field=models.PositiveSmallIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="complaint",
            name="severity_why",
            field=models.CharField(blank=True, editable=False, max_length=500),
        ),
        migrations.AddField(
            model_name="complaint",
            name="state",
            field=models.CharField(
                choices=[
                    ("imported", "As the facts have it"),
                    ("received", "Received"),
                    ("assessed", "Assessed"),
                    ("investigated", "Investigated on site"),
                    ("cause", "Cause known"),
                    ("emergency", "Emergency measure taken"),
                    ("trial", "Countermeasure tried"),
                    ("small", "Tried on a small scale"),
                    ("standard", "Made the standard"),
                    ("agreed", "Countermeasure agreed"),
                    ("answered", "Answered"),
                    ("closed", "Resolved"),
                ],
                default=vitalfew.complaints.words.State["RECEIVED"],
                editable=False,
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="complaint",
            name="step_since",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="complaint",
            name="taken_up",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="complaint",
            name="told",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="complaint",
            name="given",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="complaint",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="complaint",
            name="waiting_since",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="complaint",
            name="account",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="complaints",
                to="accounts.account",
            ),
        ),
        migrations.AlterField(
            model_name="complaint",
            name="number",
            field=models.CharField(editable=False, max_length=100),
        ),
        migrations.AlterField(
            model_name="complaint",
            name="text",
            field=models.TextField(blank=True, max_length=4000),
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(fields=["account", "-received_on", "id"], name="complaint_account"),
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(fields=["state", "due_at", "id"], name="complaint_due"),
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(fields=["owner", "state", "due_at"], name="complaint_owner"),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.UniqueConstraint(fields=("imported", "number"), name="complaint_number"),
        ),
        migrations.AddField(
            model_name="claim",
            name="complaint",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="claims",
                to="complaints.complaint",
            ),
        ),
        migrations.AddField(
            model_name="compensation",
            name="account",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="compensations",
                to="accounts.account",
            ),
        ),
        migrations.AddField(
            model_name="compensation",
            name="approval",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="approvals.approval",
            ),
        ),
        migrations.AddField(
            model_name="compensation",
            name="complaint",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="compensations",
                to="complaints.complaint",
            ),
        ),
        migrations.AddConstraint(
            model_name="knock",
            constraint=models.UniqueConstraint(fields=("source", "hour"), name="complaint_knock"),
        ),
        migrations.AddField(
            model_name="said",
            name="complaint",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="said", to="complaints.complaint"
            ),
        ),
        migrations.AddField(
            model_name="said",
            name="letter",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="outbox.outgoingmail"
            ),
        ),
        migrations.AddField(
            model_name="step",
            name="complaint",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="complaints.complaint"
            ),
        ),
    ]
