"""Saved files made here, after the description of the format and not by the program, and what an export must say of them."""

import json
from dataclasses import dataclass, field
from pathlib import Path

SHORT = {"person": "PER", "unit": "ORG", "figure": "NUM", "place": "LOC", "time": "TIME"}
LABELS = {"person": "人物", "unit": "单位", "figure": "数字", "place": "地点", "time": "时间"}


@dataclass
class Span:
    id: str
    label: str
    start: int
    end: int
    status: str = "accepted"
    note: str = ""
    value: dict | None = None
    entity: str | None = None


@dataclass
class Document:
    """`marked` is the reading text with ¶ where the raw text has a line end that the reading text does not."""

    name: str
    marked: str
    words: list[tuple]
    relations: list[tuple[str, str, str]] = field(default_factory=list)

    def __post_init__(self):
        self.reading = self.marked.replace("¶", "")
        self.raw = self.marked.replace("¶", "\n")
        self.to_raw, at = [], 0
        for char in self.marked:
            if char != "¶":
                self.to_raw.append(at)
            at += 1
        self.spans = []
        for number, (label, word, *more) in enumerate(self.words, 1):
            start = self.reading.index(word)
            extra = more[0] if more else {}
            self.spans.append(Span(f"s{number}", label, start, start + len(word), **extra))

    def pieces(self, span):
        """The unbroken pieces of the raw text that a span covers."""
        pieces = []
        for at in self.to_raw[span.start : span.end]:
            if pieces and pieces[-1][1] == at:
                pieces[-1][1] = at + 1
            else:
                pieces.append([at, at + 1])
        return pieces

    def saved(self):
        runs = []
        for reading, raw in enumerate(self.to_raw):
            if runs and runs[-1][1] + runs[-1][2] == raw:
                runs[-1][2] += 1
            else:
                runs.append([reading, raw, 1])
        blocks, start = [], 0
        for line in self.reading.split("\n"):
            blocks.append({"kind": "paragraph", "start": start, "end": start + len(line)})
            start += len(line) + 1
        entities = sorted({span.entity for span in self.spans if span.entity})
        return {
            "format": "zhupi",
            "version": 1,
            "offset_unit": "codepoint",
            "source": {
                "name": self.name, "sha256": "0" * 64, "encoding": "UTF-8", "newline": "lf", "text": self.raw,
            },
            "text": self.reading,
            "alignment": runs,
            "blocks": blocks,
            "labels": [
                {"id": label, "name": {"zh": name, "en": label}, "color": "#0072B2", "key": str(key)}
                for key, (label, name) in enumerate(LABELS.items(), 1)
            ],
            "spans": [
                {
                    "id": span.id, "label": span.label, "start": span.start, "end": span.end,
                    "text": self.reading[span.start : span.end], "raw": self.pieces(span), "status": span.status,
                    "origin": "hand", "score": None, "entity": span.entity, "note": span.note, "value": span.value,
                }
                for span in self.spans
            ],
            "entities": [{"id": id, "label": "unit", "name": "市供销合作社"} for id in entities],
            "relations": [
                {"id": f"r{number}", "label": label, "from": start, "to": end}
                for number, (label, start, end) in enumerate(self.relations, 1)
            ],
            "document": {"status": "done", "title": "", "issue_date": None, "note": ""},
            "corrections": [],
        }


DOCUMENTS = [
    Document(
        "1-头版.txt",
        "🀄记者罗¶𬱟勇电：市供销社\u3000收粮3.5万斤。\n县长王¶芳说：“比去年增长一成。”省里也来了😀。",
        [
            ("person", "罗𬱟勇", {"note": "断行\n人名"}),
            ("unit", "市供销社", {"entity": "e9"}),
            ("place", "市"),
            ("figure", "3.5万斤", {"value": {"kind": "measure", "value": "35000", "unit": {"raw": "斤", "code": None}}}),
            ("person", "王芳"),
            ("figure", "一成", {"status": "suggested"}),
            ("place", "省"),
        ],
        [("buys", "s2", "s4")],
    ),
    Document("2-副刊.txt", "行一\u2028行二，\u0085Li Na与\"O'Neil\"在New York见面，<甲>&乙。\t完", [("person", "Li Na"), ("place", "New York"), ("unit", "甲")]),
    Document("3-空.txt", "没有标注的一篇。", []),
]


def write(folder: Path):
    for document in DOCUMENTS:
        path = folder / f"{Path(document.name).stem}.json"
        path.write_text(json.dumps(document.saved(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def text(document, layer):
    return document.raw if layer == "raw" else document.reading


def tags(document, layer, short=False, flat=False):
    """(start, end, label) of each tag that an export must have, gaps covered; with `flat` only the outermost."""
    found = []
    for span in document.spans:
        if span.status != "accepted":
            continue
        pieces = document.pieces(span) if layer == "raw" else [[span.start, span.end]]
        found.append((pieces[0][0], pieces[-1][1], SHORT[span.label] if short else span.label))
    found.sort(key=lambda tag: (tag[0], -tag[1]))
    if flat:
        kept = []
        for tag in found:
            if not kept or tag[0] >= kept[-1][1]:
                kept.append(tag)
        found = kept
    return found


def words(document, short=False, flat=False):
    """(words without white space, label) of each tag, as formats of rows have them."""
    text_of = document.reading
    return [("".join(text_of[s:e].split()), label) for s, e, label in tags(document, "reading", short, flat)]
