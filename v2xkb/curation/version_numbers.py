"""How the number of a version is written in addresses."""

from django.urls import register_converter


class VersionNumber:
    """A whole number without zeros before it; nine digits are more than any history needs."""

    regex = "[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(VersionNumber, "version")
NUMBER = "<version:number>"
