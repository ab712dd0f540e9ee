"""Which days does a text name? Written, spoken and relative ones, resolved against the day of the note."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from datumline.domain.language.calendar_days import (
    WEEK,
    coming,
    day_of,
    last_of,
    moved,
    nearest,
    of_number,
    of_week,
)
from datumline.domain.language.lexicon import Lexicon
from datumline.domain.language.spans import Span, plain
from datumline.domain.period import add_months, quarter_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day that a text names.

    `on` is None when it names one that cannot be worked out (`12/5`, either way round). `back` says that the
    words look back: yesterday, last Tuesday, two weeks ago.
    """

    span: Span
    on: date | None
    back: bool = False


Reading = Callable[..., tuple[date | None, bool]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the forms are put together from: patterns for names and numbers."""

    month: str
    weekday: str
    words: str
    number: str
    count: str
    year: str
    unit: str


class Days:
    """Finds days with the words of one pack."""

    def __init__(self, lexicon: Lexicon) -> None:
        months = lexicon.table("month_numbers")
        self._months = {name: int(number) for name, number in months.items()}
        self._weekdays = {name: int(number) for name, number in lexicon.table("weekday_numbers").items()}
        self._ordinals = {word: int(number) for word, number in lexicon.table("ordinal_words").items()}
        self._counts = {word: int(number) for word, number in lexicon.table("small_counts").items()}
        self._patterns = self._made()

    def find(self, text: str, note_day: date, *, ahead: bool) -> tuple[Day, ...]:
        """Every day named, in order; days without a year lie ahead of the note's day, or else behind it."""
        flat = plain(text).lower()
        found: list[Day] = []
        for pattern, read in self._patterns:
            for match in pattern.finditer(flat):
                span = Span(start=match.start(), end=match.end())
                if any(day.span.overlaps(span) for day in found):
                    continue
                on, back = read(match, note_day, ahead)
                found.append(Day(span=span, on=on, back=back))
        return tuple(sorted(found, key=lambda day: day.span.start))

    def _made(self) -> tuple[tuple[re.Pattern[str], Reading], ...]:
        words = "|".join(sorted(self._ordinals, key=len, reverse=True)).replace(" ", r"[\s-]")
        counts = "|".join(sorted(self._counts, key=len, reverse=True)).replace(" ", r"\s")
        terms = Terms(
            month="(?P<month>" + "|".join(sorted(self._months, key=len, reverse=True)) + r")\b\.?",
            weekday="(?P<weekday>" + "|".join(sorted(self._weekdays, key=len, reverse=True)) + r")\b",
            words=words,
            number=rf"(?P<number>\d{{1,2}}|{words})(?:st|nd|rd|th)?\b",
            count=rf"(?P<count>\d{{1,2}}|{counts})",
            year=r"(?:,?\s+(?P<year>20\d\d)\b)?",
            unit=r"(?P<unit>days?|weeks?|fortnights?|months?|quarters?)\b",
        )
        forms = (*self._written_forms(terms), *self._relative_forms(terms))
        return tuple((re.compile(_unique(pattern)), read) for pattern, read in forms)

    def _written_forms(self, terms: Terms) -> tuple[tuple[str, Reading], ...]:
        """Days of the calendar, and days counted ahead."""
        month, weekday, number = terms.month, terms.weekday, terms.number
        count, year, unit = terms.count, terms.year, terms.unit
        return (
            (r"\b(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b", self._iso),
            (r"\b(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>20\d\d)\b", self._iso),
            (r"\b(?P<one>\d{1,2})/(?P<other>\d{1,2})(?:/(?P<y>20\d\d|\d\d))?\b", self._slashed),
            (
                rf"\b(?:(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?,?\s+)?(?:the\s+)?{number}(?:\s*(?:-|to|and)\s*\d{{1,2}})?\s+(?:of\s+)?{month}{year}",
                self._written,
            ),
            (rf"\b{month}\s+(?:the\s+)?{number}(?:\s*(?:-|to|and)\s*\d{{1,2}}\b)?{year}", self._written),
            (
                rf"\bend\s+of\s+(?:the\s+)?(?P<which>next\s+|this\s+)?(?P<what>week|month|quarter|year|half|{'|'.join(self._months)})\b",
                self._end,
            ),
            (
                rf"\b(?P<count>a|one|two|three)\s+weeks?\s+(?:from|after)\s+(?:this\s+|next\s+)?{weekday}",
                self._from_weekday,
            ),
            (
                rf"\b{count}\s+{unit}\s+(?:from\s+(?:now|today)|time\b)|\bin\s+(?:about\s+|exactly\s+)?{_again(count)}\s+{_again(unit)}(?:'s?)?(?:\s+time)?\b|\bwithin\s+a\s+(?P<within>week|fortnight|month)\b",
                self._counted,
            ),
        )

    def _relative_forms(self, terms: Terms) -> tuple[tuple[str, Reading], ...]:
        """Days told from the day of the note, and days of a month that is not named."""
        month, weekday, words = terms.month, terms.weekday, terms.words
        count, year, unit = terms.count, terms.year, terms.unit
        return (
            (rf"\b{_again(count)}\s+{_again(unit)}\s+(?:ago|back|earlier)\b", self._ago),
            (
                rf"\b(?P<rel>last|past|previous|this\s+past|next|this|coming|following)\s+{weekday}(?:\s+week)?",
                self._relative,
            ),
            (
                rf"\b(?P<rel>last|this|next)\s+week(?:'s|\s+on|\s+in)?\s+{weekday}|\b{_again(weekday, 'weekday')}\s+(?P<rel2>last|next|this)?\s*week\b",
                self._relative,
            ),
            (
                rf"\b{weekday}(?:'s)?(?:\s+the\s+(?P<number>\d{{1,2}}(?:st|nd|rd|th)|{words})\b)?",
                self._weekday,
            ),
            (
                r"\b(?P<word>today|tomorrow|yesterday|tonight|this morning|this afternoon|last night|the day after tomorrow|day before yesterday)\b",
                self._word,
            ),
            (
                r"\b(?P<word>last|next|this|past)\s+(?P<what>week|month|quarter|sprint|release|cycle|half)\b",
                self._period,
            ),
            (
                rf"(?<!\w)(?:(?:the|by|until|on)\s+(?:the\s+)?(?P<number>\d{{1,2}})(?:st|nd|rd|th)\b|(?:on|by)\s+the\s+(?P<spoken>{words})\b)(?!\s+of\s+(?:every|each)\b)(?=\s*(?:$|[.,;:)!?\u2013-]|(?:we|i|you|and|in|at|let|of|after|before|when|with|to|he|she|they)\b))",
                self._of_month,
            ),
            (rf"\b(?:in|during|since|early|late|mid|mid-)\s*{month}{year}(?!\w)", self._month),
        )

    def _iso(self, match: re.Match[str], note_day: date, ahead: bool) -> tuple[date | None, bool]:  # noqa: FBT001
        found = day_of(int(match["y"]), int(match["m"]), int(match["d"]))
        return found, found is not None and found < note_day and not ahead

    def _slashed(self, match: re.Match[str], note_day: date, ahead: bool) -> tuple[date | None, bool]:  # noqa: FBT001
        one, other = int(match["one"]), int(match["other"])
        year = int(match["y"] or note_day.year) + (2000 if match["y"] and len(match["y"]) == 2 else 0)  # noqa: PLR2004
        if one <= 12 and other <= 12 and one != other:  # noqa: PLR2004 - either could be the month
            return None, False
        day, month = (one, other) if one > 12 else (other, one)  # noqa: PLR2004
        found = date(year, month, day)
        if found is not None and match["y"] is None:
            found = nearest(found, note_day, ahead=ahead)
        return found, False

    def _written(self, match: re.Match[str], note_day: date, ahead: bool) -> tuple[date | None, bool]:  # noqa: FBT001
        number = self._number(match["number"])
        month = self._months[match["month"].rstrip(".")]
        if match["year"]:
            return day_of(int(match["year"]), month, number), False
        found = day_of(note_day.year, month, number)
        return None if found is None else nearest(found, note_day, ahead=ahead), False

    def _end(self, match: re.Match[str], note_day: date, ahead: bool) -> tuple[date | None, bool]:  # noqa: FBT001
        what, following = match["what"], (match["which"] or "").strip() == "next"
        if what == "week":
            friday = note_day + timedelta(days=4 - note_day.weekday())
            return friday + timedelta(days=WEEK if following or friday < note_day else 0), False
        if what in self._months:
            found = last_of(note_day.year, self._months[what])
            return nearest(found, note_day, ahead=ahead), False
        if what == "month":
            first = add_months(note_day.replace(day=1), 1 if following else 0)
            return last_of(first.year, first.month), False
        if what == "quarter":
            end = quarter_of(add_months(note_day, 3) if following else note_day).end
            return end, False
        return last_of(note_day.year, 6 if what == "half" and note_day.month <= 6 else 12), False  # noqa: PLR2004

    def _from_weekday(self, match: re.Match[str], note_day: date, ahead: bool) -> tuple[date | None, bool]:  # noqa: ARG002, FBT001
        first = coming(note_day, self._weekdays[match["weekday"]])
        return first + timedelta(days=WEEK * self._counts[match["count"]]), False

    def _counted(self, match: re.Match[str], note_day: date, ahead: bool) -> tuple[date | None, bool]:  # noqa: ARG002, FBT001
        if match["within"]:
            return moved(note_day, 1, match["within"]), False
        count = match["count"] or match["count2"]
        return moved(note_day, self._count(count), match["unit"] or match["unit2"]), False

    def _ago(self, match: re.Match[str], note_day: date, ahead: bool) -> tuple[date | None, bool]:  # noqa: ARG002, FBT001
        return moved(note_day, -self._count(match["count2"]), match["unit2"]), True

    def _relative(self, match: re.Match[str], note_day: date, ahead: bool) -> tuple[date | None, bool]:  # noqa: ARG002, FBT001
        groups = match.groupdict()
        rel = groups.get("rel") or groups.get("rel2") or "this"
        target = self._weekdays[groups.get("weekday") or groups.get("weekday2") or "monday"]
        if rel in {"last", "past", "previous", "this past"}:
            if "week" in match.group():
                return of_week(note_day - timedelta(days=WEEK), target), True
            return coming(note_day - timedelta(days=WEEK + 1), target), True
        if rel in {"next", "following"}:
            return of_week(note_day + timedelta(days=WEEK), target), False
        if rel == "coming":
            return coming(note_day, target), False
        return of_week(note_day, target), of_week(note_day, target) < note_day

    def _weekday(self, match: re.Match[str], note_day: date, ahead: bool) -> tuple[date | None, bool]:  # noqa: FBT001
        if match["number"]:
            return of_number(note_day, self._number(match["number"]), ahead=ahead), False
        target = self._weekdays[match["weekday"]]
        return (coming(note_day, target) if ahead else coming(note_day - timedelta(days=WEEK), target)), False

    def _word(self, match: re.Match[str], note_day: date, ahead: bool) -> tuple[date | None, bool]:  # noqa: ARG002, FBT001
        steps = {
            "tomorrow": 1,
            "the day after tomorrow": 2,
            "yesterday": -1,
            "last night": -1,
            "day before yesterday": -2,
        }
        days = steps.get(match["word"], 0)
        return note_day + timedelta(days=days), days < 0

    def _period(self, match: re.Match[str], note_day: date, ahead: bool) -> tuple[date | None, bool]:  # noqa: ARG002, FBT001
        steps = {"next": 1, "last": -1, "past": -1, "this": 0}[match["word"]]
        what = match["what"]
        known = what in {"week", "month", "quarter"} and steps != 0
        return (moved(note_day, steps, what) if known else None), steps <= 0

    def _of_month(self, match: re.Match[str], note_day: date, ahead: bool) -> tuple[date | None, bool]:  # noqa: FBT001
        number = self._number(match["number"] or match["spoken"])
        return of_number(note_day, number, ahead=ahead), False

    def _month(self, match: re.Match[str], note_day: date, ahead: bool) -> tuple[date | None, bool]:  # noqa: ARG002, FBT001
        return None, not ahead

    def _number(self, text: str) -> int:
        digits = text.rstrip("sthndr")
        return int(digits) if digits.isdigit() else self._ordinals[re.sub(r"[\s-]+", " ", text)]

    def _count(self, text: str) -> int:
        return int(text) if text.isdigit() else self._counts[re.sub(r"\s+", " ", text)]


def _again(pattern: str, name: str = "") -> str:
    """The same group under a second name, for a pattern that needs it twice."""
    return re.sub(r"\(\?P<(\w+)>", lambda match: f"(?P<{name or match.group(1)}2>", pattern)


def _unique(pattern: str) -> str:
    """The pattern with a group's second appearance unnamed: Python allows each name once."""
    seen: set[str] = set()

    def named(match: re.Match[str]) -> str:
        first = match.group(1) not in seen
        seen.add(match.group(1))
        return match.group() if first else "(?:"

    return re.sub(r"\(\?P<(\w+)>", named, pattern)
