"""Where words stand in a text: offsets in Unicode code points, the end exclusive."""

from __future__ import annotations

from dataclasses import dataclass

# Same length in, same length out, so that offsets into the plain text are offsets into the text as it came.
_PLAIN = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u02bc": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2010": "-",
        "\u2011": "-",
        "\u2212": "-",
        "\r": " ",
        "\t": " ",
        **dict.fromkeys("\u00a0\u202f\u2009\u2007\u200a\ufeff", " "),
        **dict.fromkeys(
            "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", " "
        ),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A stretch of a text: code points from `start` up to `end`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words themselves."""
        return text[self.start : self.end]

    def document(self, text: str) -> dict[str, int | str]:
        """As the contract shows a span: start, end, quote."""
        return {"start": self.start, "end": self.end, "quote": self.of(text)}

    def holds(self, position: int) -> bool:
        """Whether a code point lies inside."""
        return self.start <= position < self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a code point."""
        return self.start < other.end and other.start < self.end


def plain(text: str) -> str:
    """The text with straight quotes, plain hyphens and spaces; direction marks become spaces. Same length."""
    return text.translate(_PLAIN)


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start=start, end=end)
