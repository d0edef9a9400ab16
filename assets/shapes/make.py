#!/usr/bin/env python3
"""Makes src/text/doubt/shapes.txt: the characters of the bundled font, each with the frequent ones that look like it.

    assets/shapes/make.py > src/text/doubt/shapes.txt

Needs `pip install numpy pillow fonttools`. Each character is drawn, blurred, and compared with every other by the cosine
of the two pictures. Kept are characters of the first level of GB 2312: for a printed character that is of that level
itself at most five with a cosine of at least 0.86, for a rare one at most four with at least 0.78.
"""

import sys
from pathlib import Path

import numpy as np
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFilter, ImageFont

SIZE = 32
WIDTH = 60
FONT = Path(__file__).parent.parent / "fonts" / "NotoSansSC-Zhupi.ttf"


def first_level():
    for lead in range(0xB0, 0xD8):
        for trail in range(0xA1, 0xFF):
            try:
                yield bytes([lead, trail]).decode("gb2312")
            except UnicodeDecodeError:
                pass  # an empty place in the table


def picture(char, font):
    image = Image.new("L", (SIZE + 8, SIZE + 16), 0)
    ImageDraw.Draw(image).text((4, 0), char, font=font, fill=255)
    pixels = np.asarray(image.filter(ImageFilter.GaussianBlur(1.2)), dtype=np.float32).ravel()
    pixels = pixels - pixels.mean()
    return pixels / np.linalg.norm(pixels)


def main():
    font = ImageFont.truetype(str(FONT), SIZE)
    chars = [chr(code) for code in sorted(TTFont(FONT).getBestCmap()) if 0x4E00 <= code <= 0x9FFF]
    pictures = np.stack([picture(char, font) for char in chars])
    likeness = pictures @ pictures.T
    np.fill_diagonal(likeness, -1)
    frequent = set(first_level())
    line = ""
    for index, char in enumerate(chars):
        least, most = (0.86, 5) if char in frequent else (0.78, 4)
        nearest = np.argsort(-likeness[index])[:40]
        alike = [chars[n] for n in nearest if chars[n] in frequent and likeness[index][n] >= least][:most]
        if not alike:
            continue
        entry = char + "".join(alike)
        if len(line) + 1 + len(entry) > WIDTH:
            print(line)
            line = entry
        else:
            line = f"{line} {entry}".strip()
    print(line)


if __name__ == "__main__":
    sys.exit(main())
