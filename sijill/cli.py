"""The command line: options in, progress and issues out, an exit code at the end.

The only place that prints. What takes time to import is imported by the command that needs it.
"""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from sijill.build import Options, Outcome
    from sijill.model import Issue

__all__ = ["main"]

PROJECT = Path(__file__).resolve().parents[1]
PORT = 8000
SUBJECTS = {"explain": "ARTICLE", "evaluate": "GOLD_DIR"}
"""Commands that are about something, and what that is."""
STEPS = {
    "check": "checking what has changed",
    "read": "reading articles",
    "settle": "settling facts",
    "write": "writing pages",
    "publish": "publishing",
}


def main(argv: Sequence[str]) -> int:
    """Run a command; 0 when all went well, 1 when the user's files have errors, 2 when the command is wrong."""
    arguments = _parser().parse_args(argv)
    content = arguments.content.resolve()
    if not content.is_dir():
        print(
            f"build.py: error: {arguments.content} is no folder (name the content folder with --content)",
            file=sys.stderr,
        )
        return 2
    if (arguments.subject is None) == (arguments.command in SUBJECTS):
        print(f"build.py: error: {_usage(arguments.command)}", file=sys.stderr)
        return 2
    if arguments.command in SUBJECTS:
        return _answer(arguments, content)
    output = _place(arguments.output) if arguments.output else content.parent / "site"
    templates = arguments.templates.resolve()

    if arguments.command == "serve":
        from sijill.serve import serve

        command = [sys.executable, str(PROJECT / "build.py"), *_same(arguments, content, output, templates)]
        return serve(command, output, (content, templates), arguments.port)

    from sijill.build import Options, build
    from sijill.issues import has_errors

    gc.set_threshold(200_000, 20, 100)  # a build makes millions of lasting objects: looking for garbage costs a third
    options = Options(
        content=content,
        output=output,
        templates=templates,
        strict=arguments.strict,
        keep_going=arguments.keep_going,
        jobs=arguments.jobs,
        cache=not arguments.no_cache,
        ner_model=arguments.ner_model,
    )
    line = _Line(sys.stderr)
    try:
        outcome = build(options, line.show)
    except KeyboardInterrupt:
        line.clear()
        print("stopped; the site is as it was", file=sys.stderr)
        return 130
    line.clear()
    _tell(outcome, options)
    return 1 if has_errors(outcome.issues) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="build.py", description="Builds the archive's site from its content folder.")
    parser.add_argument(
        "command",
        nargs="?",
        choices=("build", "serve", *SUBJECTS),
        default="build",
        help="build the site (as without a command), serve it, explain how ARTICLE is read, evaluate against GOLD_DIR",
    )
    parser.add_argument(
        "subject",
        nargs="?",
        metavar="|".join(SUBJECTS.values()),
        help="the file or stem of an article, or a folder of gold files",
    )
    parser.add_argument("--content", type=Path, default=PROJECT / "content", metavar="DIR", help="what to read")
    parser.add_argument("--output", type=Path, metavar="DIR", help="what to write (default: site, beside the content)")
    parser.add_argument("--templates", type=Path, default=PROJECT / "templates", metavar="DIR")
    parser.add_argument("--strict", action="store_true", help="publish nothing if there is a warning")
    parser.add_argument("--keep-going", action="store_true", help="leave out articles with errors, publish the others")
    parser.add_argument(
        "--jobs", type=_count, default=0, metavar="N", help="processes (default: one for each processor)"
    )
    parser.add_argument("--no-cache", action="store_true", help="read every article again, and build in any case")
    parser.add_argument(
        "--ner-model", type=Path, metavar="DIR", help="a neural model that reads beside the rules (see docs/neural.md)"
    )
    parser.add_argument("--errors", action="store_true", help="evaluate: list what was missed and what is false")
    parser.add_argument("--port", type=_count, default=PORT, metavar="N", help=f"port to serve on (default: {PORT})")
    return parser


def _usage(command: str) -> str:
    """What is wrong with the number of words in the command."""
    if command in SUBJECTS:
        return f"{command} needs its {SUBJECTS[command]} (run: python build.py {command} {SUBJECTS[command]})"
    return f"{command} takes nothing more (options begin with --)"


def _answer(arguments: argparse.Namespace, content: Path) -> int:
    """Explain or evaluate: lines to stdout, issues to stderr."""
    from sijill.desk import UnknownArticleError, evaluation_lines, explanation_lines
    from sijill.explain import Style
    from sijill.issues import has_errors, line_text

    if arguments.command == "evaluate" and not Path(arguments.subject).is_dir():
        print(f"build.py: error: {arguments.subject} is no folder (name a folder of gold files)", file=sys.stderr)
        return 2
    watched = sys.stdout.isatty()
    style = Style(colour=watched and not os.environ.get("NO_COLOR"), isolate=watched)
    try:
        if arguments.command == "explain":
            answer = explanation_lines(content, arguments.subject, style, arguments.ner_model)
        else:
            answer = evaluation_lines(content, Path(arguments.subject), arguments.errors, arguments.ner_model)
    except UnknownArticleError as problem:
        print(f"build.py: error: {problem}", file=sys.stderr)
        return 2
    for issue in answer.issues:
        print(line_text(issue), file=sys.stderr)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a locale without Arabic letters is no reason to fail
    try:
        for line in answer.lines:
            print(line)
        sys.stdout.flush()
    except BrokenPipeError:  # `| head` has seen enough; nothing may be written at the end either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1 if has_errors(answer.issues) else 0


def _count(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65535:
        raise ValueError
    return number


def _place(path: Path) -> Path:
    """An absolute path whose last part is left as given, so that a symbolic link can be seen and refused."""
    return path.parent.resolve() / path.name if path.name not in ("", "..") else path.resolve()


def _same(arguments: argparse.Namespace, content: Path, output: Path, templates: Path) -> list[str]:
    """The options of this run, for the builds that serving starts."""
    options = ["--content", str(content), "--output", str(output), "--templates", str(templates)]
    options += ["--jobs", str(arguments.jobs)]
    if arguments.ner_model is not None:
        options += ["--ner-model", str(arguments.ner_model.resolve())]
    flags = {"--strict": arguments.strict, "--keep-going": arguments.keep_going, "--no-cache": arguments.no_cache}
    return options + [flag for flag, wanted in flags.items() if wanted]


def _tell(outcome: Outcome, options: Options) -> None:
    """Issues, each once, and what came of the build."""
    from sijill.issues import line_text

    for issue in outcome.issues:
        print(line_text(issue), file=sys.stderr)
    print(summary(outcome, options.output.name), flush=True)


def summary(outcome: Outcome, name: str) -> str:
    """One line for the end of a build."""
    issues = _issue_counts(outcome.issues)
    seconds = f"{outcome.seconds:.1f} s"
    if not outcome.published:
        return f"nothing published: {issues}, {seconds}"
    counts = (
        _counted(outcome.articles, "article"),
        _counted(outcome.pages, "page"),
        _counted(outcome.entities, "entity", "entities"),
        issues,
        seconds,
    )
    return f"{name}{' is unchanged' if outcome.unchanged else ''}: {', '.join(counts)}"


def _issue_counts(issues: Sequence[Issue]) -> str:
    if not issues:
        return "0 issues"
    errors = sum(issue.level == "error" for issue in issues)
    parts = ((errors, "error"), (len(issues) - errors, "warning"))
    return ", ".join(_counted(count, noun) for count, noun in parts if count)


def _counted(count: int, noun: str, plural: str = "") -> str:
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


class _Line:
    """Progress on one line that is written again and again; nothing at all where nobody watches."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream if stream.isatty() else None
        self.shown = ""

    def show(self, step: str, done: int, total: int) -> None:
        if self.stream is None:
            return
        text = STEPS[step]
        if total:
            text += f" {100 * done // total}%"
        elif done:
            text += f" {done // 50 * 50:,}"
        if text != self.shown:
            self.stream.write(f"\r{text}\x1b[K")
            self.stream.flush()
            self.shown = text

    def clear(self) -> None:
        if self.stream is not None and self.shown:
            self.stream.write("\r\x1b[K")
            self.stream.flush()
