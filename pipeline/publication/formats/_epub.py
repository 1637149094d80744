"""A published text, in its language or beside its original, as a book for e-readers and phones."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from xml.etree.ElementTree import Element, SubElement

from pipeline.edition import direction
from pipeline.edition.content import TextContent
from pipeline.edition.render.pdf import pictures
from pipeline.edition.render.pdf.faces import Face
from pipeline.languages import Language
from pipeline.publication import Keep, Published, Publisher, Standing, addresses, cover, elements, embedding
from pipeline.publication.elements import Flow, Row
from pipeline.publication.formats import _metadata as metadata
from pipeline.publication.formats._package import COVER, Leaf, Outlined, Volume, packed
from pipeline.text import dates

CHAPTER = 20_000
"""Characters of a text after which its next section is a file of its own: e-readers are slow with long ones."""

_ABOUT, _COVER = "about.xhtml", "cover.xhtml"

_TYPES = {"doc-noteref": "noteref", "doc-backlink": "backlink"}
"""What roles are called in books (https://www.w3.org/TR/epub-ssv-11/)."""


def made(published: Published, publisher: Publisher, texts: Sequence[TextContent], identifier: str) -> bytes:
    """Return a book with texts in the order in which their paragraphs stand, that of the reader last.

    Raises RenderError for a picture or font that is damaged.
    """
    language, langs = publisher.language(published.lang), [text.lang for text in reversed(texts)]
    title = " · ".join(text.title for text in reversed(texts) if text.title) or published.document_id
    shown = _pictures(published)
    mains = _mains(published, publisher, texts, {name: path for name, (path, _) in shown.items()})
    leaves = [Leaf(_COVER, title, _cover(published), "cover")]
    leaves += [Leaf(name, title, main) for name, main in mains.items()]
    leaves.append(Leaf(_ABOUT, language.labels.colophon, _about(published, publisher, texts), "backmatter"))
    alternatives = [block.plain.strip() for block in texts[-1].blocks if block.picture in shown]
    statements = [
        *metadata.of(published, publisher, identifier, title, langs),
        *metadata.accessibility(language, alternatives),
    ]
    outline = [*_outline(texts[-1], mains), Outlined(1, _ABOUT, language.labels.colophon)]
    if len(outline) == 1:
        outline.insert(0, Outlined(1, leaves[1].name, title))
    files = {
        COVER: cover.made(published, publisher),
        **_styles(leaves, language, publisher.keep),
        **dict(shown.values()),
    }
    return packed(Volume(language, tuple(statements), tuple(leaves), tuple(outline), files))


def _cover(published: Published) -> Element:
    main = Element("main", {"class": "cover"})
    SubElement(SubElement(main, "h1"), "img", {"src": COVER, "alt": cover.words(published), "role": "doc-cover"})
    return main


def _pictures(published: Published) -> dict[str, tuple[str, bytes]]:
    """Return the pictures of a text by their names: the file that each becomes, and its bytes."""
    found: dict[str, tuple[str, bytes]] = {}
    for block in published.text.blocks:
        if block.picture in published.pictures and block.picture not in found:
            content = pictures.printable(published.pictures[block.picture], block.picture)
            suffix = "png" if content.startswith(b"\x89PNG") else "jpg"
            found[block.picture] = f"pictures/{len(found) + 1}.{suffix}", content
    return found


def _mains(
    published: Published, publisher: Publisher, texts: Sequence[TextContent], paths: Mapping[str, str]
) -> dict[str, Element]:
    """Return what stands in each file of the text, by its name; `paths` are those of the pictures."""
    flow = Flow(texts, publisher.languages, lambda picture: paths.get(picture, ""))
    main, found = Element("main"), list[Element]()
    if published.standing is Standing.STALE:
        SubElement(main, "p", {"class": "notice"}).text = publisher.language(published.lang).publication.stale
    for rows in _chapters(flow.add_opening(main)):
        flow.add(main, rows)
        found.append(main)
        main = Element("main")
    mains = {f"text-{number}.xhtml": main for number, main in enumerate(found, 1)}
    _link(mains)
    return mains


def _chapters(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield rows as they stand in one file each; there is at least one."""
    levels = elements.levels(row[0] for row in rows)
    chapter: list[Row] = []
    length = 0
    for row in rows:
        if length >= CHAPTER and levels.get(row[0].row, elements.DEEPEST) <= 2:  # its sections have titles of level 2
            yield chapter
            chapter, length = [], 0
        chapter.append(row)
        length += sum(len(block.plain) for block in row)
    yield chapter


def _link(mains: Mapping[str, Element]) -> None:
    """Let references lead into other files, and say what references and notes are to readers that show them apart."""
    homes = _homes(mains)
    for name, main in mains.items():
        for link in main.iter("a"):
            address = link.get("href", "")
            if address.startswith("#") and homes.get(address[1:], name) != name:
                link.set("href", homes[address[1:]] + address)
        for one in main.iter():
            if one.get("role") in _TYPES:
                one.set("epub:type", _TYPES[one.get("role", "")])
        _set_notes(main)


def _set_notes(main: Element) -> None:
    """Make of notes what pops up when a reference to it is touched, each with a name of its own.

    Some readers do not show them before: a note to which nothing refers stays text.
    """
    named: defaultdict[str, int] = defaultdict(int)
    for note in main.iterfind(".//div[@role='doc-footnote']"):
        back = note.find("p/a[@role='doc-backlink']")
        if back is not None:
            marker = back.text or ""
            named[marker] += 1
            name = marker if named[marker] == 1 else f"{marker} ({named[marker]})"
            note.tag = "aside"
            note.attrib |= {"epub:type": "footnote", "aria-label": name}


def _homes(mains: Mapping[str, Element]) -> dict[str, str]:
    """Return in which file each id is."""
    return {one.get("id", ""): name for name, main in mains.items() for one in main.iter() if one.get("id")}


def _outline(text: TextContent, mains: Mapping[str, Element]) -> Iterator[Outlined]:
    """Yield the lines of the table of contents: the title and what is directly below it stand level."""
    homes = _homes(mains)
    for heading in elements.headings(text):
        yield Outlined(max(heading.level - 1, 1), f"{homes[heading.id]}#{heading.id}", heading.title)


def _about(published: Published, publisher: Publisher, texts: Sequence[TextContent]) -> Element:
    """Return what is said of the text at the end of the book, in the language of its reader first."""
    main, source = Element("main"), publisher.language(published.source_lang)
    for text in reversed(texts):
        language = publisher.language(text.lang)
        id = f"about-{language.code}"
        said = {"role": "doc-colophon", "epub:type": "colophon", "aria-labelledby": id}
        section = SubElement(main, "section", said | elements.language_of(language))
        SubElement(section, "h1", {"id": id}).text = language.labels.colophon
        document = language.labels.document.format(
            id=direction.ltr(published.document_id), language=language.name_of(source)
        )
        _add_digest(section, document, published.source_sha256)
        for statement in text.colophon:
            SubElement(section, "p").text = statement
    _add_publication(main[0], published, publisher)
    return main


def _add_digest(section: Element, label: str, digest: str) -> None:
    SubElement(section, "p").text = label
    SubElement(section, "p", {"class": "digest", "dir": "ltr"}).text = digest


def _add_publication(section: Element, published: Published, publisher: Publisher) -> None:
    """Append when and where the text was published, in its language, and the digest by which it is known."""
    language = publisher.language(published.lang)
    labels, day = language.publication, dates.in_words(published.published, language)
    if published.replaces:
        earlier = dates.in_words(published.replaces, language)
        SubElement(section, "p").text = labels.replaces.format(date=day, earlier=earlier)
    elif day:
        SubElement(section, "p").text = labels.published.format(date=day)
    _add_digest(section, labels.text_digest, published.text_sha256)
    if address := addresses.on_the_web(addresses.page(published), publisher):
        line = SubElement(section, "p")
        line.text = f"{labels.on_the_web} "
        SubElement(line, "a", {"href": address, "dir": "ltr"}).text = address


def _styles(leaves: Sequence[Leaf], language: Language, keep: Keep) -> dict[str, bytes]:
    """Return the stylesheet and the fonts of a book."""
    mains = [leaf.main for leaf in leaves]
    texts: defaultdict[str, list[str]] = defaultdict(list, {language.direction: [language.digest.contents]})
    for main in mains:
        _collect(main, language.direction, texts)
    italic = any(main.find(".//em") is not None for main in mains)
    rules, files = [], dict[str, bytes]()
    for side, words in texts.items():
        found = list(embedding.embedded("".join(words), side, keep, italic=italic))
        rules += [_rule(face) for face in found]
        families = ", ".join([*dict.fromkeys(map(_family, found)), "serif"])
        rules.append(f'[lang][dir="{side}"] {{ font-family: {families} }}')
        files |= {_file(face): face.content for face in found}
    fixed = resources.files(__package__).joinpath("_epub.css").read_text("utf-8")
    return {"style.css": "\n".join([*rules, fixed]).encode(), **files}


def _collect(element: Element, side: str, texts: Mapping[str, list[str]]) -> None:
    """Add the words in an element to those of the direction of their language."""
    inside = element.get("dir", side) if "lang" in element.attrib else side
    texts[inside].append(element.text or "")
    for child in element:
        _collect(child, inside, texts)
        texts[inside].append(child.tail or "")


def _file(face: Face) -> str:
    return f"fonts/{face.name}.ttf"


def _family(face: Face) -> str:
    return f'"Text {face.family}"'  # «serif» alone is none of ours


def _rule(face: Face) -> str:
    look = f"font-weight: {face.weight}; font-style: {face.style}"
    return f"@font-face {{ font-family: {_family(face)}; src: url({_file(face)}); {look} }}"
