"""What partners publish is fetched over https, once, and only when somebody asks; a bad server harms nothing."""

import gzip
import json
import re
import subprocess
from email.utils import parsedate_to_datetime
from urllib.parse import quote

import pytest

from pipeline.app import feeds
from tests.translate.test_servers import answer, authority, serving  # noqa: F401

PAGE = "<html lang=en><body><article><h1>Strike in the south</h1>" + "".join(
    f"<p>We, the workers of plant {number}, demand bread and freedom for everybody.</p>" for number in range(6)
)


def feed(address, *links):
    entries = "".join(
        f"<entry><title>Strike in the south</title><link href='{link}'/><updated>2026-11-20T10:00:00Z</updated>"
        f"<content type='html'>&lt;p&gt;In short, about {link.rpartition('/')[2]}: we demand bread and freedom for everybody"
        f" who works in the plants of the south.&lt;/p&gt;</content></entry>"
        for link in links
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>F</title>{entries}</feed>".encode()


@pytest.fixture
def partner(workspace, authority):  # noqa: F811
    """A server of a partner, what it answers by path, and what it was asked."""
    files, asked = {}, []

    def act(handler):
        asked.append((handler.path, handler.headers.get("If-None-Match")))
        if handler.headers.get("If-None-Match") == '"1"':
            return answer(handler, 304)
        act_or_bytes = files.get(handler.path)
        if callable(act_or_bytes):
            return act_or_bytes(handler)
        return answer(handler, 200, act_or_bytes, ETag='"1"') if act_or_bytes else answer(handler, 404)

    with serving(act, authority) as (_, address):
        (workspace / "partners.toml").write_text(f'[feeds.oslo]\naddress = "{address}/feed"\npermitted = true\n')
        yield address, files, asked


def listed(pipeline):
    return json.loads(pipeline("inbox", "list", "--json").stdout)["items"]


def test_a_text_is_fetched_once_with_its_page(pipeline, partner):
    address, files, asked = partner
    files |= {"/feed": feed(address, f"{address}/strike"), "/strike": PAGE.encode()}
    done = pipeline("inbox", "fetch")
    assert done.returncode == 0 and "1: Strike in the south [en]: kept" in done.stderr
    (row,) = listed(pipeline)
    assert (row["date"], row["permission"]) == ("2026-11-20", "granted")
    assert "nothing new" in pipeline("inbox", "fetch").stderr
    assert asked == [("/feed", None), ("/strike", None), ("/feed", '"1"')]


def test_what_a_feed_points_to_elsewhere_is_not_what_its_partner_permitted(pipeline, partner):
    address, files, asked = partner
    files |= {"/feed": feed(address, f"{address}/strike", "https://newspaper.example/report"), "/strike": PAGE.encode()}
    pipeline("inbox", "fetch")
    assert {row["permission"] for row in listed(pipeline)} == {"granted", "unknown"}
    assert [path for path, _ in asked] == ["/feed", "/strike"]


@pytest.mark.parametrize("path", ["/اعتصاب/در-جنوب?شماره=۱", "/gr%C3%A8ve/été;a=b", "/straße#top"])
def test_a_page_whose_address_has_letters_of_its_language_is_fetched(pipeline, partner, path):
    address, files, asked = partner
    files["/feed"] = feed(address, f"{address}{path}")
    wanted = quote(path.partition("#")[0], "/?=%;")
    files[wanted] = PAGE.encode()
    done = pipeline("inbox", "fetch")
    assert "cannot be fetched" not in done.stderr and [path for path, _ in asked] == ["/feed", wanted]


def test_a_text_for_which_the_disk_has_no_room_comes_when_there_is(pipeline, workspace, partner):
    """What the server said of its feed is not noted as long as something of it is missing: it would say “nothing new”."""
    address, files, _ = partner
    long = PAGE + "<p>We demand bread and freedom for everybody in the plants of the south.</p>" * 5000
    files |= {"/feed": feed(address, f"{address}/strike", f"{address}/short"), "/strike": long.encode()}
    files["/short"] = PAGE.replace("plant", "office").encode()
    (workspace / "inbox").mkdir(0o700)
    mount = ["mount", "-t", "tmpfs", "-o"]
    if subprocess.run([*mount, "size=200k,mode=700", "none", workspace / "inbox"], capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        done = pipeline("inbox", "fetch")
        assert done.returncode == 1 and "No space left on device; free some disk space" in done.stderr
        subprocess.run([*mount, "remount,size=50M", workspace / "inbox"], check=True)
        assert pipeline("inbox", "fetch").returncode == 0
        assert len(listed(pipeline)) == 2
    finally:
        subprocess.run(["umount", "--lazy", workspace / "inbox"], check=True)


def test_a_text_whose_page_could_not_be_fetched_comes_when_it_can(pipeline, partner):
    """A feed of titles alone: nothing can be taken in the place of its page."""
    address, files, asked = partner
    files["/feed"] = re.sub(rb"<content.*?</content>", b"", feed(address, f"{address}/strike"))
    files["/strike"] = lambda handler: answer(handler, 503)
    done = pipeline("inbox", "fetch")
    assert done.returncode == 1 and "503" in done.stderr
    files["/strike"] = PAGE.encode()
    assert "Strike in the south [en]: kept" in pipeline("inbox", "fetch").stderr
    assert "nothing new" in pipeline("inbox", "fetch").stderr
    assert asked[-1] == ("/feed", '"1"')


def test_a_server_is_not_told_which_program_asks(pipeline, partner):
    """Whoever uses it is known by what they publish with it: in a log, its name would say whose address that is."""
    address, files, _ = partner
    told = []

    def act(handler):
        told.append(str(handler.headers))
        answer(handler, 200, feed(address))

    files["/feed"] = act
    pipeline("inbox", "fetch")
    assert told and not [one for one in told if "pipeline" in one.lower() or "python" in one.lower()]


@pytest.mark.parametrize("name", ["ALL_PROXY", "all_proxy"])
def test_no_server_is_asked_past_a_proxy_that_cannot_be_used(name, pipeline, partner, monkeypatch):
    """Desktops set it for Tor: whose feed it is would see from where it is read."""
    address, files, asked = partner
    files["/feed"] = feed(address, f"{address}/strike")
    monkeypatch.setenv(name, "socks5h://127.0.0.1:9050")
    done = pipeline("inbox", "fetch")
    assert done.returncode == 1 and "start this with torsocks" in done.stderr and not asked
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")
    pipeline("inbox", "fetch")
    assert asked


def test_an_accepted_text_says_where_it_was_published(pipeline, workspace, partner):
    address, files, _ = partner
    files |= {"/feed": feed(address, f"{address}/strike"), "/strike": PAGE.encode()}
    pipeline("inbox", "fetch")
    assert pipeline("inbox", "accept", 1, "--id", "strike").returncode == 0
    stated = (workspace / "seeds" / "en" / "strike.toml").read_text("utf-8")
    assert f'address = "{address}/strike"\npermission = "granted"' in stated
    shown = json.loads(pipeline("segment", "--show", "strike", "--json").stdout)
    assert "demand bread and freedom" in json.dumps(shown)


def test_an_address_that_names_its_reader_is_printed_without(pipeline, workspace, partner):
    address, files, _ = partner
    files["/feed"] = feed(address, f"{address}/strike?id=3&amp;utm_source=rss&amp;token=reza&amp;x=5f3a9c0b1d2e4f60a1")
    pipeline("inbox", "fetch")
    said = pipeline("inbox", "accept", 1, "--id", "strike").stderr
    assert "without «x=5f3a9c0b1d2e4f60a1», which looks like the key of one reader" in said
    assert f'address = "{address}/strike?id=3"' in (workspace / "seeds" / "en" / "strike.toml").read_text("utf-8")


def test_no_message_says_what_an_address_tells_of_its_reader(pipeline, workspace, partner):
    """A feed may be a reader's own, as those of newsletters are, and messages are passed on when something fails."""
    address, files, _ = partner
    path = workspace / "partners.toml"
    path.write_text(path.read_text().replace(f"{address}/feed", f"{address}/feed/reza-7f3a?key=reza"))
    done = pipeline("inbox", "fetch")
    assert "oslo: the server answers 404" in done.stderr and "reza" not in done.stderr
    files["/feed/reza-7f3a?key=reza"] = feed(address, f"{address}/gone?id=3&amp;token=reza")
    done = pipeline("inbox", "fetch")
    assert "oslo/gone: the server answers 404" in done.stderr and "reza" not in done.stderr
    path.write_text(path.read_text().replace("/feed/reza-7f3a?key=reza", "/news"))
    files["/news"] = feed(address, f"{address}/news/gone?token=reza")
    done = pipeline("inbox", "fetch")
    assert "oslo/gone: the server answers 404" in done.stderr and "reza" not in done.stderr


def test_no_text_of_a_feed_is_passed_over_without_a_word(pipeline, partner, monkeypatch):
    address, files, asked = partner
    links = (address.replace("https:", "http:") + "/strike", "http://elsewhere.example/old", "javascript:x")
    files |= {"/feed": feed(address, *links), "/strike": PAGE.encode()}
    said = pipeline("inbox", "fetch").stderr
    assert "oslo: texts left out that have no address on the web: 1" in said and "2: Strike in the south" in said
    assert [path for path, _ in asked] == ["/feed", "/strike"]
    monkeypatch.setattr(feeds.feeds, "MOST_ENTRIES", 1)
    assert list(feeds._left_out(feeds.feeds.read(feed(address, *links[:2]), address))) == [
        "texts left out that stand behind the first 1: 1"
    ]


def test_pages_elsewhere_are_not_fetched_and_what_the_feed_has_is_taken(pipeline, partner):
    address, files, asked = partner
    files["/feed"] = feed(address, "https://elsewhere.example/one", f"{address}/gone")
    done = pipeline("inbox", "fetch")
    assert [path for path, _ in asked] == ["/feed", "/gone"]
    assert "404" in done.stderr and "what the feed has of it is taken" in done.stderr
    assert len(listed(pipeline)) == 2


def test_a_feed_that_names_the_addresses_of_another_keeps_none_of_its_texts_out(pipeline, workspace, partner):
    address, files, _ = partner
    bergen = f'\n[feeds.bergen]\naddress = "{address}/other"\n'
    path = workspace / "partners.toml"
    path.write_text(f"{path.read_text()}{bergen}")
    files |= {"/other": feed("x", f"{address}/strike"), "/feed": feed("x", f"{address}/strike"), "/strike": b""}
    pipeline("inbox", "fetch", "bergen")
    files["/strike"] = PAGE.encode()
    pipeline("inbox", "fetch", "oslo")
    assert {row["permission"] for row in listed(pipeline)} == {"unknown", "granted"}


def refuse(handler):
    handler.connection.close()


def send_on(handler):
    answer(handler, 302, Location="http://127.0.0.1:9/feed")


def circle(handler):
    answer(handler, 302, Location=handler.path)


def endless(handler):
    handler.send_response(200)
    handler.end_headers()
    for _ in range(400):
        handler.wfile.write(b"x" * 100_000)


@pytest.mark.parametrize("act", [refuse, send_on, circle, endless, lambda handler: answer(handler, 500)])
def test_a_feed_that_breaks_off_sends_on_or_never_ends_is_a_fault(pipeline, partner, act):
    _, files, _ = partner
    files["/feed"] = act
    done = pipeline("inbox", "fetch")
    assert done.returncode == 1 and "oslo: " in done.stderr and "Traceback" not in done.stderr
    assert "127.0.0.1" not in done.stderr
    assert listed(pipeline) == []


def test_a_feed_that_hangs_is_given_up(pipeline, partner, monkeypatch):
    _, files, _ = partner
    monkeypatch.setattr("pipeline.translate.servers.HEAD_SECONDS", 0.3)
    files["/feed"] = lambda handler: handler.server.ended.wait(5)
    done = pipeline("inbox", "fetch")
    assert done.returncode == 1 and "cannot be fetched" in done.stderr


def test_pages_that_hang_are_asked_for_no_longer_than_a_while(pipeline, partner, monkeypatch):
    address, files, asked = partner
    monkeypatch.setattr("pipeline.translate.servers.HEAD_SECONDS", 0.2)
    monkeypatch.setattr(feeds, "MOST_SECONDS", 0.3)
    pages = {f"/{number}": lambda handler: handler.server.ended.wait(5) for number in range(8)}
    files |= pages | {"/feed": feed(address, *(f"{address}{path}" for path in pages))}
    done = pipeline("inbox", "fetch")
    assert done.returncode == 0 and done.stderr.count("take too long") == 1
    assert len(listed(pipeline)) == len(pages) > len(asked)


@pytest.mark.parametrize("place", ["/feed", "/strike"])
@pytest.mark.parametrize("scheme", ["https", "http"])
def test_where_a_partner_sends_on_to_is_not_shown(pipeline, partner, place, scheme):
    address, files, _ = partner
    moved = f"{scheme}://www2.oslo.example/x,y(secret"
    files |= {"/feed": feed(address, f"{address}/strike"), place: lambda handler: answer(handler, 302, Location=moved)}
    done = pipeline("inbox", "fetch")
    assert "sent on to another address" in done.stderr and not {"secret", "www2"} & set(
        re.findall(r"\w+", done.stderr + done.stdout)
    )


def test_nothing_is_fetched_offline_nor_from_what_is_no_https(pipeline, workspace, partner):
    address, files, asked = partner
    files["/feed"] = feed(address)
    settings = workspace / "pipeline.toml"
    settings.write_text("offline = true\n" + settings.read_text("utf-8"), "utf-8")
    assert "offline = true" in pipeline("inbox", "fetch").stderr and asked == []
    (workspace / "partners.toml").write_text('[feeds.oslo]\naddress = "http://partner.example/"\n')
    done = pipeline("inbox", "fetch")
    assert done.returncode == 1 and "feeds.oslo.address" in done.stderr and "https://" in done.stderr


def test_a_feed_of_another_name_is_unknown_and_none_is_said(pipeline, workspace, partner):
    assert "feed 'rom' is unknown; known are: oslo" in pipeline("inbox", "fetch", "rom").stderr
    (workspace / "partners.toml").unlink()
    done = pipeline("inbox", "fetch")
    assert done.returncode == 2 and "no feeds yet; write: [feeds.oslo]" in done.stderr


def test_only_so_many_come_at_once_and_the_rest_next_time(pipeline, partner, monkeypatch):
    address, files, _ = partner
    monkeypatch.setattr(feeds, "MOST_AT_ONCE", 2)
    files["/feed"] = feed(address, *(f"https://elsewhere.example/{number}" for number in range(3)))
    assert "1 more are new; type this again" in pipeline("inbox", "fetch").stderr
    pipeline("inbox", "fetch")
    assert len(listed(pipeline)) == 3


def test_a_page_that_is_sent_on_to_another_server_is_not_fetched(pipeline, partner, authority):  # noqa: F811
    address, files, _ = partner
    with serving(lambda handler: answer(handler, 200, PAGE.encode()), authority) as (other, elsewhere):
        files |= {
            "/feed": feed(address, f"{address}/strike"),
            "/strike": lambda handler: answer(handler, 302, Location=f"{elsewhere}/strike"),
        }
        done = pipeline("inbox", "fetch")
        assert other.asked == [] and "another server" in done.stderr
    assert len(listed(pipeline)) == 1


def test_what_is_here_already_does_not_stand_before_the_rest_for_ever(pipeline, partner, monkeypatch):
    monkeypatch.setattr(feeds, "MOST_AT_ONCE", 2)
    address, files, _ = partner
    same = {f"/{number}": PAGE.encode() for number in range(4)}
    files |= same | {"/new": PAGE.replace("demand", "want").encode()}
    files["/feed"] = feed(address, *(f"{address}{path}" for path in (*same, "/new")))
    pipeline("inbox", "fetch")
    assert [row["number"] for row in listed(pipeline)] == [1, 2]


ARABIC = "<html><body><article><h1>بيان العمال</h1>" + "".join(
    f"<p>نحن عمال المصنع رقم {number} نطالب بالحرية والخبز للجميع ونرفض الظلم.</p>" for number in range(6)
)


def stating(content, kind, packed=""):
    """An answer that says what kind of thing it is, and how it is packed, though nobody asked for that."""
    return lambda handler: answer(handler, 200, content, Content_Type=kind, Content_Encoding=packed)


def test_an_encoding_that_only_the_server_names_is_believed(pipeline, partner):
    address, files, _ = partner
    other = ARABIC.replace("العمال", "المعلمين").replace("عمال", "معلمو")
    page = stating(other.encode(), "text/html; charset=iso-8859-1")  # which it is not
    entry = f"<item><title>بيان</title><link>{address}/one</link></item><item><title>نداء</title><link>{address}/two</link></item>"
    rss = f"<rss version='2.0'><channel><title>x</title>{entry}</channel></rss>".encode("windows-1256")
    files["/feed"] = stating(rss, "application/rss+xml; charset=windows-1256")
    files |= {"/one": stating(ARABIC.encode("iso-8859-6"), "text/html; charset=iso-8859-6"), "/two": page}
    assert pipeline("inbox", "fetch").returncode == 0
    assert [row["title"] for row in listed(pipeline)] == ["بيان العمال", "بيان المعلمين"]


def test_what_comes_packed_though_nobody_asked_is_unpacked_within_limits(pipeline, partner, monkeypatch):
    address, files, _ = partner
    files["/feed"] = stating(gzip.compress(feed(address, f"{address}/a", f"{address}/b")), "application/xml", "gzip")
    files["/a"] = stating(gzip.compress(PAGE.encode()), "text/html", "gzip")
    files["/b"] = stating(gzip.compress(b"<p>x</p>" * 9_000_000), "text/html", "gzip")
    done = pipeline("inbox", "fetch")
    assert done.returncode == 0 and "/b: cannot be fetched (more than 10,000,000 bytes)" in done.stderr
    assert len(listed(pipeline)) == 2


def test_a_page_that_is_none_or_says_less_gives_way_to_what_the_feed_has(pipeline, workspace, partner):
    address, files, _ = partner
    files["/feed"] = feed(address, *(f"{address}/{name}" for name in ("flyer", "login", "cut")))
    files["/flyer"] = stating(b"%PDF-1.4", "application/pdf")
    files["/login"] = b"<html><body><p>Please log in.</p></body></html>"
    files["/cut"] = lambda handler: answer(handler, 200, PAGE.encode(), Content_Length="100000")
    done = pipeline("inbox", "fetch")
    assert done.returncode == 0 and "broken off after" in done.stderr and done.stderr.count("the feed has of it") == 2
    kept = [path.read_text("utf-8") for path in sorted((workspace / "inbox").glob("*/*.html"))]
    assert len(kept) == 3 and all("we demand bread and freedom" in text for text in kept)


def test_a_feed_whose_address_was_corrected_is_read_however_old_it_is(pipeline, workspace, partner):
    """What the server said of one feed is nothing to ask another for: it would have nothing newer."""
    address, files, _ = partner
    times = {"/feed": "Mon, 30 Nov 2026 10:00:00 GMT", "/statements": "Fri, 20 Nov 2026 10:00:00 GMT"}

    def dated(handler):
        since, own = handler.headers.get("If-Modified-Since"), times[handler.path]
        if since and parsedate_to_datetime(own) <= parsedate_to_datetime(since):
            return answer(handler, 304)
        content = feed(address, f"{address}/strike") if handler.path == "/statements" else feed(address)
        return answer(handler, 200, content, **{"Last-Modified": own})

    files |= {"/feed": dated, "/statements": dated, "/strike": PAGE.encode()}
    assert "nothing new" in pipeline("inbox", "fetch").stderr
    path = workspace / "partners.toml"
    path.write_text(path.read_text("utf-8").replace("/feed", "/statements"), "utf-8")
    assert "1: Strike in the south [en]: kept" in pipeline("inbox", "fetch").stderr
    assert "nothing new" in pipeline("inbox", "fetch").stderr
