"""The structure of a PDF, as qpdf shows it: what screen readers go by."""

import json
import subprocess


def objects(path):
    """The objects of a PDF by reference, as qpdf writes them in JSON."""
    done = subprocess.run(["qpdf", "--json=2", "--json-key=qpdf", path], check=True, capture_output=True)
    return {
        key.removeprefix("obj:"): one.get("value", one.get("stream", {}).get("dict"))
        for key, one in json.loads(done.stdout)["qpdf"][1].items()
    }


class Structure:
    def __init__(self, path):
        self.known = objects(path)
        self.catalogue = next(o for o in self.known.values() if isinstance(o, dict) and o.get("/Type") == "/Catalog")
        root = self.known[self.catalogue["/StructTreeRoot"]]
        (document,) = self.children(root)
        self.sections = {section["/Lang"].removeprefix("u:"): section for section in self.children(document)}

    def children(self, element):
        kids = element.get("/K", [])
        kids = [self.known.get(kid) for kid in (kids if isinstance(kids, list) else [kids]) if isinstance(kid, str)]
        return [kid for kid in kids if isinstance(kid, dict) and kid.get("/Type") == "/StructElem"]

    def names(self, lang):
        return [child["/S"] for child in self.children(self.sections[lang])]

    def within(self, element):
        yield element
        for child in self.children(element):
            yield from self.within(child)
