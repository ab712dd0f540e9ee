"""Write `docs/reference/access-matrix.md` from the table that decides."""

from __future__ import annotations

from pathlib import Path

from datumline.domain.people.access_page import matrix_page

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "access-matrix.md"

if __name__ == "__main__":
    PAGE.write_text(matrix_page(), encoding="utf-8")
