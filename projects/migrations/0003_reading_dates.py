import v2xkb.records.fields
from django.db import migrations


def fill(apps, schema_editor):
    """What projecting every project anew would write."""
    latest = {}
    read = apps.get_model("records", "BasisEntry").objects.exclude(read="").filter(record__kind="project")
    for record, date in read.values_list("record", "read").iterator():
        latest[record] = max(date, latest.get(record, ""))
    projects = apps.get_model("projects", "Project").objects
    for record, date in latest.items():
        projects.filter(pk=record).update(verified=date)


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0002_country_codes'),
        ('records', '0002_search'),
    ]

    operations = [
        migrations.AddField(
            model_name='project',
            name='verified',
            field=v2xkb.records.fields.AsciiKeyField(blank=True, max_length=10),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
