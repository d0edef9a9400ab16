#!/usr/bin/env python3
"""A plainer page maker than typeset.py: few defects, each with a rate for the page.

plain.py FILES... [-w WIDTH] [-s SEED] [-o DIR]     (no -o: shows the page with truth marks; ¶ break, → join, ? undecidable)

articles → blocks → lines of W full-width units. Drawn per page: line breaking, what is left of the indents, how many of the
true blank lines are there, where false ones stand (column ends or anywhere), stray spaces, sometimes two column widths.
Same dict as typeset.py. Profiles: typical, asis.
"""
import os, sys, json, random, hashlib, argparse, re
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import typeset as T
from typeset import OPT, OPTNL, articles, is_han

WIDTHS = [8, 10, 12, 14, 16, 18, 20, 22, 24, 28, 32, 40, 60]
# pages a file, seed and width, when all widths are asked for (newspaper columns are the usual ones)
WEIGHTS = {8: 3, 10: 3, 12: 3, 14: 3, 16: 3, 18: 2, 20: 2, 22: 2, 24: 1, 28: 1, 32: 1, 40: 1, 60: 1}
PROFILES = ['typical', 'asis']     # asis: paragraphs as the article has them; typical: neighbouring short ones made one (see RATES)
SP = ' \u3000\t\xa0'

RATES = dict(
    kinsoku=(('none', 2), ('hang', 4), ('pull', 4)),        # closing punctuation at a line's start: let stand, hung, carried down
    keepnum=.6,                                             # numbers unbroken
    indent=(('lost', 60), ('partial', 25), ('kept', 15)),   # of the two-character indents
    partial=(.2, .6),                                       # kept on a 'partial' page
    indentform=(('\u3000\u3000', 6), ('    ', 1), ('\u3000', 1), (' ', 2)),
    stripped=.7,                                            # where lost: lines were set with the indent, so the first is short
    blank=((.85, 2), (.6, 4), (.4, 3), (.15, 2)),          # true blank lines there
    headblank=.65,                                          # of the blanks missing at headings, so many are there after all
    falsemode=(('column', 7), ('anywhere', 3)),
    colh=(12, 27), colblank=.9,                             # lines in a column; a blank at its end
    anywhere=(.02, .07),
    stray=((0, 2), (.06, 4), (.15, 3), (.35, 1)), ellipsis=.4, comma=.0015, names=.5, straywide=.3,
    trailing=((0, 8), (.1, 2)),                             # spaces at lines' ends
    twowidths=.12, mix=.15,
    bare=.4,                                                # profile typical: pages without captions, furniture, verse
    merge=(180, 420),                                       # profile typical: paragraphs shorter than this (drawn per page) take the next one in
)

OPEN = set('“‘「『（《〈【〔([{')
CLOSE = set('，。、；：？！”’」』）》〉】〕…—％%‰·,.;:?!)]}．')
FINAL = set('。！？；：…”’」』）!?;:)')
BODY = ('paragraph', 'caption', 'verse')
LISTY = re.compile(r'^([一二三四五六七八九十]+、|（[一二三四五六七八九十\d]+）|[0-9０-９]+[．.、]|[①-⑳]|——|●|■|▲|本报|本報|新华社|【)')
TITLES = {'记者', '記者', '摄影', '攝影', '通讯', '通訊', '报道', '報道', '報導', '编辑', '編輯', '本报', '本報', '文图', '图文', '实习', '供图', '特约',
          '特約', '新华', '新華', '综合', '綜合', '见习', '見習', '撰文', '整理', '台北', '香港', '北京', '專訊', '電訊', '专电'}


def wid(c):
    if c == '\u3000': return 2
    return 1 if ord(c) < 0x2000 and c not in '·×÷°' else 2


def width(s): return sum(map(wid, s))


def choose(rng, ws): return rng.choices([a for a, _ in ws], [b for _, b in ws])[0]


def draw(rng, W, R=RATES):
    s = dict(W=W)
    for k in ('kinsoku', 'indent', 'indentform', 'blank', 'falsemode', 'stray', 'trailing'): s[k] = choose(rng, R[k])
    s['keepnum'] = rng.random() < R['keepnum']
    s['share'] = {'lost': 0, 'kept': 1}.get(s['indent'], rng.uniform(*R['partial']))
    s['first'] = 4 if s['indent'] != 'lost' or rng.random() < R['stripped'] else 0
    s['colh'] = rng.randint(*R['colh'])
    s['anywhere'] = rng.uniform(*R['anywhere'])
    s['names'] = R['names'] if s['stray'] else 0
    s['straywide'] = rng.random() < R['straywide']
    s['widths'] = [W]
    if rng.random() < R['twowidths']:
        near = [w for w in WIDTHS if w != W and .6 * W <= w <= 1.7 * W]
        if near: s['widths'].append(rng.choice(near))
    s['switch'] = rng.choice(['column', 'block'])
    return s


def strays(kind, t, s, rng, R=RATES):
    """Places i: OCR puts a space after t[i]."""
    out = set()
    if not s['stray']: return out
    num = lambda c: c in '0123456789０１２３４５６７８９'
    if kind != 'byline':
        for i, (c, d) in enumerate(zip(t, t[1:])):
            if c in SP or d in SP: continue
            p = 0
            if is_han(c) and num(d) or (num(c) or c in '%％') and is_han(d): p = s['stray']
            elif c == '…' and d != '…': p = R['ellipsis']
            elif c in '，。' and is_han(d): p = R['comma']
            if rng.random() < p: out.add(i)
    else:
        for m in re.finditer(r'[^ \u3000（）()、]+', t):
            w = m.group()
            if len(w) == 2 and all(map(is_han, w)) and w not in TITLES and rng.random() < s['names']: out.add(m.start())
    return out


def alnum(c): return c.isascii() and c.isalnum()


def unbroken(a, b, s):
    """May a line not end between a and b?"""
    if a.isascii() and b.isascii() and a not in SP and b not in SP:
        if a.isdigit() and (b.isdigit() or b in '.%') or a == '.' and b.isdigit(): return s['keepnum']
        return alnum(a) and alnum(b)
    return a == b and a in '—…' and s['kinsoku'] != 'none'


def cut(t, extra, s, W, first):
    """→ [(i, j)] lines of t. W() gives the width of the next line in units."""
    out, i, n = [], 0, len(t)
    while i < n:
        while i < n and t[i] in SP: i += 1
        if i >= n: break
        cap = 2 * W() - (0 if out else first)
        j, u = i, 0
        while j < n:
            u += wid(t[j]) + (1 if s['straywide'] and j in extra else 0)
            if u > cap and j > i: break
            j += 1
        if j < n:
            full = j
            while j > i + 1 and unbroken(t[j - 1], t[j], s): j -= 1
            if j == i + 1 and unbroken(t[j - 1], t[j], s): j = full
            if s['kinsoku'] != 'none':
                if s['kinsoku'] == 'hang' and t[j] in CLOSE:
                    j += 1
                    if j < n and t[j] in CLOSE: j += 1
                    while j < n and unbroken(t[j - 1], t[j], s): j += 1
                elif t[j] in CLOSE:
                    k = j
                    while k > i + 2 and (t[k] in CLOSE or t[k - 1] in OPEN or unbroken(t[k - 1], t[k], s)): k -= 1
                    if k > i + 2: j = k
                while j < n and j > i + 1 and t[j - 1] in OPEN: j -= 1
        e = j
        while e > i and t[e - 1] in SP: e -= 1
        out.append((i, e)); i = j
    return out


def bare(arts):
    out = [[(k, t) for k, t in a if k in ('heading', 'byline', 'paragraph')] for a in arts]
    return [a for a in out if a]


def merge(arts, least):
    out = []
    for a in arts:
        b = []
        for k, t in a:
            if b and k == 'paragraph' == b[-1][0] and len(b[-1][1]) < least and not LISTY.match(t): b[-1] = (k, b[-1][1] + t)
            else: b.append((k, t))
        out.append(b)
    return out


def typeset(arts, profile, W, seed, R=RATES):
    key = f'plain|{W}|{seed}|' + '|'.join(a[0][1][:30] for a in arts)
    rng = random.Random(int(hashlib.sha1(key.encode()).hexdigest()[:13], 16))
    s = draw(rng, W, R)
    if profile == 'typical':
        if rng.random() < R['bare']: arts = bare(arts)
        arts = merge(arts, rng.randint(*R['merge']))
    blocks = [dict(kind=k, art=ai, t=t) for ai, a in enumerate(arts) for k, t in a]
    st = dict(w=s['widths'][0], n=0)
    lines = []
    ended = False                       # a column ended with the line before
    for bi, b in enumerate(blocks):
        k, t = b['kind'], b['t']
        if len(s['widths']) > 1 and s['switch'] == 'block' and bi and rng.random() < .3: st['w'] = rng.choice(s['widths'])
        pb = s['blank']
        if bi and 'heading' in (k, blocks[bi - 1]['kind']): pb += (1 - pb) * R['headblank']
        blank = bi > 0 and rng.random() < pb
        if ended and bi and rng.random() < R['colblank']: blank = True
        if k == 'verse' and bi and blocks[bi - 1]['kind'] == 'verse' and s['blank'] < .9: blank = blank and rng.random() < .3
        ind = s['indentform'] if k in BODY and rng.random() < s['share'] else ''
        first = s['first'] if k in ('paragraph', 'caption') else width(ind)
        b['stray'] = strays(k, t, s, rng, R)
        brk, ws = set(), []

        def nextw():
            ws.append(st['w']); st['n'] += 1
            if st['n'] >= s['colh']:
                st['n'] = 0; brk.add(len(ws) - 1)
                if len(s['widths']) > 1 and s['switch'] == 'column': st['w'] = rng.choice(s['widths'])
            return ws[-1]
        b['lines'] = cut(t, b['stray'], s, nextw, first)
        for li, (i, j) in enumerate(b['lines']):
            x = ''.join(t[p] + (' ' if p in b['stray'] and p < j - 1 else '') for p in range(i, j))
            if li: bl = rng.random() < R['colblank'] if s['falsemode'] == 'column' and li - 1 in brk else s['falsemode'] == 'anywhere' and rng.random() < s['anywhere']
            else: bl = blank
            lead = ind if li == 0 else ''
            tail = ' ' if s['trailing'] and rng.random() < s['trailing'] else ''
            lines.append(dict(block=bi, li=li, x=x, lead=lead, raw=lead + x + tail, blank=bl, room=2 * ws[li] - (0 if li else first) - width(x),
                              i=i, j=j))
        ended = len(b['lines']) - 1 in brk
    raw = ''
    for n, L in enumerate(lines):
        if n and L['blank']: raw += '\n'
        L['o'] = len(raw) + len(L['lead']); L['e'] = len(raw) + len(L['lead'] + L['x']); raw += L['raw'] + '\n'
    ideal = []
    for b in blocks:
        t, out = b['t'], []
        starts = {i for i, _ in b['lines'][1:]}
        shown = set()
        for i, j in b['lines']: shown.update(range(i, j))
        pad = set()
        if b['kind'] in ('byline', 'caption'):      # 胡 勇 as the gold prints it: with or without the space, both right
            for m in re.finditer(r'(?:^|(?<=[ \u3000]))([\u4e00-\u9fff])([ \u3000]+)(?=[\u4e00-\u9fff](?:[ \u3000]|$|摄|攝))', t): pad.update(range(m.start(2), m.end(2)))
        for i, c in enumerate(t):
            if c in SP:
                if i in pad: out.append(OPT)
                elif i in shown:
                    out.append(OPT if i and t[i - 1] in ',;!?)' else c)
                elif out and out[-1] not in (' ', OPT):
                    nx = t[i + 1:].lstrip(SP)[:1]
                    out.append(' ' if alnum(t[i - 1]) and nx and alnum(nx) and (t[i - 1].isalpha() and nx.isalpha()) else OPT)
                continue
            if i in starts and i and alnum(c) and alnum(t[i - 1]) and (c.isalpha() or t[i - 1].isalpha()): out.append(OPT)
            out.append(c)
        ideal.append(''.join(out))
    ends = []
    for n, (A, B) in enumerate(zip(lines, lines[1:])):
        ba, bb = blocks[A['block']], blocks[B['block']]
        ka, kb = ba['kind'], bb['kind']
        br = A['block'] != B['block']
        last = A['x'][-1]
        und, why = False, ''
        head = bb['t'][B['i']:]
        need = wid(head[0])
        m = re.match(r'[A-Za-z0-9.%]+', head)
        if m and s['keepnum']: need = width(m.group())
        if s['kinsoku'] == 'pull' and len(head) > 1 and head[1] in CLOSE: need = max(need, 4)
        if br:
            if A['room'] < need and not B['blank'] and not B['lead'] and ka in BODY and kb in BODY and last in FINAL and not LISTY.match(head):
                und, why = True, 'full last line, no blank, no indent'
                if s['first'] and B['room'] >= 0 and n + 2 < len(lines) and lines[n + 2]['block'] == B['block'] and kb != 'verse': why += '; only a short first line tells'
        else:
            so = ba['t'][:A['j']]
            shut = all(so.count(x) <= so.count(y) for x, y in ('“”', '「」', '『』', '（）', '《》'))
            if B['blank'] and last in FINAL and s['share'] < .9 and ka in BODY and shut: und, why = True, 'false blank after a sentence end'
            if ba['t'][A['j']:B['i']] and ka in ('heading', 'byline', 'caption'): und, why = True, 'wrapped where a heading, byline or caption has a space: one block or two?'
        ends.append(dict(a=A['e'], b=B['o'], brk=br, blank=B['blank'], ind=bool(B['lead']), und=und, why=why, kinds=(ka, kb), rawa=A['raw'], rawb=B['raw'],
                         vert=False, head=(ka == 'heading' and not br) or ka == kb == 'heading'))
    br = {}
    for L in lines: br.setdefault(L['block'], []).append((L['o'], L['o'] + len(L['x'])))
    return dict(raw=raw, ends=ends, ideal='\n'.join(ideal), style=s, profile=profile, width=W, seed=seed,
                blocks=[dict(kind=b['kind'], article=b['art'], glued=False, raw=br.get(i, []), ilen=len(ideal[i]), text=ideal[i].replace(OPT, ' ')) for i, b in enumerate(blocks)])


def pages(files, profile='typical', widths=None, seeds=1, mix=None, R=RATES):
    """Yields (name, page). Pages a file, seed and width by WEIGHTS if all widths are asked for, else one."""
    widths = widths or WIDTHS
    allw = list(widths) == WIDTHS
    src = []
    for f in files:
        try: a = articles(f)
        except ValueError as x: print(f'{f}: left out: {x}', file=sys.stderr); continue
        if a: src.append((f, a))
    for f, arts in src:
        others = [a for g, b in src if g != f for a in b]
        for seed in range(seeds):
            for W in widths:
                for c in range(WEIGHTS[W] if allw else 1):
                    rng = random.Random(f'{os.path.basename(f)}|{W}|{seed}|{c}')
                    use = list(arts)
                    if others and rng.random() < (R['mix'] if mix is None else mix): use.append(rng.choice(others))
                    yield f'{f}:{profile}:w{W}:s{seed}.{c}', typeset(use, profile, W, f'{seed}.{c}', R)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('files', nargs='+'); ap.add_argument('-w', '--width', type=int, default=20); ap.add_argument('-s', '--seed', default='0.0'); ap.add_argument('-o')
    a = ap.parse_args()
    for f in a.files:
        pg = typeset(articles(f), 'typical', a.width, a.seed)
        if a.o:
            os.makedirs(a.o, exist_ok=True)
            p = os.path.join(a.o, '-'.join(f.replace('.txt', '').split('/')[-3:]) + f'-plain-w{a.width}-s{a.seed}')
            open(p + '.txt', 'w', encoding='utf-8').write(pg['raw'])
            json.dump(pg, open(p + '.truth.json', 'w', encoding='utf-8'), ensure_ascii=False, indent=1)
            open(p + '.ideal.txt', 'w', encoding='utf-8').write(pg['ideal'].replace(OPT, ' ') + '\n')
            continue
        print('#', f, pg['style'])
        off, e = 0, {x['a']: x for x in pg['ends']}
        for l in pg['raw'].split('\n'):
            x = e.get(off + len(l.rstrip(SP)))
            print(l + (('  ¶' if x['brk'] else '  →') + ('?' if x['und'] else '') if x else '')); off += len(l) + 1
        print('-----'); print(pg['ideal'].replace(OPT, '␣'))


if __name__ == '__main__':
    main()
