"""What was wrong with somebody's input: one clear line, the same on every shell."""

from __future__ import annotations


class Problem(Exception):  # noqa: N818 - a problem is what the reader is told, not a fault of the program
    """Input that cannot be used, said in three parts.

    Attributes:
        what: what is wrong, in a few words.
        where: where it stands: a file with its line, a JSON path, an argument's name. May be empty.
        expected: what would have been right.
    """

    def __init__(self, what: str, *, where: str = "", expected: str) -> None:
        super().__init__(what, where, expected)
        self.what = what
        self.where = where
        self.expected = expected

    def __str__(self) -> str:
        """The one line: `what, where, expected …`, control characters made visible, cut at 500 characters."""
        parts = [self.what, self.where, f"expected {self.expected}"]
        line = ", ".join(part for part in parts if part)
        return "".join(c if c.isprintable() else repr(c)[1:-1] for c in line)[:500]
