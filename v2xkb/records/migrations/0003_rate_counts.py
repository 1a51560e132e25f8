"""What all processes count of a minute, so that a client has one share of them together."""

import v2xkb.records.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("records", "0002_search"),
    ]

    operations = [
        migrations.CreateModel(
            name="RateCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("window", models.BigIntegerField()),
                ("policy", v2xkb.records.fields.AsciiKeyField(max_length=20)),
                ("sender", v2xkb.records.fields.AsciiKeyField(max_length=64)),
                ("number", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("window", "policy", "sender"), name="one_rate_count")],
            },
        ),
    ]
