"""How quickly the language engine starts, and how much two processes read once they are warm."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from statistics import median
from time import perf_counter

STARTS = 5
MOST_START = 1.5  # seconds
LEAST_RATE = 200  # sentences a second, both processes together
NOTE = (
    "In the 19 May call you did not answer the customer's question. They left. Answer within a day. "
    "On 5 June we look at your next five answers."
)
# Reads its notes once to be warm and again on the clock, and prints how many sentences a second that was.
READS = """
from time import perf_counter
from datumline.domain.language.segmentation import sentences
from datumline.services.bench.language_samples import notes
from datumline.services.language import language
engine, texts = language(), [(note.text, note.on) for note in notes("test")]
for text, on in texts[:5]:
    engine.feedback(text, "test", on)
count = sum(len(sentences(text, engine.lexicon)) for text, _ in texts)
started = perf_counter()
for text, on in texts:
    engine.feedback(text, "test", on)
print(count / (perf_counter() - started))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """Seconds until a cold check has printed its document; sentences a second of two processes together."""

    cold_start: float
    sentences_a_second: float

    def lines(self) -> list[str]:
        """Both beside their limits."""
        return [
            "",
            f"Cold start of a check: {self.cold_start:.2f} s (at most {MOST_START} s)",
            f"Two warm processes: {self.sentences_a_second:.0f} sentences a second (at least {LEAST_RATE})",
        ]


def speed() -> Speed:
    """Measured in processes of their own: the median of a few starts, then two that read at the same time."""
    program = [sys.executable, "-c", READS]
    readers = [subprocess.Popen(program, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    rates = [float(reader.communicate()[0]) for reader in readers]
    return Speed(cold_start=median(_start() for _ in range(STARTS)), sentences_a_second=sum(rates))


def _start() -> float:
    command = [sys.executable, "-m", "datumline", "check", "feedback", "-", "--on", "2026-05-20", "--json"]
    started = perf_counter()
    subprocess.run(command, input=NOTE, text=True, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - started
