#!/usr/bin/env python3
# -*- coding: utf-8 -*-
"""A page maker of many kinds: marked-up newspaper articles -> hard-wrapped, OCR-like pages with known truth.

pages(files, profile, widths, seeds) yields (name, page).  See `make_page` for the page's form.
Run as a script it checks itself: varied.py FILE...
"""
import random, re, sys, unicodedata

PROFILES = ['easy', 'middle', 'rough']

KIND = {'#': 'heading', '@': 'byline', '^': 'caption', '!': 'furniture', '|': 'verse'}
FIG = re.compile(r'⟦([^⟧]*)⟧(?:\{[^}]*\})?')
NO_START = set('，。、；：？！）》」』”’】〉〕…—％%‰℃·,.;:?!)]}～')
NO_END = set('（《「『“‘【〈〔([{￥$№')
STOPS = set('。！？…!?')
CLOSERS = set('”’」』）)》】"')
MARKS = set('，。、；：？！）》」』”’】（《「『“‘【')
BYLINE = re.compile(r'记者|通讯员|摄|实习|供稿|整理|编辑|责编|特约|评论员|[（(□●■◎/]|^文|^图|作者|\d')
NOTE = re.compile(r'[上下紧]\s*[转接]|[见续].{0,6}版')
START = re.compile(r'(本报讯|本报.{0,8}电|新华社|据新华社|又讯|——|[▲△●○■□◆◇★☆※◎①-⑳]'
                   r'|[（(]?[一二三四五六七八九十]{1,3}[）)、]|[一二三四五六七八九十]是|[（(]?[\d０-９]{1,2}[）)、.．](?![\d０-９])'
                   r'|第[一二三四五六七八九十]+[条章、，]|[问答][：:]|[\u4e00-\u9fff]{2,4}[：:]|(?:19|20)\d\d年)')
SP = ' \u3000\t'


# ------------------------------------------------------------------ input

def read_articles(path):
    """[[(kind, text), ...], ...]"""
    arts, cur = [], []
    with open(path, encoding='utf-8-sig') as f:
        for ln in f.read().splitlines():
            ln = FIG.sub(r'\1', ln).strip(SP)
            if not ln:
                if cur:
                    arts.append(cur)
                    cur = []
                continue
            if ln[0] in KIND and len(ln) > 2 and ln[1] in SP:
                cur.append((KIND[ln[0]], ln[2:].strip(SP)))
            else:
                cur.append(('paragraph', ln))
    if cur:
        arts.append(cur)
    return arts


def pick(r, pairs):
    """pick(r, [(value, weight), ...])"""
    t = r.random() * sum(w for _, w in pairs)
    for v, w in pairs:
        t -= w
        if t < 0:
            return v
    return pairs[-1][0]


def is_han(c):
    return '\u3400' <= c <= '\u9fff'


def is_alnum(c):
    return c.isascii() and c.isalnum() or '０' <= c <= '９' or 'Ａ' <= c <= 'ｚ'


# ------------------------------------------------------------------ style

def make_style(r, profile, w):
    e, m, h = (profile == p for p in PROFILES)
    s = {'profile': profile}
    # paragraph indents
    s['indent_set'] = pick(r, [(2, 85), (0, 8 if not e else 2), (1, 4)])       # room the typesetter left
    s['indent_keep'] = (r.choice([1, 1, 1, .97, .9, .8]) if e else
                        r.choice([0, 0, .04, .08, .12, .2, .3, .55]) if m else r.choice([0, 0, 0, 0, .02, .05]))
    s['indent_as'] = pick(r, [('\u3000\u3000', 40 if e else 10), ('    ', 15 if e else 6), ('  ', 15), (' ', 12 if e else 55),
                              ('\u3000', 12)])
    s['indent_mix'] = r.random() < .2                                             # each its own spaces
    s['first_space'] = 1 if e else r.choice([0, .5, .9]) if m else r.choice([0, 0, .3])
    # blank lines
    if e:
        par = pick(r, [(0, 25), (r.uniform(.3, .7), 25), (r.uniform(.9, 1), 50)])
        if s['indent_keep'] < .9 or s['indent_set'] == 0:
            par = max(par, .9)
    elif m:
        par = pick(r, [(r.uniform(0, .12), 24), (r.uniform(.3, .6), 34), (r.uniform(.72, .98), 42)])
    else:
        par = pick(r, [(0, 45), (r.uniform(.02, .15), 35), (r.uniform(.2, .5), 20)])
    s['blank_par'] = par
    s['blank_head'] = r.uniform(.85, 1) if e else r.uniform(.45, .98) if m else r.uniform(0, .5)
    s['blank_cap'] = r.uniform(.8, 1) if e else r.uniform(.2, .75) if m else r.uniform(0, .3)
    s['blank_by'] = r.uniform(.4, 1) if e else r.uniform(.05, .6) if m else r.uniform(0, .2)
    s['blank_furn'] = r.uniform(.8, 1) if e else r.uniform(.3, .8) if m else r.uniform(0, .4)
    s['blank_verse'] = 1 if r.random() < (.08 if e else .04) else 0               # rows set apart
    s['blank_art'] = .98 if e else r.uniform(.4, .9) if m else r.uniform(.05, .5)
    s['blank_col'] = r.choice([0, .1, .3]) if e else r.choice([.7, .9, 1, 1]) if m else r.choice([.1, .4, .7, .9])
    s['blank_any'] = 0 if e else r.choice([0, 0, .002, .006]) if m else r.choice([0, 0, .002, .005])
    s['blank_two'] = r.choice([0, 0, 0, .3])
    s['blank_white'] = r.choice([0, 0, 0, 0, .3])
    # columns
    s['col_lines'] = r.choice([(10, 18), (16, 28), (16, 28), (24, 40), (40, 80)])
    if m:
        s['col_lines'] = r.choice([(7, 12), (9, 16), (12, 22), (16, 28), (24, 40)])
    s['col_vary'] = r.choice([0, 0, .3, .6, 1])
    s['inset'] = r.choice([0, 0, 0, .15])
    s['lead_wide'] = r.random() < .1
    # the typesetter's rules
    s['kinsoku'] = pick(r, [('none', 12), ('push', 26), ('hang', 22), ('squeeze', 25), ('mixed', 15)])
    s['keep_latin'] = r.random() < .8
    s['keep_num'] = r.random() < .65
    s['ragged'] = r.choice([0, 0, 0, .05, .2, .5]) if not e else r.choice([0, 0, 0, .05, .2])
    s['latin_w'] = r.choice([1, 1, 1, 1.1, 1.2, .9])
    s['quote_half'] = r.random() < .12
    s['justify'] = r.choice([0, 0, .3, .8])
    # spaces and characters
    k = .4 if e else 1 if m else 1.8
    s['sp_num'] = k * r.choice([0, 0, .02, .06, .15])
    s['sp_mark'] = k * r.choice([0, 0, .004, .02])
    s['sp_han'] = k * r.choice([0, 0, 0, .0006, .002])
    s['sp_line'] = 0 if e else r.choice([0, 0, 0, .001, .003]) if m else r.choice([0, 0, .002, .006])   # false leading space
    s['sp_trail'] = r.choice([0, 0, 0, .05, .5])
    s['sp_wide'] = r.random() < .1                                                 # stray spaces are U+3000
    s['sp_lost'] = pick(r, [(0, 6), (.5, 1.5), (1, 1.5)])
    s['form'] = pick(r, [('asis', 72), ('fulldigits', 13), ('halfmarks', 9), ('fulldigits+halfmarks', 1), ('halfdigits', 5)])
    s['quotes'] = pick(r, [('asis', 90), ('corner', 5), ('straight', 5)])
    # headlines, captions, bylines
    s['head_w'] = pick(r, [('body', 25), ('wide', 25), ('one', 25), ('narrow', 25)])
    s['head_shape'] = pick(r, [('fill', 35), ('balanced', 30), ('sense', 20), ('any', 15)])
    s['head_centre'] = pick(r, [('no', 70 if not e else 50), ('space', 18), ('one', 12)])
    s['head_vert'] = r.choice([0] * 22 + [.3, .6])
    s['cap_w'] = r.choice([.55, .7, .8, 1, 1, 1.4])
    s['by_right'] = pick(r, [(0, 6), (1, 3), (.5, 1)]) if not h else pick(r, [(0, 9), (.7, 1)])
    s['verse_in'] = r.choice(['', '', '', '  ', '\u3000\u3000', ' ']) if not h else r.choice(['', '', '', '', ' '])
    s['verse_hang'] = r.choice([0, 0, 0, 1])
    s['tab'] = r.choice(['', '', '   ', '\u3000', '\t'])
    # matter
    s['plain'] = r.random() < .3
    s['merge'] = r.random() < (.65 if m else .4)
    s['merge_to'] = r.choice([50, 100, 200, 400]) if m else r.choice([30, 50, 80])
    s['cap_move'] = r.random() < .35
    s['note'] = pick(r, [('', 78), ('after', 8), ('cut', 8), ('inline', 6)])
    return s


# ------------------------------------------------------------------ text

FULL = {i: i + 0xFEE0 for i in list(range(0x30, 0x3a)) + list(range(0x41, 0x5b)) + list(range(0x61, 0x7b))}
FULL[ord('%')] = '％'
HALF = {'，': ',', '：': ':', '；': ';', '？': '?', '！': '!', '（': '(', '）': ')'}


def dress(r, s, text):
    """Change the forms of characters, before setting (this is the block's true text)."""
    if 'fulldigits' in s['form']:
        text = re.sub(r'(?<=\d)\.(?=\d)', s.setdefault('point', r.choice('．·.')), text).translate(FULL)
    elif s['form'] == 'halfdigits':
        text = re.sub('(?<=[０-９])[·．](?=[０-９])', '.', text)
        text = ''.join(chr(ord(c) - 0xFEE0) if '０' <= c <= '９' or 'Ａ' <= c <= 'ｚ' or c == '％' else c for c in text)
    if 'halfmarks' in s['form']:
        some = s.setdefault('halfset', ''.join(c for c in HALF if r.random() < .7))
        text = ''.join(HALF[c] if c in some else c for c in text)
    if s['quotes'] == 'corner':
        text = text.translate(str.maketrans('“”‘’', '「」『』'))
    elif s['quotes'] == 'straight':
        text = text.translate(str.maketrans('“”', '""'))
    if s['sp_lost'] and r.random() < s['sp_lost']:
        text = re.sub('(?<![A-Za-z0-9,.])[ \u3000]+|[ \u3000]+(?![A-Za-z0-9(])', '', text)
    return text


NOTES = ['（下转3版）', '（下转第四版）', '下转A2版', '（下转2版·要闻）', '▶▶下转3版', '（更多报道见5版）', '紧接2版']


def matter(r, s, arts):
    """The page's blocks: [(kind, text, article number)]"""
    n = 1 if len(arts) == 1 or r.random() < .4 else 2
    at = r.randrange(len(arts) - n + 1)
    take = [list(a) for a in arts[at:at + n]]
    size = sum(len(t) for a in take for _, t in a)
    while size < 260 and at + len(take) < len(arts):
        take.append(list(arts[at + len(take)]))
        size += sum(len(t) for _, t in take[-1])
    while size < 260 and at > 0:
        at -= 1
        take.insert(0, list(arts[at]))
        size += sum(len(t) for _, t in take[0])
    out = []
    for no, art in enumerate(take):
        if s['plain']:
            art = [b for b in art if b[0] not in ('caption', 'verse', 'furniture')] or art
        if s['cap_move']:
            for b in [b for b in art if b[0] == 'caption']:
                art.remove(b)
                art.insert(r.randrange(1, len(art) + 1) if art else 0, b)
        if s['note'] == 'inline' and art[-1][0] == 'paragraph':
            art[-1] = ('paragraph', art[-1][1] + ' ' + r.choice(NOTES[:2] + NOTES[5:6]))
        elif s['note'] in ('after', 'cut') and art[-1][0] == 'paragraph' and no == 0:
            if s['note'] == 'cut' and len(art[-1][1]) > 60:
                k = r.randrange(30, len(art[-1][1]) - 10)
                while is_alnum(art[-1][1][k]) or art[-1][1][k] in NO_START:
                    k += 1
                    if k >= len(art[-1][1]) - 1:
                        break
                art[-1] = ('paragraph', art[-1][1][:k].rstrip(SP))
                s['cut'] = True
            art.append(('furniture', r.choice(NOTES)))
        if s['merge']:
            got, limit = [], s['merge_to']
            for b in art:
                if (got and b[0] == got[-1][0] == 'paragraph' and len(b[1]) < limit and len(got[-1][1]) < limit
                        and not START.match(b[1]) and not START.match(got[-1][1]) and b[1][0] not in '“"「'
                        and got[-1][1][-1] in STOPS | CLOSERS):
                    got[-1] = ('paragraph', got[-1][1] + b[1])
                else:
                    got.append(b)
            art = got
        out += [(k, dress(r, s, t), no) for k, t in art]
    return [b for b in out if b[1]]


# ------------------------------------------------------------------ setting lines

class Setter:
    def __init__(self, r, s, w):
        self.r, self.s, self.w = r, s, w
        self.lines = []            # dicts: t, block, W, used, cut, col
        self.widths, self.others = [], []
        self.col_w = w
        self.note_width(w)
        self.left = r.randint(*s['col_lines'])
        self.inset = 0             # lines still in a narrow place
        self.inset_w = 0

    def note_width(self, w, other=False):
        w, into = round(w * 2) / 2, self.others if other else self.widths
        if w not in into:
            into.append(w)

    def cw(self, c):
        if self.s['quote_half'] and c in '“”‘’':
            return 1
        if unicodedata.east_asian_width(c) in 'WFA':
            return 2
        return self.s['latin_w'] if c.isalnum() else 1

    def measure(self, t):
        return sum(map(self.cw, t))

    def new_column(self):
        r, s, w = self.r, self.s, self.w
        self.left = r.randint(*s['col_lines'])
        self.inset = 0
        if r.random() < s['col_vary']:
            self.col_w = max(6, min(60, r.choice([w, w, w - 1, w + 1, w - 2, w + 3, w * .6, w * .75, w * 1.35, w * 1.7])))
            self.col_w = round(self.col_w)
        self.note_width(self.col_w)

    def unbreakable(self, a, b, c=''):
        """May no line end stand between the characters a and b?"""
        s = self.s
        if a == b and a in '—…':
            return True
        if a.isascii() and b.isascii():
            if s['keep_num'] and (a.isdigit() or a in '.,-') and (b.isdigit() or b in '.,%') and (a.isdigit() or b.isdigit()):
                return True
            if s['keep_latin'] and (a.isalpha() and (b.isalpha() or b in "'-./@" or b.isdigit())
                                    or b.isalpha() and a in "'-./@"):
                return True
        return False

    def cut(self, t, i, W):
        """Where the line that begins at i ends."""
        s, n = self.s, len(t)
        j, acc = i, 0.0
        while j < n and (acc + self.cw(t[j]) <= W + .01 or j == i):
            acc += self.cw(t[j])
            j += 1
        if j >= n:
            return n
        if t[j] in SP:
            return j
        full = j
        mode = s['kinsoku']
        if mode == 'mixed':
            mode = self.r.choice(['push', 'hang', 'squeeze', 'none'])
        if mode != 'none':
            if t[j] in NO_START:
                run = 1
                while j + run < n and t[j + run] in NO_START:
                    run += 1
                marks = sum(c in MARKS for c in t[i:j])
                if mode == 'hang' and run <= 2 and t[j] not in '—…%％℃·':
                    return j + run
                if mode == 'squeeze' and marks >= 2 * run and run <= 2:
                    return j + run
                while j > i + 1 and (t[j] in NO_START or t[j - 1] in NO_END):
                    j -= 1
            elif mode == 'squeeze' and t[j - 1] not in NO_END and sum(c in MARKS for c in t[i:j]) >= 3 and self.r.random() < .3:
                if j + 1 < n and t[j + 1] not in NO_START:
                    j += 1
            while j > i + 1 and t[j - 1] in NO_END:
                j -= 1
        k = j
        while k > i + 1 and self.unbreakable(t[k - 1], t[k]):
            k -= 1
        if mode != 'none':
            while k > i + 1 and (t[k - 1] in NO_END or t[k] in NO_START):
                k -= 1
        if k > i + 1 and self.measure(t[i:k]) >= W * .55:
            j = k
        if j <= i or self.measure(t[i:j]) < W * .3:
            j = full
        return j

    def add(self, t, b, W, cols=False, lead='', vert=False, how='', indent=0):
        used = self.measure(t) + indent
        self.lines.append(dict(t=t, block=b, W=W, used=used, lead=lead, vert=vert, how=how, endcol=False, first=False))
        if cols:
            self.left -= 1
            if self.left <= 0:
                self.lines[-1]['endcol'] = True
                self.new_column()

    def line_width(self):
        r, s = self.r, self.s
        if self.inset == 0 and s['inset'] and r.random() < s['inset'] / 12:
            self.inset = r.randint(4, 9)
            self.inset_w = max(5, round(self.col_w * r.uniform(.45, .75)))
            self.note_width(self.inset_w)
        w = self.col_w
        if self.inset:
            self.inset -= 1
            w = self.inset_w
        W = 2 * w
        if s['ragged'] and r.random() < s['ragged']:
            W += r.choice([-2, -1, 1, 2])
        return W

    # ---- blocks

    def flow(self, t, b, indent=0, lead='', hang='', width=None, cols=True, vert=False):
        """Fill lines."""
        i, first = 0, True
        while i < len(t):
            while i < len(t) and t[i] in SP:
                i += 1
            W = 2 * width if width else self.line_width()
            ind = indent * 2 if first else 0
            room = max(2, W - ind)
            j = self.cut(t, i, room)
            if len(t[j:].strip(SP)) and j == i:
                j = i + 1
            part = t[i:j].rstrip(SP)
            if part:
                self.add(part, b, W, cols, lead if first else hang, vert, 'fill', ind)
                if first:
                    self.lines[-1]['first'] = True
            i, first = j, False

    def heading(self, t, b):
        r, s = self.r, self.s
        if r.random() < s['head_vert'] and len(t) <= 24:
            n = r.choice([1, 1, 2])
            self.flow_vertical(t, b, n)
            return
        w = self.col_w
        hw = {'body': w, 'wide': w * r.uniform(1.2, 2.2), 'one': max(w, 99), 'narrow': w * r.uniform(.5, .85)}[s['head_w']]
        hw = max(5, min(hw, 40 if s['head_w'] != 'one' else max(30, w)))
        hw = round(hw)
        shape = s['head_shape']
        if shape == 'any':
            shape = r.choice(['fill', 'balanced', 'sense'])
        W, size = 2 * hw, self.measure(t)
        parts = [(t, '')]
        if shape == 'sense':
            bits = [x for x in re.split(r'(?<=[，。？！：,?!:])|[ \u3000]+', t) if x]
            if len(bits) > 1 and (size > W or r.random() < .4):
                parts = [(x, 'sense') for x in bits]
                got = [parts[0]]                       # put tiny bits together
                for x, h in parts[1:]:
                    if self.measure(got[-1][0]) + self.measure(x) <= W * .6:
                        got[-1] = (got[-1][0] + (' ' if got[-1][0][-1] not in '，。？！：,?!:' else '') + x, h)
                    else:
                        got.append((x, h))
                parts = got
            else:
                shape = 'balanced'
        lines = []
        for x, h in parts:
            size = self.measure(x)
            if size <= W:
                lines.append((x, h))
                continue
            n = int(-(-size // W))
            limit = W if shape == 'fill' else min(W, -(-size // n) + 2)
            i = 0
            while i < len(x):
                while x[i] in SP:
                    i += 1
                j = max(i + 1, self.cut(x, i, limit))
                gap = j < len(x) and x[j] in SP or x[j - 1] in SP or x[j - 1] in '，：？！'
                lines.append((x[i:j].strip(SP), ('sense' if gap else shape) if j < len(x) else h))
                i = j
        self.note_width(hw, True)
        big = max(self.measure(x) for x, _ in lines)
        for n, (x, h) in enumerate(lines):
            lead = ''
            if s['head_centre'] == 'space':
                gap = int((max(2 * w, big) - self.measure(x)) / 2)
                lead = '\u3000' * (gap // 2) if r.random() < .5 else ' ' * gap
            elif s['head_centre'] == 'one' and n == 0:
                lead = r.choice([' ', '\u3000'])
            self.add(x, b, W, lead=lead, how=h)
            self.lines[-1]['first'] = n == 0

    def flow_vertical(self, t, b, n):
        t = ''.join(c for c in t if c not in SP)
        for i in range(0, len(t), n):
            self.add(t[i:i + n], b, 2 * n, vert=True, how='vert')
            self.lines[-1]['first'] = i == 0

    def block(self, kind, t, b, first_par):
        r, s = self.r, self.s
        if kind == 'heading':
            self.heading(t, b)
        elif kind == 'paragraph':
            ind = s['indent_set']
            lead = ''
            keep = s['first_space'] if first_par and r.random() < .7 else s['indent_keep']
            if ind and r.random() < keep:
                lead = s['indent_as']
                if s['indent_mix']:
                    lead = r.choice(['\u3000\u3000', ' ', '  ', '\u3000', '    '])
            if first_par and s['lead_wide'] and len(t) > 60:
                w = min(60, round(self.col_w * 1.5))
                self.note_width(w)
                self.flow(t, b, ind, lead, width=w, cols=False)
            else:
                self.flow(t, b, ind, lead)
        elif kind == 'caption':
            w = max(6, min(60, round(self.col_w * s['cap_w'])))
            self.note_width(w, True)
            if s['head_vert'] and r.random() < .1 and len(t) < 20:
                return self.flow_vertical(t, b, 1)
            lead = r.choice([' ', '\u3000', '  ']) if r.random() < s['indent_keep'] * .7 + (.3 if s['profile'] == 'middle' else 0) else ''
            self.flow(t, b, 0, lead, width=w, cols=False)
        elif kind == 'byline':
            W = 2 * self.col_w
            size = self.measure(t)
            if size <= W:
                lead = ''
                if r.random() < s['by_right']:
                    gap = int(W - size)
                    lead = '\u3000' * (gap // 2) if r.random() < .4 else ' ' * gap
                elif r.random() < s['indent_keep'] * .5:
                    lead = s['indent_as']
                self.add(t, b, W, True, lead)
                self.lines[-1]['first'] = True
            else:
                self.flow(t, b, 0, '')
        elif kind == 'furniture':
            W = 2 * self.col_w
            if self.measure(t) <= 2 * W and r.random() < .7:
                self.add(t, b, max(W, self.measure(t)), lead=' ' * r.choice([0, 0, 0, 2, 6]))
                self.lines[-1]['first'] = True
            else:
                self.flow(t, b, 0, '', width=max(8, self.col_w), cols=False)
        else:
            if s['tab'] and ' ' in t:
                t = t.replace(' ', s['tab'])
            hang = r.choice([' ', '  ']) if s['verse_hang'] else ''
            self.flow(t, b, len(s['verse_in'].replace('\u3000', '  ')) / 2, s['verse_in'], hang)


# ------------------------------------------------------------------ noise in a line

def spaces(r, s, kind, t, short):
    """Stray spaces: only ever put between two characters of a line."""
    gaps = {}
    gap = '\u3000' if s['sp_wide'] else ' '
    for i in range(1, len(t)):
        a, b = t[i - 1], t[i]
        if a in SP or b in SP:
            continue
        p = s['sp_han']
        if is_han(a) and is_alnum(b) or is_alnum(a) and (is_han(b) or b in '%％'):
            p = s['sp_num'] * (.3 if b in '%％' else 1)
        elif a in '…”。；）%％' and is_han(b) or a == '…' and is_alnum(b):
            p = s['sp_mark']
        elif a.isascii() and b.isascii() and a.isalnum() and b.isalnum():
            p = 0
        if kind == 'byline' and is_han(a) and is_han(b):
            p += .01
        if p and r.random() < p:
            gaps[i] = gap
    if short > 0 and s['justify'] and r.random() < s['justify']:
        spots = [i for i in range(1, len(t)) if t[i - 1] in MARKS or is_han(t[i - 1]) != is_han(t[i]) and is_alnum(t[i]) != is_alnum(t[i - 1])]
        if spots:
            gaps[r.choice(spots)] = gap
    return ''.join(gaps.get(i, '') + c for i, c in enumerate(t))


# ------------------------------------------------------------------ the page

def ends_sentence(t):
    t = t.rstrip(SP)
    while t and t[-1] in CLOSERS:
        t = t[:-1]
    return bool(t) and t[-1] in STOPS


def depth(t):
    return sum(t.count(c) for c in '“「‘『（《(') - sum(t.count(c) for c in '”」’』）》)')


def make_page(arts, profile, w, r):
    """page = dict(raw, width, style, ends, blocks); blocks = [(kind, true text)] goes beyond what was asked."""
    s = make_style(r, profile, w)
    blocks = matter(r, s, arts)
    st = Setter(r, s, w)
    seen = set()
    for b, (kind, t, no) in enumerate(blocks):
        first = kind == 'paragraph' and no not in seen
        if first:
            seen.add(no)
        if no and b and blocks[b - 1][2] != no and r.random() < .6:
            st.new_column()                                 # another article: another place
        st.block(kind, t, b, first)
    L = st.lines

    # blank lines
    for i in range(len(L) - 1):
        a, z = L[i], L[i + 1]
        ka, kz = blocks[a['block']][0], blocks[z['block']][0]
        if a['block'] == z['block']:
            p = s['blank_any'] if not a['vert'] else 0
            if a['endcol']:
                p = s['blank_col']
        elif blocks[a['block']][2] != blocks[z['block']][2]:
            p = s['blank_art']
        elif ka == kz == 'verse':
            p = s['blank_verse']
        elif ka == kz == 'heading':
            p = s['blank_head'] * .4
        elif 'heading' in (ka, kz):
            p = s['blank_head'] if 'byline' not in (ka, kz) else (s['blank_head'] + s['blank_by']) / 2
        elif 'caption' in (ka, kz):
            p = s['blank_cap']
        elif 'byline' in (ka, kz):
            p = s['blank_by']
        elif 'furniture' in (ka, kz):
            p = s['blank_furn']
        else:
            p = s['blank_par']
        if a['block'] != z['block'] and a['endcol']:
            p = max(p, s['blank_col'])
        a['blank'] = 0
        if r.random() < p:
            a['blank'] = 2 if r.random() < s['blank_two'] else 1
    L[-1]['blank'] = 0

    # the raw text
    raw, starts = [], []
    pos = 0
    for i, a in enumerate(L):
        kind = blocks[a['block']][0]
        lead = a['lead']
        a['false_lead'] = False
        if not a['first'] and not lead and r.random() < s['sp_line']:
            lead, a['false_lead'] = r.choice([' ', ' ', '\u3000']), True
        a['lead'] = lead
        last = i + 1 == len(L) or L[i + 1]['block'] != a['block']
        t = spaces(r, s, kind, a['t'], 0 if last else a['W'] - a['used'])
        starts.append(pos + len(lead))
        ln = lead + t + (' ' * r.choice([1, 1, 2]) if r.random() < s['sp_trail'] else '')
        for _ in range(a['blank']):
            ln += '\n' + (r.choice([' ', '\u3000', '  ']) if r.random() < s['blank_white'] else '')
        ln += '\n' if i + 1 < len(L) or r.random() < .7 else ''
        raw.append(ln)
        pos += len(ln)
    raw = ''.join(raw)

    # truth, and what no reader could know
    st.top = max(a['W'] for a in L)
    ends, sofar = [], ''
    for i in range(len(L) - 1):
        a, z = L[i], L[i + 1]
        sofar = (sofar if i and L[i - 1]['block'] == a['block'] else '') + a['t']
        kinds = (blocks[a['block']][0], blocks[z['block']][0])
        brk = a['block'] != z['block']
        rule = undecidable(st, s, blocks, a, z, sofar, kinds, brk)
        e = dict(b=starts[i + 1], brk=brk, und=bool(rule), kinds=kinds, vert=a['vert'] or z['vert'])
        if rule:
            e['rule'] = rule
        ends.append(e)
    style = dict(s, widths=sorted(st.widths), other_widths=sorted(st.others))
    return dict(raw=raw, width=w, style=style, ends=ends, blocks=[(k, t) for k, t, _ in blocks])


def undecidable(st, s, blocks, a, z, sofar, kinds, brk):
    """The rule by which no reader could decide this line end from the page alone; '' when he could."""
    slack = 2 if s['kinsoku'] != 'none' or s['ragged'] or s['keep_num'] else 1
    full = a['used'] >= a['W'] - slack
    final = ends_sentence(a['t'])
    open_ = depth(sofar) > 0
    sign = bool(START.match(z['t'])) or open_ and z['t'][0] in '“「' or bool(NOTE.search(z['t'][:12]))
    if kinds == ('heading', 'heading'):
        if a['blank'] or z['t'].startswith('—'):
            return ''
        if a['vert'] and z['vert'] and brk:
            return 'two upright headlines with nothing between'
        if a['vert'] or z['vert']:
            return ''
        if brk:
            x, y = a['used'], z['used']
            if a['lead'] and not z['lead'] or z['lead'] and not a['lead']:
                return ''
            return 'two headline lines with nothing between' if .5 < x / max(1, y) < 2 or full else ''
        return 'headline broken by sense' if a['how'] == 'sense' else ''
    if a['vert'] or z['vert']:
        return ''
    if brk:
        if z['lead'] and s['sp_line'] == 0 or len(z['lead']) > 1:
            return ''
        if kinds[1] == 'byline':
            if BYLINE.search(z['t']) or a['blank'] or z['lead']:
                return ''
            return 'a bare name with nothing before it' if kinds[0] == 'heading' else ''
        if 'heading' in kinds or kinds[0] in ('byline', 'furniture') or kinds[1] == 'furniture' or sign or z['lead']:
            return ''
        if not full:
            return ''
        if kinds == ('verse', 'verse'):
            return '' if a['blank'] or final else 'a row fills the line'
        if not a['blank']:
            if not final and a['t'][-1] in '：；:;' and kinds[1] == 'verse':
                return ''
            return 'a full last line, no blank line, no indent'
        if not final and a['t'][-1] not in CLOSERS:
            return 'a full last line without a final mark, blank line, no indent'
        return ''
    if kinds[0] == 'heading':
        return ''
    if final and not open_:
        if a['blank']:
            if s['indent_keep'] >= .97 and s['indent_set'] and not z['lead']:
                return ''                                        # true paragraphs show their indent
            return 'false blank line at the end of a sentence'
        if z['false_lead']:
            return 'false leading space at the end of a sentence'
    if final and not open_ and kinds[0] == 'paragraph' and a['used'] < min(z['W'], st.top) - 4:
        return 'a sentence ends with the last line of a narrow place'
    if a['blank'] and z['false_lead'] and a['t'][-1] in '：；':
        return 'false blank line and leading space at a clause'
    if kinds[0] == 'verse' and z['lead'] and not a['false_lead'] and a['used'] < a['W'] - 4:
        return 'a hanging row'
    return ''


def pages(files, profile, widths, seeds):
    if profile not in PROFILES:
        raise ValueError(profile)
    if isinstance(seeds, int):
        seeds = range(seeds)
    seeds = list(seeds)
    for f in files:
        arts = read_articles(f)
        if not arts:
            continue
        key = '/'.join(str(f).replace('\\', '/').split('/')[-3:])
        for w in widths:
            for seed in seeds:
                r = random.Random('varied|%s|%s|%s|%s' % (key, profile, w, seed))
                page = make_page(arts, profile, w, r)
                if page['ends']:
                    yield f'{f}:{profile}:w{w}:s{seed}:varied', page


# ------------------------------------------------------------------ check

def _check(name, page):
    raw, ends = page['raw'], page['ends']
    nb, pos = [], 0
    for ln in raw.split('\n'):
        if ln.strip(SP):
            nb.append((pos, ln))
        pos += len(ln) + 1
    assert len(ends) == len(nb) - 1, name
    got, cur = [], nb[0][1]
    for e, (p, ln) in zip(ends, nb[1:]):
        b = e['b']
        assert not raw[b].isspace() and p <= b < p + len(ln) and not raw[p:b].strip(), (name, b)
        q = b - 1
        while raw[q].isspace():
            q -= 1
        assert '\n' in raw[q:b], (name, b)
        if e['brk']:
            got.append(cur)
            cur = ''
        else:
            assert e['kinds'][0] == e['kinds'][1]
        cur += ln
    got.append(cur)
    flat = lambda t: ''.join(t.split())
    assert [flat(t) for t in got] == [flat(t) for _, t in page['blocks']], name


def _blank(page):
    raw, q = page['raw'], []
    for e in page['ends']:
        i = e['b'] - 1
        while raw[i].isspace():
            i -= 1
        q.append(raw[i:e['b']].count('\n') > 1)
    return q


def _heuristic(page):
    """About twenty lines, after the rules of reflow.md."""
    raw = page['raw']
    lines, pos = [], 0
    for ln in raw.split('\n'):
        if ln.strip(SP):
            lines.append((pos, ln))
        pos += len(ln) + 1
    m = lambda t: sum(2 if unicodedata.east_asian_width(c) in 'WFA' else 1 for c in t.strip(SP))
    ws = sorted(m(t) for _, t in lines)
    med = ws[len(ws) // 2]
    out = []
    for k, ((p, a), (q, z), blank) in enumerate(zip(lines, lines[1:], _blank(page))):
        short = m(a) < med - 4
        fin = ends_sentence(a)
        by = lambda t: bool(re.search('^\\s*[@（(□●]?(本报|文/)?(记者|通讯员)|记者.*摄|[下上]转', t)) and m(t) < med * 1.5 and not fin
        out.append(z[0] in SP or blank and (fin or short) or short and fin or by(z) or by(a) and m(a) < med - 2)
    return out


def _score(rows):
    n = sum(len(p) for p, _ in rows)
    ok = sum(x == y for p, t in rows for x, y in zip(p, t))
    tp = sum(x and y for p, t in rows for x, y in zip(p, t))
    fp = sum(x and not y for p, t in rows for x, y in zip(p, t))
    fn = sum(y and not x for p, t in rows for x, y in zip(p, t))
    return dict(n=n, acc=100 * ok / n, f1=2 * tp / (2 * tp + fp + fn or 1), pr=tp / (tp + fp or 1), rc=tp / (tp + fn or 1), brk=100 * (tp + fn) / n)


def main(files, widths=range(10, 31, 2), seeds=range(4)):
    from collections import Counter
    for prof in PROFILES:
        names, A, B, C, D, rules, n = set(), [], [], [], [], Counter(), 0
        for name, page in pages(files, prof, widths, seeds):
            _check(name, page)
            names.add(name)
            n += 1
            t = [e['brk'] for e in page['ends']]
            keep = [not e['und'] for e in page['ends']]
            bl, he = _blank(page), _heuristic(page)
            sel = lambda v: [x for x, k in zip(v, keep) if k]
            A.append((bl, t)); B.append((sel(bl), sel(t))); C.append((he, t)); D.append((sel(he), sel(t)))
            rules.update(e['rule'] for e in page['ends'] if e['und'])
        assert len(names) == n
        f = lambda x: '%d ends, %.1f%% breaks: %.2f%% right, F1 %.3f (P %.2f R %.2f)' % (x['n'], x['brk'], x['acc'], x['f1'], x['pr'], x['rc'])
        print(prof, n, 'pages; checks passed')
        for lab, X in (('blank, all', A), ('blank, decidable', B), ('heuristic, all', C), ('heuristic, decidable', D)):
            print('   %-22s' % lab, f(_score(X)))
        tot = _score(A)['n']
        print('   und %.2f%%:' % (100 * sum(rules.values()) / tot), '; '.join('%s %d' % x for x in rules.most_common()))


if __name__ == '__main__':
    main(sys.argv[1:])
