"""The main job in a real window: open, read, tag by mouse, save as JSON, open again.

    python3 tests/smoke/main_job.py PROGRAM     (a display must be there; the program has the feature `inspection`)
"""

import json
import pathlib
import sys
import tempfile

from inspection import Window

ARTICLE = """ 本报讯 市水务局局长陆鸿昨天介绍，全
市更换供水管道 372.6公里，惠及4个区、27个
街道、约1.2万户居民，历时三年零四个月。陆

鸿说，漏损率降到 9.2%，明年再换120公里，
一分钱也不向居民收。

高层住户不再等水

　　“晚上七点开着也没事。”业主魏喆说。
"""
TAGS = [("市水务局", "Num2", "unit"), ("陆鸿", "Num1", "person"), ("372.6公里", "Num3", "figure"), ("昨天", "Num5", "time")]


def tags(saved):
    return sorted((span["text"], span["label"]) for span in saved["spans"])


def main(program):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        source, kept = folder / "page.txt", folder / "kept"
        source.write_text(ARTICLE, encoding="utf-8")
        kept.mkdir()
        saved = kept / "page.json"
        settings = {"ZHUPI_CONFIG_DIR": str(folder / "settings")}
        arguments = [program, str(source), "--annotations", str(kept)]

        with Window(*arguments, **settings) as window:
            window.wait_for("the article", lambda: any("陆鸿" in label for label in window.labels()))
            for text, key, _ in TAGS:
                window.drag(*window.place(text))
                window.key(key)
            # The other mention lies over a wrap and a false blank line of the raw text.
            window.drag(*window.place("陆鸿"))
            window.key("Num1")
            window.key("A")
            window.key("Enter")
            window.key("S", ctrl=True)
            window.wait_for("the saved file", saved.exists)
            window.wait_for("the tags in it", lambda: len(json.loads(saved.read_text("utf-8"))["spans"]) == 5)

        first = saved.read_bytes()
        file = json.loads(first)
        assert tags(file) == sorted([("陆鸿", "person")] + [(text, label) for text, _, label in TAGS]), tags(file)
        raw = file["source"]["text"]
        assert raw == ARTICLE
        for span in file["spans"]:
            assert file["text"][span["start"]:span["end"]] == span["text"], span
            assert "".join(raw[start:end] for start, end in span["raw"]) == span["text"], span
        assert any(len(span["raw"]) == 2 for span in file["spans"])

        # Opened again it has everything, and saving it again changes no byte.
        with Window(*arguments, **settings) as window:
            window.wait_for("the article", lambda: any("陆鸿" in label for label in window.labels()))
            window.drag(*window.place("120公里"))
            window.key("Num3")
            window.wait_for("the automatic save", lambda: saved.read_bytes() != first)
            window.key("Z", ctrl=True)
            window.key("S", ctrl=True)
            window.wait_for("the same file", lambda: saved.read_bytes() == first)
    print("the main job: done")


if __name__ == "__main__":
    main(sys.argv[1])
