"""A set of documents becomes live whole, or leaves no trace."""

from typing import Any

import pytest
from django.db import connection

from projects.models import Project, ProjectConnector
from tests.records import made
from v2xkb.literature.models import Reference
from v2xkb.records import doctor
from v2xkb.records.apply import GONE, Applied, apply_documents
from v2xkb.records.canonical import to_text
from v2xkb.records.documents import Document
from v2xkb.records.models import Link, Origin, Record, Redirect, Revision, Version
from v2xkb.records.problems import InvalidDocuments, Problem
from v2xkb.taxonomy.models import Term

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_database")]


def apply(*documents: Document, **options: Any) -> Applied:
    return apply_documents(documents, reason="test", by="tester", **options)


def refused(*documents: Document, **options: Any) -> list[Problem]:
    before = state()
    with pytest.raises(InvalidDocuments) as caught:
        apply(*documents, **options)
    assert state() == before
    return caught.value.problems


def state() -> tuple[Any, ...]:
    live = list(Record.objects.order_by("pid").values_list("pid", "slug", "version", "document"))
    return live, Revision.objects.count(), Version.objects.count(), Redirect.objects.count(), Project.objects.count()


def connected(slug: str, connector: str, **values: Any) -> Document:
    return made.project(slug, connectors=[connector], **values)


def test_what_is_applied_is_live_with_its_version_and_its_tables() -> None:
    done = apply(made.term("chademo", "connector"), connected("alpha", "chademo"))
    assert done.created == ["term/chademo", "project/alpha"]
    project = Project.objects.get(slug="alpha")
    assert project.connectors.get() == Term.objects.get(slug="chademo")
    assert project.projectconnector_rows.get().basis_kind == "classified"
    version = Version.objects.get(pid=project.pid)
    assert (version.number, version.document) == (1, project.record.document)
    assert version.revision.number == done.revision == Revision.objects.current()
    assert list(doctor.examine()) == []


def test_applying_the_same_again_changes_nothing_and_makes_no_revision() -> None:
    documents = [made.term("chademo", "connector"), connected("alpha", "chademo")]
    apply(*documents)
    before = state()
    done = apply(*documents)
    assert (done.revision, done.changed, done.created) == (None, [], [])
    assert done.unchanged == ["term/chademo", "project/alpha"]
    assert state() == before


def test_a_change_replaces_the_rows_and_adds_a_version() -> None:
    apply(made.term("chademo", "connector"), made.term("ccs2", "connector"), connected("alpha", "chademo"))
    done = apply(connected("alpha", "ccs2"))
    assert done.changed == ["project/alpha"]
    assert [row.term.slug for row in ProjectConnector.objects.all()] == ["ccs2"]
    assert list(Version.objects.filter(slug="alpha").values_list("number", flat=True)) == [2, 1]
    assert list(doctor.examine()) == []


def test_documents_may_point_at_each_other_within_one_set() -> None:
    first = made.project("alpha", related=[{"kind": "part-of", "project": "beta"}])
    second = made.project("beta", related=[{"kind": "related", "project": "alpha"}])
    apply(first, second)
    assert Link.objects.count() == 2
    assert list(doctor.examine()) == []


def test_a_link_to_nothing_names_the_nearest_and_stops_the_whole_set() -> None:
    apply(made.term("chademo", "connector"))
    (problem,) = refused(made.project("fine"), connected("alpha", "chademmo"))
    assert (problem.place, problem.path, problem.value) == ("project/alpha", "connectors/chademmo", "chademmo")
    assert problem.remedy == "Did you mean “chademo”?"


def test_a_link_into_the_wrong_scheme_is_refused() -> None:
    apply(made.term("dso", "actor"))
    (problem,) = refused(connected("alpha", "dso"))
    assert "actor" in problem.message
    assert "connector" in problem.remedy


def test_a_slug_of_another_record_is_refused() -> None:
    apply(made.project("alpha"))
    twin = made.project_data("alpha") | {"id": made.project_data("other")["id"]}
    (problem,) = refused(made.made(twin))
    assert problem.path == "slug"


def test_one_set_cannot_hold_an_id_or_a_slug_twice() -> None:
    twin = made.project_data("beta") | {"id": made.project_data("alpha")["id"]}
    assert {problem.path for problem in refused(made.project("alpha"), made.made(twin))} == {"id"}
    clone = made.project_data("alpha") | {"id": made.project_data("beta")["id"]}
    assert {problem.path for problem in refused(made.project("alpha"), made.made(clone))} == {"slug"}


def test_an_id_stays_with_its_kind() -> None:
    apply(made.project("alpha"))
    stolen = made.term_data("alpha") | {"id": made.project_data("alpha")["id"]}
    assert [problem.path for problem in refused(made.made(stolen))] == ["id"]


def test_a_doi_belongs_to_one_reference() -> None:
    apply(made.reference("one", doi="10.1000/x"))
    (problem,) = refused(made.reference("two", doi="10.1000/x"))
    assert (problem.path, problem.value) == ("doi", "10.1000/x")
    assert len(refused(made.reference("three", doi="10.1000/y"), made.reference("four", doi="10.1000/y"))) == 2
    apply(made.reference("one"), made.reference("two", doi="10.1000/x"))
    assert Reference.objects.get(doi="10.1000/x").slug == "two"


def test_wider_terms_may_not_lead_back() -> None:
    apply(made.term("a"), made.term("b", broader="a"), made.term("c", broader="b"))
    (problem,) = refused(made.term("a", broader="c"))
    assert (problem.place, problem.path) == ("term/a", "broader")
    assert [problem.path for problem in refused(made.term("d", broader="d"))] == ["broader"]
    apply(made.term("b"), made.term("a", broader="c"))


def renamed(document: Document, slug: str, **values: Any) -> Document:
    return made.made({**document.content(), "slug": slug, **values})


def test_a_renamed_record_keeps_its_id_and_leaves_a_redirect() -> None:
    alpha = made.project("alpha")
    apply(alpha)
    apply(renamed(alpha, "beta"))
    apply(renamed(alpha, "gamma"))
    assert Record.objects.get().slug == Project.objects.get().slug == "gamma"
    assert dict(Redirect.objects.values_list("slug", "target_pid")) == {"alpha": alpha.id, "beta": alpha.id}
    apply(alpha)
    assert dict(Redirect.objects.values_list("slug", "target_pid")) == {"beta": alpha.id, "gamma": alpha.id}
    assert list(doctor.examine()) == []


def test_what_a_record_left_last_speaks_for_its_id() -> None:
    alpha = made.project("alpha")
    apply(alpha)
    apply(renamed(alpha, "beta"))
    done = apply(withdraw={alpha.id: GONE})
    left = Redirect.objects.called("project", alpha.id)
    assert left
    assert (left.slug, left.revision_id) == ("beta", done.revision)
    assert [redirect.slug for redirect in Redirect.objects.left_by(alpha.id)] == ["beta", "alpha"]


def test_records_of_one_set_may_exchange_slugs_and_unique_values() -> None:
    alpha, beta = made.project("alpha"), made.project("beta", related=[{"kind": "follows", "project": "alpha"}])
    one, two = made.reference("one", doi="10.1000/one"), made.reference("two", doi="10.1000/two")
    apply(alpha, beta, one, two)
    apply(
        renamed(alpha, "beta"),
        made.made({**made.project_data("alpha"), "id": beta.id, "related": [{"kind": "follows", "project": "beta"}]}),
        made.reference("one", doi="10.1000/two"),
        made.reference("two", doi="10.1000/one"),
    )
    assert dict(Project.objects.values_list("pid", "slug")) == {alpha.id: "beta", beta.id: "alpha"}
    assert dict(Reference.objects.values_list("slug", "doi")) == {"one": "10.1000/two", "two": "10.1000/one"}
    assert not Redirect.objects.exists()
    assert list(doctor.examine()) == []


def test_a_rename_must_take_its_referrers_along() -> None:
    chademo = made.term("chademo", "connector")
    apply(chademo, connected("alpha", "chademo"))
    (problem,) = refused(renamed(chademo, "chademo-2"))
    assert (problem.place, problem.path) == ("project/alpha", "connectors/chademo")
    apply(renamed(chademo, "chademo-2"), connected("alpha", "chademo-2"))
    assert list(doctor.examine()) == []


def test_a_withdrawn_record_is_gone_from_every_table_but_not_from_history() -> None:
    alpha = made.project("alpha")
    apply(alpha)
    done = apply(withdraw={alpha.id: GONE})
    assert done.withdrawn == ["project/alpha"]
    assert not Record.objects.exists()
    assert not Project.objects.exists()
    assert Redirect.objects.get().target_pid == GONE
    assert list(Version.objects.values_list("number", "document")) == [(2, ""), (1, to_text(alpha))]
    assert list(doctor.examine()) == []


def test_a_merged_record_leads_to_the_one_that_answers_and_so_do_its_former_names() -> None:
    alpha, beta = made.project("alpha"), made.project("beta")
    apply(alpha, beta)
    apply(renamed(alpha, "first"))
    apply(withdraw={alpha.id: beta.id})
    assert dict(Redirect.objects.values_list("slug", "target_pid")) == {"alpha": beta.id, "first": beta.id}


def test_each_of_many_that_leave_takes_its_former_names_to_where_it_leads() -> None:
    """In one set: two are merged into others, one of which is renamed, one is withdrawn, and one renamed again."""
    plain = {slug: made.project(slug) for slug in ("one", "two", "gone", "stays", "moves", "again")}
    apply(*plain.values())
    apply(*(renamed(plain[slug], f"{slug}-2") for slug in ("one", "two", "gone", "again")))
    apply(renamed(plain["one"], "one-3"))
    pids = {slug: document.id for slug, document in plain.items()}
    done = apply(
        renamed(plain["moves"], "moves-2"),
        renamed(plain["again"], "again-3"),
        withdraw={pids["one"]: pids["stays"], pids["gone"]: GONE, pids["two"]: pids["moves"]},
    )
    answers = dict.fromkeys(["one", "one-2", "one-3"], pids["stays"]) | dict.fromkeys(["gone", "gone-2"], GONE)
    answers |= dict.fromkeys(["two", "two-2", "moves"], pids["moves"]) | dict.fromkeys(
        ["again", "again-2"], pids["again"]
    )
    assert dict(Redirect.objects.values_list("slug", "target_pid")) == answers
    left = Redirect.objects.filter(revision=done.revision).order_by("pk").values_list("slug", "pid")
    assert list(left) == [
        (slug, pids[slug.partition("-")[0]]) for slug in ("one-3", "gone-2", "two-2", "moves", "again-2")
    ]
    apply(withdraw={pids["stays"]: pids["moves"]})
    assert set(Redirect.objects.filter(pid=pids["one"]).values_list("target_pid", flat=True)) == {pids["moves"]}
    assert list(doctor.examine()) == []


def test_a_withdrawal_must_take_its_referrers_along() -> None:
    alpha, beta = made.project("alpha"), made.project("beta", related=[{"kind": "follows", "project": "alpha"}])
    apply(alpha, beta)
    assert [problem.place for problem in refused(withdraw={alpha.id: GONE})] == ["project/beta"]
    assert refused(withdraw={"nobody": GONE})[0].path == ""
    apply(made.project("beta"), withdraw={alpha.id: GONE})
    assert list(doctor.examine()) == []


def test_a_withdrawn_id_that_returns_counts_its_versions_on() -> None:
    alpha = made.project("alpha")
    apply(alpha)
    apply(withdraw={alpha.id: GONE})
    apply(alpha)
    assert Record.objects.get().version == 3
    assert not Redirect.objects.exists()
    assert list(doctor.examine()) == []


def test_an_id_is_never_given_to_another_kind_even_after_its_record_is_gone() -> None:
    alpha = made.project("alpha")
    apply(alpha)
    apply(withdraw={alpha.id: GONE})
    stolen = made.term_data("alpha") | {"id": alpha.id}
    assert [problem.path for problem in refused(made.made(stolen))] == ["id"]


def test_a_record_that_returns_under_another_slug_answers_at_its_former_one() -> None:
    alpha = made.project("alpha")
    apply(alpha)
    apply(withdraw={alpha.id: GONE})
    apply(renamed(alpha, "beta"))
    assert dict(Redirect.objects.values_list("slug", "target_pid")) == {"alpha": alpha.id}


def test_a_withdrawn_record_cannot_lead_to_one_that_leaves_with_it() -> None:
    alpha, beta = made.project("alpha"), made.project("beta")
    apply(alpha, beta)
    assert refused(withdraw={alpha.id: beta.id, beta.id: GONE})
    assert refused(withdraw={alpha.id: alpha.id})


def test_files_never_overwrite_what_curators_changed_or_withdrew() -> None:
    alpha, beta, gamma = (made.project(slug) for slug in ("alpha", "beta", "gamma"))
    apply(alpha, beta, gamma, origin=Origin.FIXTURES)
    edited = made.project("alpha", summary="Better said.")
    apply(edited, withdraw={beta.id: GONE}, origin=Origin.CURATION)
    changed = made.project("gamma", summary="From a newer file.")
    done = apply(alpha, beta, changed, origin=Origin.FIXTURES)
    assert (done.kept, done.changed) == (["project/alpha", "project/beta"], ["project/gamma"])
    assert Project.objects.get(slug="alpha").summary == "Better said."
    assert not Project.objects.filter(slug="beta").exists()


def test_the_constraints_of_the_tables_hold_without_the_documents() -> None:
    apply(made.project("alpha"))
    tables = {"projects_project", "projects_site", "projects_chargercount", "projects_relation", "records_record"}
    with connection.cursor() as cursor:
        named = {
            name
            for table in tables
            for name, facts in connection.introspection.get_constraints(cursor, table).items()
            if facts["check"] or facts["unique"]
        }
    assert {
        "projects_project_dates_ordered",
        "projects_site_coordinates_in_range",
        "projects_chargercount_not_negative",
        "projects_relation_not_to_itself",
        "records_record_kind_slug_unique",
    } <= named


def test_what_names_those_below_a_withdrawn_record_outlives_it() -> None:
    """Deleting a row must not take along those of records that are not in the set, by the rows between them."""
    wider, other, narrower = made.term("wider"), made.term("other"), made.term("narrower", broader="wider")
    apply_documents(
        [wider, other, narrower, made.project("naming", services=["narrower"])], reason="A test", by="tests"
    )
    moved = made.term("narrower", broader="other")
    apply_documents([moved], withdraw={wider.id: other.id}, reason="The same term", by="tests")
    assert list(doctor.examine()) == []
