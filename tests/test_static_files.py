"""Static files of installed packages are kept under names that tell their content, whatever their comments point at."""

from pathlib import Path

from django.contrib.staticfiles.finders import find
from django.core.files.storage import FileSystemStorage

from v2xkb.static_files import StaticFilesStorage

FOLDER = "graphene_django_graphiql_static"
NAMES = [f"{FOLDER}/graphiql.min.css", "records/graphiql.css"]


def test_a_source_map_that_a_package_does_not_bring_stops_nothing(tmp_path: Path) -> None:
    found = {name: find(name) for name in NAMES}
    assert "sourceMappingURL=" in Path(str(found[NAMES[0]])).read_text(encoding="utf-8")
    sources = {name: (FileSystemStorage(Path(str(path)).parents[1]), name) for name, path in found.items()}
    for name, (source, _) in sources.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(Path(source.path(name)).read_bytes())
    kept = StaticFilesStorage(location=tmp_path, base_url="/static/")
    faults = [made for _, made, _ in kept.post_process(sources) if isinstance(made, Exception)]
    assert faults == []
    assert all(kept.stored_name(name) != name for name in NAMES)


def test_what_a_module_imports_is_found_by_the_name_that_tells_its_content(tmp_path: Path) -> None:
    for name, text in {
        "literature/one.js": 'import { other } from "./other.js";\nimport embed from "../charts/embed.js";\n',
        "literature/other.js": "export const other = 1;\n",
        # Words of a package that look like an import of something that it does not bring.
        "charts/embed.js": 'const told = `import x from "./none.js";`;\n',
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    kept = StaticFilesStorage(location=tmp_path, base_url="/static/")
    names = ["literature/one.js", "literature/other.js", "charts/embed.js"]
    faults = [
        made
        for _, made, _ in kept.post_process({name: (FileSystemStorage(tmp_path), name) for name in names})
        if isinstance(made, Exception)
    ]
    assert faults == []
    text = (tmp_path / kept.stored_name("literature/one.js")).read_text(encoding="utf-8")
    for name in names[1:]:
        assert Path(kept.stored_name(name)).name in text
