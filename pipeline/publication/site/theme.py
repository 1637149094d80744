"""Templates and the style sheet of the section, and what a workspace has in their place.

A template says where values stand, and every value is text in it. One of a workspace sees only these values, and is
filled in by a process of its own, which ends when it takes too long or too much.
"""

import re
import resource
from collections.abc import Callable, Mapping
from functools import cached_property, partial
from importlib import resources
from typing import TypeVar

from jinja2 import BaseLoader, ChoiceLoader, DictLoader, PackageLoader, StrictUndefined, TemplateError, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pipeline import forking
from pipeline.errors import UsageError

T = TypeVar("T")

FOLDER = "theme"
"""Of a workspace: its own templates and style sheet."""

STYLE = "style.css"

MOST_SECONDS, MOST_MEMORY, LONGEST = 10, 4 << 30, 20 << 20
"""What a template of a workspace may take: of the processor, of addresses in bytes, and bytes of one page."""

_NOT_IN_HTML = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


_FAULTS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError, SyntaxError)
"""What a template can raise; the last one when it is nested more deeply than Python bears."""


def clean(text: str) -> str:
    """Return text without the characters that neither HTML nor XML may have."""
    return _NOT_IN_HTML.sub("\ufffd", text)


class _Generator(CodeGenerator):
    """Works out no constant while a template is read, which no process of its own does: it may be of any length."""

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: object) -> str:
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)  # type: ignore[arg-type]


class _Templates(ImmutableSandboxedEnvironment):
    code_generator_class = _Generator


class SiteTheme:
    """How pages look; `files` are those of a workspace by name, which replace or add to those of the package.

    Raises UsageError for a template that cannot be read.
    """

    def __init__(self, files: Mapping[str, str] | None = None) -> None:
        self.files = dict(files or {})
        if self._own:
            self._answered(FOLDER, self._read)  # what that process bears, this one does
            self._read()

    @property
    def style(self) -> str:
        """The style sheet."""
        return self.files.get(STYLE) or (resources.files(__package__) / "static" / STYLE).read_text("utf-8")

    def page(self, template: str, **values: object) -> bytes:
        """Return a template with its values; raise UsageError when one of the workspace cannot be filled in."""
        if not self._own:
            return self._filled(template, values)
        return self._answered(f"{FOLDER}/{template}", partial(self._filled_in, template, values))

    def _answered(self, place: str, work: Callable[[], bytes]) -> bytes:
        """Return what a process of its own, with limits, makes of templates; raise UsageError for a fault."""
        status, content = forking.apart(partial(_limited, work))
        if status == 1:
            raise UsageError(content.decode("utf-8", "replace"))
        if status:
            raise UsageError(f"{place}: takes too much time or memory; take loops out of it")
        return content

    def _read(self) -> bytes:
        """Have the templates of the workspace ready; raise UsageError for one that cannot be read."""
        for name in self._own:
            self._guarded(name, partial(self._templates.get_template, name))
        return b""

    @property
    def _own(self) -> list[str]:
        return [name for name in self.files if name.endswith(".html")]

    @cached_property
    def _templates(self) -> _Templates:
        loaders: list[BaseLoader] = [DictLoader(self.files), PackageLoader(__package__)]
        return _Templates(
            loader=ChoiceLoader(loaders),
            autoescape=True,
            optimized=False,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def _filled(self, template: str, values: Mapping[str, object]) -> bytes:
        html = self._templates.get_template(template).render(values)
        return clean(html).encode()

    def _filled_in(self, template: str, values: Mapping[str, object]) -> bytes:
        return self._guarded(template, lambda: self._filled(template, values))

    def _guarded(self, name: str, work: Callable[[], T]) -> T:
        """Return what work on a template returns; raise UsageError for what is wrong with one."""
        try:
            return work()
        except TemplateError as error:
            place = f"{FOLDER}/{getattr(error, 'name', None) or name}:{getattr(error, 'lineno', None) or 1}"
            raise UsageError(f"{place}: {error.message}; compare it with the template it replaces") from None
        except _FAULTS as error:
            raise UsageError(f"{FOLDER}/{name}: {error}; compare it with the template it replaces") from None


def _limited(work: Callable[[], bytes]) -> tuple[int, bytes]:
    """Work in this process, which is one of its own, within limits."""
    forking.limit(resource.RLIMIT_CPU, MOST_SECONDS)
    forking.limit(resource.RLIMIT_AS, MOST_MEMORY)
    try:
        made = work()
    except UsageError as error:
        return 1, str(error).encode("utf-8", "replace")
    return (2, b"") if len(made) > LONGEST else (0, made)
