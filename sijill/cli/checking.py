"""The command that checks: everything short of publishing."""

from __future__ import annotations

import argparse
import sys

from sijill.build import Options
from sijill.check import check
from sijill.cli.building import STEPS
from sijill.cli.places import output_of
from sijill.cli.terminal import Line, counted, issue_counts, say_issues, say_json
from sijill.issues import has_errors

__all__ = ["run"]


def run(arguments: argparse.Namespace) -> int:
    """Check the content and the published site."""
    content = arguments.content.resolve()
    options = Options(
        content=content,
        output=output_of(arguments, content),
        templates=arguments.templates.resolve(),
        strict=arguments.strict,
        jobs=arguments.jobs,
        ner_model=arguments.ner_model,
    )
    line = Line(sys.stderr, {**STEPS, "publish": "following links"})
    found = check(options, line.show)
    line.clear()
    say_issues(found.issues, arguments.json)
    if arguments.json:
        say_json({name: getattr(found, name) for name in ("articles", "pages", "links")})
    else:
        counts = (counted(found.articles, "article"), counted(found.pages, "page"), counted(found.links, "link"))
        print(f"checked, nothing published: {', '.join((*counts, issue_counts(found.issues)))}", flush=True)
    return 1 if has_errors(found.issues) else 0
