"""What a text says of who read it or passed it on: in addresses that stand in it, and in rows of unseen characters."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from pipeline.text.excerpt import excerpt
from pipeline.text.segment import WIDE

_PAGE_OF_A_PERSON = re.compile(
    r"https?://(?:[^/?#]*@|[^/?#]*-my\.sharepoint\.com\b|[^?#]*[?#].*(?:@|%40)"
    r"|[^/]*/.*?(?:unsubscribe|opt[-_]?out|(?:manage|update|e?mail)[-_]?(?:preferences|subscriptions?|profile)\b))",
    re.IGNORECASE,
)
"""With the name of an account in it: as mail programs lead through their own pages, which say whose mail it was, as
the files of a person are called in Microsoft 365, and where the reader of a newsletter leaves its list."""
_OF_A_READER = re.compile(
    r"(?<=[?&;])(?:utm_\w+|\w*(?:clk?id|session|sess|sessid|sid|token|tok|passw\w*|secret|auth|signature|e?mail|user(?:name|id)?)"
    r"|__(?:cft|xts)__(?:\[\d\]|%5B\d%5D)|__tn__|eav|paipv|mibextid|sender_\w+|regi_id|pwd"
    r"|cs(?==[0-9a-f]{8,64}_\d)|recruiter|recruited_by_id|can_id|email_referrer|akid|em[cd]i|ceid|vanid|contact_id|member_id|otptoken|midsig|lipi"
    r"|igsh(?:id)?|mc_[ce]id|_hs\w+|__s|vero_id|oly_\w+|wickedid|ref_src|si|uid|sig|\w*subscriber\w*|recipient\w*)=[^&#]*&?",
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
_QUERY_PART = re.compile(r"(?<=[?&;])([^=&;?#]+)=[^&#]*&?")
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
    told = _OF_A_SHARER.get(".".join((urlsplit(address).hostname or "").split(".")[-2:]), set())
    plain = _QUERY_PART.sub(lambda part: "" if part[1].lower() in told else part[0], _OF_A_READER.sub("", address))
    return re.sub(r"[?&](?=#|\Z)", "", plain) if plain != address else address


def names_account(address: str) -> bool:
    """Whether an address has the name of somebody's account in it."""
    return _PAGE_OF_A_PERSON.match(address) is not None


def anonymous(address: str) -> str:
    """Return the address of a page without what it says of a reader; nothing where it names an account, or is none."""
    try:
        plain = untracked(address)
    except ValueError:  # brackets of which none closes
        return ""
    return "" if names_account(plain) else plain


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


def said(name: str, texts: Sequence[str]) -> Iterator[str]:
    """Yield remarks on addresses in a document that tell of one of its readers, and on what nobody sees.

    A link that was pasted is its own text: where it leads is shortened, and its words stay as they are.
    """
    if rows := [text[max(0, row.start() - 20) : row.start()] for text in texts for row in _ROW.finditer(text)]:
        yield (
            f"{name}: rows of characters that nobody sees, as programs hide whose copy a text is: {len(rows)}, the "
            f"first behind «{excerpt(rows[0])}»; type these places anew by hand"
        )
    found = list(dict.fromkeys(address for text in texts for address in _shown(text)))
    if found:
        yield (
            f"{name}: addresses in the text say who followed them, or whose account it is, and are printed so: "
            f"{len(found)}, such as {excerpt(found[0])}; write them in the document as short as they still lead there"
        )


def _shown(text: str) -> Iterator[str]:
    for address in (one[0] for one in _SHOWN.finditer(text) if len(one[0]) <= _LONGEST):
        whole = address if "://" in address else f"https://{address}"
        try:
            tells = untracked(whole) != whole or names_account(whole)
        except ValueError:  # brackets of which none closes
            continue
        if tells:
            yield address
