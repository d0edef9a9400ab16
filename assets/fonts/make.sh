#!/usr/bin/env bash
# Makes NotoSansSC-Zhupi.ttf, the face that the program carries, from the full Noto Sans SC.
#
#   assets/fonts/make.sh
#
# Needs npm, Python 3 and `pip install fonttools`. The same inputs give the same file, byte for byte.
# What is in it: all of GB 2312 (levels 1 and 2 and its kana, bopomofo, Greek and Cyrillic), characters.txt, Latin
# with accents, general and Chinese punctuation, full-width forms. A character that the full face lacks is skipped;
# the system's fonts stand behind this one.
set -euo pipefail

package=@expo-google-fonts/noto-sans-sc@0.4.3
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$work"
npm pack --silent "$package" >/dev/null
tar -xzf ./*.tgz
full=package/400Regular/NotoSansSC_400Regular.ttf

python3 - "$here/characters.txt" > unicodes.txt <<'PYTHON'
import sys

def gb2312():
    for lead in range(0xA1, 0xF8):
        for trail in range(0xA1, 0xFF):
            try:
                yield ord(bytes([lead, trail]).decode("gb2312"))
            except UnicodeDecodeError:
                pass  # an empty place in the table

ranges = [
    (0x0020, 0x007E), (0x00A0, 0x017F),  # ASCII, Latin
    (0x0370, 0x03FF), (0x0400, 0x045F),  # Greek, Cyrillic
    (0x2010, 0x205E),                    # general punctuation
    (0x3000, 0x303F), (0x3040, 0x30FF), (0x3105, 0x312F),  # Chinese punctuation, kana, bopomofo
    (0xFE30, 0xFE4F), (0xFF01, 0xFFEE),  # vertical and full-width forms
]
wanted = set(gb2312())
for first, last in ranges:
    wanted.update(range(first, last + 1))
with open(sys.argv[1], encoding="utf-8") as lines:
    for line in lines:
        if not line.startswith("#"):
            wanted.update(map(ord, line.rstrip("\n")))
print("\n".join(f"{c:X}" for c in sorted(wanted)))
PYTHON

# vert and locl stay: a vertical column and a Traditional text need them. Hinting goes: the program draws unhinted.
python3 -m fontTools.subset "$full" \
    --unicodes-file=unicodes.txt \
    --layout-features=ccmp,locl,mark,kern,liga,palt,halt,vert,vrt2,vpal,vhal,vkrn \
    --no-hinting --drop-tables+=STAT,gasp --name-IDs=0,1,2,3,4,5,6,7,8,9,10,11,13,14 \
    --output-file="$here/NotoSansSC-Zhupi.ttf"
ls -l "$here/NotoSansSC-Zhupi.ttf"
