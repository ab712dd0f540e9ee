"""What is kept ready stays whole when threads ask for it and put into it at once."""

from __future__ import annotations

from threading import Thread

from datumline.services.ready import Ready

SOON = 0.2  # seconds that another thread gets


class Slow:
    """A key that lets another thread put something while it is looked for."""

    def __init__(self, kept: Ready[str]) -> None:
        self.kept = kept
        self.other: Thread | None = None

    def __hash__(self) -> int:
        return 1

    def __eq__(self, other: object) -> bool:
        if self.other is None:
            self.other = Thread(target=self.kept.put, args=("another", "second"))
            self.other.start()
            self.other.join(SOON)
        return isinstance(other, Slow)


def test_what_makes_room_in_another_thread_does_not_break_a_look() -> None:
    kept: Ready[str] = Ready(1)
    held = Slow(kept)
    kept.put(held, "first")
    assert kept.get(Slow(kept)) == "first"
    assert held.other is not None
    held.other.join()
    assert kept.get("another") == "second"
