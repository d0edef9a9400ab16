#!/usr/bin/env python3
"""Sets marked-up articles into hard-wrapped pages whose line ends are known, one page a line of JSON, for
`cargo run --release --example line_ends`.

    python pages.py [--maker NAME]… ARTICLE.txt…  >pages.jsonl

Four makers, none of which shares its idea of a page with another, so that what is learnt holds on pages of a fifth:
`typeset` (three profiles, hard ones too), `plain` and `simple` (few defects, each with a rate), `varied` (columns of other
widths within a paragraph, pictures, centred headlines). Without --maker all of them, and of their pages every second one cut short twice: three to sixteen lines, as somebody may
paste them; and the articles as they are, a block a line.
"""
import argparse
import json
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "makers"))

import plain
import simple
import typeset
import varied

WIDTHS = typeset.WIDTHS
MAKERS = {"typeset": typeset, "plain": plain, "varied": varied, "simple": simple}
# Unwrapped pages are few and short: they count so many times.
UNWRAPPED_AGAIN = 3


def made(maker, files):
    for profile in MAKERS[maker].PROFILES:
        seeds = [0] if maker == "simple" else 1
        for name, page in MAKERS[maker].pages(files, profile, WIDTHS, seeds):
            yield page["raw"], [(end["b"], bool(end["brk"]), bool(end["und"])) for end in page["ends"]]


def cut_short(raw, ends, chance):
    """Some lines of a page from the beginning of a block on."""
    begins = [index for index, end in enumerate(ends) if end[1]]
    if len(begins) < 3:
        return
    for _ in range(2):
        first = chance.choice(begins)
        last = min(first + chance.randint(3, 16), len(ends) - 1)
        start = raw.rfind("\n", 0, ends[first][0]) + 1
        end = raw.rfind("\n", 0, ends[last][0])
        within = [(at - start, breaks, undecidable) for at, breaks, undecidable in ends[first + 1 : last]]
        if within and end > start:
            yield raw[start:end], within


def unwrapped(path):
    """The blocks of a file, then of one of its articles, then some of those, a line each."""
    chance = random.Random(path.name)
    articles = varied.read_articles(path)
    one = chance.choice(articles)
    some = one[chance.randrange(len(one)) :][: chance.randint(2, 3)]
    for blocks, indent in ((sum(articles, []), ""), (sum(articles, []), "　　"), (one, ""), (some, "")):
        raw, ends = "", []
        for kind, text in blocks:
            if raw:
                raw += "\n"
            raw += indent if kind == "paragraph" else ""
            if raw.strip():
                ends.append((len(raw), True, False))
            raw += text.strip()
        yield raw, ends


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--maker", action="append", choices=MAKERS)
    parser.add_argument("articles", nargs="+", type=Path)
    asked = parser.parse_args()
    files = [str(path) for path in asked.articles]
    chance = random.Random(5)

    def show(page):
        raw, ends = page
        if ends:
            print(json.dumps({"raw": raw, "ends": ends}, ensure_ascii=False))

    for maker in asked.maker or MAKERS:
        for page in made(maker, files):
            show(page)
            if not asked.maker and chance.random() < 0.5:
                for short in cut_short(*page, chance):
                    show(short)
    if not asked.maker:
        for path in asked.articles:
            for _ in range(UNWRAPPED_AGAIN):
                for page in unwrapped(path):
                    show(page)


if __name__ == "__main__":
    main()
