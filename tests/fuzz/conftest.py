"""Tells at the end what inputs that were made up cost: a line for each target."""

import pytest

from tests.fuzz.bounds import MEGABYTES, SECONDS
from tests.fuzz.numbers import FUZZING

HEAD = f"{'target':<36}{'inputs':>10}{'slowest, s':>12}{'memory, MB':>12}  fault"


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not FUZZING:
        return
    told = [
        (dict(report.user_properties)["fuzz"], report.outcome)
        for outcome in ("passed", "failed")
        for report in terminalreporter.getreports(outcome)
        if "fuzz" in dict(report.user_properties)
    ]
    if not told:
        return
    terminalreporter.section("inputs that were made up")
    terminalreporter.line(HEAD)
    for cost, outcome in sorted(told, key=lambda one: one[0]["target"]):
        fault = "" if outcome == "passed" else "  yes, above"
        terminalreporter.line(
            f"{cost['target']:<36}{cost['inputs']:>10,}{cost['slowest']:>12.2f}{cost['megabytes']:>12.0f}{fault}"
        )
    inputs = sum(cost["inputs"] for cost, _ in told)
    faults = sum(outcome != "passed" for _, outcome in told)
    terminalreporter.line(
        f"{inputs:,} inputs, {faults} at fault; each may take {SECONDS:g} s of processor time and {MEGABYTES} MB"
    )
