"""What a file is by its content, whatever its name says, and what to do with one that is in no format that is read."""

import codecs
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from pipeline.office import archive
from pipeline.office.archive import OfficeError

ENOUGH = 2**16
"""Bytes from the beginning of a file by which all are known but those that begin with NEED_ALL."""

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NEED_ALL = (*ZIP, OLE)
"""How files begin that have a list of what is in them, at the end or in the middle."""


@dataclass(frozen=True, slots=True)
class FileType:
    """What a file is («a PDF»), what a person can do with it, and the endings such files have.

    A type that is not `sure` is one of many files alike, a ZIP file or a text: what its name says is more.
    """

    name: str
    remedy: str
    suffixes: tuple[str, ...] = ()
    is_sure: bool = True

    def __str__(self) -> str:
        return f"{self.name}; {self.remedy}"


def of(content: bytes) -> FileType | None:
    """Return what a file is by its content, of which the first ENOUGH bytes do; None for what is not known.

    Raises OfficeError for a ZIP file that is damaged, or would harm.
    """
    if content.startswith(ZIP):
        return _zipped(content)
    if content.startswith(OLE):
        return _compound(content)
    head = content[:ENOUGH]
    return next((one for one, is_one in _TYPES if is_one(head)), None)


def is_text(content: bytes) -> bool:
    """Whether the beginning of a file is text in UTF-8."""
    try:
        text = codecs.getincrementaldecoder("utf-8-sig")().decode(content[:ENOUGH])  # the last character may be cut
    except UnicodeDecodeError:
        return False
    return re.search(r"[\x00-\x08\x0e-\x1b]", text) is None


def require(content: bytes) -> str:
    """Return which document a file is, as `archive.recognised` does; raise OfficeError with what to do for another."""
    if found := archive.recognised(content):
        return found
    if not content:
        raise OfficeError("the file is empty; ask for it again")
    if known := of(content):
        raise OfficeError(f"it is {known}")
    if is_text(content):
        raise OfficeError("it is a plain text; give its name the ending .txt")
    raise OfficeError(f"it is no Word document and no OpenDocument text; {_SAVE}")


# --- what can be done ----------------------------------------------------------------

_SAVE = "open it in LibreOffice or Word and save it as .docx or .odt"
_PRINT = "open it in LibreOffice, copy its text into a document and save that as .docx or .odt"
_TYPE = "a text that it shows must be typed into a document"
_LISTEN = "what is said in it must be written down in a document"
_UNPACK = "unpack it, and add the documents that are in it"
_MOVE_OUT = "move it to another folder"
_EXPORT = "open it in the program it was made with and export it as Word (.docx)"
_CONVERT = "make a text of it to compare and correct, with pipeline convert"
_ASK = "ask for the document it was made from"
_DECRYPT = "decrypt it, and add what comes out"
_AGAIN = "ask for it again"
_PUT = "put the file itself here"
_WITHOUT = "open it with its password in Word or LibreOffice and save it without"

WORD = FileType("a Word document", "give its name the ending .docx", (".docx", ".docm", ".dotx", ".dotm"))
OPEN_DOCUMENT = FileType("an OpenDocument text", "give its name the ending .odt", (".odt", ".ott"))
EPUB = FileType("an EPUB book", "give its name the ending .epub", (".epub",))
PAGE = FileType("a web page", "give its name the ending .html", (".html", ".htm", ".xhtml"))
_SPREADSHEET = FileType("a spreadsheet", _PRINT, (".ods", ".ots", ".xlsx", ".xlsm", ".xltx", ".xls"))
_SLIDES = FileType("a presentation", _PRINT, (".odp", ".otp", ".pptx", ".pptm", ".potx", ".ppt"))
_DRAWING = FileType("a drawing", _TYPE, (".odg", ".otg", ".vsdx", ".vsd"))
_PICTURE = FileType("a picture", _TYPE)
_RECORDING = FileType("a recording", _LISTEN)
_ARCHIVE = FileType("an archive", _UNPACK)

# --- ZIP files -----------------------------------------------------------------------

_DOCUMENTS = {archive.WORD: WORD, archive.OPEN_DOCUMENT: OPEN_DOCUMENT, archive.EPUB: EPUB}
_NAMES: tuple[tuple[re.Pattern[str], FileType], ...] = (
    (re.compile(r"xl/workbook\.(xml|bin)"), _SPREADSHEET),
    (re.compile(r"ppt/presentation\.xml"), _SLIDES),
    (re.compile(r"visio/document\.xml"), _DRAWING),
    (re.compile(r"(.*/)?Index/Document\.iwa|Index\.zip|index\.(xml|apxl)(\.gz)?"), FileType(
        "a document of Pages, Numbers or Keynote", _EXPORT, (".pages", ".numbers", ".key"))),
    (re.compile(r"Contents/section0\.xml"), FileType("a document of Hangul", _EXPORT, (".hwpx",))),
    (re.compile(r"AndroidManifest\.xml|META-INF/MANIFEST\.MF"), FileType("a program", _MOVE_OUT, (".apk", ".jar"))),
)  # fmt: skip
_MIME_TYPES = (
    ("spreadsheet", _SPREADSHEET),
    ("presentation", _SLIDES),
    ("graphics", _DRAWING),
    ("text-master", FileType("a master document without a text", "add the documents it is made of", (".odm",))),
    ("text-web", PAGE),
)  # fmt: skip


def _zipped(content: bytes) -> FileType:
    if found := archive.recognised(content):
        return _DOCUMENTS[found]
    names, mime = archive.listed(content)
    for part, one in _MIME_TYPES:
        if mime.startswith("application/vnd.oasis.opendocument.") and part in mime:
            return one
    for pattern, one in _NAMES:
        if any(map(pattern.fullmatch, names)):
            return one
    return replace(_ARCHIVE, name="an archive (ZIP)", suffixes=(".zip",), is_sure=False)


# --- compound files ------------------------------------------------------------------

_ENCRYPTED = FileType("an encrypted document", _WITHOUT)
_OLD_WORD = FileType("a document of Word before 2007", _SAVE, (".doc", ".dot", ".wps"))
_CLASSES = (
    ("06090200", _OLD_WORD),
    ("10080200", replace(_SPREADSHEET, name="a spreadsheet of Excel before 2007")),
    ("20080200", replace(_SPREADSHEET, name="a spreadsheet of Excel before 2007")),
    ("108d8164", replace(_SLIDES, name="a presentation of PowerPoint before 2007")),
    ("0b0d0200", FileType("a message of Outlook", "copy its text into a document", (".msg",))),
)
"""How the class of the root begins (MS-OSHARED and the registry of Windows), in the order of its bytes."""
_STREAMS = (
    ("WordDocument", _OLD_WORD),
    ("Workbook", _CLASSES[1][1]),
    ("PowerPoint Document", _CLASSES[3][1]),
    ("__properties_version1.0", _CLASSES[4][1]),
    ("MatOST", FileType("a document of Microsoft Works", _SAVE, (".wps",))),
    ("Quill", FileType("a publication of Publisher", _PRINT, (".pub",))),
    ("VisioDocument", _DRAWING),
    ("HwpSummaryInformation", FileType("a document of Hangul", _EXPORT, (".hwp",))),
)
_UNKNOWN_OLD = FileType("a file of an old program", _SAVE, is_sure=False)
_SECTORS, _FIRST_DIRECTORY, _CLASS_ID = slice(0x1E, 0x20), slice(0x30, 0x34), slice(0x50, 0x54)
_WORD_BEGINS, _WORD_FLAGS, _IS_ENCRYPTED = slice(512, 514), 512 + 0x0B, 0x01


def _compound(content: bytes) -> FileType:
    """Return what a compound file of Microsoft is (MS-CFB): by the class of its root, or the streams in it."""
    if _has_stream(content, "EncryptedPackage"):
        return _ENCRYPTED
    sector = 1 << min(int.from_bytes(content[_SECTORS], "little"), 12)
    root = (int.from_bytes(content[_FIRST_DIRECTORY], "little") + 1) * sector
    class_id = content[root : root + 128][_CLASS_ID].hex()
    found = next((one for begins, one in _CLASSES if class_id == begins), None)
    found = found or next((one for name, one in _STREAMS if _has_stream(content, name)), _UNKNOWN_OLD)
    if found is _OLD_WORD and _is_locked(content):
        return replace(_OLD_WORD, name="an encrypted document of Word before 2007", remedy=_WITHOUT)
    return found


def _has_stream(content: bytes, name: str) -> bool:
    return name.encode("utf-16-le") in content


def _is_locked(content: bytes) -> bool:
    """Whether the text of an old Word document is encrypted (MS-DOC, 2.5.2); it mostly stands first."""
    has_text = content[_WORD_BEGINS] == b"\xec\xa5" and len(content) > _WORD_FLAGS
    return has_text and bool(content[_WORD_FLAGS] & _IS_ENCRYPTED)


# --- files that are known by how they begin ------------------------------------------

_Test = Callable[[bytes], bool]
_XML = (
    rb"(?:<\?xml[^>]{0,200}>\s*)?(?:<\?[\w-]{1,40}[^>]{0,200}>\s*)?"
    rb"(?:<!--.{0,400}?-->\s*)?(?:<!doctype[^>]{0,300}>\s*)?"
)
"""What may stand before the first element."""
_HEADER = rb"[A-Za-z][A-Za-z-]{1,40}: [^\r\n]{0,2000}\r?\n(?:[ \t][^\r\n]{0,2000}\r?\n)*+"
"""One of an e-mail (RFC 5322), with the lines that go on with it."""


def _begins(*openings: bytes, at: int = 0) -> _Test:
    return lambda head: head.startswith(openings, at)


def _matches(pattern: bytes) -> _Test:
    """What stands first in a text, behind a mark of UTF-8 and white space; without case."""
    compiled = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,200}" + pattern, re.IGNORECASE)
    return lambda head: compiled.match(head[:4096]) is not None


def _riff(kind: bytes) -> _Test:
    return lambda head: head[:4] == b"RIFF" and head[8:12] == kind


def _brand(*brands: bytes) -> _Test:
    """A file of ISO 14496-12 by its brand."""
    return lambda head: head[4:8] == b"ftyp" and head[8:12].startswith(brands)


def _pictures() -> Iterable[tuple[FileType, _Test]]:
    for name, suffixes, test in (
        ("JPEG", (".jpg", ".jpeg", ".jpe"), _begins(b"\xff\xd8\xff")),
        ("PNG", (".png",), _begins(b"\x89PNG\r\n")),
        ("GIF", (".gif",), _begins(b"GIF87a", b"GIF89a")),
        ("TIFF", (".tif", ".tiff"), _begins(b"II*\0", b"MM\0*")),
        ("WebP", (".webp",), _riff(b"WEBP")),
        ("HEIC", (".heic", ".heif"), _brand(b"heic", b"heix", b"mif1", b"msf1", b"hevc")),
        ("AVIF", (".avif",), _brand(b"avif", b"avis")),
        ("BMP", (".bmp",), lambda head: head[:2] == b"BM" and head[6:10] == bytes(4)),
        ("Photoshop", (".psd",), _begins(b"8BPS")),
        ("DjVu", (".djvu", ".djv"), _begins(b"AT&TFORM")),
        ("JPEG 2000", (".jp2",), _begins(b"\0\0\0\x0cjP  ")),
        ("EMF", (".emf",), _begins(b" EMF", at=40)),
        ("WMF", (".wmf",), _begins(b"\xd7\xcd\xc6\x9a")),
        ("SVG", (".svg",), _matches(_XML + rb"<svg\b")),
    ):
        yield replace(_PICTURE, name=f"a picture ({name})", suffixes=suffixes), test


def _recordings() -> Iterable[tuple[FileType, _Test]]:
    for name, suffixes, test in (
        ("MP3", (".mp3",), _begins(b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")),
        ("Ogg", (".ogg", ".oga", ".opus"), _begins(b"OggS")),
        ("WAVE", (".wav",), _riff(b"WAVE")),
        ("AVI", (".avi",), _riff(b"AVI ")),
        ("FLAC", (".flac",), _begins(b"fLaC")),
        ("AMR", (".amr",), _begins(b"#!AMR")),
        ("Matroska", (".mkv", ".webm"), _begins(b"\x1a\x45\xdf\xa3")),
        ("MPEG-4", (".mp4", ".m4a", ".m4v", ".mov", ".3gp"), lambda head: head[4:8] in (b"ftyp", b"moov")),
    ):
        yield replace(_RECORDING, name=f"a recording ({name})", suffixes=suffixes), test


def _archives() -> Iterable[tuple[FileType, _Test]]:
    for name, suffixes, test in (
        ("RAR", (".rar",), _begins(b"Rar!\x1a\x07")),
        ("7-Zip", (".7z",), _begins(b"7z\xbc\xaf\x27\x1c")),
        ("gzip", (".gz", ".tgz"), _begins(b"\x1f\x8b\x08")),
        ("bzip2", (".bz2",), _matches(rb"BZh[1-9]1AY&SY")),
        ("xz", (".xz",), _begins(b"\xfd7zXZ\0")),
        ("Zstandard", (".zst",), _begins(b"\x28\xb5\x2f\xfd")),
        ("tar", (".tar",), _begins(b"ustar", at=257)),
        ("cabinet", (".cab",), _begins(b"MSCF")),
    ):
        yield replace(_ARCHIVE, name=f"an archive ({name})", suffixes=suffixes), test


_UTF16_PAGE = tuple("".join(part).encode(code) for part in ("<!DOC", "<html") for code in ("utf-16-le", "utf-16-be"))

_TYPES: tuple[tuple[FileType, _Test], ...] = (
    (FileType("nothing but zeros, as a copy that failed", _AGAIN), lambda head: bool(head) and not head.strip(b"\0")),
    (FileType("a document in Rich Text Format", _SAVE, (".rtf",)), _matches(rb"\{\\rtf")),
    (FileType("a PDF", _CONVERT, (".pdf",)), lambda head: head.lstrip()[:1024].startswith(b"%PDF-")),
    (FileType("a page for a printer (PostScript)", _ASK, (".ps", ".eps")), _begins(b"%!PS")),
    *_pictures(),
    *_recordings(),
    *_archives(),
    (FileType("a document of WordPerfect", _SAVE, (".wpd", ".wp")), _begins(b"\xffWPC")),
    (FileType("a document of Word before 1997", _SAVE, (".doc",)), _begins(b"\xdb\xa5", b"1\xbe\0\0", b"\x9b\xa5")),
    (FileType("a Word document in XML", _SAVE, (".xml",)), _matches(_XML + rb"<(?:w:wordDocument|pkg:package)\b")),
    (FileType("a flat OpenDocument text", _SAVE, (".fodt", ".xml")), _matches(_XML + rb"<office:document\b")),
    (FileType("a document of AbiWord", _SAVE, (".abw",)), _matches(_XML + rb"<abiword\b")),
    (FileType("a book (FictionBook)", _SAVE, (".fb2",)), _matches(_XML + rb"<FictionBook\b")),
    (PAGE, _matches(rb"(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,400}?-->\s*)?<(?:!doctype\s+html|html)\b")),
    (PAGE, lambda head: head.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").startswith(_UTF16_PAGE)),
    (
        FileType("a message encrypted with OpenPGP", _DECRYPT, (".asc", ".pgp", ".gpg")),
        _matches(rb"-----BEGIN PGP MESSAGE-----"),
    ),
    (
        FileType("a file encrypted with age", _DECRYPT, (".age",)),
        _begins(b"age-encryption.org/", b"-----BEGIN AGE"),
    ),
    (FileType("a database", _MOVE_OUT, (".sqlite", ".db")), _begins(b"SQLite format 3\0")),
    (FileType("a program", _MOVE_OUT, (".exe", ".dll")), lambda head: head[:2] == b"MZ" and b"PE\0\0" in head),
    (FileType("a program", _MOVE_OUT), _begins(b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")),
    (FileType("a font", _MOVE_OUT, (".ttf", ".otf", ".woff", ".woff2")), _begins(b"OTTO\0", b"\0\1\0\0\0", b"wOF")),
    (FileType("a shortcut", _PUT, (".lnk",)), _begins(b"L\0\0\0\x01\x14\x02\0")),
    (FileType("a shortcut", _PUT, (".url", ".desktop")), _matches(rb"\[(?:InternetShortcut|Desktop Entry)\]")),
    (
        FileType("a shortcut to Google Docs, without text", "download it there as Word (.docx)", (".gdoc", ".gsheet")),
        _matches(rb"\{[^{}]{0,2000}?(?:\"doc_id\"|docs\.google\.com)"),
    ),
    (
        FileType("a page as one archive", "save the page as “Web page, HTML only”", (".mht", ".mhtml"), is_sure=False),
        _matches(rb"(?:" + _HEADER + rb"){1,20}?Content-Type: multipart/related"),
    ),
    (
        FileType("an e-mail", "copy its text into a document", (".eml", ".mbox"), is_sure=False),
        _matches(rb"(?:From [^\r\n]{0,300}\r?\n)?(?:" + _HEADER + rb"){0,60}?(?:Received|Message-ID|MIME-Version): "),
    ),
    (
        FileType("a file of translations", "put it into translations/LANGUAGE", (".po", ".pot"), is_sure=False),
        _matches(rb"(?:#[^\n]{0,2000}\n\s*){0,100}(?:msgctxt \"[^\n]{0,2000}\n)?msgid \""),
    ),
)
"""The first that fits is it."""
