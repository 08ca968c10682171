"""What runs in the background: a plan worked out."""

from django.utils import timezone
from django_tasks import task

from vitalfew.visit_plans.computing import compute
from vitalfew.visit_plans.models import VisitPlan


@task()
def work_out(pk: int, run: int) -> bool:
    """Begun twice, it finds the same."""
    return compute(pk, run, timezone.localdate())


def work_out_soon(plan: VisitPlan) -> None:
    work_out.enqueue(plan.pk, plan.run)
