"""What the typesetter is given."""

import base64
import json
from xml.etree.ElementTree import fromstring

from pipeline.edition.design import Design
from pipeline.edition.render import Attachment
from pipeline.edition.render.pdf import jobs
from tests.support.pages import built
from tests.support.rich import edition


def job(made, *attachments):
    return jobs.job(made, Design(), attachments, release=True)


def test_a_job_is_json_and_its_page_is_well_formed_whatever_the_text_holds():
    found = json.loads(json.dumps(job(built("عنوان\nمتن <b> & «و» \x0b\x00 ]]> \ud800 &amp;", str))))
    assert "متن <b> & «و»" in "".join(fromstring(found["html"]).itertext())


def test_attachments_and_pictures_travel_byte_for_byte():
    found = job(edition("en"), Attachment("a.txt", "text/plain", "About", b"\x00\xff"))
    assert base64.b64decode(found["attachments"][0]["content"]) == b"\x00\xff"
    assert [base64.b64decode(one) for one in found["pictures"].values()] == list(
        edition("en").document.pictures.values()
    )


def test_the_readers_own_language_is_read_first():
    assert job(built("متن", str))["languages"] == ["en", "fa"]
