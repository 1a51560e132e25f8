"""What the vocabulary and the claims of the first edition must say, read off their documents."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from django.conf import settings

from projects.choices import Expectation
from projects.documents import ClaimDocument
from v2xkb.records.links import document_links
from v2xkb.taxonomy.choices import Scheme, UsageSense
from v2xkb.taxonomy.documents import TermDocument

SCENARIOS = {"v1g", "v2g", "v2b", "v2h", "v2l", "v2v"}
ROLES = {
    "aggregator-partner",
    "charger-maker-partner",
    "coordinator-partner",
    "customer-partner",
    "dso-partner",
    "fleet-owner-partner",
    "oem-partner",
    "other-partner",
    "public-authority-partner",
    "research-partner",
    "technology-partner",
    "tso-partner",
    "utility-partner",
}
PAPER = "drive2x-cired-2024"


def folder(name: str) -> list[Path]:
    return sorted((settings.FIXTURES_DIR / name).glob("*.json"))


@pytest.fixture(scope="module")
def terms() -> dict[str, TermDocument]:
    return {path.stem: TermDocument.model_validate_json(path.read_bytes()) for path in folder("terms")}


@pytest.fixture(scope="module")
def claims() -> dict[str, ClaimDocument]:
    return {path.stem: ClaimDocument.model_validate_json(path.read_bytes()) for path in folder("claims")}


def wider(terms: dict[str, TermDocument], slug: str) -> Iterator[str]:
    """The terms above one, nearest first; a circle fails instead of running on."""
    seen = {slug}
    above = terms[slug].broader
    while above:
        assert above not in seen, f"{slug} stands above itself"
        seen.add(above)
        yield above
        above = terms[above].broader


def names(term: TermDocument) -> set[str]:
    return {name.lower() for name in (term.label, *term.alt_labels)}


def test_v1g_is_advanced_smart_charging_but_not_bidirectional(terms: dict[str, TermDocument]) -> None:
    above = list(wider(terms, "v1g"))
    assert above == ["advanced-smart-charging", "smart-charging"]
    assert "bidirectional-charging" not in above


def test_every_two_way_scenario_is_v2x_and_bidirectional_and_advanced(terms: dict[str, TermDocument]) -> None:
    for scenario in SCENARIOS - {"v1g"}:
        assert list(wider(terms, scenario)) == [
            "v2x",
            "bidirectional-charging",
            "advanced-smart-charging",
            "smart-charging",
        ]


def test_a_static_tariff_stands_outside_smart_charging_and_says_why(terms: dict[str, TermDocument]) -> None:
    tariff = terms["static-tou-charging"]
    assert list(wider(terms, "static-tou-charging")) == []
    assert "smart charging" in (tariff.scope_note or "")
    assert [basis.place for basis in tariff.basis["scope_note"]] == ["section 2.2"]


def test_binary_control_keeps_both_readings_of_the_paper(terms: dict[str, TermDocument]) -> None:
    binary = terms["binary-control"]
    assert binary.broader == "smart-charging"
    assert {sense.key for sense in binary.senses} == {"smart-only", "advanced"}
    [conflict] = binary.conflicts
    assert (conflict.path, conflict.value, conflict.references) == ("broader", "advanced-smart-charging", [PAPER])


def test_v2x_shows_its_sense_in_vehicular_communications(terms: dict[str, TermDocument]) -> None:
    senses = {sense.key: sense.definition for sense in terms["v2x"].senses}
    assert set(senses) == {"bidirectional-charging", "communications"}
    assert "data" in senses["communications"]


def test_v2g_tells_its_umbrella_sense_from_the_explicit_one(terms: dict[str, TermDocument]) -> None:
    assert {sense.key for sense in terms["v2g"].senses} == {"umbrella", "explicit"}


@pytest.mark.parametrize(
    ("slug", "name"),
    [
        ("v2g", "vehicle to grid"),
        ("v2g", "vehicle-to-grid"),
        ("v2b", "vehicle-to-building"),
        ("v2n", "vehicle-to-neighbourhood"),
        ("frequency-containment", "fcr"),
        ("frequency-restoration", "frr"),
        ("ccs2", "ccs combo 2"),
        ("type-1", "j1772 plug"),
        ("type-2", "mennekes"),
        ("dc", "off-board"),
        ("ac", "on-board"),
        ("ocpp", "open charge point protocol"),
    ],
)
def test_a_term_is_known_by_its_other_names(terms: dict[str, TermDocument], slug: str, name: str) -> None:
    assert name in names(terms[slug])


def test_within_a_scheme_no_two_terms_share_a_name(terms: dict[str, TermDocument]) -> None:
    owners: dict[tuple[Scheme, str], str] = {}
    for slug, term in terms.items():
        for name in names(term):
            assert owners.setdefault((term.scheme, name), slug) == slug, name


def test_every_scheme_has_terms(terms: dict[str, TermDocument]) -> None:
    assert {term.scheme for term in terms.values()} == set(Scheme)


def test_every_term_says_what_it_means(terms: dict[str, TermDocument]) -> None:
    assert [slug for slug, term in terms.items() if not term.definition] == []


def test_broader_terms_belong_to_the_same_scheme_and_never_run_in_a_circle(terms: dict[str, TermDocument]) -> None:
    for slug, term in terms.items():
        for above in wider(terms, slug):
            assert terms[above].scheme == term.scheme


def test_crosswalks_join_different_schemes_and_lead_back(terms: dict[str, TermDocument]) -> None:
    for slug, term in terms.items():
        for other in term.crosswalk:
            assert terms[other].scheme != term.scheme
            assert slug in terms[other].crosswalk


def test_related_terms_name_each_other(terms: dict[str, TermDocument]) -> None:
    for slug, term in terms.items():
        for other in term.related:
            assert slug in terms[other].related, other


def test_the_roles_of_partners_are_complete_and_lead_to_the_actors(terms: dict[str, TermDocument]) -> None:
    roles = {slug: term for slug, term in terms.items() if term.scheme == Scheme.ROLE}
    assert set(roles) == ROLES
    assert roles["oem-partner"].label == "OEM"
    without_actor = {"coordinator-partner", "other-partner", "research-partner", "technology-partner"}
    assert {slug for slug, role in roles.items() if not role.crosswalk} == without_actor


def test_every_connector_says_its_currents_and_what_is_known_of_two_way_use(terms: dict[str, TermDocument]) -> None:
    for slug, term in terms.items():
        if term.scheme == Scheme.CONNECTOR:
            assert term.connector, slug
            assert term.connector.two_way, slug
            assert term.connector.currents or slug == "proprietary"


def test_every_service_says_where_it_takes_effect_and_whether_power_or_energy_counts(
    terms: dict[str, TermDocument],
) -> None:
    services = {slug: term.service for slug, term in terms.items() if term.scheme == Scheme.SERVICE}
    for slug, service in services.items():
        assert service, slug
        assert None not in (service.meter_side, service.quantity), slug
    markets = {name.name.split()[0] for service in services.values() if service for name in service.local_names}
    assert {"FCR-N", "FCR-D", "aFRR", "mFRR", "ELRP", "Redispatch"} <= markets


def test_profiles_belong_to_their_schemes(terms: dict[str, TermDocument]) -> None:
    for slug, term in terms.items():
        assert bool(term.connector) == (term.scheme == Scheme.CONNECTOR), slug
        assert bool(term.service) == (term.scheme == Scheme.SERVICE), slug


def test_terms_and_claims_point_only_at_what_is_there(
    terms: dict[str, TermDocument], claims: dict[str, ClaimDocument]
) -> None:
    known = {"term": set(terms)}
    known |= {kind: {path.stem for path in folder(f"{kind}s")} for kind in ("reference", "project")}
    for document in (*terms.values(), *claims.values()):
        for link in document_links(document):
            assert link.slug in known[link.kind], f"{document.slug}: {link}"


def test_claims_cover_the_chapters_that_state_facts(claims: dict[str, ClaimDocument]) -> None:
    assert {claim.section for claim in claims.values()} == {
        "1",
        "1.1",
        "2.1",
        "4",
        "4.1",
        "4.2",
        "4.3",
        "4.4",
        "4.5",
        "5",
    }


def test_what_a_claim_says_is_cited_from_the_section_it_names(claims: dict[str, ClaimDocument]) -> None:
    for slug, claim in claims.items():
        [basis] = claim.basis["statement"]
        assert (basis.references, basis.place) == ([PAPER], f"section {claim.section}"), slug


def test_a_claim_outside_our_data_has_no_measurement_and_a_measured_one_names_its_number(
    claims: dict[str, ClaimDocument],
) -> None:
    numbered = {Expectation.COUNT, Expectation.SHARE, Expectation.ALL_BUT}
    for slug, claim in claims.items():
        assert not (claim.subject == "outside" and claim.measurement), slug
        if claim.measurement:
            assert (claim.measurement.value is not None) == (claim.measurement.expects in numbered), slug


def test_claims_on_publications_name_a_term_and_senses_a_coding_can_have(
    terms: dict[str, TermDocument], claims: dict[str, ClaimDocument]
) -> None:
    measured = [claim.measurement for claim in claims.values() if claim.subject == "publications" and claim.measurement]
    assert {(item.term, *item.senses, item.value) for item in measured if item.value} == {
        ("v2x", "used", 40),
        ("v2g", "explicit", 15),
        ("v2b", "used", 40),
        ("v2h", "used", 30),
    }
    for item in measured:
        assert item.senses
        assert set(item.senses) <= set(UsageSense.values)


def test_claims_on_projects_filter_by_terms_that_exist(
    terms: dict[str, TermDocument], claims: dict[str, ClaimDocument]
) -> None:
    by_parameter = {
        "connector": Scheme.CONNECTOR,
        "orientation": Scheme.ORIENTATION,
        "power_flow": Scheme.POWER_FLOW,
        "segment": Scheme.VEHICLE_SEGMENT,
    }
    for slug, claim in claims.items():
        for query in (claim.measurement.population, claim.measurement.test) if claim.measurement else ():
            for parameter, value in parse_qsl(query or "", strict_parsing=bool(query)):
                if parameter in by_parameter:
                    assert terms[value].scheme == by_parameter[parameter], slug
                else:
                    assert (parameter, value) in {("tier", "V2X"), ("collection", "paper-five")}, slug


def test_where_connectors_count_the_population_is_all_that_report_one(
    terms: dict[str, TermDocument], claims: dict[str, ClaimDocument]
) -> None:
    connectors = {slug for slug, term in terms.items() if term.scheme == Scheme.CONNECTOR}
    for slug in ("ccs-few", "most-projects-chademo", "five-mostly-chademo"):
        measurement = claims[slug].measurement
        assert measurement
        population = parse_qsl(measurement.population or "")
        assert {value for parameter, value in population if parameter == "connector"} == connectors
