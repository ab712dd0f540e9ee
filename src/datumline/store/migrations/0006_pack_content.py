from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from datumline.store.people_tables import pack_content


def create(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    del apps
    for statement in pack_content(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("store", "0005_people_version")]
    operations = [migrations.RunPython(create)]
