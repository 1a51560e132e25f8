"""The script that draws in browsers, taken out of the drawing library when static files are looked for."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from v2xkb.charts.drawing import ENGINE, PEN

# Its name among static files, and what it hands to the scripts that import it.
SCRIPT = "charts/vega-embed.js"
EXPORTED = "export { vegaEmbed as default };"


class BundleFinder(BaseFinder):
    """Makes the script once for each version of the library, and finds it from then on."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(settings.VAR_DIR / "bundles" / ENGINE)
        super().__init__(*args, **kwargs)

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = [str(self.made())] if path == SCRIPT else []
        return found if find_all else next(iter(found), [])

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        self.made()
        yield SCRIPT, self.storage

    def made(self) -> Path:
        """Raises CannotDraw."""
        file = Path(self.storage.path(SCRIPT))
        if not file.is_file():
            file.parent.mkdir(parents=True, exist_ok=True)
            # Renamed when it is whole, so that of two processes at once neither reads half of it.
            with NamedTemporaryFile("wb", dir=file.parent, delete=False) as draft:
                draft.write(PEN.draw(EXPORTED, "bundle"))
            whole = Path(draft.name)
            # A temporary file is its maker's alone.
            whole.chmod(0o644)
            whole.replace(file)
        return file
