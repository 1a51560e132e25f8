"""How much memory a download of very many projects takes at its peak, beyond what the process held when idle, and how
many it has for each second that a processor is at work, which is the same however busy the machine is.

V2XKB_BENCH_PROJECTS sets another number of made-up projects. They stand in a database of their own, and processes of
their own read it, so that nothing that made them is counted.
"""

import json

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.made_up import PROJECTS, Environment, run

MOST_MB = 150
# One small download first, so that what is loaded once counts as idle; then the peak is forgotten.
READER = """
import json, sys
from pathlib import Path
from time import process_time
import django
django.setup()
from django.test import Client

def megabytes(name):
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(name))
    return int(line.split()[1]) // 1024

def read(query):
    reply = Client().get(f"/projects/?format={sys.argv[1]}{query}", headers={"host": "localhost"})
    assert reply.status_code == 200, reply.content
    return int(reply["X-Total-Count"]), sum(len(piece) for piece in reply.streaming_content)

read("&q=parker")
Path("/proc/self/clear_refs").write_text("5")
idle = megabytes("VmRSS")
started = process_time()
projects, size = read("")
rate = round(projects / (process_time() - started))
peak = megabytes("VmHWM")
print(json.dumps({"projects": projects, "bytes": size, "a second": rate, "idle MB": idle, "peak MB": peak}))
"""


@pytest.mark.parametrize("form", ["csv", "jsonl", "geojson", "xlsx"])
def test_a_download_of_very_many_projects(benchmark: BenchmarkFixture, generated: Environment, form: str) -> None:
    found = json.loads(benchmark.pedantic(run, args=(generated, "-c", READER, form), rounds=1))
    benchmark.extra_info |= found
    print(f"\n{form}: {found}")
    assert found["projects"] >= PROJECTS
    assert found["peak MB"] - found["idle MB"] <= MOST_MB
