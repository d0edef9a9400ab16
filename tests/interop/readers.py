"""For each format of lines, rows and inline marks a check of an export by a reader that is not ours.

A check gets the folder of the export and the layer, and fails by an assertion."""

import csv
import json
import os
import re
import sys
import types
from collections import defaultdict
from pathlib import Path

from documents import DOCUMENTS, SHORT, tags, text, words

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("HF_DATASETS_DISABLE_PROGRESS_BARS", "1")


def lines(path):
    """The lines as Python's `splitlines` sees them, which breaks at more than a line feed."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def same(found, expected, what):
    assert found == expected, f"{what}: found {found!r}, expected {expected!r}"


def jsonl(folder, layer):
    rows = lines(folder / "jsonl.jsonl")
    for row, document in zip(rows, DOCUMENTS, strict=True):
        same(row["text"], text(document, layer), "text")
        same([tuple(tag) for tag in row["label"]], tags(document, layer), "tags")


def doccano_pipeline():
    """doccano's own file readers, with empty modules in place of its data base."""
    for name in ["examples", "label_types", "labels", "projects"]:
        module = types.ModuleType(f"{name}.models")
        module.__getattr__ = lambda attribute: type(attribute, (), {})
        sys.modules.setdefault(name, types.ModuleType(name))
        sys.modules[f"{name}.models"] = module
    for name in ["pyexcel", "pyexcel.exceptions"]:
        sys.modules.setdefault(name, types.ModuleType(name))
    sys.modules["pyexcel"].exceptions = sys.modules["pyexcel.exceptions"]
    backend = next(Path(place) / "backend" for place in sys.path if (Path(place) / "backend/data_import").is_dir())
    sys.path.insert(0, str(backend))
    from data_import.pipeline import label, makers, parsers, readers

    return label, makers, parsers, readers


def doccano_read(path, parser, columns):
    """The texts, and for each column the labels that doccano makes of it, by text."""
    label, makers, parsers, readers = doccano_pipeline()
    parser = parser(parsers)
    reader = readers.Reader([readers.FileName(str(path), path.name, path.name)], parser)
    texts, found = {}, {column: defaultdict(list) for column in columns}
    for batch in reader.batch(1000):
        texts |= dict(zip(batch[readers.UUID_COLUMN], batch["text"]))
        for column, kind in columns.items():
            maker = makers.LabelMaker(column, getattr(label, kind))
            for one in maker.make(batch):
                found[column][one.example_uuid].append(one)
            same(maker.errors, [], "doccano's label errors")
    same(parser.errors, [], "doccano's errors")
    return [(words, {column: found[column][id] for column in columns}) for id, words in texts.items()]


def spans_of(labels):
    return [(one.start_offset, one.end_offset, one.label) for one in labels]


def doccano(folder, layer):
    found = doccano_read(folder / "doccano.jsonl", lambda parsers: parsers.JSONLParser("utf-8"), {"label": "SpanLabel"})
    for (words, columns), document in zip(found, DOCUMENTS, strict=True):
        same(words, text(document, layer), "text")
        same(spans_of(columns["label"]), tags(document, layer), "spans")


def doccano_relations(folder, layer):
    columns = {"entities": "SpanLabel", "relations": "RelationLabel"}
    path = folder / "doccano-relations.jsonl"
    found = doccano_read(path, lambda parsers: parsers.JSONLParser("utf-8"), columns)
    for (words, columns), document in zip(found, DOCUMENTS, strict=True):
        same(words, text(document, layer), "text")
        same(spans_of(columns["entities"]), tags(document, layer), "entities")
        by_id = {one.id: text(document, layer)[one.start_offset : one.end_offset] for one in columns["entities"]}
        relations = [(one.type, by_id[one.from_id], by_id[one.to_id]) for one in columns["relations"]]
        by_name = {span.id: document.reading[span.start : span.end] for span in document.spans}
        same(relations, [(label, by_name[a], by_name[b]) for label, a, b in document.relations], "relations")


def labelstudio(folder, layer):
    from label_studio_sdk.label_interface import LabelInterface

    interface = LabelInterface((folder / "labelstudio_config.xml").read_text(encoding="utf-8"))
    interface.validate()
    tasks = json.loads((folder / "labelstudio.json").read_text(encoding="utf-8"))
    for task, document in zip(tasks, DOCUMENTS, strict=True):
        assert interface.validate_task({"data": task["data"]}), "Label Studio refuses the task"
        same(task["data"]["text"], text(document, layer), "text")
        for annotation in task["annotations"]:
            assert interface.validate_annotation(annotation), "Label Studio refuses the annotation"
        regions = [one for one in task["annotations"][0]["result"] if one["type"] == "labels"]
        found = [(one["value"]["start"], one["value"]["end"], *one["value"]["labels"]) for one in regions]
        same(found, tags(document, layer), "regions")
        for one in regions:
            value = one["value"]
            same(value["text"], task["data"]["text"][value["start"] : value["end"]], "the text of a region")


def labelstudio_config(folder, layer):
    from label_studio_sdk.label_interface import LabelInterface

    interface = LabelInterface((folder / "labelstudio-config.xml").read_text(encoding="utf-8"))
    interface.validate()
    assert set(SHORT) <= set(interface.get_control("label").labels), "a label is missing"


def spacy(folder, layer):
    import spacy as real
    from spacy.training import Example

    blank = real.blank("zh")
    tuples = json.loads((folder / "spacy.json").read_text(encoding="utf-8"))
    for (words, named), document in zip(tuples, DOCUMENTS, strict=True):
        same(words, text(document, layer), "text")
        expected = tags(document, layer, short=True, flat=True)
        same([tuple(entity) for entity in named["entities"]], expected, "entities")
        doc = blank.make_doc(words)
        same(doc.text, words, "spaCy's text")
        for start, end, label in expected:
            # Western words are tokens of several characters.
            assert doc.char_span(start, end, label=label) is not None, f"{words[start:end]!r} cuts a token"
        example = Example.from_dict(doc, named)
        found = [(ent.start_char, ent.end_char, ent.label_) for ent in example.reference.ents]
        same(found, expected, "spaCy's entities")


def prodigy(folder, layer):
    import srsly

    for task, document in zip(srsly.read_jsonl(folder / "prodigy.jsonl"), DOCUMENTS, strict=True):
        words = task["text"]
        same(words, text(document, layer), "text")
        for number, token in enumerate(task["tokens"]):
            same(token["id"], number, "a token's number")
            same(token["text"], words[token["start"] : token["end"]], "a token")
        for span in task["spans"]:
            same(task["tokens"][span["token_start"]]["start"], span["start"], "token_start")
            same(task["tokens"][span["token_end"]]["end"], span["end"], "token_end, which is inclusive")
        same([(span["start"], span["end"], span["label"]) for span in task["spans"]], tags(document, layer), "spans")
        same(task["answer"], "accept", "answer")


def brat(folder, layer):
    from pybrat.parser import BratParser

    parser = BratParser(error="raise")
    examples = {example.id: example for example in parser.parse(str(folder))}
    for document in DOCUMENTS:
        example = examples[Path(document.name).stem]
        same(example.text, text(document, layer), "text")
        # pybrat takes a tag in fragments from its first character to its last.
        found = sorted((one.spans[0].start, one.spans[-1].end, one.type) for one in example.entities)
        same(found, sorted(tags(document, layer)), "entities")
        relations = [(one.type, one.arg1.mention, one.arg2.mention) for one in example.relations]
        by_name = {span.id: document.reading[span.start : span.end] for span in document.spans}
        same(relations, [(label, by_name[a], by_name[b]) for label, a, b in document.relations], "relations")
        check_standoff(folder / f"{Path(document.name).stem}.ann", example.text)
    config = (folder / "annotation.conf").read_text(encoding="utf-8")
    same(re.findall(r"^\[(.*)\]$", config, re.M), ["entities", "relations", "events", "attributes"], "sections")


def check_standoff(path, words):
    """brat's server cuts a line's text out of the document and refuses a file where the two differ."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("T"):
            continue
        _, place, covered = line.split("\t", 2)
        pieces = [piece.split(" ") for piece in place.split(" ", 1)[1].split(";")]
        assert all("\n" not in words[int(a) : int(b)] for a, b in pieces), "a fragment holds a line end"
        same(covered, " ".join(words[int(a) : int(b)] for a, b in pieces), "the text of a tag")


def rows(path):
    """Sentences of (token, tag), read as most programs do."""
    sentences = [[]]
    for line in path.read_text(encoding="utf-8").split("\n"):
        if not line.strip():
            sentences.append([])
            continue
        token, tag = line.split("\t")
        same(line.split(), [token, tag], "a row split at white space")
        sentences[-1].append((token, tag))
    return [sentence for sentence in sentences if sentence]


def conll(name, scheme, rename=lambda tag: tag):
    def check(folder, layer):
        from seqeval import scheme as schemes

        found = []
        for sentence in rows(folder / f"{name}.tsv"):
            tokens = [token for token, _ in sentence]
            labels = [[rename(tag) for _, tag in sentence]]
            entities = schemes.Entities(labels, getattr(schemes, scheme)).entities[0]
            found += [("".join(tokens[one.start : one.end]), one.tag) for one in entities]
        same(found, [word for document in DOCUMENTS for word in words(document, True, True)], "entities")
        if name != "conll-bmes":
            conll_by_doccano(folder / f"{name}.tsv", scheme)

    return check


def conll_by_doccano(path, scheme):
    make = lambda parsers: parsers.CoNLLParser("utf-8", delimiter="", scheme=scheme)
    found = []
    for words_of, columns in doccano_read(path, make, {"label": "SpanLabel"}):
        found += [(words_of[one.start_offset : one.end_offset], one.label) for one in columns["label"]]
    same(found, [word for document in DOCUMENTS for word in words(document, True, True)], "doccano's spans")


def token_classification(rows_of, names):
    for row, document in zip(rows_of, DOCUMENTS, strict=True):
        same(len(row["tokens"]), len(row["ner_tags"]), "tokens and tags")
        found = []
        for token, number in zip(row["tokens"], row["ner_tags"]):
            tag = names[number]
            if tag.startswith("B-"):
                found.append((token, tag[2:]))
            elif tag.startswith("I-"):
                found[-1] = (found[-1][0] + token, found[-1][1])
        same(found, words(document, True, True), "entities")


def hf(folder, layer):
    from datasets import ClassLabel, Sequence, load_dataset

    data = load_dataset("json", data_files=str(folder / "hf.jsonl"), split="train", cache_dir=str(folder / "cache"))
    names = json.loads((folder / "hf_labels.json").read_text(encoding="utf-8"))
    data = data.cast_column("ner_tags", Sequence(ClassLabel(names=names)))
    token_classification(data, data.features["ner_tags"].feature.names)
    for row, document in zip(data, DOCUMENTS, strict=True):
        same([text(document, layer)[at] for at in row["char_offsets"]], row["tokens"], "tokens by their offsets")


def chat(folder, layer):
    from datasets import load_dataset

    data = load_dataset("json", data_files=str(folder / "chat.jsonl"), split="train", cache_dir=str(folder / "cache"))
    for row, document in zip(data, DOCUMENTS, strict=True):
        same([message["role"] for message in row["messages"]], ["system", "user", "assistant"], "roles")
        _, user, assistant = row["messages"]
        answers = json.loads(assistant["content"])
        assert all(answer["text"] in user["content"] for answer in answers), "an answer is not in the prompt"
        expected = [(text(document, layer)[s:e], label) for s, e, label in tags(document, layer, short=True)]
        same([(answer["text"], answer["label"]) for answer in answers], expected, "answers")


def yedda(folder, layer):
    """The expression and the cutting of YEDDA's own export."""
    for document in DOCUMENTS:
        marked = (folder / f"{Path(document.name).stem}.ann").read_text(encoding="utf-8")
        pairs = re.findall(r"\[\@.*?\#.*?\*\](?!\#)", marked)
        found = [tuple(pair[2:-2].split("#")) for pair in pairs]
        expected = []
        for start, end, label in tags(document, layer, short=True, flat=True):
            expected += [(line, label) for line in text(document, layer)[start:end].split("\n")]
        same(found, expected, "tags")
        plain = re.sub(r"\[\@(.*?)\#.*?\*\](?!\#)", r"\1", marked)
        same(plain, text(document, layer), "text")


def neat(folder, layer):
    header = "No. TOKEN NE-TAG NE-EMB ID url_id left right top bottom".split()
    for document in DOCUMENTS:
        path = folder / f"{Path(document.name).stem}.tsv"
        with path.open(encoding="utf-8", newline="") as file:
            first, *rows_of = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        same(first, header, "header")
        found = []
        for column in (2, 3):
            for at, row in enumerate(rows_of):
                if row[column].startswith("B-"):
                    found.append((at, row[1], row[column][2:]))
                elif row[column].startswith("I-"):
                    at, token, label = found[-1]
                    found[-1] = (at, token + row[1], label)
        found = [(token, label) for at, token, label in sorted(found, key=lambda one: (one[0], -len(one[1])))]
        same(found, words(document, True), "tags")


def table(name, delimiter, restore=lambda cell: cell):
    def check(folder, layer):
        with (folder / name).open(encoding="utf-8", newline="") as file:
            quoting = csv.QUOTE_MINIMAL if delimiter == "," else csv.QUOTE_NONE
            rows_of = list(csv.DictReader(file, delimiter=delimiter, quoting=quoting))
        for document in DOCUMENTS:
            own = [row for row in rows_of if row["document"] == document.name]
            found = [(int(row["start"]), int(row["end"]), row["label"]) for row in own]
            same(found, tags(document, layer), "rows")
            notes = [restore(row["note"]) for row in own if row["note"]]
            same(notes, [span.note for span in document.spans if span.note], "notes")

    return check


def unescaped(cell):
    return cell.replace("\\n", "\n").replace("\\t", "\t")


READERS = {
    "jsonl": jsonl,
    "doccano": doccano,
    "doccano-relations": doccano_relations,
    "labelstudio": labelstudio,
    "labelstudio-config": labelstudio_config,
    "spacy": spacy,
    "prodigy": prodigy,
    "brat": brat,
    "conll-bio": conll("conll-bio", "IOB2"),
    "conll-bioes": conll("conll-bioes", "IOBES"),
    "conll-bmes": conll("conll-bmes", "IOBES", lambda tag: tag.replace("M-", "I-", 1) if tag.startswith("M-") else tag),
    "hf": hf,
    "chat": chat,
    "yedda": yedda,
    "neat": neat,
    "csv": table("csv.csv", ","),
    "tsv": table("tsv.tsv", "\t", unescaped),
}
