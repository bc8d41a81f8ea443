"""Numbers in addresses."""

from werkzeug.routing import BaseConverter


class NumberConverter(BaseConverter):
    """A whole number as it stands in an address, however large.

    The framework's own would turn thousands of digits into an error of ours.
    """

    regex = "[0-9]{1,40}"

    def to_python(self, value: str) -> int:
        """Read the number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Write the number."""
        return str(value)
