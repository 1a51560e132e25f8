"""Nobody codes a publication twice; several may code the same one, each having read as much of it as they did."""

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
        migrations.AddField(
            "termusage",
            "text_seen",
            models.CharField(
                max_length=20,
                blank=True,
                default="",
                choices=[
                    ("full", "full text"),
                    ("opening", "opening pages"),
                    ("abstract", "abstract"),
                    ("excerpt", "an excerpt"),
                    ("title", "title only"),
                ],
            ),
            preserve_default=False,
        ),
        migrations.AddField("termusage", "reading", models.TextField(null=True, unique=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
