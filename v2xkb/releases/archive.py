"""All text files of a release as one ZIP file that is the same whenever it is made."""

import io
import zipfile
from collections.abc import Mapping

# The earliest that the format knows.
WHEN = (1980, 1, 1, 0, 0, 0)
UNIX = 3
READABLE = 0o100644 << 16


def packed(folder: str, files: Mapping[str, bytes]) -> bytes:
    """Stored, not compressed, by path: compressors differ from one version to the next."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        for path, content in sorted(files.items()):
            info = zipfile.ZipInfo(f"{folder}/{path}", WHEN)
            info.create_system, info.external_attr = UNIX, READABLE
            archive.writestr(info, content)
    return written.getvalue()
