import django.db.models.deletion
import v2xkb.records.fields
from django.db import migrations, models
from v2xkb.records.migrating import NewTables


class Migration(NewTables):

    initial = True

    dependencies = [
        ('records', '0001_initial'),
        ('taxonomy', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='BarrierSet',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='records.record')),
                ('pid', v2xkb.records.fields.AsciiKeyField(max_length=20, unique=True, verbose_name='permanent id')),
                ('slug', v2xkb.records.fields.AsciiKeyField(max_length=100, unique=True)),
                ('sort_key', v2xkb.records.fields.AsciiKeyField(max_length=200)),
                ('name', models.TextField()),
                ('description', models.TextField()),
            ],
            options={
                'ordering': ['sort_key', 'pid'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='records.record')),
                ('pid', v2xkb.records.fields.AsciiKeyField(max_length=20, unique=True, verbose_name='permanent id')),
                ('slug', v2xkb.records.fields.AsciiKeyField(max_length=100, unique=True)),
                ('sort_key', v2xkb.records.fields.AsciiKeyField(max_length=200)),
                ('name', models.TextField()),
                ('description', models.TextField()),
            ],
            options={
                'ordering': ['sort_key', 'pid'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ResearchTopic',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='records.record')),
                ('pid', v2xkb.records.fields.AsciiKeyField(max_length=20, unique=True, verbose_name='permanent id')),
                ('slug', v2xkb.records.fields.AsciiKeyField(max_length=100, unique=True)),
                ('sort_key', v2xkb.records.fields.AsciiKeyField(max_length=200)),
                ('name', models.TextField()),
                ('section', models.TextField(blank=True)),
                ('summary', models.TextField()),
            ],
            options={
                'ordering': ['sort_key', 'pid'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Barrier',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='records.record')),
                ('pid', v2xkb.records.fields.AsciiKeyField(max_length=20, unique=True, verbose_name='permanent id')),
                ('slug', v2xkb.records.fields.AsciiKeyField(max_length=100, unique=True)),
                ('sort_key', v2xkb.records.fields.AsciiKeyField(max_length=200)),
                ('name', models.TextField()),
                ('listed', models.PositiveSmallIntegerField(null=True)),
                ('description', models.TextField()),
                ('from_paper', models.BooleanField()),
                ('typology', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='barriers_by_typology', to='taxonomy.term')),
                ('typology_secondary', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='taxonomy.term')),
                ('set', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='barriers', to='barriers.barrierset')),
            ],
            options={
                'ordering': ['sort_key', 'pid'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('set', 'listed'), name='barriers_barrier_listed_once'), models.CheckConstraint(condition=models.Q(('listed__isnull', True), ('listed__gte', 1), _connector='OR'), name='barriers_barrier_listed_positive')],
            },
        ),
        migrations.CreateModel(
            name='BarrierScenario',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120)),
                ('position', models.PositiveSmallIntegerField()),
                ('basis_kind', models.CharField(blank=True, choices=[('cited', 'cited'), ('derived', 'derived by a rule'), ('classified', 'classified by a curator')], max_length=20)),
                ('barrier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scenario_rows', to='barriers.barrier')),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='taxonomy.term')),
            ],
            options={
                'ordering': ['position'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('barrier', 'term'), name='barriers_scenario_once')],
            },
        ),
        migrations.AddField(
            model_name='barrier',
            name='scenarios',
            field=models.ManyToManyField(related_name='barriers_by_scenario', through='barriers.BarrierScenario', to='taxonomy.term'),
        ),
        migrations.CreateModel(
            name='MeasureActor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120)),
                ('position', models.PositiveSmallIntegerField()),
                ('basis_kind', models.CharField(blank=True, choices=[('cited', 'cited'), ('derived', 'derived by a rule'), ('classified', 'classified by a curator')], max_length=20)),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='taxonomy.term')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actor_rows', to='barriers.measure')),
            ],
            options={
                'ordering': ['position'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='measure',
            name='actors',
            field=models.ManyToManyField(related_name='measures', through='barriers.MeasureActor', to='taxonomy.term'),
        ),
        migrations.CreateModel(
            name='MeasureBarrier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120)),
                ('position', models.PositiveSmallIntegerField()),
                ('basis_kind', models.CharField(blank=True, choices=[('cited', 'cited'), ('derived', 'derived by a rule'), ('classified', 'classified by a curator')], max_length=20)),
                ('barrier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measure_rows', to='barriers.barrier')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='barrier_rows', to='barriers.measure')),
            ],
            options={
                'ordering': ['position'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='measure',
            name='barriers',
            field=models.ManyToManyField(related_name='measures', through='barriers.MeasureBarrier', to='barriers.barrier'),
        ),
        migrations.CreateModel(
            name='TopicBarrier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120)),
                ('position', models.PositiveSmallIntegerField()),
                ('basis_kind', models.CharField(blank=True, choices=[('cited', 'cited'), ('derived', 'derived by a rule'), ('classified', 'classified by a curator')], max_length=20)),
                ('barrier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='topic_rows', to='barriers.barrier')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='barrier_rows', to='barriers.researchtopic')),
            ],
            options={
                'ordering': ['position'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='researchtopic',
            name='barriers',
            field=models.ManyToManyField(related_name='research_topics', through='barriers.TopicBarrier', to='barriers.barrier'),
        ),
        migrations.CreateModel(
            name='BarrierActor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120)),
                ('position', models.PositiveSmallIntegerField()),
                ('basis_kind', models.CharField(blank=True, choices=[('cited', 'cited'), ('derived', 'derived by a rule'), ('classified', 'classified by a curator')], max_length=20)),
                ('role', models.CharField(choices=[('source', 'causes it or can lift it'), ('affected', 'bears its effect'), ('both', 'causes it and bears its effect')], max_length=20)),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='barrier_roles', to='taxonomy.term')),
                ('barrier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actors', to='barriers.barrier')),
            ],
            options={
                'ordering': ['position'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('barrier', 'actor'), name='barriers_actor_once')],
            },
        ),
    ]
