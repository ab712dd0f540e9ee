from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from datumline.store.rounds import workspace_rounds


def create(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    del apps
    for statement in workspace_rounds(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("store", "0014_every_receipt")]
    operations = [migrations.RunPython(create)]
