#!/usr/bin/env python3
"""Typeset gold articles into raw OCR'd newspaper pages, with the truth about every line end.

typeset.py FILES... [-p PROFILE] [-w WIDTH] [-s SEED] [-o DIR]     (no -o: shows the page with truth marks)
"""
import re, sys, os, json, random, argparse, hashlib

WIDTHS = [8, 10, 12, 14, 16, 18, 20, 22, 24, 28, 32, 40, 60]
PROFILES = ['clean', 'typical', 'hard']
MARKS = {'#': 'heading', '@': 'byline', '^': 'caption', '!': 'furniture', '|': 'verse'}
FIG = re.compile(r'⟦([^⟦⟧]*)⟧\{([^{}]*)\}')
OPT = '\ue000'     # in the ideal text: a space or nothing, both right
OPTNL = '\ue001'   # newline, space or nothing, all right (furniture that OCR glued to a line)
NOSTART = set('、。，．：；？！”’）》〉】〕」』…—·％‰%,.:;?!)]}，～~々')
NOEND = set('“‘（《〈【〔「『([{')
FINAL = set('。！？；：”’）…」』!?;:)．.')
SPACES = ' \u3000\t\xa0'


def wid(c):
    o = ord(c)
    if c in '\u3000': return 2
    # half-width: ASCII, Latin, half-width forms; everything else full. (units of one half)
    return 1 if (o < 0x2000 and c not in '·×÷°') or 0xFF61 <= o <= 0xFFDC else 2


def width(s): return sum(wid(c) for c in s)


def strip_markup(line):
    out = FIG.sub(lambda m: m.group(1), line)
    if '⟦' in out or '⟧' in out:
        k = min(x for x in (out.find('⟦'), out.find('⟧')) if x >= 0)
        raise ValueError('broken figure mark-up: …' + out[max(0, k - 20):k + 60])
    return out


def parse(path):
    """→ list of articles, each a list of (kind, text with mark-up)."""
    arts, cur = [], []
    with open(path, encoding='utf-8') as f:
        for ln in f.read().replace('\r', '').split('\n'):
            ln = ln.strip(SPACES + '\ufeff')
            if not ln:
                if cur: arts.append(cur); cur = []
                continue
            k = MARKS.get(ln[0])
            if k: ln = ln[1:].strip(SPACES)
            if ln: cur.append((k or 'paragraph', ln))
    if cur: arts.append(cur)
    return arts


def articles(path):
    return [[(k, strip_markup(t)) for k, t in a] for a in parse(path)]


HAN = re.compile(r'[\u3400-\u9fff\uf900-\ufaff〇\U00020000-\U0003ffff]')
def is_han(c): return bool(HAN.match(c))
def is_alnum(c): return (c.isascii() and c.isalnum()) or 'À' <= c <= 'ɏ' and c not in '×÷'

FW = {chr(i): chr(i + 0xFEE0) for i in range(0x21, 0x7f)}
HALFP = {'，': ',', '：': ':', '；': ';', '？': '?', '！': '!', '（': '(', '）': ')'}
NOTNAME = {'记者', '摄影', '通讯', '报道', '编辑', '本报', '文图', '图文', '实习', '供图', '特约', '新华', '综合', '见习', '撰文', '整理'}
LISTSTART = re.compile(r'^([一二三四五六七八九十]+、|（[一二三四五六七八九十\d]+）|[0-9０-９]+[．.、]|[①-⑳]|——|●|■|▲|◆|本报|新华社|图为|编者按|问[：:]|答[：:]|【)')


CONT = re.compile(r'^[（(〔]?(更多|下转|上接|相关|详见|全文|请看|转)')


class Style: pass


def draw_style(profile, rng, W):
    s = Style(); r = rng.random
    s.profile, s.W = profile, W
    pick = lambda *ws: rng.choices([a for a, _ in ws], [b for _, b in ws])[0]
    s.kinsoku = pick(('hang', 2), ('push', 5), ('mixed', 3))
    s.keepnum = r() < (0.9 if W >= 12 else 0.6)
    s.fulldigits = r() < {'clean': .15, 'typical': .15, 'hard': .25}[profile]
    s.halfpunct = (not s.fulldigits) and r() < {'clean': .05, 'typical': .08, 'hard': .15}[profile]
    s.headratio = pick((1.0, 3), (0.7, 4), (0.5, 3))
    s.headcentre = r() < .15
    if profile == 'clean':
        s.indent = pick(('two', 7), ('none', 3))
        s.blank = 'all' if s.indent == 'none' else pick(('all', 4), ('head', 4), ('none', 2))
        s.falseblank = 0; s.stray = 0; s.namespace = 0; s.widths = [W]; s.lead = 0; s.pblank = 0; s.vert = 0
        s.glue = 0; s.jitter = 0
    else:
        if profile == 'typical':
            s.indent = pick(('none', 75), ('two', 9), ('partial', 8), ('one', 5), ('half', 3))
            s.blank = 'most' if s.indent == 'none' else pick(('most', 5), ('head', 4), ('few', 1))
            s.lead = .5
        else:
            s.indent = 'none'
            s.blank = pick(('few', 6), ('none', 4))
            s.lead = .1
        s.falseblank = .85
        s.stray = pick((0, 2), (.04, 4), (.09, 3), (.2, 1))
        s.namespace = .5
        s.vert = .04
        s.glue = .25
        s.jitter = .15       # share of lines that lose or win half a unit
        s.widths = [W]
        if r() < {'typical': .2, 'hard': .35}[profile]:
            near = [w for w in WIDTHS if w != W and .6 * W <= w <= 1.6 * W] or [W]
            s.widths = [W, rng.choice(near)]
    s.colh = max(8, round(rng.randint(12, 26) * 20 / W))      # measured: 4 column ends among 107 lines of 20
    return s


def block_cells(kind, text, s, rng):
    """The block as cells [char, flag]; flag: 0 printed, 1 stray space, 2 legitimate space."""
    if s.fulldigits:
        text = re.sub(r'[A-Za-z0-9%‰]+(?:[.:][0-9]+%?)*', lambda m: ''.join(FW.get(c, c) for c in m.group()), text)
    if s.halfpunct:
        text = ''.join(HALFP.get(c, c) for c in text)
    cells = []
    n = len(text)
    for i, c in enumerate(text):
        if c in SPACES:
            cells.append([c, 2]); continue
        cells.append([c, 0])
        if i + 1 >= n or not s.stray: continue
        d = text[i + 1]
        if d in SPACES: continue
        if kind in ('paragraph', 'caption', 'heading'):
            isd = lambda x: x.isdigit() and (x.isascii() or '０' <= x <= '９')
            p = 0
            if is_han(c) and isd(d): p = s.stray
            elif (isd(c) or c in '%％') and is_han(d): p = s.stray
            elif isd(c) and d in '%％': p = s.stray / 6
            elif c == '…' and d != '…': p = s.stray * 3
            elif c in '。，、；！？”）,;!?)' and (is_han(d) or isd(d) or d in '“（'): p = s.stray / 12 * (3 if c in ',;!?)' else 1)
            if kind == 'heading': p /= 3
            if rng.random() < p: cells.append([' ', 3 if c in ',;!?)' else 1])     # 3: may stay or go
    if kind in ('byline', 'caption'):       # 胡 勇 as printed: padded two-character name; kept or dropped, both right
        for m in re.finditer(r'(?:^|(?<=[ \u3000]))([\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff](?:[ \u3000]|$|摄))', text):
            if len(cells) == len(text):
                for x in range(m.end(1), m.end()): cells[x][1] = 3
    if kind == 'byline' and s.namespace:
        t = ''.join(c for c, _ in cells)
        out, pos = [], 0
        for m in re.finditer(r'[^ \u3000]+', t):
            w = m.group()
            if len(w) == 2 and all(map(is_han, w)) and w not in NOTNAME and rng.random() < s.namespace:
                out.append(m.start())
        for p in reversed(out): cells.insert(p + 1, [' ' if rng.random() < .8 else '\u3000', 1])
    return cells


def tokens(cells, s, kind):
    """Unbreakable groups."""
    toks = []
    for c in cells:
        ch = c[0]
        if c[1]:
            toks.append([c]); continue
        prev = toks[-1] if toks else None
        p = prev[-1][0] if prev and not prev[-1][1] else None
        glue = False
        if p:
            if (is_alnum(p) or (p in ".,-'/&" and len(prev) > 1)) and (is_alnum(ch) or ch in "%.,-'/&"):
                isnum = p.isdigit() or p in '.,' or ch.isdigit()
                if ch in '.,' and s.halfpunct: glue = True
                else: glue = s.keepnum or not isnum or ch.isalpha() or p.isalpha()
            elif p == ch and ch in '—…': glue = len(prev) < 2 or prev[-2][0] != ch
            elif '０' <= p <= '９' or p == '．':
                glue = s.keepnum and ('０' <= ch <= '９' or ch in '．％')
        if glue: prev.append(c)
        else: toks.append([c])
    return toks


def wrap(cells, W, s, kind, rng, first_indent, nextW=None):
    """→ list of lines (lists of cells); spaces at ends of lines removed but noted. W() gives the width of each line."""
    toks = tokens(cells, s, kind)
    lines, i, first = [], 0, True
    while i < len(toks):
        while i < len(toks) and toks[i][0][1] and lines: i += 1       # spaces at a line's start vanish
        if i >= len(toks): break
        cap = W() * 2
        if s.jitter and rng.random() < s.jitter: cap += rng.choice([-1, 1])
        if first: cap = max(cap - first_indent, 4)
        used, j = 0, i
        while j < len(toks):
            w = sum(wid(c[0]) for c in toks[j])
            if used + w > cap and j > i: break
            if used + w > cap and j == i:         # a token longer than the line: cut hard
                cut, u = 0, 0
                for c in toks[j]:
                    if u + wid(c[0]) > cap: break
                    u += wid(c[0]); cut += 1
                toks[j:j + 1] = [toks[j][:max(cut, 1)], toks[j][max(cut, 1):]]
                w = sum(wid(c[0]) for c in toks[j])
            used += w; j += 1
        if j < len(toks):
            while j > i + 1 and toks[j - 1][-1][0] in NOEND and not toks[j - 1][-1][1]: j -= 1
            k = j
            while k < len(toks) and toks[k][0][1]: k += 1
            if k < len(toks) and toks[k][0][0] in NOSTART and toks[k][0][1] == 0:
                hang = s.kinsoku == 'hang' or (s.kinsoku == 'mixed' and rng.random() < .5)
                run = k
                while run < len(toks) and toks[run][0][0] in NOSTART and toks[run][0][1] == 0: run += 1
                if (hang and run - k <= 1) or j - i < 3:
                    j = run
                else:
                    j0 = j
                    while j > i + 1:
                        j -= 1
                        if toks[j][0][1] == 0 and toks[j][0][0] not in NOSTART and (j == i or toks[j - 1][-1][0] not in NOEND): break
                    if j <= i + 1: j = run if run > j0 else j0
        seg = [c for t in toks[i:j] for c in t]
        while seg and seg[-1][1]: seg.pop()
        if seg: lines.append(seg)
        i = j; first = False
    return lines


def first_need(cells, s, kind):
    toks = tokens(cells, s, kind)
    n, k = 0, 0
    while k < len(toks):
        n += sum(wid(c[0]) for c in toks[k]); k += 1
        if toks[k - 1][-1][0] in NOEND: continue
        if k < len(toks) and toks[k][0][0] in NOSTART and toks[k][0][1] == 0:
            n += sum(wid(c[0]) for c in toks[k]) if s.kinsoku != 'hang' else 0
        break
    return n


def typeset(arts, profile, W, seed):
    rng = random.Random(int(hashlib.sha1(f'{profile}|{W}|{seed}|{arts[0][0][1][:40]}'.encode()).hexdigest()[:12], 16))
    s = draw_style(profile, rng, W)
    blocks = []          # kind, article, cells
    for ai, a in enumerate(arts):
        for k, t in a: blocks.append(dict(kind=k, art=ai, cells=block_cells(k, t, s, rng)))
    lines = []           # dict(text, cells spans, block, last_block, indent(bool), blank_before)
    state = dict(n=0, w=s.widths[0], colw=s.widths[0])
    colh = s.colh
    nextfalse = False

    def curW():
        return state['colw']

    prev = None
    for bi, b in enumerate(blocks):
        k = b['kind']
        # blank line before the block
        blank = False
        if prev is not None:
            p = prev['kind']
            newart = b['art'] != prev['art']
            around = 'heading' in (k, p)
            small = k in ('byline', 'caption', 'furniture') or p in ('caption', 'byline')
            r = rng.random()
            verse = k == p == 'verse'
            hh = k == p == 'heading'
            if s.blank == 'all': blank = (not verse and not hh) or newart
            elif s.blank == 'most': blank = r < (.1 if verse else .5 if hh else .55 if newart else .3 if small else .93)
            elif s.blank == 'head': blank = r < (.0 if verse else .3 if hh else .7 if around or newart else .05)
            elif s.blank == 'few': blank = r < (.02 if verse else .05 if hh else .35 if around or newart else .08)
            elif s.blank == 'none': blank = False
        # leading space / indent
        ind = ''
        if k in ('paragraph', 'caption'):
            if s.indent == 'two': ind = '\u3000\u3000'
            elif s.indent == 'partial': ind = '\u3000\u3000' if rng.random() < .5 else ''
            elif s.indent == 'one': ind = '\u3000'
            elif s.indent == 'half': ind = ' '
            if not ind and s.lead and rng.random() < (s.lead if not blank and (prev is None or b['art'] != prev['art'] or k != 'paragraph' or prev['kind'] != 'paragraph') else s.lead * .1): ind = ' '
        elif k == 'verse':
            if s.indent in ('two', 'one'): ind = '\u3000\u3000'
        elif k == 'heading':
            if s.headcentre: ind = '\u3000' * rng.randint(1, 3)
            elif s.lead and rng.random() < s.lead * .3: ind = ' '
        elif k in ('byline', 'furniture'):
            if s.indent == 'two' and rng.random() < .5: ind = '\u3000' * rng.randint(2, 4)
        # in type every paragraph had its indent of two: the first line is shorter even where the indent is lost
        fi = 4 if k in ('paragraph', 'caption') else width(ind)
        if k == 'heading' and W >= 8:
            hw = max(6, round(s.widths[0] * s.headratio)) if s.headratio < 1 else None
            hl = len(b['cells'])
            if s.vert and hl <= 10 and rng.random() < s.vert and not any(c[1] for c in b['cells']):
                hw = rng.choice([1, 1, 2])
                ls = [b['cells'][i:i + hw] for i in range(0, hl, hw)]; b['vertical'] = True
            else:
                tw = sum(wid(c[0]) for c in b['cells']) / 2
                full = hw or curW()
                if tw > full and rng.random() < .5:       # headlines are often set in lines of like length
                    nl = -(-tw // full)
                    hw = max(4, min(full, int(-(-tw // nl)) + rng.choice([0, 1])))
                ls = wrap(b['cells'], (lambda: hw) if hw else curW, s, k, rng, 0)
        else:
            # furniture may be glued to the end of the line before
            if k == 'furniture' and prev is not None and s.glue and CONT.match(''.join(c[0] for c in b['cells'])) and rng.random() < s.glue and not blank:
                L = lines[-1]
                t = ''.join(c[0] for c in b['cells'])
                if width(L['text']) + 1 + width(t) <= curW() * 2:
                    L['text'] += ' ' + t
                    L['lastblock'] = bi; b['glued'] = True
                    b['lines'] = [b['cells']]; prev = b
                    continue
            # the column may end inside the block: lines are counted as they are set
            ls = None
            b['cols'] = {}
            cnt = [0]
            def Wl():
                w = state['colw']
                cnt[0] += 1
                state['n'] += 1
                b['cols'][cnt[0] - 1] = w
                if state['n'] >= colh:
                    state['n'] = 0; b.setdefault('colbreak', set()).add(cnt[0] - 1)
                    if len(s.widths) > 1: state['colw'] = rng.choice(s.widths)
                return w
            ls = wrap(b['cells'], Wl, s, k, rng, fi)
        b['lines'] = ls
        for li, seg in enumerate(ls):
            t = ''.join(c[0] for c in seg)
            isfirst = li == 0
            fb = False
            if not isfirst and (li - 1) in b.get('colbreak', ()) and rng.random() < s.falseblank: fb = True
            colw = b.get('cols', {}).get(li, curW())
            lines.append(dict(text=(ind if isfirst else '') + t, block=bi, lastblock=bi, li=li, ind=bool(ind) and isfirst,
                              blank=(blank if isfirst else fb), colw=colw * 2, lostindent=(fi - width(ind)) if isfirst else 0))
        prev = b
    # ideal text
    ideal = []
    for bi, b in enumerate(blocks):
        out, ls = [], b['lines']
        # walk cells; a legitimate space that no line holds was lost at a wrap
        held = {id(c): li for li, seg in enumerate(ls) for c in seg}
        cs = b['cells']
        for i, c in enumerate(cs):
            if c[1] == 1: continue
            if c[1] == 3 or (c[1] == 2 and i and cs[i - 1][0].isdigit() and i + 1 < len(cs) and cs[i + 1][0] in '℃°‰μΩ'):
                out.append(OPT); continue
            if id(c) in held: 
                if i and cs[i - 1][1] == 0 and id(cs[i - 1]) in held and held[id(c)] != held[id(cs[i - 1])] and is_alnum(c[0]) and is_alnum(cs[i - 1][0]) and c[0].isalpha() and cs[i - 1][0].isalpha():
                    out.append(OPT)      # a Latin word or number cut hard
                out.append(c[0]); continue
            if c[1] == 2:
                if not out or out[-1] in (' ', OPT): continue
                nxt = next((d[0] for d in cs[i + 1:] if not d[1]), '')
                if is_alnum(out[-1]) and out[-1].isalpha() and nxt.isascii() and nxt.isalpha(): out.append(' ')
                else: out.append(OPT)
        ideal.append(''.join(out))
    text = ideal[0] if ideal else ''
    for bi in range(1, len(blocks)):
        text += (OPTNL if blocks[bi].get('glued') else '\n') + ideal[bi]
    # raw page and line ends
    raw, pos = [], 0
    for i, L in enumerate(lines):
        if i and L['blank']: raw.append('')
        L['lineno'] = len(raw)
        raw.append(L['text'])
    for L in lines: L['spacewrap'] = False
    for bi, b in enumerate(blocks):
        pos = {id(c): i for i, c in enumerate(b['cells'])}
        for li in range(1, len(b['lines'])):
            i = pos.get(id(b['lines'][li][0]))
            if i and b['cells'][i - 1][1] == 2:
                for L in lines:
                    if L['block'] == bi and L['li'] == li: L['spacewrap'] = True
    off = 0; starts = []
    for r in raw: starts.append(off); off += len(r) + 1
    for L in lines:
        o = starts[L['lineno']]
        t = L['text']
        L['start'] = o + len(t) - len(t.lstrip(SPACES)); L['end'] = o + len(t)
    ends = []
    for xi, (A, B) in enumerate(zip(lines, lines[1:])):
        ba, bb = blocks[A['lastblock']], blocks[B['block']]
        ka, kb = ba['kind'], bb['kind']
        brk = B['block'] != A['lastblock']
        last = A['text'].rstrip()[-1:]
        und = False
        why = ''
        if brk:
            slack = A['colw'] - width(A['text']) - A['lostindent']
            if A['li'] == 0 and not A['ind']: pass
            need = first_need(bb['cells'], s, kb)
            tol = 1 if s.jitter else 0
            btext = ''.join(c[0] for c in bb['cells'])
            if (slack < need + tol and not B['blank'] and not B['ind'] and last in FINAL
                    and ka in ('paragraph', 'verse', 'caption') and kb in ('paragraph', 'verse', 'caption')
                    and not LISTSTART.match(btext)):
                und = True; why = 'full last line, no blank, no indent'
                # the lost indent of two may still show in a first line that is short of its column
                if B['li'] == 0 and xi + 2 < len(lines) and lines[xi + 2]['block'] == B['block']:
                    C = lines[xi + 2]
                    ccells = bb['lines'][C['li']]
                    if B['colw'] - width(B['text']) >= first_need(ccells, s, kb) + tol: why += '; only a short first line tells'
        else:
            if B['blank'] and last in FINAL and s.indent in ('none', 'partial') and ka in ('paragraph', 'caption', 'verse'):
                # inside an open quotation or bracket a reader still sees it
                sofar = ''.join(c[0] for seg in ba['lines'][:B['li']] for c in seg)
                if sofar.count('“') <= sofar.count('”') and sofar.count('（') + sofar.count('(') <= sofar.count('）') + sofar.count(')'):
                    und = True; why = 'false blank after a sentence end'
            if B['spacewrap'] and ka in ('heading', 'byline', 'caption'):
                und = True; why = 'wrapped where a heading, byline or caption has a space: one block or two?'
        ends.append(dict(a=A['end'], b=B['start'], brk=brk, blank=B['blank'], ind=B['ind'], und=und, why=why, kinds=(ka, kb),
                         rawa=A['text'], rawb=B['text'], vert=bool(ba.get('vertical')) and not brk, head=(ka == 'heading' and not brk) or ka == kb == 'heading'))
    # where each block's characters are in the raw text
    braw = {}
    for L in lines:
        if L['block'] == L['lastblock']: braw.setdefault(L['block'], []).append((L['start'], L['end']))
        else:
            gl = len(''.join(c[0] for c in blocks[L['lastblock']]['cells']))
            braw.setdefault(L['block'], []).append((L['start'], L['end'] - gl - 1))
            braw.setdefault(L['lastblock'], []).append((L['end'] - gl, L['end']))
    rawtext = '\n'.join(raw) + '\n'
    return dict(raw=rawtext, ends=ends, ideal=text, style={k: v for k, v in vars(s).items()},
                blocks=[dict(kind=b['kind'], article=b['art'], glued=bool(b.get('glued')), raw=braw.get(i, []), ilen=len(ideal[i]), text=ideal[i].replace(OPT, ' '))
                        for i, b in enumerate(blocks)], profile=profile, width=W, seed=seed)


def pages(files, profile, widths, seeds, mix=.25):
    """Yields (name, page). One page a file, width and seed; sometimes an article of another file follows."""
    allarts = []
    for f in files:
        try: allarts.append((f, articles(f)))
        except ValueError as x: print(f'{f}: left out: {x}', file=sys.stderr)
    allarts = [(f, a) for f, a in allarts if a]
    for fi, (f, arts) in enumerate(allarts):
        for seed in range(seeds):
            ws = widths
            for W in ws:
                rng = random.Random(f'{os.path.basename(f)}|{profile}|{W}|{seed}')
                use = list(arts)
                if len(allarts) > 1 and rng.random() < mix:
                    use += rng.choice(allarts[(fi + 1 + rng.randrange(len(allarts) - 1)) % len(allarts)][1:])[:1]
                yield f'{f}:{profile}:w{W}:s{seed}', typeset(use, profile, W, seed)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('files', nargs='+'); ap.add_argument('-p', '--profile', default='typical'); ap.add_argument('-w', '--width', type=int, default=20)
    ap.add_argument('-s', '--seed', type=int, default=0); ap.add_argument('-o')
    a = ap.parse_args()
    for f in a.files:
        pg = typeset(articles(f), a.profile, a.width, a.seed)
        if a.o:
            os.makedirs(a.o, exist_ok=True)
            st = os.path.join(a.o, '-'.join(f.replace('.txt', '').split('/')[-3:]) + f'-{a.profile}-w{a.width}-s{a.seed}')
            open(st + '.txt', 'w', encoding='utf-8').write(pg['raw'])
            json.dump(pg, open(st + '.truth.json', 'w', encoding='utf-8'), ensure_ascii=False, indent=1)
            open(st + '.ideal.txt', 'w', encoding='utf-8').write(pg['ideal'].replace(OPT, ' ').replace(OPTNL, '\n') + '\n')
        else:
            print('#', f, pg['style'])
            rl = pg['raw'].split('\n'); off = 0; e = {x['a']: x for x in pg['ends']}
            for l in rl:
                x = e.get(off + len(l))
                print(l + (('  ¶' if x['brk'] else '  →') + ('?' if x['und'] else '') if x else ''))
                off += len(l) + 1
            print('-----'); print(pg['ideal'].replace(OPT, '␣').replace(OPTNL, '⏎'))


if __name__ == '__main__':
    main()
