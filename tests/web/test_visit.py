"""What a request asks for, and where an answer leads: never to another site, whatever the request says."""

import pytest

from tests.web.conftest import PAGE


@pytest.mark.parametrize(
    "target", ["//evil.example", "/people", "/\\evil.example", "https://evil.example", "/\r\nX: y", "evil"]
)
def test_no_form_leads_to_another_site(sara, target):
    fields = sara.ask("/").hidden('class="interface"') | {"from": target, "interface": "fr"}
    assert sara.once("/me", fields).headers["location"] == f"{sara.root}/"


@pytest.mark.parametrize(
    "query", ["show=nonsense&page=-1", "page=99999999999", "page=%D9%A3", "words=" + "x" * 3000, "go=nowhere&unit=zz"]
)
def test_what_makes_no_sense_in_an_address_is_no_fault(sara, query):
    assert sara.ask(f"{PAGE}?{query}").status == 200


def test_what_is_told_is_told_once(sara):
    name = sara.ask(PAGE).sentences["Our statement"]
    assert sara.save(PAGE, name, "Our declaration").said == "saved."
    assert sara.ask(PAGE).said == ""
