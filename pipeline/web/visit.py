"""One request of a person to the review page: what they ask for, and what they are answered."""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from pipeline.web import wording
from pipeline.web.desks import OpenDesk
from pipeline.web.guard import FormError
from pipeline.web.people import Person, Role
from pipeline.web.rendering import address, filled
from pipeline.web.views import Paging, Show, Wanted

Fields = dict[str, list[str]]

MOST_SAID = 10
"""Of what a person is told on their next page."""

LONGEST_WORDS = 200
"""Characters that are looked for."""


@dataclass
class Visit:
    """A request of a person, with the fields of its form."""

    request: Request
    fields: Fields
    somebody: Person | None = None

    @property
    def person(self) -> Person:
        found: Person | None = self.somebody or self.request.scope.get("person")
        if found is None:
            raise FormError(403, "Nobody is let in here.")
        return found

    @property
    def root(self) -> str:
        """What all addresses begin with."""
        return str(self.request.scope["root_path"])

    def address(self, document: str, lang: str, wanted: Wanted | None = None, form: str = "", **more: object) -> str:
        """Return the address of a document, as `rendering.address` does, on this server."""
        return self.root + address(document, lang, wanted, form, **more)

    def path(self, name: str) -> str:
        return str(self.request.path_params[name])

    def query(self, name: str) -> str:
        """Return a part of the address behind «?», or of the form that was sent there."""
        return self.request.query_params.get(name, "")

    def field(self, name: str) -> str:
        return self.fields.get(name, [""])[0]

    def require(self, role: Role) -> None:
        if not self.person.may(role):
            raise FormError(403, "You were invited to read; ask for an address with which you can do more.")

    def require_host(self) -> None:
        if not self.person.is_host:
            raise FormError(403, "Only whoever started the program sees who is here.")

    def say(self, text: str, **values: object) -> None:
        """Tell the person something on the page that comes next, in its language."""
        self.person.said = [*self.person.said[1 - MOST_SAID :], self.wording(text, **values)]

    @property
    def wanted(self) -> Wanted:
        show = self.query("show")
        page = self.query("page")
        return Wanted(
            Show(show) if show in list(Show) else Show.ALL,
            self.query("words")[:LONGEST_WORDS],
            int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
        )

    def reader(self, opened: OpenDesk) -> Paging:
        return Paging(opened.desk, self.person.by, opened.findings, self.person.own)

    @property
    def wording(self) -> wording.Interface:
        asked = [self.person.interface] if self.person.interface else []
        return wording.chosen([*asked, *wording.accepted(self.request.headers.get("accept-language", ""))])

    def to_sentence(self, name: str) -> Response:
        wanted = self.wanted
        here = self.address(*self.place, wanted, unit=name)
        return RedirectResponse(f"{here}#here", 303)

    @property
    def came_from(self) -> str:
        """The page that a form stands on: that of its document, or the one it names; never one of another server."""
        if self.request.method == "POST" and "document" in self.request.path_params:
            return self.address(*self.place, self.wanted, unit=self.field("unit")) + "#here"
        page = self.field("from")
        is_ours = page.startswith(f"{self.root}/") and page.isprintable()
        return page if is_ours else f"{self.root}/"

    def back(self) -> Response:
        return RedirectResponse(self.came_from, 303)  # it is quoted there

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        words = self.wording
        person = self.person
        told, person.said = person.said, []
        here = self.request.url.path + (f"?{self.request.url.query}" if self.request.url.query else "")
        common = {"_": words, "wording": words, "person": person, "told": told, "here": here}
        common |= {"root": self.root, "address": self.address}
        common["is_shared"] = self.request.app.state.is_shared
        return HTMLResponse(filled(template, common | values), status)

    @property
    def place(self) -> tuple[str, str]:
        """The document and the language that the address names."""
        return self.path("document"), self.path("lang")
