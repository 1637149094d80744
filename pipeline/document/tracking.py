"""What a text says of who read it or passed it on: in addresses that stand in it, and in rows of unseen characters."""

import re
from base64 import urlsafe_b64decode
from collections.abc import Iterator, Sequence
from contextlib import suppress
from urllib.parse import unquote, urlsplit

from pipeline.text.excerpt import excerpt
from pipeline.text.segment import WIDE

_PAGE_OF_A_PERSON = re.compile(
    r"https?://(?:[^/?#]*@|[^/?#]*\burldefense\b|[^?#]*/ls/click\?|[^?#]*\?(?:[^#]*&)?upn=|[^/?#]*-my\.sharepoint\.com\b|[^?#]*[?#].*(?:@|%40)"
    r"|[^/]*/.*?(?:unsubscribe|opt[-_]?out|(?:manage|update|e?mail)[-_]?(?:preferences|subscriptions?|profile)\b))",
    re.IGNORECASE,
)
"""With the name of an account in it: as mail programs lead through their own pages, which say whose mail it was, as
the files of a person are called in Microsoft 365, and where the reader of a newsletter leaves its list."""
_OF_A_READER = re.compile(
    r"(?<=[?&;])(?:utm_\w+|\w*(?:clk?id|session|sess|sessid|sid|token|tok|passw\w*|secret|auth|signature|e?mail|user(?:name|id)?)"
    r"|__(?:cft|xts)__(?:\[\d\]|%5B\d%5D)|__tn__|eav|paipv|mibextid|sender_\w+|regi_id|pwd"
    r"|cs(?==[0-9a-f]{8,64}_\d)|recruiter|recruited_by_id|can_id|email_referrer|akid|em[cd]i|ceid|vanid|contact_id|member_id|otptoken|midsig|lipi"
    r"|igsh(?:id)?|mc_[ce]id|_hs\w+|__s|vero_id|oly_\w+|wickedid|source(?==e-?mail)|ref_src|si|uid|sig|\w*subscriber\w*|recipient\w*)=[^&#]*&?",
    re.IGNORECASE,
)
"""Parts of an address that say to whom a page or a newsletter was shown, or let them in."""
_OF_A_SHARER = {
    "campaign-archive.com": {"e"}, "dropbox.com": {"st"}, "facebook.com": {"h"}, "google.com": {"ouid", "authuser"},
    "linkedin.com": {"rcm"}, "list-manage.com": {"e"}, "mailchi.mp": {"e"}, "reddit.com": {"share_id", "rdt"},
    "substack.com": {"r", "j"},
    "tiktok.com": {"_r", "_t", "sec_user_id", "share_author_id", "u_code"}, "twitter.com": {"s", "t"},
    "x.com": {"s", "t"}, "zoom.us": {"tk", "uname"},
}  # fmt: skip
"""What says in the addresses of a site who passed them on, or to whom they were sent."""
_OF_CIVICRM = {"cid", "qid"}
"""A contact, and an e-mail to one."""
_SESSION_IN_PATH = re.compile(r";jsessionid=[^/?#;&]*", re.IGNORECASE)
_QUERY_PART = re.compile(r"(?<=[?&;])([^=&;?#]+)=[^&#]*&?")
_ADDRESS_PART = re.compile(r"(?<=[?&;])[^?&;#]+&?|(?<=#).+")
"""What stands behind the path of an address, or in it behind a semicolon."""
_OF_A_PAGE = {"fbid", "id", "list", "set", "story_fbid", "v"}
"""What says of a page, a video or a list of them which it is, however long."""
_UUID = re.compile(r"(?<![0-9a-f])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![0-9a-f])", re.IGNORECASE)
_SIGNS = re.compile(r"[A-Za-z0-9]{16,}")
_TURN = re.compile(r"(?<=[A-Za-z])[0-9]|(?<=[0-9])[A-Za-z]")
_TURNS = 4
"""Changes between letters and figures in a row of them that is no word and no time of day."""
_CODED = re.compile(r"[A-Za-z0-9+/_-]{8,}")
_AROUND = r"\s\x00-\x1f<>\"«»“”،؛、。，：；！？（）「」『』【】《》"
_SHOWN = re.compile(
    rf"(?:(?<![\w@])|(?<=[{WIDE}]))(?:https?://|www\.)[^?{_AROUND}]++(?:\?[^{_AROUND}{WIDE}]*+)?", re.IGNORECASE
)
"""An address among words; Chinese and Japanese ones may stand directly beside it, and are none of its query."""
_CLOSING = ".,;:!?؟،؛)]}'’"
"""What closes a sentence or a bracket behind an address."""
_LONGEST = 2_000
_TAGS, _VARIANTS = "\U000e0020-\U000e007f", "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_ROW = re.compile(
    f"(?<![\U0001f3f4{_TAGS}])[{_TAGS}]+|[{_VARIANTS}]{{2,}}|[\u034f\u180e\u200b-\u200d\u2060-\u2064\ufeff]{{4,}}"
)
"""Characters in which programs hide whose copy a text is. Flags have tags, and letters one variant, joiner or two."""


def untracked(address: str) -> str:
    """Return an address without what it says of a reader: of a mailbox its name alone."""
    if address[:7].lower() == "mailto:":
        return re.split("[?,;]", address, maxsplit=1)[0]
    address = _SESSION_IN_PATH.sub("", address)
    told = _OF_A_SHARER.get(".".join((urlsplit(address).hostname or "").split(".")[-2:]), set())
    told = _OF_CIVICRM if "civicrm" in address.lower() else told
    plain = _QUERY_PART.sub(lambda part: "" if part[1].lower() in told else part[0], _OF_A_READER.sub("", address))
    return re.sub(r"[?&](?=#|\Z)", "", plain) if plain != address else address


def names_account(address: str) -> bool:
    """Whether an address has the name of somebody's account in it."""
    return _PAGE_OF_A_PERSON.match(address) is not None


def keys(address: str) -> list[str]:
    """Return the parts of an address behind its path that look like the key, or the mailbox, of one person."""
    return [part[0] for part in _ADDRESS_PART.finditer(address) if _is_key(part[0])]


def _is_key(part: str) -> bool:
    name, is_named, value = part.partition("=")
    if is_named and name.lower() in _OF_A_PAGE:
        return False
    said = unquote(unquote(value or name))
    turns = (len(_TURN.findall(row)) for row in _SIGNS.findall(said))
    return _UUID.search(said) is not None or any(count >= _TURNS for count in turns) or _has_coded_mailbox(said)


def _has_coded_mailbox(said: str) -> bool:
    for row in _CODED.findall(said):
        with suppress(ValueError):  # not in base64
            if re.search(rb"\w@\w[\w-]*\.\w", urlsafe_b64decode(row.replace("+", "-").replace("/", "_") + "==")):
                return True
    return False


def _keyless(address: str) -> str:
    plain = _ADDRESS_PART.sub(lambda part: "" if _is_key(part[0]) else part[0], address)
    return re.sub(r"(?<![?&;#])[?&;#]+(?=[?#]|\Z)", "", plain) if plain != address else address


def anonymous(address: str) -> str:
    """Return the address of a page without what it says of a reader; nothing where it names an account, or is none."""
    try:
        plain = untracked(address)
    except ValueError:  # brackets of which none closes
        return ""
    return "" if names_account(plain) else _keyless(plain)


def shortened(text: str) -> str:
    """Return a text whose addresses say nothing of a reader; of one that names an account its server alone is left."""
    return _SHOWN.sub(lambda found: _shortened(found[0]), text)


def _shortened(shown: str) -> str:
    address = shown.rstrip(_CLOSING)
    return _plain(address) + shown[len(address) :]


def _plain(address: str) -> str:
    scheme = "" if "://" in address else "https://"
    if len(address) <= _LONGEST and (plain := anonymous(scheme + address)):
        return plain.removeprefix(scheme)
    server = re.match(r"[^/?#]*//(?:[^/?#@]*@)?([^/?#@\[\]]+)", scheme + address)
    return f"{server[1]}/…" if server else "…"


def said(name: str, texts: Sequence[str], links: Sequence[str] = ()) -> Iterator[str]:
    """Yield remarks on addresses in a document that tell of one of its readers, and on what nobody sees.

    A link that was pasted is its own text: where it leads is shortened, and its words stay as they are.
    """
    if rows := [text[max(0, row.start() - 20) : row.start()] for text in texts for row in _ROW.finditer(text)]:
        yield (
            f"{name}: rows of characters that nobody sees, as programs hide whose copy a text is: {len(rows)}, the "
            f"first behind «{excerpt(rows[0])}»; type these places anew by hand"
        )
    shown = list(dict.fromkeys(address for text in texts for address in _shown(text)))
    found = [address for address in shown if _tells(address)]
    if found:
        yield (
            f"{name}: addresses in the text say who followed them, or whose account it is, and are printed so: "
            f"{len(found)}, such as {excerpt(found[0])}; write them in the document as short as they still lead there"
        )
    told = set(found)
    others = (address for address in dict.fromkeys((*shown, *links)) if address not in told)
    if keyed := [(address, its[0]) for address in others if (its := keys(address))]:
        address, key = keyed[0]
        yield (
            f"{name}: addresses have parts that look like the key of one reader: {len(keyed)}, such as "
            f"«{excerpt(key)}» in {excerpt(address)}; if they lead there without, shorten them in the document"
        )


def _shown(text: str) -> Iterator[str]:
    return (one[0] for one in _SHOWN.finditer(text) if len(one[0]) <= _LONGEST)


def _tells(address: str) -> bool:
    whole = address if "://" in address else f"https://{address}"
    try:
        return untracked(whole) != whole or names_account(whole)
    except ValueError:  # brackets of which none closes
        return False
