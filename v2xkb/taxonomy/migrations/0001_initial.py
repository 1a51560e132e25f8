import django.db.models.deletion
import v2xkb.records.fields
from django.db import migrations, models
from v2xkb.records.migrating import NewTables


class Migration(NewTables):

    initial = True

    dependencies = [
        ('literature', '0001_initial'),
        ('records', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Term',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='records.record')),
                ('pid', v2xkb.records.fields.AsciiKeyField(max_length=20, unique=True, verbose_name='permanent id')),
                ('slug', v2xkb.records.fields.AsciiKeyField(max_length=100, unique=True)),
                ('sort_key', v2xkb.records.fields.AsciiKeyField(max_length=200)),
                ('scheme', models.CharField(choices=[('charging-term', 'Charging terms and scenarios'), ('service', 'Services'), ('irena-service', 'Services as IRENA lists them'), ('connector', 'Connectors'), ('standard', 'Standards and protocols'), ('power-flow', 'Power flow'), ('actor', 'Actors'), ('role', 'Roles of partners'), ('vehicle-segment', 'Vehicle segments'), ('typology', 'Typology of barriers'), ('orientation', 'Orientation of projects')], max_length=40)),
                ('label', models.TextField()),
                ('definition', models.TextField(blank=True)),
                ('scope_note', models.TextField(blank=True)),
                ('meter_side', models.CharField(blank=True, choices=[('front-of-meter', 'in front of the meter'), ('behind-the-meter', 'behind the meter'), ('either', 'either side of the meter')], max_length=40)),
                ('quantity', models.CharField(blank=True, choices=[('power', 'power-based'), ('energy', 'energy-based'), ('both', 'power- and energy-based')], max_length=40)),
                ('broader', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='narrower', to='taxonomy.term')),
            ],
            options={
                'ordering': ['sort_key', 'pid'],
                'abstract': False,
                'indexes': [models.Index(fields=['scheme', 'sort_key', 'pid'], name='taxonomy_term_listing')],
                'constraints': [models.CheckConstraint(condition=models.Q(('scheme__in', ['charging-term', 'service', 'irena-service', 'connector', 'standard', 'power-flow', 'actor', 'role', 'vehicle-segment', 'typology', 'orientation'])), name='taxonomy_term_scheme_known'), models.CheckConstraint(condition=models.Q(('broader', models.F('record')), _negated=True), name='taxonomy_term_not_its_own_broader')],
            },
        ),
        migrations.CreateModel(
            name='ServiceBuyer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120)),
                ('position', models.PositiveSmallIntegerField()),
                ('basis_kind', models.CharField(blank=True, choices=[('cited', 'cited'), ('derived', 'derived by a rule'), ('classified', 'classified by a curator')], max_length=20)),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='taxonomy.term')),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='service_buyers', to='taxonomy.term')),
            ],
            options={
                'ordering': ['position'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='Term',
            name='buyers',
            field=models.ManyToManyField(related_name='bought', through='taxonomy.ServiceBuyer', to='taxonomy.term'),
        ),
        migrations.CreateModel(
            name='Sense',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120)),
                ('position', models.PositiveSmallIntegerField()),
                ('basis_kind', models.CharField(blank=True, choices=[('cited', 'cited'), ('derived', 'derived by a rule'), ('classified', 'classified by a curator')], max_length=20)),
                ('label', models.TextField()),
                ('definition', models.TextField()),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='senses', to='taxonomy.term')),
            ],
            options={
                'ordering': ['position'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AltLabel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120)),
                ('position', models.PositiveSmallIntegerField()),
                ('basis_kind', models.CharField(blank=True, choices=[('cited', 'cited'), ('derived', 'derived by a rule'), ('classified', 'classified by a curator')], max_length=20)),
                ('label', models.TextField()),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='alt_labels', to='taxonomy.term')),
            ],
            options={
                'ordering': ['position'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TermCrosswalk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120)),
                ('position', models.PositiveSmallIntegerField()),
                ('basis_kind', models.CharField(blank=True, choices=[('cited', 'cited'), ('derived', 'derived by a rule'), ('classified', 'classified by a curator')], max_length=20)),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='taxonomy.term')),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='crosswalks', to='taxonomy.term')),
            ],
            options={
                'ordering': ['position'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='term',
            name='crosswalk',
            field=models.ManyToManyField(related_name='crosswalk_from', through='taxonomy.TermCrosswalk', to='taxonomy.term'),
        ),
        migrations.CreateModel(
            name='TermRelation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120)),
                ('position', models.PositiveSmallIntegerField()),
                ('basis_kind', models.CharField(blank=True, choices=[('cited', 'cited'), ('derived', 'derived by a rule'), ('classified', 'classified by a curator')], max_length=20)),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='taxonomy.term')),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relations', to='taxonomy.term')),
            ],
            options={
                'ordering': ['position'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='term',
            name='related',
            field=models.ManyToManyField(related_name='related_from', through='taxonomy.TermRelation', to='taxonomy.term'),
        ),
        migrations.CreateModel(
            name='TermUsage',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='records.record')),
                ('pid', v2xkb.records.fields.AsciiKeyField(max_length=20, unique=True, verbose_name='permanent id')),
                ('slug', v2xkb.records.fields.AsciiKeyField(max_length=100, unique=True)),
                ('sort_key', v2xkb.records.fields.AsciiKeyField(max_length=200)),
                ('coder', models.TextField()),
                ('reference', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='term_usages', to='literature.reference')),
            ],
            options={
                'ordering': ['sort_key', 'pid'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TermCoding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120)),
                ('position', models.PositiveSmallIntegerField()),
                ('basis_kind', models.CharField(blank=True, choices=[('cited', 'cited'), ('derived', 'derived by a rule'), ('classified', 'classified by a curator')], max_length=20)),
                ('sense', models.CharField(choices=[('umbrella', 'as an umbrella term'), ('explicit', 'in its own sense'), ('used', 'used'), ('not-used', 'not in the text seen'), ('unclear', 'unclear')], max_length=20)),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codings', to='taxonomy.term')),
                ('usage', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codings', to='taxonomy.termusage')),
            ],
            options={
                'ordering': ['position'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('usage', 'term'), name='taxonomy_coding_usage_term_unique')],
            },
        ),
    ]
