#!/usr/bin/env python3
"""A plain page maker: marked-up articles -> hard-wrapped, OCR-like pages with known line-end truth.

False and missing blank lines, stray spaces, lost indents, at various widths.  Per page a few choices (wrap mode, indent, columns) and
one probability for each defect.  Characters are never changed, only spaces and line ends are added.
    pages(files, profile, widths, seeds) -> (name, page);   simple.py [files]: check and baselines
"""
import glob, os, random, re, sys

PROFILES = ['one']
KINDS = {'# ': 'heading', '@ ': 'byline', '^ ': 'caption', '! ': 'furniture', '| ': 'verse'}
NO_START = set('，。、；：！？）》〉」』】〕”’…—·%％℃,.;:!?)]}')
NO_END = set('（《〈「『【〔“‘([{')
FINAL = set('。！？…!?')
CLOSERS = set('”’）》」』】)')
FIG = re.compile(r'⟦([^⟦⟧]*)⟧(\{[^{}]*\})?')
OPENER = re.compile(r'(本报讯|本报|新华社|据|[0-9０-９一二三四五六七八九十]{1,2}[、.．）)]|[（(]|[▲■●◆□])')


# ---------------------------------------------------------------- input
def read_articles(path):
    """[[(kind, text), ...], ...]: articles of blocks."""
    with open(path, encoding='utf-8-sig') as f:
        rows = f.read().splitlines()
    arts, cur = [], []
    for row in rows + ['']:
        row = row.strip('\r\n')
        if not row.strip():
            if cur:
                arts.append(cur)
            cur = []
            continue
        kind = KINDS.get(row[:2], 'paragraph')
        text = row[2:] if row[:2] in KINDS else row
        while True:                                   # marked figures may nest
            new = FIG.sub(r'\1', text)
            if new == text:
                break
            text = new
        text = text.strip()
        if text:
            cur.append((kind, text))
    return arts


# ---------------------------------------------------------------- wrapping
def cw(c):
    return 0.5 if ord(c) < 0x2e80 and c not in '“”‘’…—·×' else 1.0


def width_of(s):
    return sum(map(cw, s))


def units(text, whole):
    """Unbreakable units; with `whole`, numbers and Latin words are kept in one piece."""
    if not whole:
        return list(text)
    return re.findall(r"[A-Za-z]+(?:['-][A-Za-z]+)*|[0-9][0-9.,:]*[0-9]%?|[0-9]%?|.", text)


def wrap(text, width, mode, first):
    """Lines of `text`.  mode: cut | whole | kinsoku (carry over) | hang (stop hangs out)."""
    us = units(text, mode != 'cut')
    lines, cur, room = [], [], width - first
    for u in us:
        w = width_of(u)
        if cur and sum(map(width_of, cur)) + w > room:
            if mode == 'hang' and u in NO_START and sum(map(width_of, cur)) <= room:
                cur.append(u)                          # the stop hangs out; break before what follows
                continue
            carry = []
            if mode in ('kinsoku', 'hang') and not u.isspace():
                head = u
                while len(cur) > 2 and len(carry) < 3 and (head[0] in NO_START or cur[-1][-1] in NO_END):
                    head = cur.pop()
                    carry.insert(0, head)
            lines.append(''.join(cur))
            cur, room = carry, width
            if not cur and u.isspace():
                continue                               # a space at the wrap is lost
        while width_of(u) > room and len(u) > 1 and not cur:   # a word longer than a line
            k = 1
            while k < len(u) and width_of(u[:k + 1]) <= room:
                k += 1
            lines.append(u[:k])
            u, room = u[k:], width
        cur.append(u)
    lines.append(''.join(cur))
    return [x for x in (y.strip() for y in lines) if x]


# ---------------------------------------------------------------- page style
def choose_style(rng, width):
    st = dict(
        mode=rng.choices(['kinsoku', 'hang', 'whole', 'cut'], [5, 2, 1, 4])[0],
        indent=rng.choices(['', ' ', '  ', '\u3000\u3000'], [4, 3, 1, 3])[0],
        lost_indent=rng.uniform(0.2, 0.9),
        missing=rng.uniform(0.10, 0.50),               # blank line absent between two blocks
        column=rng.randint(12, 40),                    # lines a column: a blank where it ends
        column_blank=rng.uniform(0.5, 1.0),
        false_blank=rng.choice([0, 0.005, 0.015, 0.03]),  # blank anywhere in a block
        double_blank=0.05,
        stray_digit=rng.uniform(0.0, 0.12),            # space where digits/Latin meet Chinese
        stray_cjk=rng.choice([0, 0, 0.001, 0.003]),    # space between two Chinese characters
        stray_punct=rng.choice([0, 0.005, 0.02]),      # space after a stop
        stray_lead=rng.choice([0, 0, 0, 0.004]),       # space before a continuation line
        trailing=rng.choice([0, 0, 0.02]),
        centre=rng.random() < 0.15,                    # headings, bylines set in by spaces
        head_gap=rng.uniform(0.5, 0.95),               # chance of blank lines around headings
    )
    if rng.random() < 0.2:                             # a second column width
        st['second'] = max(8, min(40, round(width * rng.choice([0.6, 0.75, 1.3, 1.5]))))
    return st


def stray(line, st, rng):
    out = []
    for i, c in enumerate(line):
        out.append(c)
        if i + 1 == len(line) or c.isspace() or line[i + 1].isspace():
            continue
        d = line[i + 1]
        a, b = c.isascii() and c.isalnum() or c == '%', d.isascii() and d.isalnum()
        p = 0
        if a != b and (c >= '\u4e00' or d >= '\u4e00'):
            p = st['stray_digit']
        elif '\u4e00' <= c <= '\u9fff' and '\u4e00' <= d <= '\u9fff':
            p = st['stray_cjk']
        elif c in '，。、；：？！…”）':
            p = st['stray_punct']
        if p and rng.random() < p:
            out.append(' ')
    return ''.join(out)


def p_blank(a, b, new_article, st):
    """Chance that a blank line stands between block kinds a and b."""
    if a == b == 'verse':
        return 0.03
    if a == b == 'heading' or a == b == 'byline':
        return 0.15
    if new_article:
        return 1 - 0.8 * st['missing']
    if 'heading' in (a, b):
        return st['head_gap']
    if 'byline' in (a, b) or 'furniture' in (a, b) or 'caption' in (a, b):
        return 0.35
    if 'verse' in (a, b):
        return 0.4
    return 1 - st['missing']


def ends_sentence(s):
    t = s.rstrip()
    while t and t[-1] in CLOSERS:
        t = t[:-1]
        if not t:
            return False
    return bool(t) and t[-1] in FINAL


# ---------------------------------------------------------------- the page
def make_page(path, width, seed):
    """(page, blocks) for one file; blocks = [(kind, text)] in page order."""
    rng = random.Random(f'simple|{os.path.basename(path)}|{width}|{seed}')
    st = choose_style(rng, width)
    arts = read_articles(path)
    if len(arts) > 1 and rng.random() < 0.3:
        rng.shuffle(arts)
    rows, blocks, used = [], [], []
    in_col = 0
    for ai, art in enumerate(arts):
        w = st['second'] if 'second' in st and ai and rng.random() < 0.5 else width
        used.append(w)
        for bi, (kind, text) in enumerate(art):
            before = blocks[-1][0] if blocks else None
            blocks.append((kind, text))
            lead = ''
            if kind in ('paragraph', 'caption') and st['indent']:
                lead = st['indent']
            first = 2.0 if lead and kind == 'paragraph' else width_of(lead)  # set with two, OCR may say less
            lines = wrap(text, w, st['mode'], first)
            shown = lead if lead and rng.random() >= st['lost_indent'] else ''
            if st['centre'] and kind in ('heading', 'byline') and len(lines) == 1:
                gap = w - width_of(lines[0])
                shown = ' ' * int(gap if kind == 'heading' else 2 * gap - 1) if gap >= 2 else ''
            for li, line in enumerate(lines):
                blank = 0
                if rows and li == 0:
                    blank = int(rng.random() < p_blank(before, kind, bi == 0, st))
                elif li and rng.random() < st['false_blank']:
                    blank = 1
                if rows and in_col >= st['column']:
                    in_col = 0
                    if rng.random() < st['column_blank']:
                        blank = 1
                if blank and rng.random() < st['double_blank']:
                    blank = 2
                pre = shown if li == 0 else (' ' if rng.random() < st['stray_lead'] else '')
                body = stray(line, st, rng) + (' ' if rng.random() < st['trailing'] else '')
                rows.append(dict(text=pre + body, line=line, no=len(blocks), kind=kind, blank=blank,
                                 pre=pre, room=w - width_of(line) - (first if li == 0 else 0)))
                in_col += 1
    raw, starts = '', []
    for i, r in enumerate(rows):
        if i:
            raw += '\n' * (1 + r['blank'])
        starts.append(len(raw) + len(r['text']) - len(r['text'].lstrip()))
        raw += r['text']
    raw += '\n'
    ends = []
    for i in range(len(rows) - 1):
        brk = rows[i]['no'] != rows[i + 1]['no']
        ends.append(dict(b=starts[i + 1], brk=brk, und=undecidable(rows[i], rows[i + 1], brk, st),
                         kinds=(rows[i]['kind'], rows[i + 1]['kind']), vert=False))
    style = dict(st, widths=sorted(set(used)))
    return dict(raw=raw, width=width, style=style, ends=ends), blocks


def undecidable(a, b, brk, st):
    """True when the page shows nothing either way: full line, sentence ended, no mark of a start."""
    if not ends_sentence(a['line']):
        return False
    if not {a['kind'], b['kind']} <= {'paragraph', 'caption', 'verse'}:
        return False
    need = width_of(units(b['line'], st['mode'] != 'cut')[0])
    full = a['room'] < need + 0.5 or (st['mode'] in ('kinsoku', 'hang') and a['room'] < 2)
    if brk:
        return full and not b['blank'] and not b['pre'] and not OPENER.match(b['line'])
    if b['blank'] or b['pre']:       # a false blank or space after a stop at a full line
        return full and not (st['indent'] and st['lost_indent'] < 0.3 and not b['pre'])
    return False


def pages(files, profile, widths, seeds):
    if profile not in PROFILES:
        raise ValueError(f'no such profile: {profile}')
    for file in files:
        for w in widths:
            for s in seeds:
                page, _ = make_page(file, w, s)
                if page['ends']:
                    yield f'{file}:{profile}:w{w}:s{s}:simple', page


# ---------------------------------------------------------------- check and baselines
def check(page, blocks):
    raw, ends = page['raw'], page['ends']
    squash = lambda t: ''.join(t.split())
    # line starts, found afresh from raw
    starts, at = [], 0
    for row in raw.split('\n'):
        if row.strip():
            starts.append(at + len(row) - len(row.lstrip()))
        at += len(row) + 1
    assert [e['b'] for e in ends] == starts[1:], 'one end for each non-blank line but the last'
    got, cur = [], starts[0]
    for e in ends:
        b = e['b']
        assert not raw[b].isspace()
        assert '\n' in raw[len(raw[:b].rstrip()):b], 'previous non-space on an earlier line'
        if e['brk']:
            got.append(raw[cur:b])
            cur = b
        else:
            assert e['kinds'][0] == e['kinds'][1]
    got.append(raw[cur:])
    assert [squash(x) for x in got] == [squash(t) for _, t in blocks], 'joined blocks differ'


def score(pairs):
    tp = sum(g and t for g, t in pairs)
    fp = sum(g and not t for g, t in pairs)
    fn = sum(t and not g for g, t in pairs)
    n = len(pairs)
    return (f'right {100 * (n - fp - fn) / n:.2f} %  F1 {2 * tp / (2 * tp + fp + fn):.3f}  '
            f'P {tp / max(1, tp + fp):.3f} R {tp / max(1, tp + fn):.3f}')


def at_share(pairs, share):
    """The same defect rates were `share` of the line ends breaks (right is bounded by the share)."""
    t = sum(t for _, t in pairs)
    r = sum(g and t for g, t in pairs) / t
    f = sum(g and not t for g, t in pairs) / (len(pairs) - t)
    tp, fn, fp = share * r, share * (1 - r), (1 - share) * f
    return f'right {100 * (1 - fn - fp):.2f} %  F1 {2 * tp / (2 * tp + fn + fp):.3f}  (false {100 * f:.2f} % of joins)'


def heuristic(raw, b, width):
    """A dozen-line reader: a blank breaks after a stop or short line, a leading space breaks."""
    head = raw[:b]
    prev = head.rstrip().rsplit('\n', 1)[-1].strip()
    gap = head[len(head.rstrip()):]
    short = width_of(prev) < width - 2
    if re.search(r'[ \u3000]$', gap):
        return True
    if gap.count('\n') > 1:
        return ends_sentence(prev) or short
    return short and (ends_sentence(prev) or width_of(prev) < 0.75 * width)


def main(files, widths=(10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30), seeds=range(6)):
    per, base, heur, no_und, n_und, pagecount, fb = {}, [], [], [], 0, 0, 0
    for f in files:
        for w in widths:
            for s in seeds:
                page, blocks = make_page(f, w, s)
                assert (page, blocks) == make_page(f, w, s), 'not deterministic'
                check(page, blocks)
                pagecount += 1
                raw = page['raw']
                for e in page['ends']:
                    gap = raw[len(raw[:e['b']].rstrip()):e['b']]
                    x = (gap.count('\n') > 1, e['brk'])
                    base.append(x)
                    per.setdefault(w, []).append(x)
                    y = (heuristic(raw, e['b'], w), e['brk'])
                    heur.append(y)
                    n_und += e['und']
                    if not e['und']:
                        no_und.append(y)
    n = len(base)
    print(f'{len(files)} files, {pagecount} pages, {n} line ends, all checks passed')
    print(f'breaks {100 * sum(t for _, t in base) / n:.1f} %, undecidable {100 * n_und / n:.2f} %')
    print('blank = paragraph   ', score(base))
    for w in widths:
        print(f'   width {w:2}: {score(per[w])}  breaks {100 * sum(t for _, t in per[w]) / len(per[w]):.1f} %')
    print('   at 9 % breaks    ', at_share(base, 0.09))
    print('simple heuristic    ', score(heur))
    print('   at 9 % breaks    ', at_share(heur, 0.09))
    print('  without undecided ', score(no_und))


if __name__ == '__main__':
    main(sys.argv[1:] or glob.glob('articles/fit/*.txt'))
