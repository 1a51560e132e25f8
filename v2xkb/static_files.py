"""How static files are kept: compressed, under names that tell their content."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

SOURCE_MAP = "sourceMappingURL"
# Scripts that import others. Those of packages do not, and some hold words that look as if they did.
MODULES = "literature/*.js"


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Leaves references to source maps alone: installed packages name some that they do not bring.

    What our modules import is found by the name that tells its content, too.
    """

    patterns = (
        *(
            (extension, tuple(pattern for pattern in patterns if SOURCE_MAP not in str(pattern)))
            for extension, patterns in CompressedManifestStaticFilesStorage.patterns
        ),
        (MODULES, CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]),
    )
