"""`datumline bench language`: how well and how fast the language engine judges, on labelled texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from datumline.domain.language.quantities import Amounts
from datumline.domain.language.ranges import grouped
from datumline.domain.language.segmentation import sentences
from datumline.services.bench import language_public as public
from datumline.services.bench import language_samples as own
from datumline.services.bench.language_stories import story_figures
from datumline.services.language import Language, language

TEST = "test"
BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the table. `extra` holds the figures that only this task has, by name."""

    task: str
    of: int
    precision: float
    recall: float
    f1: float
    calibration: float | None
    ms_per_sentence: float | None
    extra: dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One answer: what was expected, what was found, and with which confidence where there is one."""

    label: str
    expected: bool
    found: bool
    confidence: float | None = None


def measured(folder: Path | None) -> Iterator[Figure]:
    """A line per task on our own test split, then a line per public set that stands in `folder`."""
    engine = language()
    for task in (_claims, _feedback, _stories, _principles, _coverage, _disclosure):
        yield task(engine)
    if folder is not None:
        yield from _news(engine, folder)
        yield from _pyramids(engine, folder)


def lines(figures: Iterable[Figure]) -> Iterator[str]:
    """The table as Markdown."""
    yield "| task | texts | precision | recall | F1 | calibration error | ms per sentence | |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |"
    for one in figures:
        calibration = "" if one.calibration is None else f"{one.calibration:.3f}"
        speed = "" if one.ms_per_sentence is None else f"{one.ms_per_sentence:.1f}"
        extra = ", ".join(f"{name} {value:.3f}" for name, value in one.extra.items())
        rates = f"{one.precision:.3f} | {one.recall:.3f} | {one.f1:.3f}"
        yield f"| {one.task} | {one.of} | {rates} | {calibration} | {speed} | {extra} |"


def _claims(engine: Language) -> Figure:
    keys = ("before", "after", "stated", "stated_kind", "agrees")
    texts, outcomes, exact = list(own.claims(TEST)), list[Outcome](), 0
    started = perf_counter()
    found = [engine.claims(text, TEST)["claims"] for text, _ in texts]
    spent = perf_counter() - started
    for (_, expected), claims in zip(texts, found, strict=True):
        want = [tuple(_told(field) for field in (*one[:2], *one[-3:])) for one in expected]
        have = [tuple(claim[key] for key in keys) for claim in claims]
        exact += want == have
        outcomes += [Outcome(label="claim", expected=True, found=one in have) for one in want]
        outcomes += [Outcome(label="claim", expected=False, found=True) for one in have if one not in want]
    return _figure(
        "claims",
        len(texts),
        outcomes,
        spent,
        _count(engine, [t for t, _ in texts]),
        {"exact": exact / len(texts)},
    )


def _told(field: str) -> object:
    known = {"-": None, "null": None, "true": True, "false": False}
    if field in known:
        return known[field]
    return field if field.isalpha() else float(field)


def _feedback(engine: Language) -> Figure:
    notes = list(own.notes(TEST))
    started = perf_counter()
    found = [engine.feedback(note.text, TEST, note.on) for note in notes]
    spent = perf_counter() - started
    outcomes: list[Outcome] = []
    clean = flagged = dated = 0
    for note, check in zip(notes, found, strict=True):
        rules = {finding["rule"] for finding in check["findings"]}
        every = sorted(rules | note.rules)
        outcomes += [Outcome(label=rule, expected=rule in note.rules, found=rule in rules) for rule in every]
        clean += not note.rules
        flagged += not note.rules and bool(rules)
        dated += check["commit_date"] == (None if note.checkpoint is None else note.checkpoint.isoformat())
    extra = {
        "macro F1": _macro(outcomes),
        "clean notes flagged": flagged / max(1, clean),
        "checkpoint right": dated / max(1, len(notes)),
    }
    return _figure(
        "feedback", len(notes), outcomes, spent, _count(engine, [note.text for note in notes]), extra
    )


def _macro(outcomes: Sequence[Outcome]) -> float:
    """The mean F1 over the rules that the texts break."""
    labels = sorted({outcome.label for outcome in outcomes if outcome.expected})
    each = [_rates([outcome for outcome in outcomes if outcome.label == label])[2] for label in labels]
    return sum(each) / max(1, len(each))


def _stories(engine: Language) -> Figure:
    found = story_figures(engine)
    outcomes = [
        Outcome(label="", expected=want == have, found=True, confidence=sure)
        for want, have, sure in found.parts
    ]
    outcomes += [Outcome(label="", expected=True, found=False) for one in outcomes if not one.expected]
    return _figure("stories", found.texts, outcomes, found.seconds, found.sentences, found.extra)


def _principles(engine: Language) -> Figure:
    texts = list(own.labelled("principles", TEST))
    started = perf_counter()
    found = [engine.principles(one.text, TEST)["principles"] for one in texts]
    spent = perf_counter() - started
    outcomes: list[Outcome] = []
    right = quiet = neutral = 0
    for one, principles in zip(texts, found, strict=True):
        if one.first == "none":
            neutral += 1
            quiet += not principles
            outcomes += [
                Outcome(label="", expected=False, found=True, confidence=p["confidence"])
                for p in principles[:1]
            ]
            continue
        top = principles[0] if principles else None
        hit = top is not None and top["id"] in one.labels
        right += hit
        outcomes.append(Outcome(label="", expected=True, found=hit))
        if top is not None:
            outcomes.append(Outcome(label="", expected=hit, found=True, confidence=top["confidence"]))
    extra = {
        "top 1 accepted": right / max(1, len(texts) - neutral),
        "nothing on neutral talk": quiet / max(1, neutral),
    }
    return _figure(
        "principles", len(texts), outcomes, spent, _count(engine, [one.text for one in texts]), extra
    )


def _coverage(engine: Language) -> Figure:
    outcomes: list[Outcome] = []
    spent, count = 0.0, 0
    for listed in own.coverage_lists(TEST):
        items = [{"id": name, "says": says} for name, says in listed.items.items()]
        for covered, text in listed.texts:
            started = perf_counter()
            found = engine.coverage(text, TEST, items)["items"]
            spent += perf_counter() - started
            count += 1
            outcomes += [
                Outcome(
                    label="", expected=name in covered, found=one["covered"], confidence=one["confidence"]
                )
                for name, one in found.items()
            ]
    return _figure("coverage, items never seen, no examples", count, outcomes, spent, count, {})


def _disclosure(engine: Language) -> Figure:
    texts = list(own.messages(TEST))
    started = perf_counter()
    outcomes = [
        Outcome(
            label="",
            expected=one.discloses,
            found=engine.disclosure(one.text, TEST, {"person": one.person, "facts": list(one.facts)})[
                "discloses"
            ],
        )
        for one in texts
    ]
    spent = perf_counter() - started
    right = sum(outcome.expected == outcome.found for outcome in outcomes) / max(1, len(outcomes))
    return _figure(
        "disclosure",
        len(texts),
        outcomes,
        spent,
        _count(engine, [one.text for one in texts]),
        {"accuracy": right},
    )


def _news(engine: Language, folder: Path) -> Iterator[Figure]:
    amounts, texts = Amounts(engine.lexicon), list(public.news_quantities(folder))
    if not texts:
        return
    outcomes: list[Outcome] = []
    started = perf_counter()
    for text, expected in texts:
        left = list(expected)
        for group in grouped(amounts.find(text), text):
            value = tuple(float(one.value) for one in group)
            match = next((one for one in left if _same(one, value)), None)
            if match is not None:
                left.remove(match)
            outcomes.append(Outcome(label="", expected=match is not None, found=True))
        outcomes += [Outcome(label="", expected=True, found=False) for _ in left]
    yield _figure("NewsQuant, values", len(texts), outcomes, perf_counter() - started, len(texts), {})


def _same(expected: public.Value, found: tuple[float, ...]) -> bool:
    ends = expected if isinstance(expected, tuple) else (expected,)
    return len(ends) == len(found) and all(
        abs(a - b) <= 1e-5 * abs(a) + 1e-8 for a, b in zip(ends, found, strict=True)
    )


def _pyramids(engine: Language, folder: Path) -> Iterator[Figure]:
    found = next((path.parent for path in sorted(folder.rglob("SCUs.txt"))), None)
    if found is None:
        return
    outcomes: list[Outcome] = []
    count, spent = 0, 0.0
    for text, units, present in public.pyramid_texts(found, odd=False):
        items = [{"id": str(place), "says": unit} for place, unit in enumerate(units)]
        started = perf_counter()
        covered = engine.coverage(text, TEST, items)["items"]
        spent += perf_counter() - started
        count += 1
        outcomes += [
            Outcome(label="", expected=answer, found=one["covered"], confidence=one["confidence"])
            for answer, one in zip(present, covered.values(), strict=True)
        ]
    yield _figure("REALSumm, even documents", count, outcomes, spent, None, {"kappa": _kappa(outcomes)})


def _kappa(outcomes: Sequence[Outcome]) -> float:
    """Cohen's kappa: agreement beyond chance."""
    count = len(outcomes)
    same = sum(one.expected == one.found for one in outcomes) / count
    yes = sum(one.expected for one in outcomes) / count * sum(one.found for one in outcomes) / count
    no = sum(not one.expected for one in outcomes) / count * sum(not one.found for one in outcomes) / count
    return (same - yes - no) / (1 - yes - no)


def _rates(outcomes: Sequence[Outcome]) -> tuple[float, float, float]:
    right = sum(one.expected and one.found for one in outcomes)
    precision = right / max(1, sum(one.found for one in outcomes))
    recall = right / max(1, sum(one.expected for one in outcomes))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def _error(outcomes: Sequence[Outcome]) -> float | None:
    """The expected calibration error over ten bins; None without confidences."""
    sure = [(one.confidence, one.expected) for one in outcomes if one.confidence is not None]
    if not sure:
        return None
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, true in sure:
        bins[min(BINS - 1, int(confidence * BINS))].append((confidence, true))
    gaps = (abs(sum(c for c, _ in one) - sum(t for _, t in one)) for one in bins)
    return sum(gaps) / len(sure)


def _figure(  # noqa: PLR0913, PLR0917 - a line of the table has this many
    task: str, of: int, outcomes: Sequence[Outcome], spent: float, count: int | None, extra: dict[str, float]
) -> Figure:
    precision, recall, f1 = _rates(outcomes)
    return Figure(
        task=task,
        of=of,
        precision=precision,
        recall=recall,
        f1=f1,
        calibration=_error(outcomes),
        ms_per_sentence=None if count is None else 1000 * spent / max(1, count),
        extra=extra,
    )


def _count(engine: Language, texts: Iterable[str]) -> int:
    return sum(len(sentences(text, engine.lexicon)) for text in texts)
