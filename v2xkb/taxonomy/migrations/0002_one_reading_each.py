"""Nobody codes a publication twice; several may code the same one."""

from typing import Any
from unicodedata import normalize

from django.db import migrations, models


def fill(apps: Any, editor: Any) -> None:
    usages = apps.get_model("taxonomy", "TermUsage").objects
    for usage in usages.select_related("reference"):
        usages.filter(pk=usage.pk).update(reading=f"{usage.reference.slug} {normalize('NFKC', usage.coder).casefold()}")


class Migration(migrations.Migration):
    dependencies = [("taxonomy", "0001_initial")]

    operations = [
        migrations.AddField("termusage", "reading", models.TextField(null=True, unique=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
