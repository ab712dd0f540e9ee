"""Escaping in templates at the price of looking at a text: what needs none is put out as it is.

The template engine's own function makes an object of each text it puts out, more than a thousand on a page;
these took a third of a page's time. What is escaped, and how, stays the engine's own.
"""

from __future__ import annotations

import re
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import escape as marked

_special = re.compile(r"[&<>'\"]").search


def escape(value: Any) -> str:
    """The value as HTML text; a value that is HTML already as it is."""
    if type(value) is str and _special(value) is None:
        return value
    return marked(value)


class Generator(CodeGenerator):
    """Compiles templates so that they put out through `escape` above."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - the engine's name
        """As the engine does; the name that the code puts out through leads here."""
        super().visit_Template(node, frame)
        self.writeline(f"from {__name__} import {escape.__name__}")
