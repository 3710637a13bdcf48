"""Completion for bash, zsh and fish, made from the table of commands.

The script also defines the short command `sijill`, since a shell completes commands and not arguments of `python`.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Iterator

from sijill.cli.places import PROJECT
from sijill.cli.table import COMMANDS, CONTENT, Command
from sijill.cli.terminal import say_lines

__all__ = ["run", "script"]


def run(arguments: argparse.Namespace) -> int:
    """Print the script of a shell."""
    say_lines(script(arguments.shell, [sys.executable, str(PROJECT / "build.py")]))
    return 0


def script(shell: str, program: list[str]) -> Iterator[str]:
    """The lines of a shell's script; `program` is what runs the command."""
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](" ".join(map(shlex.quote, program)))


def _bash(program: str) -> Iterator[str]:
    yield "# sijill: completion for bash (put the output into ~/.bashrc, or source it)"
    yield f'sijill() {{ {program} "$@"; }}'
    yield "_sijill() {"
    yield "  local word=${COMP_WORDS[COMP_CWORD]} command= each"
    yield '  for each in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do'
    yield f"    case $each in {'|'.join(each.name for each in COMMANDS)}) command=$each; break;; esac"
    yield "  done"
    yield "  local words="
    yield "  case $command in"
    for command in COMMANDS:
        yield f"    {command.name}) words={shlex.quote(' '.join(_words(command)))};;"
    yield f"    *) words={shlex.quote(' '.join([*(each.name for each in COMMANDS), *_options(COMMANDS[0])]))};;"
    yield "  esac"
    yield '  if [[ $word == -* || ! -e $word* ]]; then COMPREPLY=($(compgen -W "$words" -- "$word")); fi'
    yield '  if [[ $word != -* && -n $command ]]; then COMPREPLY+=($(compgen -f -- "$word")); fi'
    yield "}"
    yield "complete -o filenames -F _sijill sijill"


def _zsh(program: str) -> Iterator[str]:
    yield "# sijill: completion for zsh (put the output into ~/.zshrc, behind compinit)"
    yield f'sijill() {{ {program} "$@"; }}'
    yield "_sijill() {"
    yield "  local -a commands=("
    yield from (f"    {shlex.quote(f'{each.name}:{each.help}')}" for each in COMMANDS)
    yield "  )"
    yield "  local command=${words[(r)(" + "|".join(each.name for each in COMMANDS) + ")]}"
    yield "  case $command in"
    for command in COMMANDS:
        yield f"    {command.name}) compadd -- {' '.join(map(shlex.quote, _words(command)))}; _files;;"
    yield f"    *) _describe command commands; compadd -- {' '.join(_options(COMMANDS[0]))};;"
    yield "  esac"
    yield "}"
    yield "compdef _sijill sijill"


def _fish(program: str) -> Iterator[str]:
    yield "# sijill: completion for fish (save as ~/.config/fish/conf.d/sijill.fish)"
    yield f"function sijill; {program} $argv; end"
    names = " ".join(each.name for each in COMMANDS)
    for command in COMMANDS:
        about = shlex.quote(command.help)
        yield f"complete -c sijill -n 'not __fish_seen_subcommand_from {names}' -f -a {command.name} -d {about}"
        seen = f"-n '__fish_seen_subcommand_from {command.name}'"
        for argument in (*command.arguments, *((CONTENT,) if command.reads else ())):
            about = shlex.quote(argument.help)
            if argument.name.startswith("--"):
                takes = "" if argument.settings.get("action") == "store_true" else " -r"
                yield f"complete -c sijill {seen} -l {argument.name[2:]}{takes} -d {about}"
            elif "choices" in argument.settings:
                choices = " ".join(argument.settings["choices"])
                yield f"complete -c sijill {seen} -f -a {shlex.quote(choices)} -d {about}"


def _options(command: Command) -> list[str]:
    names = [each.name for each in command.arguments if each.name.startswith("-")]
    return [*names, *([CONTENT.name] if command.reads else ()), "--help", "--help-ar", "--help-en"]


def _words(command: Command) -> list[str]:
    """What can stand behind a command, but for names of files."""
    choices = [str(each) for argument in command.arguments for each in argument.settings.get("choices", ())]
    return [*choices, *_options(command)]
