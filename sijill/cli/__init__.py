"""The command line: the words of a command to the function that does it, and its exit code.

The only package that prints. What takes time to import is imported by the command that needs it.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

from sijill.cli.parser import parser
from sijill.cli.table import COMMANDS
from sijill.cli.terminal import refuse

__all__ = ["main"]


def main(argv: Sequence[str]) -> int:
    """Run a command. 0: all went well. 1: the user's files have errors. 2: the command is wrong. 3: published without
    the files that have errors. 130: interrupted."""
    arguments = parser(argv).parse_args(argv)
    command = next(each for each in COMMANDS if each.name == (arguments.command or "build"))
    if command.reads and not arguments.content.resolve().is_dir():
        return refuse(f"{arguments.content} is no folder (name the content folder with --content)")
    module, _, function = command.function.partition(":")
    try:
        code: int = getattr(importlib.import_module(module), function)(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        clear = "\r\x1b[K" if sys.stderr.isatty() else ""  # over what the terminal shows of the key, or a bar
        print(f"{clear}{command.stopped}", file=sys.stderr)
        return 130
    except BrokenPipeError:  # `| head` has seen enough; nothing may be written at the end either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code
