"""The addresses of the review page: what each shows, and what each form does."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from importlib.resources import files
from threading import Lock
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from pipeline.app import overview, reviewing, saving, typed
from pipeline.app.saving import Saving, SavingOutcome, Savings, TypedText
from pipeline.app.session import Session
from pipeline.app.typed import KeptText
from pipeline.catalogue import origin, readings
from pipeline.edition.render.pdf import fonts
from pipeline.errors import PipelineError, UsageError
from pipeline.model import Unit
from pipeline.web import views, wording
from pipeline.web.desks import Desks, OpenDesk
from pipeline.web.guard import FormError, Gate, Guard, form
from pipeline.web.people import Done, Person, Role
from pipeline.web.views import Paging
from pipeline.web.visit import LONGEST_WORDS, Visit
from pipeline.workspace import history
from pipeline.workspace.locking import WorkspaceBusyError

FONTS = {"naskh.ttf": "NotoNaskhArabic-Regular.ttf", "naskh-bold.ttf": "NotoNaskhArabic-Bold.ttf"}
"""For scripts that not every machine has a good font for; the PDFs are set in the same."""

_CLEARED = {"Clear-Site-Data": '"storage"'}

Place = tuple[str, str]
"""A document, and a language."""

PATIENCE = 3.0
"""Seconds in which another command may end that is writing in the workspace."""


class _LanguageCode(StringConvertor):
    """The code of a language in an address: an id may have folders in it, and no word for an action is one."""

    regex = "[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*"


register_url_convertor("language", _LanguageCode())


@dataclass
class Site:
    """A workspace as a site for those whom a gate lets in. One request at a time looks at the workspace."""

    desks: Desks
    gate: Gate

    def __post_init__(self) -> None:
        self._lock = Lock()
        self._saved_last: dict[Place, Person] = {}

    @cached_property
    def app(self) -> Guard:
        """The ASGI application."""
        document = "/document/{document:path}/{lang:language}"
        routes = [
            Route("/", self._get(self.documents)),
            Route("/come-in", self.come_in, methods=["GET", "POST"]),
            Route("/here", _here),
            Route("/keys", self._get(self.keys)),
            Route("/people", self._get(self.people)),
            Route("/people/end", self._post(self.end), methods=["POST"]),
            Route("/me", self._post(self.me), methods=["POST"]),
            Route("/undo", self._post(self.undo), methods=["POST"]),
            Route(f"{document}/version", self._get(self.version)),
            Route(f"{document}/replace", self._get(self.replacing)),
            *(
                Route(f"{document}/{name}", self._post(action), methods=["POST"])
                for name, action in (
                    ("save", self.save), ("approve", self.approve), ("accept", self.accept), ("note", self.note),
                    ("typed", self.typed), ("forget", self.forget), ("replace", self.replace),
                )
            ),
            Route(document, self._get(self.document)),
            *(Route(f"/static/{name}", _font(file)) for name, file in FONTS.items()),
            Mount("/static", StaticFiles(packages=[(__package__ or "", "static")])),
        ]  # fmt: skip
        app = Starlette(routes=routes, exception_handlers={FormError: _refused, 404: self._missing})
        app.state.is_shared = self.gate.is_shared
        return Guard(app, self.gate)

    def prepare(self) -> None:
        """Open what somebody worked on last, before it is asked for; whoever comes meanwhile waits for one at most."""
        for document_id, lang in self.desks.recent():
            with self._lock, suppress(PipelineError):
                opened = self.desks.open(document_id, lang)
                opened.findings(opened.desk.units[: views.ON_A_PAGE])

    # --- how requests become calls ----------------------------------------------------

    def _get(self, show: Callable[[Visit], Response]) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            return await run_in_threadpool(self._answered, Visit(request, {}), show)

        return answer

    def _post(self, act: Callable[[Visit], Response]) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            return await run_in_threadpool(self._answered, Visit(request, await form(request)), act)

        return answer

    def _answered(self, visit: Visit, act: Callable[[Visit], Response]) -> Response:
        with self._lock:
            if not self.gate.people.has(visit.person):  # ended while their form arrived
                raise FormError(403, "You were let in no more.")
            try:
                return _patiently(act, visit)
            except PipelineError as error:
                return self._problem(visit, 409, str(error), visit.came_from)
            except OSError as error:
                return self._problem(visit, 500, error.strerror or str(error), visit.came_from)

    def _problem(self, visit: Visit, status: int, text: str, back: str) -> Response:
        """Say what did not work; where the workspace lies, which may name its owner, is not for guests."""
        told, typed = self.desks.named(text), visit.field("text") or visit.field("note")
        return visit.page("problem.html", status, text=told, typed=typed, back=back)

    async def _missing(self, request: Request, _: Exception) -> Response:
        if request.scope.get("person") is None:
            return PlainTextResponse("Not found.", 404)
        visit = Visit(request, {})
        return self._problem(visit, 404, "There is no such page.", f"{visit.root}/")

    # --- pages ------------------------------------------------------------------------

    async def come_in(self, request: Request) -> Response:
        """Let in whoever has an invitation; the address then says nothing any more.

        Where several people come, they press a button: programs that look at links in messages would use them up.
        What a page of another program left in the browser under this address is cleared away: a worker of theirs would
        see all that follows, and one that already stands between, as the browser says, is not let in.
        """
        if request.headers.get("sec-fetch-dest", "document") != "document":
            left = "Something of another program stood between your browser and this page. Load the page again."
            return PlainTextResponse(left, 403, headers=_CLEARED)
        secret = request.query_params.get("invitation", "")
        invitation = self.gate.people.invited(secret)
        if invitation and self.gate.is_shared and request.method != "POST":
            nobody = Person(invitation.role, invitation.by, invitation.ends)
            return Visit(request, {}, nobody).page("door.html", fingerprint=self.gate.fingerprint)
        cookie = self.gate.people.let_in(secret)
        if not cookie:
            return PlainTextResponse("This address has been used, or is too old. Ask for another one.", 403)
        answer = Visit(request, {}, self.gate.people.find(cookie)).page("welcome.html")
        answer.headers["Set-Cookie"] = self.gate.set_cookie(cookie)
        answer.headers.update(_CLEARED)
        return answer

    def documents(self, visit: Visit) -> Response:
        said: list[str] = []
        rows = [
            (row, views.in_order({state: row[state.value] for state in views.SIGNS if state.value in row}))
            for row in overview.overview(self.desks.session(said), None)
        ]
        return visit.page("documents.html", rows=rows, told_of=list(map(self.desks.named, said)))

    def keys(self, visit: Visit) -> Response:
        return visit.page("keys.html")

    def people(self, visit: Visit) -> Response:
        """Show who is in, and who is invited, to whoever started the server."""
        visit.require_host()
        people = self.gate.people
        return visit.page(
            "people.html", people=people.all(), awaited=people.awaited(), fingerprint=self.gate.fingerprint
        )

    def end(self, visit: Visit) -> Response:
        """Let somebody in no more."""
        visit.require_host()
        self.gate.people.end(visit.field("who"))
        return RedirectResponse(f"{visit.root}/people", 303)

    def document(self, visit: Visit) -> Response:
        opened = self._opened(visit)
        reader, name = visit.reader(opened), visit.query("unit")
        if way := visit.query("go"):
            return visit.to_sentence(self._gone(visit, reader, name, way))
        return self._document(visit, opened, name)

    def _gone(self, visit: Visit, reader: Paging, name: str, way: str) -> str:
        """Return the sentence that somebody wants to go to, and say where there is none that way."""
        match way:
            case "next" | "previous":
                found = reader.next(name, visit.wanted, 1 if way == "next" else -1)
                none = "this is the last sentence" if way == "next" else "this is the first sentence"
            case "unfinished":
                found, none = reader.next_unfinished(name), "no other sentence is unfinished"
            case _:
                return name
        if not found:
            visit.say(none)
        return found or name

    def version(self, visit: Visit) -> Response:
        return PlainTextResponse(self.desks.version(*visit.place))

    def _opened(self, visit: Visit) -> OpenDesk:
        return self.desks.open(*visit.place)

    def _document(self, visit: Visit, opened: OpenDesk, name: str) -> Response:
        """Show a page of a document with a sentence opened, if one has that name."""
        desk = opened.desk
        shown = visit.reader(opened).page(visit.wanted, name)
        unit = desk.unit(name)
        kept: dict[str, KeptText] = {}
        for by in visit.person.names:
            kept |= typed.kept(self.desks.session(), *visit.place, by)
        values: dict[str, Any] = {
            "desk": desk,
            "shown": shown,
            "opened": name if unit else "",
            "kept": kept,
            "strays": [one for name, one in kept.items() if name not in desk.places and one.text.strip()],
            "conflict": None,
        }
        if unit:
            values |= self._card(opened, unit, kept.get(name), visit)
        counts = views.counts(desk.units)
        version = self.desks.version(*visit.place)
        place = desk.document.id, visit.path("lang")
        values |= {"to": partial(visit.address, *place, visit.wanted), "plainly": partial(visit.address, *place, None)}
        values |= {"counts": counts, "wanted": visit.wanted, "version": version}
        return visit.page("document.html", **values)

    def _card(self, opened: OpenDesk, unit: Unit, kept: KeptText | None, visit: Visit) -> dict[str, Any]:
        """Return what helps with the sentence that is open, and what its field begins with."""
        suggestions = reviewing.suggestions(self.desks.session(), opened.desk, unit)
        used = visit.query("use")
        text, base = (kept.text, kept.base) if kept else (unit.target, origin.digest(unit.target))
        by_number = {str(number): one.match.entry.target for number, one in enumerate(suggestions, 1)}
        text = by_number.get(used, text)
        is_stale = kept is not None and kept.base != origin.digest(unit.target)
        return {
            "unit": unit,
            "suggestions": suggestions,
            "terms": reviewing.terms(opened.checks.termbase, unit),
            "text": text,
            "base": base if not is_stale else origin.digest(unit.target),
            "history": reviewing.earlier(self.desks.session(), opened.desk, unit, opened.earlier),
            "conflict": kept if is_stale and kept and kept.text != unit.target else None,
        }

    # --- forms ------------------------------------------------------------------------

    def me(self, visit: Visit) -> Response:
        """Take how somebody wants to be called, and in which language they want the page."""
        name = visit.field("name").strip()
        if name and not readings.NAME.fullmatch(name):
            raise UsageError("a pseudonym is one word of at most 40 letters and digits, never your real name")
        if "name" in visit.fields and visit.person.is_host:  # guests are called what they were invited as
            if self.gate.people.is_guest(name):
                raise UsageError("a guest is called so; choose another pseudonym")
            visit.person.is_called(name)
        if visit.field("interface") in wording.wordings():
            visit.person.interface = visit.field("interface")
        return visit.back()

    def save(self, visit: Visit) -> Response:
        visit.require(Role.TRANSLATE)
        name, is_done = visit.field("unit"), visit.field("do") != "later"
        wish = TypedText(name, visit.field("base"), visit.field("text"), is_done, visit.person.by)
        opened, saved = self._kept_unless_saved(visit, wish)
        if saved.outcome in (SavingOutcome.SAVED, SavingOutcome.SAME):
            self._forget(visit, name)
        return self._after(visit, opened, saved, "saved")

    def _kept_unless_saved(self, visit: Visit, wish: TypedText) -> tuple[OpenDesk, Saving]:
        """Save what somebody typed; where that is not done, keep it as they typed it."""
        saved = None
        try:
            opened = self._opened(visit)
            saved = saving.save(self._saving(visit, visit.place), opened.desk, wish)
        finally:
            is_left = saved is None or saved.outcome in (SavingOutcome.CONFLICT, SavingOutcome.GONE)
            if is_left and wish.text.strip():
                self._keep(visit, wish.name, wish.base, wish.text)
        return opened, saved

    def _saving(self, visit: Visit, place: Place) -> Session:
        """Return a session in which somebody saves: what others saved last is kept as a version of the file sooner."""
        is_turn = self._saved_last.get(place) is not visit.person
        return self.desks.session(step=history.TURN if is_turn else history.STEP)

    def _has_saved(self, visit: Visit, savings: Savings) -> None:
        visit.person.has_written(savings)
        visit.person.has_done(Done(*visit.place, savings))
        self._saved_last[visit.place] = visit.person

    def _keep(self, visit: Visit, name: str, base: str, text: str) -> None:
        self.desks.require(*visit.place)
        before, text = map(saving.with_plain_line_ends, (visit.field("before"), text))
        typed.keep(self.desks.session(), *visit.place, KeptText(name, visit.person.by, base, before, text))

    def _forget(self, visit: Visit, name: str) -> None:
        for by in visit.person.names:
            typed.forget(self.desks.session(), *visit.place, by, name)

    def approve(self, visit: Visit) -> Response:
        visit.require(Role.APPROVE)
        opened, session = self._opened(visit), self._saving(visit, visit.place)
        unit = opened.desk.unit(visit.field("unit"))
        if unit and readings.digest(unit) in visit.person.own:
            raise UsageError("this is your own translation; somebody else has to read it")
        saved = saving.approve(session, opened.desk, visit.field("unit"), visit.field("base"), visit.person.by)
        return self._after(visit, opened, saved, "approved")

    def accept(self, visit: Visit) -> Response:
        visit.require(Role.TRANSLATE)
        opened, session = self._opened(visit), self._saving(visit, visit.place)
        what = visit.field("unit"), visit.field("base"), visit.field("check"), visit.field("why")
        return self._after(visit, opened, saving.accept(session, opened.desk, *what), "accepted")

    def note(self, visit: Visit) -> Response:
        visit.require(Role.TRANSLATE)
        opened, session = self._opened(visit), self._saving(visit, visit.place)
        saved = saving.remark(session, opened.desk, visit.field("unit"), visit.field("note"))
        return self._after(visit, opened, saved, "saved")

    def _after(self, visit: Visit, opened: OpenDesk, saved: Saving, said: str) -> Response:
        """Go on after something was done with a sentence, in the order that the person saw."""
        name, reader = visit.field("unit"), visit.reader(opened)
        told = {
            SavingOutcome.SAVED: said,
            SavingOutcome.SAME: "nothing changed",
            SavingOutcome.CONFLICT: "somebody else has changed this",
            SavingOutcome.GONE: "the sentence has left the document",
        }
        if saved.outcome is SavingOutcome.GONE:  # and no card shows what was typed for it
            return self._problem(visit, 409, told[saved.outcome], visit.came_from)
        visit.say(told[saved.outcome])
        if saved.outcome is SavingOutcome.SAVED:
            self._has_saved(visit, {name: saved})
        if saved.outcome in (SavingOutcome.SAVED, SavingOutcome.SAME):
            name = self._gone(visit, reader, name, visit.field("do"))
        return visit.to_sentence(name)

    def undo(self, visit: Visit) -> Response:
        """Take back the last change of a person, unless somebody has changed the sentence since."""
        visit.require(Role.TRANSLATE)
        if not visit.person.done:
            visit.say("nothing to undo")
            return visit.back()
        done = visit.person.done[-1]
        try:
            opened = self.desks.open(done.document_id, done.lang)
        except UsageError:  # the document is gone
            visit.person.done.pop()
            raise
        place = done.document_id, done.lang
        savings = saving.put_back(self._saving(visit, place), opened.desk, done.savings)
        visit.person.done.pop()  # only now: while another command writes, all this is tried again
        self._saved_last[place] = visit.person
        is_done = all(one.outcome is SavingOutcome.SAVED for one in savings.values())
        visit.say("undone" if is_done else "somebody else has changed this")
        here = visit.address(done.document_id, done.lang, unit=next(iter(done.savings)))
        return RedirectResponse(f"{here}#here", 303)

    def replacing(self, visit: Visit) -> Response:
        """Show what would be replaced, before it is."""
        visit.require(Role.TRANSLATE)
        opened, by = self._opened(visit), visit.query("by")[:LONGEST_WORDS]
        words, asks = visit.wanted.words, "by" in visit.request.query_params
        found = saving.replacements(opened.desk, words, by) if asks else []
        plainly = partial(visit.address, *visit.place, None)
        return visit.page(
            "replace.html", desk=opened.desk, words=words, by=by, asked=asks, found=found, plainly=plainly
        )

    def replace(self, visit: Visit) -> Response:
        """Replace words in the translations that were chosen."""
        visit.require(Role.TRANSLATE)
        opened = self._opened(visit)
        words, by = (visit.field(name)[:LONGEST_WORDS] for name in ("words", "by"))
        found = saving.replacements(opened.desk, words, by)
        chosen = {f"{one.name}-{origin.digest(one.unit.target)}": one for one in found}
        wanted = [chosen[name] for name in visit.fields.get("units", []) if name in chosen]
        savings = saving.replace_words(self._saving(visit, visit.place), opened.desk, wanted, visit.person.by)
        saved = {name: one for name, one in savings.items() if one.outcome is SavingOutcome.SAVED}
        if saved:
            self._has_saved(visit, saved)
        visit.say("replaced in {count} sentences", count=len(saved))
        return RedirectResponse(visit.address(*visit.place, words=by), 303)

    def typed(self, visit: Visit) -> Response:
        """Keep what is being typed, without saving it."""
        visit.require(Role.TRANSLATE)
        self._keep(visit, visit.field("unit"), visit.field("base"), visit.field("text"))
        return Response(status_code=204)

    def forget(self, visit: Visit) -> Response:
        """Throw away what was typed and not saved."""
        visit.require(Role.TRANSLATE)
        self._forget(visit, visit.field("unit"))
        return visit.to_sentence(visit.field("unit"))


def _patiently(act: Callable[[Visit], Response], visit: Visit) -> Response:
    """Do something, again and again for a while where another command is just writing in the workspace."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return act(visit)
        except WorkspaceBusyError:
            if time.monotonic() > end:
                # Which one may not be for guests: it may name a partner.
                raise UsageError("another command is writing here; try again in a moment") from None
            time.sleep(0.1)


def _font(file: str) -> Callable[[Request], Any]:
    async def answer(request: Request) -> Response:
        return FileResponse(
            str(files(fonts).joinpath(file)), media_type="font/ttf", headers={"Cache-Control": "max-age=86400"}
        )

    return answer


async def _here(request: Request) -> Response:
    """Say that it is still this server that answers."""
    return Response(status_code=204)


async def _refused(request: Request, error: Exception) -> Response:
    status = error.status if isinstance(error, FormError) else 500
    return PlainTextResponse(str(error), status)
