"""The commands that read without building: explain and evaluate."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sijill.cli.terminal import Line, coloured, refuse, say_issues, say_lines
from sijill.desk import Answer, UnknownArticleError, evaluation_lines, explanation_lines
from sijill.explain import Style
from sijill.issues import has_errors

__all__ = ["evaluate", "explain"]


def explain(arguments: argparse.Namespace) -> int:
    """An article with everything that was read in it."""
    style = Style(colour=coloured(sys.stdout), isolate=sys.stdout.isatty())
    try:
        answer = explanation_lines(arguments.content.resolve(), arguments.article, style, arguments.ner_model)
    except UnknownArticleError as problem:
        return refuse(str(problem))
    return _tell(answer)


def evaluate(arguments: argparse.Namespace) -> int:
    """A table of measures over a folder of gold files."""
    folder = Path(arguments.gold)
    if not folder.is_dir():
        return refuse(f"{arguments.gold} is no folder (name a folder of gold files)")
    line = Line(sys.stderr, {"read": "reading articles"})
    content, model = arguments.content.resolve(), arguments.ner_model
    answer = evaluation_lines(content, folder, arguments.errors, model, line.show)
    line.clear()
    return _tell(answer)


def _tell(answer: Answer) -> int:
    say_issues(answer.issues)
    say_lines(answer.lines)
    return 1 if has_errors(answer.issues) else 0
