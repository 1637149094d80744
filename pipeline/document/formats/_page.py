"""HTML as bytes → a tree, its size and depth bounded; which of its elements show, and what an element says it is."""

import binascii
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.document.formats import _encoding, _html5, _stylesheet
from pipeline.languages import Language
from pipeline.office.archive import OfficeError
from pipeline.text.excerpt import excerpt

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_BYTES = 30_000_000
MOST_ELEMENTS = 300_000
MOST_ATTRIBUTES = 500
"""Of an element. The parser compares each with all before it, and nothing interrupts it."""
MOST_ATTRIBUTES_IN_ALL = 1_000_000
"""One takes more memory than an element."""
_HEAD = 4_096
_LONGEST_BASE = 2_000
"""Characters of an address that every link of a page begins with."""
_SAYS_XHTML = re.compile(
    r"<\?xml[\s?]|<html\s[^<>]{0,500}xmlns\s{0,9}=\s{0,9}[\"']http://www\.w3\.org/1999/xhtml", re.IGNORECASE
)
_OF_XML = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[(?P<verbatim>.*?)(?:\]\]>|\Z)"
    r"|<(?P<name>(?P<raw>script|style)(?![\w:.-])|[a-z][\w:.-]*+)(?P<said>(?:\"[^\"]*+\"|'[^']*+'|[^<>\"'])*+)>"
    r"(?(raw)(?:(?<=[\s\"']/>)|(?<=<script/>)|(?<=<style/>)|.*?(?=</(?P=raw)|\Z)))",
    re.IGNORECASE | re.DOTALL,
)
"""A tag, or what XML keeps as it stands; what stands in comments, in scripts and between quotation marks is neither."""
_HOLDING_NOTHING = {"br", "hr", "img", "meta", "link", "input", "col", "area", "base", "image", "path"}
"""Elements of which HTML knows that they end where they begin."""
_BEFORE = re.compile(r"\A\s*+<\?xml[^<>]*+>")
_DECLARATIONS = re.compile(
    r"(\A[^<]*+<!DOCTYPE[^<>\[\]]{0,500})\[(?:[^\]]|\](?!\s{0,99}>))*+\]\s{0,99}>", re.IGNORECASE
)
"""What a document type declares in the page itself, of which nothing is ever read; no browser shows it."""
_NAMED = r"[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+)?+"
_ATTRIBUTE = rf"[\s/]*+{_NAMED}"
_START_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?:(?P<raw>script|style|noscript|title|textarea|xmp|iframe|noembed|noframes)(?![^\s/>])|[a-z][^\s/>]*+)"
    rf"(?:{_ATTRIBUTE}){{0,{MOST_ATTRIBUTES}}}+(?P<more>{_ATTRIBUTE})?+(?(raw).*?(?:</(?P=raw)|\Z))",
    re.IGNORECASE | re.DOTALL,
)
"""A start tag and its attributes; what stands in comments and scripts is no tag."""
_EACH_ATTRIBUTE = re.compile(_NAMED)
"""Those of a tag, and its name, which looks like one."""
_EMBEDDED = re.compile(r"(?<=[\"'(=])data:((?:\w{1,40}/[\w.+-]{1,100})?(?:;[\w.=+-]{1,100}){0,9}),([\w+/=%.~:;-]*+)")
"""A file, in most cases a picture, that is written into the page itself (RFC 2397)."""

SKIPPED = {
    "head", "title", "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "video",
    "audio", "button", "input", "select", "datalist", "textarea", "dialog", "meter", "progress", "rp", "rt", "noframes",
    "noembed", "applet", "annotation", "annotation-xml", "mphantom", "epub:case",
}  # fmt: skip
"""Elements whose text is no text of the page, or shows only to who acts on it."""
_TITLES = {"entry-title", "post-title", "article-title", "p-name"}
_HIDDEN = {"screen-reader-text", "sr-only", "visually-hidden", "visuallyhidden", "hidden", "mw-editsection"}
_ON_NARROW_ALONE = re.compile("(?:sm|md|lg|xl):hidden")
_ON_WIDE = re.compile("(?:sm|md|lg|xl):(?:block|flex|grid|inline|table|contents|flow-root|list-item)[a-z-]*")
"""Classes of Tailwind that hide or show an element from a width of the window on."""
_ARABIC = re.compile("[\u0620-\u06ff]")


def decoded(content: bytes, *, is_xml: bool = False) -> tuple[str, str]:
    """Return the text of a page, and what is to be said of its encoding; raise OfficeError when it is too large.

    What it writes as XML alone has it, because it is, or says so, is written as in HTML.
    """
    if len(content) > MOST_BYTES:
        raise OfficeError(f"larger than {MOST_BYTES:,} bytes; save the page without its pictures")
    if re.match(rb"(?:From|MIME-Version|Content-Type|Subject|Snapshot-Content-Location):", content, re.IGNORECASE):
        raise OfficeError("it is a page in one file with its pictures (MHTML); save it as a web page, HTML only")
    text, remark = _encoding.page(content)
    return as_html(text, is_xml=is_xml), remark


def as_html(text: str, *, is_xml: bool = False) -> str:
    """Return a page with what XML alone has, if it is, or says that it is, written as in HTML."""
    return _OF_XML.sub(_written, text) if is_xml or _SAYS_XHTML.search(text[:_HEAD]) else text


def _written(found: re.Match[str]) -> str:
    """Return a text that XML keeps as it stands, which would be a comment, or an element that ends at once, as HTML."""
    if found["verbatim"] is not None:
        return found["verbatim"].replace("&", "&amp;").replace("<", "&lt;")
    name = (found["name"] or "").lower()
    if not name or name in _HOLDING_NOTHING or not _ends_at_once(found["said"]):
        return found[0]
    return f"<{found['name']}{found['said'][:-1]}></{found['name']}>"


def _ends_at_once(said: str) -> bool:
    """Whether what a tag says ends its element; a slash behind a value without quotation marks belongs to that."""
    return said.endswith("/") and (said == "/" or said[-2] in "\"'" or said[-2].isspace())


def embedded(text: str) -> tuple[str, dict[str, bytes]]:
    """Return a page with names for the pictures that are written into it, and these by their names."""
    found: dict[str, bytes] = {}

    def name(picture: re.Match[str]) -> str:
        mark = f"data:,{len(found)}"
        found[mark] = _unpacked(picture[2]) if picture[1].endswith(";base64") else b""
        return mark

    return _EMBEDDED.sub(name, text), found


def _unpacked(base64: str) -> bytes:
    try:
        return binascii.a2b_base64(base64)
    except ValueError:
        return b""


def parsed(text: str, attributes: int = 0) -> "_Element":
    """Return the root of a page; raise OfficeError for one that is empty, too large, or too deep to be read whole.

    So many attributes are in memory already, of other pages.
    """
    require_not_too_many(text.count("<"))
    require_few_attributes(text, attributes)
    clean = _BEFORE.sub("", text, count=1)
    clean = _DECLARATIONS.sub(r"\1>", clean, count=1)
    root = _html5.tree(_START_TAG.sub(_without_what_scripts_replace, clean), 2 * MOST_ELEMENTS)
    if not words(root).strip() and len(root) == len(list(root.iterdescendants())):
        raise OfficeError("the document is empty; enter its text, or delete the file")
    _stylesheet.let_sizes_show({one: style(one) for one in root.iter() if "font-size" in one.get("style", "").lower()})
    return root


def _without_what_scripts_replace(tag: re.Match[str]) -> str:
    """Return a tag, with all of a script; of what shows where there are no scripts, the tags alone."""
    return "<noscript></noscript" if (tag["raw"] or "").lower() == "noscript" else tag[0]


def require_not_too_many(tags: int) -> None:
    """Raise OfficeError for more tags, of which an element has two, than a document may have."""
    if tags > 2 * MOST_ELEMENTS:
        raise OfficeError(f"more than {MOST_ELEMENTS:,} elements; divide it into several documents")


def require_few_attributes(text: str, before: int = 0) -> None:
    """Raise OfficeError, with the line, for an element with more than MOST_ATTRIBUTES, and for too many in all."""
    for tag in _START_TAG.finditer(text):
        if tag["more"]:
            line = text.count("\n", 0, tag.start()) + 1
            raise OfficeError(
                f"line {line}: an element with more than {MOST_ATTRIBUTES} attributes; copy its text into a new "
                "document"
            )
        before += 0 if tag["raw"] or tag[0].startswith("<!--") else len(_EACH_ATTRIBUTE.findall(tag[0]))
        if before > MOST_ATTRIBUTES_IN_ALL:
            raise OfficeError(f"more than {MOST_ATTRIBUTES_IN_ALL:,} attributes; divide it into several documents")


def body(root: "_Element") -> "_Element":
    found = root.find("body")
    return root if found is None else found


def without_remarks(root: "_Element") -> int:
    """Empty what colleagues remarked on a text, with the references to it; return how many elements that were.

    Word and Google's editor save it with a page, below the text, where it looks like notes.
    """
    found = [one for one in root.iter("a", "span", "div") if _is_remarked(one)]
    for one in found:
        empty(one)
    remarks = list(_google_remarks(root))
    for one in remarks:
        empty(one)
    return len(found) + len(remarks)


def empty(element: "_Element") -> None:
    """Take all out of an element, and leave the text behind it."""
    tail = element.tail
    element.clear()
    element.tail = tail


_GOOGLE_REMARK, _GOOGLE_REFERENCE = re.compile("cmnt[0-9]{1,9}"), re.compile("cmnt_ref[0-9]{1,9}")


def _is_remarked(element: "_Element") -> bool:
    """Whether an element is a remark as Word saves it, or a reference to one."""
    if _GOOGLE_REFERENCE.fullmatch(element.get("id", "")):
        return True
    if "msocommentreference" in element.get("class", "").lower().split():
        return any("msocomanchor" in one.get("class", "").lower() for one in element.iter("a"))
    return style(element).get("mso-element") in ("comment", "comment-list")


def _google_remarks(root: "_Element") -> "Iterator[_Element]":
    """Yield what holds a remark: the box that begins with the link back to its place, or that paragraph."""
    first: dict[_Element, _Element] = {}
    for link in root.iter("a"):
        for box in link.iterancestors("div", "p"):
            if box in first:
                break
            first[box] = link
        if _GOOGLE_REMARK.fullmatch(link.get("id", "")):
            around = list(link.iterancestors("div", "p"))
            boxes = (box for box in around if box.tag == "div" and _GOOGLE_REMARK.fullmatch(first[box].get("id", "")))
            yield next(boxes, around[0] if around else link)


def base(text: str, root: "_Element") -> str:
    """Return the address a page was saved from, as far as it says so."""
    saved = re.search(r"<!--\s{0,9}saved from url=\(\d{1,6}\)(https?://[^\s<>]{1,2000})", text[:_HEAD])
    if saved and is_address(saved[1]):
        return saved[1]
    for path in ("base", "link[@rel='canonical']"):
        for element in root.iterfind(f".//{path}"):
            if len(found := element.get("href", "")) <= _LONGEST_BASE and is_address(found):
                return found
    return ""


def is_address(target: str) -> bool:
    """Whether it is the address of a page, whole and well formed."""
    try:
        return urlsplit(target).scheme in ("http", "https")
    except ValueError:
        return False


def sheets(root: "_Element") -> list[str]:
    """Return the style sheets in a page, without those for printing or narrow windows."""
    return [words(one) for one in root.iter("style") if _stylesheet.is_on_screens(one.get("media", ""))]


def language(root: "_Element") -> str:
    """Return the code of the language that a page says it is in; empty when it says nothing."""
    stated = (element.get(name, "") for element in (root, body(root)) for name in ("lang", "xml:lang"))
    return next(filter(None, stated), "")


def foreign(stated: str, language: Language, text: str) -> Iterator[str]:
    """Say so where a document with this text is in another language than documents are expected to be in."""
    said, expected = (code.partition("-")[0] for code in (stated.strip().lower(), language.code))
    # Office programs say English where nobody said otherwise.
    is_default = said == "en" and language.direction == "rtl" and len(_ARABIC.findall(text)) > len(text) / 4
    if said and said != expected and not is_default:
        yield f"says that it is in another language ({excerpt(stated)}), and is read as {language.code}"


def kinds(element: "_Element") -> set[str]:
    """Return what an element says it is: its classes, its role, its type in a book."""
    said = " ".join(element.get(name, "") for name in ("class", "role", "epub:type"))
    return set(said.lower().split())


def style(element: "_Element") -> dict[str, str]:
    """Return how an element says it looks: properties with their values, in small letters."""
    said = element.get("style")
    return _stylesheet.declared(said) if said else {}


def sides(picture: "_Element") -> dict[str, str]:
    """Return how large a picture says it is, beside its style."""
    return {side: f"{value}px" for side in ("width", "height") if (value := picture.get(side, "")).isdecimal()}


def is_titled(element: "_Element") -> bool:
    """Whether its class says that it is the title of an article."""
    return not _TITLES.isdisjoint(kinds(element)) and re.fullmatch("h[1-6]", str(element.tag)) is not None


def words(element: "_Element") -> str:
    """Return all text in an element."""
    return "".join(str(text) for text in element.itertext())


def is_hidden(element: "_Element") -> bool:
    if not element.keys():
        return False
    if element.get("hidden") is not None or element.get("popover") is not None:
        return True
    if element.get("aria-hidden", "").lower() == "true" and not _is_seen_all_the_same(element):
        return True
    return _stylesheet.hides(style(element)) or _is_hidden_by_name(element.get("class", "").lower().split())


_LABEL = 40
"""Letters of a text that is more than a sign or a label, which may be hidden from who hears a page."""
_SAID_TWICE = ("katex", "mathjax", "mjx")


def _is_seen_all_the_same(element: "_Element") -> bool:
    """Whether what is hidden from who hears a page is prose, which those who look see: all of a page below a dialog.

    Formulas stand there twice.
    """
    if any(one.startswith(_SAID_TWICE) for one in element.get("class", "").lower().split()):
        return False
    count = 0
    for text in element.itertext():
        count += len("".join(str(text).split()))
        if count >= _LABEL:
            return True
    return False


def _is_hidden_by_name(names: list[str]) -> bool:
    """Whether classes hide an element on a wide window: of two forms, for telephones and for others, one is read."""
    if any(map(_ON_NARROW_ALONE.fullmatch, names)):
        return True
    return not _HIDDEN.isdisjoint(names) and not any(map(_ON_WIDE.fullmatch, names))


def is_skipped(element: "_Element") -> bool:
    """Whether the text of an element is none of the page, or shows to nobody."""
    return (element.tag in SKIPPED and not _is_heading(element)) or is_hidden(element)


def _is_heading(element: "_Element") -> bool:
    """Whether it is a button that is a heading: who presses it opens what stands below."""
    return element.tag == "button" and next(element.iterancestors("h1", "h2", "h3", "h4", "h5", "h6"), None) is not None
