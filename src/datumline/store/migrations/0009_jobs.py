from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from datumline.store.job_tables import handed_out, jobs


def create(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    del apps
    vendor = schema_editor.connection.vendor
    for statement in (*jobs(vendor), *handed_out(vendor)):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("store", "0008_accounts")]
    operations = [migrations.RunPython(create)]
