"""The table of commands as a parser, with its help in English or Arabic.

Help speaks Arabic where the shell does (LC_ALL, LC_MESSAGES or LANG begins with ar) and after --help-ar.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from sijill.cli.table import COMMANDS, CONTENT, Argument
from sijill.cli.terminal import refuse

__all__ = ["arabic_words", "parser"]

ARABIC = "--help-ar"
ENGLISH = "--help-en"
_Words = Callable[[str, str], str]
"""A key of ar.toml and the English words, to the words to show."""


def parser(argv: Sequence[str] = ()) -> argparse.ArgumentParser:
    """The parser of a whole command line; `argv` is looked at for the language of the help alone."""
    asked = {word.partition("=")[0] for word in argv} & {"-h", "--help", ARABIC, ENGLISH}
    arabic = ARABIC in asked or (bool(asked) and ENGLISH not in asked and _shell_is_arabic())
    words = partial(_translated, arabic_words()) if arabic else _as_it_is
    whole = _Parser(
        "build.py", words("about", "Builds an archive's site from its content folder, and helps to fill it.")
    )
    whole.takes((CONTENT, *COMMANDS[0].arguments), words, frozenset())
    given = frozenset(argument.name for argument in (CONTENT, *COMMANDS[0].arguments))
    # Options may stand before the command or behind it: what the command does not have must not undo what came before.
    below = whole.add_subparsers(
        dest="command", title=words("headings.commands", "commands"), metavar="COMMAND", parser_class=_Parser
    )
    for command in COMMANDS:
        help = words(f"commands.{command.name}", command.help)
        one = below.add_parser(command.name, about=help, help=help)
        one.takes((*command.arguments, *((CONTENT,) if command.reads else ())), words, given)
    return whole


def arabic_words() -> dict[str, str]:
    """The words of ar.toml by dotted key."""
    import tomli

    table = tomli.loads((Path(__file__).parent / "ar.toml").read_text("utf-8"))
    flat = {
        f"{above}.{key}": word for above, part in table.items() if isinstance(part, dict) for key, word in part.items()
    }
    return flat | {key: word for key, word in table.items() if isinstance(word, str)}


def _translated(table: Mapping[str, str], key: str, english: str) -> str:
    return table.get(key, english)


def _as_it_is(key: str, english: str) -> str:
    return english


def _shell_is_arabic() -> bool:
    told = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return next((value for value in told if value), "").startswith("ar")


class _Parser(argparse.ArgumentParser):
    """A parser whose mistakes are told in one line that ends with what to do."""

    def __init__(self, prog: str, about: str = "", **settings: Any) -> None:
        settings.pop("help", None)
        super().__init__(prog=prog, description=about, add_help=False, allow_abbrev=False, **settings)

    def takes(self, arguments: Iterable[Argument], words: _Words, given: frozenset[str]) -> None:
        """Add the arguments; those in `given` have their default already, from the parser above."""
        shown = self.add_argument_group(words("headings.arguments", "arguments"))
        options = self.add_argument_group(words("headings.options", "options"))
        self.usage_word = words("headings.usage", "usage")
        for argument in arguments:
            settings = dict(argument.settings)
            if argument.name in given and given:
                settings["default"] = argparse.SUPPRESS
            help = words(f"arguments.{argument.name}", argument.help).replace("%", "%%")
            (options if argument.name.startswith("-") else shown).add_argument(argument.name, help=help, **settings)
        about_help = words("arguments.--help", "show this in the language of the shell, and end")
        options.add_argument("-h", "--help", action="help", help=about_help)
        options.add_argument(ARABIC, action="help", help=words(f"arguments.{ARABIC}", "show this in Arabic"))
        options.add_argument(ENGLISH, action="help", help=words(f"arguments.{ENGLISH}", "show this in English"))

    def format_help(self) -> str:
        text = super().format_help()
        return text.replace("usage:", f"{self.usage_word}:", 1)

    def _needed(self) -> str:
        """All that the command cannot do without, also what was given: what is told to be run can be run."""
        needed = (action for action in self._actions if action.required)
        words = ((*action.option_strings[:1], str(action.metavar or action.dest.upper())) for action in needed)
        return " ".join(word for each in words for word in each)

    def error(self, message: str) -> NoReturn:
        """What is wrong, and the command to run."""
        name = self.prog.split()[-1]
        missing = message.removeprefix("the following arguments are required: ")
        if missing != message:
            wanted = " and ".join(missing.split(", "))
            raise SystemExit(refuse(f"{name} needs its {wanted} (run: python build.py {name} {self._needed()})"))
        unknown = message.removeprefix("unrecognized arguments: ")
        if unknown != message and not unknown.startswith("-"):
            raise SystemExit(refuse(f"{unknown.split()[0]} is too much (run: python {self.prog} --help)"))
        raise SystemExit(refuse(f"{message} (run: python {self.prog} --help)"))
