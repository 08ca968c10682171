"""The tables of an empty database, made at once as the last of all migrations leaves them.

Step by step, every step renders the models of its day: seconds for what is, without rows, a list of CREATE statements.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.migrations import Migration, RunPython, RunSQL
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState


def is_empty(connection: Any) -> bool:
    return not connection.introspection.table_names()


def found(connection: Any) -> None:
    """Everything that migrating would make in an empty database, and every step noted as taken."""
    executor = MigrationExecutor(connection)
    steps = [step for step, _back in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    last = executor.loader.project_state()
    with connection.schema_editor(atomic=True) as editor:
        _create(last, editor)
        _act(steps, last, editor)
    executor.recorder.ensure_schema()
    for step in steps:
        executor.recorder.record_applied(step.app_label, step.name)
    executor.check_replacements()


def _create(last: ProjectState, editor: Any) -> None:
    for model in last.apps.get_models():
        described: Any = model._meta  # noqa: SLF001  (Django's public way to what a model is)
        if described.managed and not described.proxy:
            editor.create_model(model)


def _act(steps: Iterable[Migration], last: ProjectState, editor: Any) -> None:
    """What our own steps do beside their models, such as search tables; others' only mend rows, and there are none."""
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("vitalfew.")}
    for step in steps:
        if step.app_label in ours:
            for operation in step.operations:
                if isinstance(operation, RunPython | RunSQL):
                    operation.database_forwards(step.app_label, editor, last, last)
