"""The commands that build: once, or again and again while the site is served."""

from __future__ import annotations

import argparse
import gc
import sys
from pathlib import Path

from sijill.build import CACHE, Options, Outcome, build
from sijill.cli.places import PROJECT, output_of
from sijill.cli.terminal import Line, counted, issue_counts, say_issues, say_json
from sijill.issues import has_errors

__all__ = ["COLLECTED", "STEPS", "code_of", "options_again", "options_of", "preview", "run", "summary"]

COLLECTED = (1_000_000, 20, 100)
"""When Python looks for garbage: a build makes millions of lasting objects, and hardly a circle of them."""
REFUSED = 3
"""Exit code of a build that published the good articles and left out the others."""

STEPS = {
    "check": "checking what has changed",
    "read": "reading articles",
    "settle": "settling facts",
    "write": "writing pages",
    "publish": "publishing",
}


def run(arguments: argparse.Namespace) -> int:
    """Build the site once."""
    gc.set_threshold(*COLLECTED)
    options = options_of(arguments)
    line = Line(sys.stderr, STEPS)
    outcome = build(options, line.show)
    line.clear()
    say_issues(outcome.issues, arguments.json)
    left_out = _left_out(outcome)
    page = _page_of(outcome, options.content.parent / CACHE)
    if arguments.json:
        say_json(_counts(outcome) | {"output": str(options.output), "left_out": left_out})
    else:
        print(summary(outcome, options.output.name), flush=True)
        if left_out:
            where = f", listed in {CACHE}/{page.name}" if page else ""
            print(f"left out: {counted(len(left_out), 'file')}{where}", flush=True)
    return code_of(outcome)


def options_of(arguments: argparse.Namespace) -> Options:
    """What the command line asks of a build, with whole paths but for the model: messages name it as it was given."""
    content = arguments.content.resolve()
    return Options(
        content=content,
        output=output_of(arguments, content),
        templates=arguments.templates.resolve(),
        strict=arguments.strict,
        keep_going=arguments.keep_going,
        jobs=arguments.jobs,
        cache=not arguments.no_cache,
        ner_model=arguments.ner_model,
    )


def code_of(outcome: Outcome) -> int:
    """What the command ends with; an error that is published in spite of is that of a file left out."""
    if not has_errors(outcome.issues):
        return 0
    return REFUSED if outcome.published else 1


def _left_out(outcome: Outcome) -> list[str]:
    """The files that were refused while the others were published."""
    return sorted({issue.path for issue in outcome.issues if issue.level == "error"}) if outcome.published else []


def _page_of(outcome: Outcome, folder: Path) -> Path | None:
    """Write the page that lists them, or take away that of a former build."""
    from sijill.cli.refused import remove_page, write_page

    if code_of(outcome) == 0:
        remove_page(folder)
    if code_of(outcome) != REFUSED:
        return None
    from sijill.cli.parser import arabic_words

    return write_page(folder, (issue for issue in outcome.issues if issue.level == "error"), arabic_words())


def preview(arguments: argparse.Namespace) -> int:
    """Show the site and build it, again on every change, until interrupted."""
    from sijill.cli.parser import arabic_words
    from sijill.serve.browser import WORDS
    from sijill.serve.server import serve

    options = options_of(arguments)
    command = [sys.executable, str(PROJECT / "build.py"), "build", "--json", *options_again(options)]
    table = arabic_words()
    words = {name: table[f"preview.{name}"] for name in WORDS}

    def say(outcome: Outcome) -> None:
        say_issues(outcome.issues, arguments.json)
        if arguments.json:
            say_json(_counts(outcome))
        else:
            print(summary(outcome, options.output.name), flush=True)

    def started(address: str) -> None:
        if arguments.json:
            say_json({"serving": address})
        else:
            print(f"serving on {address} (Ctrl-C ends it)", flush=True)

    code = serve(options, command, arguments.port, words, say, started)
    if code == 0 and not arguments.json:
        print("stopped")
    return code


def _counts(outcome: Outcome) -> dict[str, object]:
    """The end of a build for scripts."""
    names = ("articles", "pages", "entities", "seconds", "published", "unchanged")
    return {name: getattr(outcome, name) for name in names}


def summary(outcome: Outcome, name: str) -> str:
    """One line for the end of a build."""
    issues = issue_counts(outcome.issues)
    seconds = f"{outcome.seconds:.1f} s"
    if not outcome.published:
        return f"nothing published: {issues}, {seconds}"
    counts = (
        counted(outcome.articles, "article"),
        counted(outcome.pages, "page"),
        counted(outcome.entities, "entity", "entities"),
        issues,
        seconds,
    )
    return f"{name}{' is unchanged' if outcome.unchanged else ''}: {', '.join(counts)}"


def options_again(options: Options) -> list[str]:
    """The words of a command that asks for the same from any folder."""
    given: dict[str, object] = {"--content": options.content, "--output": options.output}
    given |= {"--templates": options.templates, "--jobs": options.jobs}
    if options.ner_model is not None:
        given["--ner-model"] = options.ner_model.resolve()
    flags = {"--strict": options.strict, "--keep-going": options.keep_going, "--no-cache": not options.cache}
    again = [str(word) for pair in given.items() for word in pair]
    return again + [flag for flag, wanted in flags.items() if wanted]
