"""Where digits stand that count nothing: dates, clock times, versions, addresses, and things with a number."""

from __future__ import annotations

import re

from datumline.domain.language.lexicon import Lexicon


def numbered_names(lexicon: Lexicon) -> re.Pattern[str]:
    """Where digits stand that count nothing: dates, times, versions, addresses, numbered things."""
    months = "|".join(lexicon.words("months"))
    before = "|".join(
        re.escape(word) for word in sorted(lexicon.words("named_before"), key=len, reverse=True)
    )
    ordinal = r"\d{1,2}(?:st|nd|rd|th)"
    month = rf"(?:{months})\b\.?"
    year = r"(?:1[6-9]|20)\d\d"
    proper = r"(?-i:(?<=[a-z,] )(?:[A-Z][\w&'/]*\s)+)\d{1,4}\b(?!\s?(?:%|per\s?cent|[$\u00a3\u20ac]|[a-z]+s\b|mm?\b|km|million|billion|thousand|[.,]\d))"
    return re.compile(
        "|".join(
            (
                proper,
                r"(?<![\w.$\u00a3\u20ac,])\d{1,4}-\d{1,2}\b(?!\s?(?:%|[a-zA-Z]|[.,]\d))(?=[\s.,;)]+(?:[a-z]|$))(?!\s+(?:days?|hours?|min|weeks?|months?|people|engineers|points?|users|items|bugs|times|[a-z]+s)\b)",
                r"(?:https?://|www\.)\S+|\S+@\S+\.\w+",
                r"\b\d{4}-\d\d(?:-\d\d)?(?:T[\d:.]+Z?)?\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b\d{1,2}/\d{1,2}\b",
                rf"\b(?:{ordinal}|\d{{1,2}})(?:\s*(?:-|to|and|until)\s*(?:{ordinal}|\d{{1,2}}))?\s+(?:of\s+)?{month}(?:,?\s+{year})?",
                rf"\b{month}\s+(?:the\s+)?(?:{ordinal}|\d{{1,2}}\b)(?:\s*(?:-|to|and|until)\s*(?:{ordinal}|\d{{1,2}}\b))?(?:,?\s+{year}\b)?|\b{month},?\s+{year}\b",
                r"\b\d{1,2}:\d\d(?::\d\d)?\s*(?:[ap]\.?m\b\.?)?|\b\d{1,2}(?:\.\d\d)?\s*(?:[ap]\.?m\b\.?|o'clock)",
                rf"\b{ordinal}\b|\b\d+(?:st|nd|rd|th)\b",
                r"\b\d+\.\d+\.\d+(?:[.\w-]*\w)?|\bv\.?\s?\d[\w.]*|\b\d+\.x\b",
                rf"\b(?:{before})\s?[#-]?\s?\d[\w.]*\b(?:\s*(?:-|to|and|or|,|\u2192|->|=>|/)\s*(?:the\s+)?(?:(?:{before})\s?)?\d[\w.]*\b(?!\s*(?:%|per\s?cent|min|ms|hours?|days?)))*(?!\s*%)",
                r"#\d+|\b[A-Za-z][A-Za-z]*-\d+(?:-\d+)*\b|\b[A-Z]{1,4}\d+(?:\.\d+)?\b|\b[a-z]+\d+\w*\b|\b\d+[A-Z]{1,2}\d+\b",
                rf"(?<![\w$\u00a3\u20ac.,]){year}s?(?![\w%.,]\d|\w|\s+(?:people|users|customers|requests|jobs|tickets|bugs|tests|engineers|errors))(?!\s*(?:%|per\s?cent|ms|min|s\b|km|miles|rpm|million|billion))",
                r"\b\d+[-/]\d+[-/]\d+\b|\b(?:24/7|50/50|1:1s?|one-on-ones?|1-on-1s?|one:one|one-to-ones?)\b|\b\d+:\d+\b",
                r"\b(?:\d{1,3}\.){3}\d{1,3}\b",
                r"\bp\d{2,3}\b|\b(?:one another|no one|any ?one|some ?one|every ?one|each one|this one|that one|the one|which one|(?<!to )(?<!from )(?<!in )(?<!by )(?<!than )(?<!under )(?<!about )one (?:day|time)|at one point|one of those|one by one|for one|one thing|number one)\b",
            )
        ),
        re.IGNORECASE,
    )
