"""The page for editors that lists what a build with `--keep-going` left out, and how to mend it.

It lies in the cache, never in the site: drafts and mistakes are nobody else's business. Its words stand in ar.toml.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from string import Template

from sijill.issues import visible
from sijill.model import Issue
from sijill.safe import escape

__all__ = ["WORDS", "remove_page", "write_page"]

NAME = "refused.html"
WORDS = ("title", "about", "file", "line", "error", "remedy")


def write_page(folder: Path, issues: Iterable[Issue], words: Mapping[str, str]) -> Path | None:
    """Write the page into this folder; None where that cannot be done, which is no reason to fail."""
    path = folder / NAME
    if folder.is_symlink():
        return None
    try:
        folder.mkdir(exist_ok=True)
        path.unlink(missing_ok=True)  # if it is a link, what it leads to is not ours
        with path.open("x", encoding="utf-8") as file:
            file.write(_page(issues, words))
    except OSError:
        return None
    return path


def remove_page(folder: Path) -> None:
    """Nothing is left out any more."""
    if not folder.is_symlink():
        with suppress(OSError):
            (folder / NAME).unlink(missing_ok=True)


def _page(issues: Iterable[Issue], words: Mapping[str, str]) -> str:
    shape = Template((Path(__file__).parent / NAME).read_text("utf-8"))
    rows = "\n".join(map(_row, issues))
    return shape.substitute({key: escape(words[f"refused.{key}"]) for key in WORDS}, rows=rows)


def _row(issue: Issue) -> str:
    """What a file says of itself is in English, like every message of the command line."""
    cells = (issue.path, str(max(issue.line, 1)), issue.message, issue.hint)
    return f"<tr>{''.join(f'<td><bdi lang=en dir=ltr>{escape(visible(cell))}</bdi></td>' for cell in cells)}</tr>"
