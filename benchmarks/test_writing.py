"""How many documents become live for each second that a processor works, and what publishing one takes among many."""

import json
from pathlib import Path

from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.made_up import Environment, environment, run

LOADER = """
import json, sys
from pathlib import Path
from time import process_time
import django
django.setup()
from v2xkb.records.files import load

started = process_time()
created = len(load([Path(sys.argv[1])]).created)
print(json.dumps({"documents": created, "a second": round(created / (process_time() - started))}))
"""
PUBLISHER = """
import json, statistics
from time import process_time
import django
django.setup()
from tests.curation.people import approved, draft, person
from v2xkb.curation.choices import Action
from v2xkb.curation.proposals import act
from v2xkb.records.models import Record

author, publisher = person("Contributor", "author"), person("Publisher", "publisher")
milliseconds = []
for number in range(1, 22):
    data = Record.objects.at("project", f"generated-{number:06}").get().data
    proposal = approved(author, publisher, draft(data | {"summary": f"{data['summary']} It is number {number}."}))
    started = process_time()
    act(proposal.pk, Action.APPLY, publisher)
    milliseconds.append(1000 * (process_time() - started))
# The first also makes what the others find made.
median = round(statistics.median(milliseconds[1:]), 1)
print(json.dumps({"records": Record.objects.count(), "milliseconds": median}))
"""


def test_loading_very_many_documents(benchmark: BenchmarkFixture, generated: Environment, tmp_path: Path) -> None:
    run(generated, "manage.py", "dump", "--to", str(tmp_path / "documents"))
    empty = environment(tmp_path)
    run(empty, "manage.py", "migrate", "-v0")
    command = (empty, "-c", LOADER, str(tmp_path / "documents"))
    found = json.loads(benchmark.pedantic(run, args=command, rounds=1))
    benchmark.extra_info |= found
    print(f"\nload: {found}")


def test_publishing_one_proposal_among_many_records(benchmark: BenchmarkFixture, generated: Environment) -> None:
    found = json.loads(benchmark.pedantic(run, args=(generated, "-c", PUBLISHER), rounds=1))
    benchmark.extra_info |= found
    print(f"\npublication: {found}")
