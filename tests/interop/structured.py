"""For each format of structures – CAS, XML, linked data, packed files – a check of an export by a reader that is not ours.

As in readers.py a check gets the folder of the export and the layer, and fails by an assertion."""

import csv
import hashlib
import io
import json
import os
import zipfile
from pathlib import Path

from documents import DOCUMENTS, tags, text
from readers import same, token_classification

NAMED_ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
SEGMENTATION = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type."
RELATION = "webanno.custom.TagRelation"
TEI = "{http://www.tei-c.org/ns/1.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"


def stem(document):
    return Path(document.name).stem


def named(document):
    """The names that tags of the document give, by the words tagged."""
    return {document.reading[span.start : span.end]: "市供销合作社" for span in document.spans if span.entity}


def check_cas(cas, document, layer):
    """cassis turns UTF-16 units into code points; the words that it covers are proof that they were counted right."""
    words = text(document, layer)
    same(cas.sofa_string, words, "text")
    found = sorted(cas.select(NAMED_ENTITY), key=lambda one: (one.begin, -one.end))
    expected = tags(document, layer, short=True)
    same([(one.begin, one.end, one.value) for one in found], expected, "named entities")
    same([one.get_covered_text() for one in found], [words[s:e] for s, e, _ in expected], "the text they cover")
    for one in found:
        same(one.identifier, named(document).get(one.get_covered_text()), "identifier")
    tokens = [one.get_covered_text() for one in cas.select(SEGMENTATION + "Token")]
    same("".join(tokens), "".join(words.split()), "tokens")
    sentences = list(cas.select(SEGMENTATION + "Sentence"))
    for one in found:
        assert any(s.begin <= one.begin and one.end <= s.end for s in sentences), "a tag crosses sentences"
    relations = [
        (one.label, one.Governor.get_covered_text(), one.Dependent.get_covered_text()) for one in cas.select(RELATION)
    ]
    place = {span.id: pieces for span in document.spans for pieces in [document.pieces(span)]}

    def covered(id):
        span = next(span for span in document.spans if span.id == id)
        start, end = (place[id][0][0], place[id][-1][1]) if layer == "raw" else (span.start, span.end)
        return words[start:end]

    same(relations, [(label, covered(a), covered(b)) for label, a, b in document.relations], "relations")


def cas_json(folder, layer):
    import cassis

    for document in DOCUMENTS:
        with (folder / f"{stem(document)}.json").open("rb") as file:
            check_cas(cassis.load_cas_from_json(file), document, layer)


def xmi(folder, layer):
    import cassis

    with (folder / "TypeSystem.xml").open("rb") as file:
        types = cassis.load_typesystem(file)
    for document in DOCUMENTS:
        with (folder / f"{stem(document)}.xmi").open("rb") as file:
            check_cas(cassis.load_cas_from_xmi(file, typesystem=types), document, layer)


def split(said):
    """What stands between the bars of a cell that have no backslash before them."""
    parts, escaped = [""], False
    for char in said:
        if char == "|" and not escaped:
            parts.append("")
        else:
            parts[-1] += char
        escaped = char == "\\" and not escaped
    return parts


def webanno(folder, layer):
    """A strict reader after the rules of WebAnno's `Tsv3XDeserializer`: none is on PyPI."""
    for document in DOCUMENTS:
        units = text(document, layer).encode("utf-16-le")
        rows = (folder / f"{stem(document)}.tsv").read_text(encoding="utf-8").split("\n")
        same(rows[0], "#FORMAT=WebAnno TSV 3.3", "format")
        same(rows[1], f"#T_SP={NAMED_ENTITY}|identifier|value", "layer")
        same(rows[2:4], ["", ""], "the two empty lines")
        same(rows[-1], "", "the end")
        state, number, found, single = "between", 0, {}, 0
        for row in rows[4:-1]:
            if row.startswith("#Text="):
                assert state in ("between", "header"), "a header stands in a sentence"
                number += state == "between"
                state, at = "header", 0
            elif row == "":
                assert state == "token", "an empty line ends no sentence"
                state = "between"
            else:
                id, place, token, identifier, value, end = row.split("\t")
                state, at = "token", at + 1
                same((id, end), (f"{number}-{at}", ""), "a row's number, and the tab at its end")
                start, stop = map(int, place.split("-"))
                words = units[2 * start : 2 * stop].decode("utf-16-le")
                same({"\\\\": "\\"}.get(token, token), words, "a token")
                if value == "_":
                    same(identifier, "_", "identifier")
                    continue
                for one, name in zip(split(value), split(identifier), strict=True):
                    label, _, key = one.partition("[")
                    single += not key
                    found.setdefault(key or f"single {single}", [label, "", name.partition("[")[0]])[1] += words
        expected = [[label, "".join(text(document, layer)[s:e].split())] for s, e, label in tags(document, layer, short=True)]
        same([one[:2] for one in found.values()], expected, "tags")
        names = [name for _, _, name in found.values() if name != "*"]
        same(names, list(named(document).values()), "identifiers")


def w3c(folder, layer):
    """Both selectors lead to the same words; the rest is what the Recommendation's model asks for."""
    for document in DOCUMENTS:
        words = (folder / f"{stem(document)}.txt").read_bytes().decode("utf-8")
        same(words, text(document, layer), "text")
        annotations = json.loads((folder / f"{stem(document)}.jsonld").read_text(encoding="utf-8"))
        found = []
        for one in annotations:
            same(one["@context"], "http://www.w3.org/ns/anno.jsonld", "context")
            same(one["type"], "Annotation", "type")
            same(one["target"]["source"], f"{stem(document)}.txt", "source")
            selectors = {selector["type"]: selector for selector in one["target"]["selector"]}
            position, quote = selectors["TextPositionSelector"], selectors["TextQuoteSelector"]
            start, end = position["start"], position["end"]
            same(quote["exact"], words[start:end], "the words")
            assert words[:start].endswith(quote["prefix"]) and words[end:].startswith(quote["suffix"]), "around the words"
            label = [body["value"] for body in one["body"] if body["purpose"] == "tagging"]
            found.append((start, end, *label))
        same(found, tags(document, layer, short=True), "annotations")


def tei(folder, layer):
    """lxml reads the body as TEI means it; with TEI_SCHEMA, the path of tei_all.rng, the file is held against it."""
    from lxml import etree

    elements = {"persName": "person", "orgName": "unit", "placeName": "place", "measure": "figure", "num": "figure"}
    schema = os.environ.get("TEI_SCHEMA")
    schema = etree.RelaxNG(etree.parse(schema)) if schema else None
    for document in DOCUMENTS:
        root = etree.parse(folder / f"{stem(document)}.xml").getroot()
        if schema is not None:
            assert schema.validate(root), schema.error_log
        body = root.find(f"{TEI}text/{TEI}body")
        blocks = body.findall(f"{TEI}p") + body.findall(f"{TEI}ab")
        same("\n".join(characters(block).removeprefix("\n") for block in blocks), text(document, layer), "text")
        found = [
            (characters(one), elements[etree.QName(one).localname])
            for one in body.iter(etree.Element)
            if etree.QName(one).localname in elements
        ]
        expected = [(text(document, layer)[s:e], label) for s, e, label in tags(document, layer)]
        same(found, expected, "names")
        ids = {one.get(f"{XML}id") for one in root.iter(etree.Element)}
        pointers = [value for one in root.iter(etree.Element) for name in ("ref", "target", "active", "passive", "next", "prev") if (value := one.get(name))]
        assert all(pointer.removeprefix("#") in ids for pointer in pointers), "a pointer leads nowhere"
        for lb in body.iter(f"{TEI}lb"):
            inside = etree.QName(lb.getparent()).localname in elements
            same(lb.get("break"), "no" if inside else None, "break")


def characters(element):
    """The text of an element, with a line feed where a line begins."""
    words = element.text or ""
    for child in element:
        words += "\n" if child.tag == f"{TEI}lb" else characters(child)
        words += child.tail or ""
    return words


def docbin(folder, layer):
    import spacy
    from spacy.tokens import DocBin
    from spacy.training import Corpus

    blank = spacy.blank("zh")
    docs = list(DocBin(store_user_data=True).from_disk(folder / "docbin.spacy").get_docs(blank.vocab))
    for doc, document in zip(docs, DOCUMENTS, strict=True):
        same(doc.text, text(document, layer), "text")
        same(doc.user_data["name"], document.name, "name")
        found = [(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents]
        same(found, tags(document, layer, short=True, flat=True), "entities")
        spans = [(span.start_char, span.end_char, span.label_) for span in doc.spans.get("sc", [])]
        same(spans, tags(document, layer, short=True), "spans")
        same({ent.text: ent.kb_id_ for ent in doc.ents if ent.kb_id_}, named(document), "names")
    # What `spacy train` does with the file, on texts whose tokens are the tokenizer's own.
    examples = list(Corpus(folder / "docbin.spacy")(blank))
    assert len(examples) == len(DOCUMENTS), "spaCy's corpus drops a text"
    # spaCy can train on it at all.
    recogniser = blank.add_pipe("ner")
    blank.initialize(lambda: examples)
    losses = blank.update(examples, losses={})
    assert losses["ner"] > 0 and {"PER", "ORG"} <= set(recogniser.labels), "nothing was learnt"


def parquet(folder, layer):
    import pyarrow.parquet
    from datasets import load_dataset

    table = pyarrow.parquet.read_table(folder / "parquet.parquet")
    same(table.column_names, ["id", "tokens", "ner_tags", "char_offsets"], "columns")
    data = load_dataset("parquet", data_files=str(folder / "parquet.parquet"), split="train", cache_dir=str(folder / "cache"))
    # The names come from the file itself.
    token_classification(data, data.features["ner_tags"].feature.names)
    same(data["id"][:], [document.name for document in DOCUMENTS], "names")
    for row, document in zip(data, DOCUMENTS, strict=True):
        same([text(document, layer)[at] for at in row["char_offsets"]], row["tokens"], "tokens by their offsets")


def archive(folder, layer):
    """The rules of BagIt, RFC 8493, with nothing but Python's own zip and hashes."""
    with zipfile.ZipFile(folder / "archive.zip") as bag:
        assert bag.testzip() is None, "the zip is damaged"
        (base,) = {name.split("/")[0] for name in bag.namelist()}
        files = {name.removeprefix(f"{base}/"): bag.read(name) for name in bag.namelist()}
    assert files["bagit.txt"].startswith(b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"), "bagit.txt"
    listed = {}
    for manifest in ["manifest-sha256.txt", "tagmanifest-sha256.txt"]:
        for line in files[manifest].decode("utf-8").splitlines():
            hash, path = line.split("  ", 1)
            same(hashlib.sha256(files[path]).hexdigest(), hash, path)
            listed[path] = hash
    same({path for path in files if path.startswith("data/")}, {path for path in listed if path.startswith("data/")}, "payload")
    info = dict(line.split(": ", 1) for line in files["bag-info.txt"].decode("utf-8").splitlines())
    payload = [content for path, content in files.items() if path.startswith("data/")]
    same(info["Payload-Oxum"], f"{sum(map(len, payload))}.{len(payload)}", "Payload-Oxum")
    sources = list(csv.DictReader(io.StringIO(files["data/sources.tsv"].decode("utf-8")), delimiter="\t"))
    same([row["kept"] for row in sources], ["decoded"] * len(DOCUMENTS), "sources")
    for document in DOCUMENTS:
        same(files[f"data/raw/{stem(document)}.txt"].decode("utf-8"), document.raw, "raw text")
        same(files[f"data/reading/{stem(document)}.txt"].decode("utf-8"), document.reading, "reading text")
        saved = json.loads(files[f"data/annotations/{stem(document)}.json"])
        same(len(saved["spans"]), len(document.spans), "spans")
    assert {"id", "guideline"} <= set(json.loads(files["data/labels.json"])[0]), "labels"


READERS = {
    "cas-json": cas_json,
    "xmi": xmi,
    "webanno": webanno,
    "w3c": w3c,
    "tei": tei,
    "docbin": docbin,
    "parquet": parquet,
    "archive": archive,
}
