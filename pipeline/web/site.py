"""The addresses of the review page: what each shows, and what each form does."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from importlib.resources import files
from threading import Lock
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from pipeline import languages
from pipeline.app import overview, reviewing, typed
from pipeline.app.reviewing import SavingOutcome, TypedText
from pipeline.app.typed import KeptText
from pipeline.catalogue import origin, readings
from pipeline.edition.render.pdf import fonts
from pipeline.errors import PipelineError, UsageError
from pipeline.languages import Language
from pipeline.model import State, Unit
from pipeline.text import rewording
from pipeline.web import views, wording
from pipeline.web.desks import Desks, OpenDesk
from pipeline.web.guard import FormError, Gate, Guard, form
from pipeline.web.people import Done, Person, Role
from pipeline.web.views import Paging, Show, Wanted
from pipeline.workspace.storage import WorkspaceBusyError

Fields = dict[str, list[str]]

FONTS = {"naskh.ttf": "NotoNaskhArabic-Regular.ttf", "naskh-bold.ttf": "NotoNaskhArabic-Bold.ttf"}
"""For scripts that not every machine has a good font for; the PDFs are set in the same."""

PATIENCE = 3.0
"""Seconds in which another command may end that is writing in the workspace."""

LONGEST_WORDS = 200
"""Characters that are looked for."""


@dataclass
class Site:
    """A workspace as a site for those whom a gate lets in. One request at a time looks at the workspace."""

    desks: Desks
    gate: Gate

    def __post_init__(self) -> None:
        self._lock = Lock()

    @cached_property
    def templates(self) -> Environment:
        found = Environment(
            loader=PackageLoader("pipeline.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        found.globals |= {
            "address": address, "SIGNS": views.SIGNS, "pieces": views.pieces, "marked": views.marked,
            "bars": views.bars, "wordings": wording.wordings, "digest": origin.digest, "Show": Show,
            "STATES": STATES, "KINDS": KINDS, "language_name": language_name, "compared": rewording.compared,
            "signs_of": signs_of, "said_in": said_in, "origin_of": origin_of, "readers": readings.readers,
            "translator": readings.translator_of,
        }  # fmt: skip
        return found

    @cached_property
    def app(self) -> Guard:
        """The ASGI application."""
        document = "/document/{document}/{lang}"
        routes = [
            Route("/", self._get(self.documents)),
            Route("/come-in", self.come_in, methods=["GET", "POST"]),
            Route("/keys", self._get(self.keys)),
            Route("/people", self._get(self.people)),
            Route("/people/end", self._post(self.end), methods=["POST"]),
            Route("/me", self._post(self.me), methods=["POST"]),
            Route("/undo", self._post(self.undo), methods=["POST"]),
            Route(document, self._get(self.document)),
            Route(f"{document}/version", self._get(self.version)),
            Route(f"{document}/replace", self._get(self.replacing)),
            *(
                Route(f"{document}/{name}", self._post(action), methods=["POST"])
                for name, action in (
                    ("save", self.save), ("approve", self.approve), ("accept", self.accept), ("note", self.note),
                    ("typed", self.typed), ("forget", self.forget), ("replace", self.replace),
                )
            ),
            *(Route(f"/static/{name}", _font(file)) for name, file in FONTS.items()),
            Mount("/static", StaticFiles(packages=[(__package__ or "", "static")])),
        ]  # fmt: skip
        app = Starlette(routes=routes, exception_handlers={FormError: _refused, 404: self._missing})
        return Guard(app, self.gate)

    def prepare(self) -> None:
        """Open what somebody worked on last, before it is asked for; whoever comes meanwhile waits for one at most."""
        for document_id, lang in self.desks.recent():
            with self._lock, suppress(PipelineError):
                opened = self.desks.open(document_id, lang)
                opened.findings(opened.desk.units[: views.ON_A_PAGE])

    # --- how requests become calls ----------------------------------------------------

    def _get(self, show: Callable[["Visit"], Response]) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            return await run_in_threadpool(self._answered, Visit(self, request, {}), show)

        return answer

    def _post(self, act: Callable[["Visit"], Response]) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            return await run_in_threadpool(self._answered, Visit(self, request, await form(request)), act)

        return answer

    def _answered(self, visit: "Visit", act: Callable[["Visit"], Response]) -> Response:
        with self._lock:
            try:
                return _patiently(act, visit)
            except PipelineError as error:
                return visit.page("problem.html", 409, text=visit.wording(str(error)), typed=visit.field("text"))

    async def _missing(self, request: Request, _: Exception) -> Response:
        if request.scope.get("person") is None:
            return PlainTextResponse("Not found.", 404)
        visit = Visit(self, request, {})
        return visit.page("problem.html", 404, text=visit.wording("There is no such page."), typed="")

    # --- pages ------------------------------------------------------------------------

    async def come_in(self, request: Request) -> Response:
        """Let in whoever has an invitation; the address then says nothing any more.

        Where several people come, they press a button: programs that look at links in messages would use them up.
        """
        secret = request.query_params.get("invitation", "")
        invitation = self.gate.people.invited(secret)
        if invitation and self.gate.is_shared and request.method == "GET":
            nobody = Person(invitation.role, invitation.by, invitation.ends)
            return Visit(self, request, {}, nobody).page("door.html", fingerprint=self.gate.fingerprint)
        cookie = self.gate.people.let_in(secret)
        if not cookie:
            return PlainTextResponse("This address has been used, or is too old. Ask for another one.", 403)
        answer = Visit(self, request, {}, self.gate.people.find(cookie)).page("welcome.html")
        answer.headers["Set-Cookie"] = self.gate.set_cookie(cookie)
        return answer

    def documents(self, visit: "Visit") -> Response:
        said: list[str] = []
        rows = [
            (row, views.in_order({state: row[state.value] for state in views.SIGNS if state.value in row}))
            for row in overview.overview(self.desks.session(said), None)
        ]
        return visit.page("documents.html", rows=rows, said=said, languages=self.desks.config.all_languages)

    def keys(self, visit: "Visit") -> Response:
        return visit.page("keys.html")

    def people(self, visit: "Visit") -> Response:
        """Show who is in, to whoever started the server."""
        visit.require_host()
        return visit.page("people.html", people=self.gate.people.all(), fingerprint=self.gate.fingerprint)

    def end(self, visit: "Visit") -> Response:
        """Let somebody in no more."""
        visit.require_host()
        self.gate.people.end(visit.field("who"))
        return RedirectResponse("/people", 303)

    def document(self, visit: "Visit") -> Response:
        opened = self._opened(visit)
        reader, name = visit.reader(opened), visit.query("unit")
        step = {"next": 1, "previous": -1}.get(visit.query("go"))
        if step:
            name = reader.next(name, visit.wanted, step) or name
        elif visit.query("go") == "unfinished":
            name = reader.next_unfinished(name) or name
        return self._document(visit, opened, name)

    def version(self, visit: "Visit") -> Response:
        return PlainTextResponse(self.desks.version(visit.path("document"), visit.path("lang")))

    def _opened(self, visit: "Visit") -> OpenDesk:
        return self.desks.open(visit.path("document"), visit.path("lang"))

    def _document(self, visit: "Visit", opened: OpenDesk, name: str) -> Response:
        """Show a page of a document with a sentence opened, if one has that name."""
        desk = opened.desk
        shown = visit.reader(opened).page(visit.wanted, name)
        unit = desk.unit(name)
        kept = typed.kept(self.desks.session(), desk.document.id, visit.path("lang"), visit.person.by)
        values: dict[str, Any] = {
            "desk": desk,
            "shown": shown,
            "opened": name if unit else "",
            "kept": kept,
            "conflict": None,
        }
        if unit:
            values |= self._card(opened, unit, kept.get(name), visit)
        counts = views.counts(desk.units)
        version = self.desks.version(visit.path("document"), visit.path("lang"))
        place = desk.document.id, visit.path("lang")
        values |= {"to": partial(address, *place, visit.wanted), "plainly": partial(address, *place, None)}
        values |= {"counts": counts, "wanted": visit.wanted, "version": version}
        return visit.page("document.html", **values)

    def _card(self, opened: OpenDesk, unit: Unit, kept: KeptText | None, visit: "Visit") -> dict[str, Any]:
        """Return what helps with the sentence that is open, and what its field begins with."""
        suggestions = reviewing.suggestions(self.desks.session(), opened.desk, unit)
        used = visit.query("use")
        text, base = (kept.text, kept.base) if kept else (unit.target, origin.digest(unit.target))
        if used.isdigit() and 1 <= int(used) <= len(suggestions):
            text = suggestions[int(used) - 1].match.entry.target
        is_stale = kept is not None and kept.base != origin.digest(unit.target)
        return {
            "unit": unit,
            "suggestions": suggestions,
            "terms": reviewing.terms(opened.checks.termbase, unit),
            "text": text,
            "base": base if not is_stale else origin.digest(unit.target),
            "history": reviewing.earlier(self.desks.session(), opened.desk, unit) if visit.query("history") else None,
            "conflict": kept if is_stale and kept and kept.text != unit.target else None,
        }

    # --- forms ------------------------------------------------------------------------

    def me(self, visit: "Visit") -> Response:
        """Take how somebody wants to be called, and in which language they want the page."""
        name = visit.field("name").strip()
        if name and not readings.NAME.fullmatch(name):
            raise UsageError("a pseudonym is one word of at most 40 letters and digits, never your real name")
        if "name" in visit.fields and visit.person.is_host:  # guests are called what they were invited as
            visit.person.by = name
        if visit.field("interface") in wording.wordings():
            visit.person.interface = visit.field("interface")
        return visit.back()

    def save(self, visit: "Visit") -> Response:
        visit.require(Role.TRANSLATE)
        opened, name = self._opened(visit), visit.field("unit")
        before = opened.desk.unit(name)
        wish = TypedText(name, visit.field("base"), visit.field("text"), visit.field("do") != "later", visit.person.by)
        result = self._kept_unless_saved(visit, opened, wish)
        if result in (SavingOutcome.CONFLICT, SavingOutcome.GONE):
            return self._told_of(visit, result, name)
        typed.forget(self.desks.session(), visit.path("document"), visit.path("lang"), visit.person.by, name)
        if result is SavingOutcome.SAVED and before:
            after = origin.digest(reviewing.with_plain_line_ends(wish.text))
            visit.person.done.append((Done(visit.path("document"), visit.path("lang"), name, before, after),))
        visit.say("saved" if result is SavingOutcome.SAVED else "nothing changed")
        reader = visit.reader(opened)  # in the order that the person sees
        following = {
            "next": lambda: reader.next(name, visit.wanted),
            "unfinished": lambda: reader.next_unfinished(name),
        }
        go_on = following.get(visit.field("do"))
        return visit.to_sentence((go_on() if go_on else "") or name)

    def _kept_unless_saved(self, visit: "Visit", opened: OpenDesk, wish: TypedText) -> SavingOutcome:
        """Save what somebody typed; where that is not done, keep it as they typed it."""
        result = None
        try:
            result = reviewing.save(self.desks.session(), opened.desk, wish)
        finally:
            if result in (None, SavingOutcome.CONFLICT, SavingOutcome.GONE) and wish.text.strip():
                self._keep(visit, wish.name, wish.base, wish.text)
        return result

    def _keep(self, visit: "Visit", name: str, base: str, text: str) -> None:
        text = text.replace("\r\n", "\n")
        kept = KeptText(name, visit.person.by, base, visit.field("before").replace("\r\n", "\n"), text)
        typed.keep(self.desks.session(), visit.path("document"), visit.path("lang"), kept)

    def _told_of(self, visit: "Visit", result: SavingOutcome, name: str) -> Response:
        visit.say(
            "somebody else has changed this"
            if result is SavingOutcome.CONFLICT
            else "the sentence has left the document"
        )
        return visit.to_sentence(name)

    def _remember(self, visit: "Visit", before: Unit) -> None:
        visit.person.done.append((self._done(visit, self._opened(visit), visit.field("unit"), before),))

    def _done(self, visit: "Visit", opened: OpenDesk, name: str, before: Unit) -> Done:
        now = opened.desk.unit(name) or before
        return Done(visit.path("document"), visit.path("lang"), name, before, origin.digest(now.target))

    def approve(self, visit: "Visit") -> Response:
        visit.require(Role.APPROVE)
        name = visit.field("unit")
        opened = self._opened(visit)
        before = opened.desk.unit(name)
        result = reviewing.approve(self.desks.session(), opened.desk, name, visit.field("base"), visit.person.by)
        return self._after(visit, result, before, "approved")

    def accept(self, visit: "Visit") -> Response:
        visit.require(Role.TRANSLATE)
        opened, name = self._opened(visit), visit.field("unit")
        before, why = opened.desk.unit(name), visit.field("why")
        session = self.desks.session()
        result = reviewing.accept(session, opened.desk, name, visit.field("base"), visit.field("check"), why)
        return self._after(visit, result, before, "accepted")

    def note(self, visit: "Visit") -> Response:
        visit.require(Role.TRANSLATE)
        opened, name = self._opened(visit), visit.field("unit")
        before = opened.desk.unit(name)
        result = reviewing.remark(self.desks.session(), opened.desk, name, visit.field("note"))
        return self._after(visit, result, before, "saved")

    def _after(self, visit: "Visit", result: SavingOutcome, before: Unit | None, said: str) -> Response:
        """Go on after something was done with a sentence."""
        name = visit.field("unit")
        if result in (SavingOutcome.CONFLICT, SavingOutcome.GONE):
            return self._told_of(visit, result, name)
        if result is SavingOutcome.SAVED and before:
            self._remember(visit, before)
        visit.say(said if result is SavingOutcome.SAVED else "nothing changed")
        if visit.field("do") == "next":
            name = visit.reader(self._opened(visit)).next(name, visit.wanted) or name
        return visit.to_sentence(name)

    def undo(self, visit: "Visit") -> Response:
        """Take back the last change of a person, unless somebody has changed the sentence since."""
        visit.require(Role.TRANSLATE)
        if not visit.person.done:
            visit.say("nothing to undo")
            return visit.back()
        steps = visit.person.done.pop()
        opened = self.desks.open(steps[0].document_id, steps[0].lang)
        kept = {step.name: (step.after, step.before) for step in steps}
        outcomes = reviewing.put_back(self.desks.session(), opened.desk, kept)
        is_done = all(outcome is SavingOutcome.SAVED for outcome in outcomes.values())
        visit.say("undone" if is_done else "somebody else has changed this")
        return RedirectResponse(f"{address(steps[0].document_id, steps[0].lang, unit=steps[0].name)}#here", 303)

    def replacing(self, visit: "Visit") -> Response:
        """Show what would be replaced, before it is."""
        opened, by = self._opened(visit), visit.query("by")[:LONGEST_WORDS]
        words, asks = visit.wanted.words, "by" in visit.request.query_params
        found = reviewing.replacements(opened.desk, words, by) if asks else []
        plainly = partial(address, visit.path("document"), visit.path("lang"), None)
        return visit.page("replace.html", desk=opened.desk, words=words, by=by, found=found, plainly=plainly)

    def replace(self, visit: "Visit") -> Response:
        """Replace words in the translations that were chosen."""
        visit.require(Role.TRANSLATE)
        opened = self._opened(visit)
        found = reviewing.replacements(opened.desk, visit.field("words"), visit.field("by"))
        chosen = {f"{one.name}-{origin.digest(one.unit.target)}": one for one in found}
        wanted = [chosen[name] for name in visit.fields.get("units", []) if name in chosen]
        outcomes = reviewing.replace_words(self.desks.session(), opened.desk, wanted, visit.person.by)
        after = self._opened(visit)
        saved = [one for one in wanted if outcomes[one.name] is SavingOutcome.SAVED]
        if saved:
            visit.person.done.append(tuple(self._done(visit, after, one.name, one.unit) for one in saved))
        visit.say("replaced in {count} sentences", count=len(saved))
        return RedirectResponse(address(visit.path("document"), visit.path("lang"), words=visit.field("by")), 303)

    def typed(self, visit: "Visit") -> Response:
        """Keep what is being typed, without saving it."""
        visit.require(Role.TRANSLATE)
        self._keep(visit, visit.field("unit"), visit.field("base"), visit.field("text"))
        return Response(status_code=204)

    def forget(self, visit: "Visit") -> Response:
        """Throw away what was typed and not saved."""
        place = visit.path("document"), visit.path("lang")
        typed.forget(self.desks.session(), *place, visit.person.by, visit.field("unit"))
        return visit.to_sentence(visit.field("unit"))


@dataclass
class Visit:
    """A request of a person, with the fields of its form."""

    site: Site
    request: Request
    fields: Fields
    somebody: Person | None = None

    @property
    def person(self) -> Person:
        found: Person | None = self.somebody or self.request.scope.get("person")
        if found is None:
            raise FormError(403, "Nobody is let in here.")
        return found

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
        self.person.said.append(self.wording(text, **values))

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
        return Paging(opened.desk, self.person.by, opened.findings)

    @property
    def wording(self) -> wording.Interface:
        asked = [self.person.interface] if self.person.interface else []
        return wording.chosen([*asked, *wording.accepted(self.request.headers.get("accept-language", ""))])

    def to_sentence(self, name: str) -> Response:
        wanted = self.wanted
        here = address(self.path("document"), self.path("lang"), wanted, unit=name)
        return RedirectResponse(f"{here}#here", 303)

    def back(self) -> Response:
        """Go back to the page a form stands on, which it names; never to another server."""
        page = self.field("from")
        is_ours = page.startswith("/") and not page.startswith(("//", "/\\")) and page.isprintable()
        return RedirectResponse(page if is_ours else "/", 303)  # it is quoted there

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        words = self.wording
        person = self.person
        told, person.said = person.said, []
        here = self.request.url.path + (f"?{self.request.url.query}" if self.request.url.query else "")
        common = {"_": words, "wording": words, "person": person, "told": told, "here": here}
        text = self.site.templates.get_template(template).render(common | values)
        return HTMLResponse(text, status)


def address(document: str, lang: str, wanted: Wanted | None = None, form: str = "", **more: object) -> str:
    """Return the address of a document, of what is asked for in it, and of a form on it."""
    place = f"/document/{quote(document, safe='')}/{quote(lang, safe='')}" + (f"/{form}" if form else "")
    said: dict[str, object] = {}
    if wanted:
        said = {"show": wanted.show.value if wanted.show is not Show.ALL else "", "words": wanted.words}
    query = urlencode({name: value for name, value in (said | more).items() if value not in ("", None)})
    return f"{place}?{query}" if query else place


def _patiently(act: Callable[["Visit"], Response], visit: "Visit") -> Response:
    """Do something, again and again for a while where another command is just writing in the workspace."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return act(visit)
        except WorkspaceBusyError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def _font(file: str) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        return FileResponse(
            str(files(fonts).joinpath(file)), media_type="font/ttf", headers={"Cache-Control": "max-age=86400"}
        )

    return answer


async def _refused(request: Request, error: Exception) -> Response:
    status = error.status if isinstance(error, FormError) else 500
    return PlainTextResponse(str(error), status)


def language_name(code: str, interface: str) -> str:
    """Return what a language is called in that of the page."""
    return languages.name(code, interface) or code


def origin_of(unit: Unit) -> str:
    """Return where a translation comes from, in the words of its PO entry."""
    found = origin.read(unit.origin)
    return str(found) if found else unit.origin


def said_in(unit: Unit) -> list[str]:
    """Return the comments of a unit without those that record who translated and read it, which is told anyway."""
    records = {readings.READ, readings.TRANSLATED}
    return [note for note in unit.notes if readings.stated(note)[0].lower() not in records]


def signs_of(language: Language) -> list[tuple[str, str]]:
    """Return the signs that keyboards lack, for a language, each with what it is called."""
    opening, closing = language.punctuation.quotation_marks[:1], language.punctuation.quotation_marks[-1:]
    joiner = [("\u200c", "zero-width non-joiner")] if language.direction == "rtl" else []
    space = [("\u00a0", "no-break space")]
    return [
        *joiner,
        (opening, "opening quotation mark"),
        (closing, "closing quotation mark"),
        ("–", "dash"),
        ("…", "ellipsis"),
        *space,
    ]


STATES = {
    State.UNTRANSLATED: "not translated",
    State.MACHINE: "machine draft",
    State.CHANGED: "the source was reworded",
    State.MEMORY: "from the memory",
    State.DOUBT: "in doubt",
    State.TRANSLATED: "translated",
    State.REVIEWED: "reviewed",
    State.COPIED: "copied",
}
KINDS: Sequence[tuple[Show, str]] = (
    (Show.ALL, "All"),
    (Show.UNTRANSLATED, "Not translated"),
    (Show.DRAFTS, "Machine drafts"),
    (Show.DOUBT, "In doubt"),
    (Show.FINDINGS, "With findings"),
    (Show.APPROVE, "For me to approve"),
)
