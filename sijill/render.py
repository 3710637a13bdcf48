"""Page to bytes. The only module that knows the template engine; it knows neither archive nor claims.

Everything that a page says is in its view already, as text (which is escaped here) or as markup from `sijill.safe`.
"""

from __future__ import annotations

import contextlib
import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jinja2
import markupsafe
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr

from .model import Page
from .safe import Html, is_bare
from .strings import Strings

__all__ = ["Renderer", "TemplateError"]


class TemplateError(Exception):
    """A template cannot be used: its name, the line, and what is wrong with it."""

    def __init__(self, name: str, line: int, message: str) -> None:
        super().__init__(name, line, message)
        self.name = name
        self.line = line
        self.message = message


class _Generator(CodeGenerator):
    """Prints values through `_Environment.printed`; everything else, constants too, as the engine does."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.printed(")


class _Environment(jinja2.Environment):
    code_generator_class = _Generator

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`row.name`: views are made of mappings, so a key is looked for before an attribute."""
        return obj[attribute] if type(obj) is dict and attribute in obj else super().getattr(obj, attribute)

    @staticmethod
    def printed(value: object) -> str:
        """A value as it is printed. Markup of ours and bare text, nearly all there is, are not copied to be safe."""
        if type(value) is Html or (type(value) is str and is_bare(value)):
            return value
        return markupsafe.escape(value)


class Renderer:
    """Templates, compiled once. Undefined names and missing words are errors, never blanks."""

    def __init__(self, templates: Path, strings: Strings, assets: Mapping[str, str], root: str = "") -> None:
        """`root` is the path under which the site stands: empty, or `/archive`."""
        environment = _Environment(
            loader=jinja2.FileSystemLoader(templates),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )

        def asset(name: str) -> str:
            if name not in assets:
                raise jinja2.TemplateRuntimeError(f"there is no asset {name}")
            return f"{root}{assets[name]}"

        # Filters, since the engine works out a filter of a constant once, when it compiles the template.
        environment.filters.update(
            t=strings,
            figure=strings.figure,
            count=lambda number, key: strings.count(key, number),
            href=lambda url: f"{root}{url}",
            asset=asset,
        )
        self._environment = environment

    def compiling(self) -> Iterator[None]:
        """Compile one template after another. What is wrong with one is told when a page needs it."""
        for name in self._environment.list_templates(filter_func=lambda name: "/" not in name):
            with contextlib.suppress(jinja2.TemplateError, UnicodeDecodeError, OSError):
                self._environment.get_template(name)
            yield

    def render(self, page: Page) -> bytes:
        """The bytes of a page's file."""
        try:
            return self._environment.get_template(page.template).render(page.view).encode()
        except jinja2.TemplateSyntaxError as problem:
            raise TemplateError(problem.name or page.template, problem.lineno, problem.message or "broken") from None
        except jinja2.TemplateNotFound as problem:
            raise TemplateError(str(problem.name), 0, "there is no such template") from None
        except UnicodeDecodeError:
            raise TemplateError(page.template, 0, "it, or what it includes, is not UTF-8") from None
        except jinja2.TemplateError as problem:
            frames = traceback.extract_tb(problem.__traceback__)
            line = next((each.lineno for each in reversed(frames) if each.filename.endswith(page.template)), 0)
            raise TemplateError(page.template, line or 0, problem.message or "broken") from None
