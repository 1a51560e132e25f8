"""Term usage over REST: strict, described, and every number the count of the list it names."""

import pytest
from django.test import Client

from tests.api.selected import asked, assert_refused, parameters_of_fitting

pytestmark = pytest.mark.usefixtures("knowledge_base")

ADDRESS = "/api/v1/term-usage-statistics/"


def test_replies_fit_their_description(client: Client) -> None:
    queries = ["", "text_seen=full", "year=2015..&type=preprint", "coder=v2xkb+first+reading,+2026"]
    assert {"text_seen", "year", "coder", "type", "term", "sense"} <= parameters_of_fitting(client, ADDRESS, queries)


def test_each_list_has_as_many_codings_as_the_number_says(client: Client) -> None:
    answer = asked(client, ADDRESS, "year=2010..")
    told = [(one["ours"]["publications"], one["list"]) for one in answer["shares"]]
    assert len(told) == 6
    for number, address in told:
        assert client.get(address).json()["count"] == number


def test_wrong_parameters_are_refused(client: Client) -> None:
    detail = "“v2xkb first reading” is no value of it. Did you mean “v2xkb first reading, 2026”?"
    assert_refused(client, ADDRESS, "coder=v2xkb+first+reading", "coder", detail)
    assert_refused(client, ADDRESS, "format=csv", "format", "It is not offered here.")
