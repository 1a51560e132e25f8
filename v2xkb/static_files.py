"""How static files are kept: compressed, under names that tell their content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

SOURCE_MAP = "sourceMappingURL"


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Leaves references to source maps alone: installed packages name some that they do not bring."""

    patterns = tuple(
        (extension, tuple(pattern for pattern in patterns if SOURCE_MAP not in str(pattern)))
        for extension, patterns in CompressedManifestStaticFilesStorage.patterns
    )
