//! What a line is recognised by on its own: the opening of a report, pointers to other pages, items of a list, labels, rows
//! of a table, the names of sections and the parts of a headline.

use super::byline;
use super::glyph;
use super::lines::{Line, is_space};

/// What the wording of one line says about it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shape {
    #[default]
    Plain,
    /// `记者 叶会娟`, `（本报记者 王力）`, `文/图 张三`.
    Byline,
    /// A byline that is complete with it: `通讯员 胡勇 摄`.
    Credit,
    /// `下转3版`, `（更多内容见3版）`, `责任编辑 李明`, `第3版 要闻`.
    Furniture,
    /// The opening of a report: `本报讯`, `新华社北京9月15日电`.
    Lead,
    /// An item of a list: `一、`, `（三）`, `1.`, `①`, `●`.
    Item,
    /// A row of this many cells with no sentence in it.
    Row(usize),
}

impl Shape {
    /// Whether its words alone tell it, so that no word can lie over the line end before it.
    pub(super) fn is_told_by_its_words(self) -> bool {
        matches!(self, Self::Byline | Self::Credit | Self::Furniture | Self::Lead)
    }
}

const POINTERS: [&str; 14] = [
    "下转",
    "下轉",
    "上接",
    "紧接",
    "緊接",
    "转第",
    "轉第",
    "更多",
    "详见",
    "詳見",
    "相关报道",
    "相关内容",
    "全文见",
    "报道见",
];

const PAGE_EDITORS: [&str; 9] = [
    "责任编辑",
    "責任編輯",
    "本版编辑",
    "本版责编",
    "责编",
    "美编",
    "版式",
    "值班编辑",
    "版面编辑",
];

const AGENCIES: [&str; 12] = [
    "本报",
    "本報",
    "新华社",
    "新華社",
    "中新社",
    "中新网",
    "据新华社",
    "新华网",
    "人民网",
    "央视",
    "综合",
    "中央社",
];

/// What `text` is recognised as; `line` is measured already.
pub(super) fn of(text: &str, line: &Line) -> Shape {
    if is_lead(text) {
        return if is_signed_lead(text) {
            Shape::Byline
        } else {
            Shape::Lead
        };
    }
    if line.width <= 60 {
        if is_furniture(text, line) {
            return Shape::Furniture;
        }
        if let Some(byline) = byline::shape(text, line) {
            return byline;
        }
    }
    if is_item(text) {
        return Shape::Item;
    }
    match cells(text, line) {
        Some(cells) if figures(text) + 1 >= cells => Shape::Row(cells),
        _ => Shape::Plain,
    }
}

/// How many cells `text` has if it is a row of a table: at least three without a sentence in them.
pub(super) fn cells(text: &str, line: &Line) -> Option<usize> {
    let cells = || text.split(is_space).filter(|cell| !cell.is_empty()).count();
    (line.gaps && line.marks == 0).then(cells).filter(|&cells| cells >= 3)
}

/// Whether a cell of `text` begins or ends with a figure.
pub(super) fn has_figure(text: &str) -> bool {
    text.split(is_space).any(|cell| {
        cell.starts_with(glyph::is_digit) || cell.ends_with(glyph::is_digit) || cell.contains(['℃', '％', '%'])
    })
}

/// Where the parts of a headline meet in `text`: at a space between Chinese characters.
fn last_gap(text: &str) -> Option<(&str, &str)> {
    let (left, right) = text.rsplit_once(is_space)?;
    let left = left.trim_end_matches(is_space);
    (left.ends_with(joins_parts) && right.starts_with(joins_parts)).then_some((left, right))
}

fn joins_parts(c: char) -> bool {
    glyph::is_hanzi(c) || glyph::is_opener(c) || glyph::is_closer(c)
}

/// Parts of a headline that are shorter than this, in characters, go on in the next line.
const SHORTEST_PART: usize = 4;

/// Whether a part of a headline begins so near to the end of `text` that it must go on: `追回逾3亿元 全省`.
pub(super) fn last_part_is_short(text: &str) -> bool {
    last_gap(text)
        .is_some_and(|(left, right)| right.chars().count() < SHORTEST_PART && left.chars().count() >= SHORTEST_PART)
}

/// Whether a part of a headline ends so near to the beginning of `text` that it began before: `转海州 时隔九年再进决赛`.
pub(super) fn first_part_is_short(text: &str) -> bool {
    text.split_once(is_space).is_some_and(|(left, right)| {
        let right = right.trim_start_matches(is_space);
        let parts = left.ends_with(joins_parts) && right.starts_with(joins_parts);
        parts
            && left.chars().count() < SHORTEST_PART
            && right.chars().count() >= SHORTEST_PART
            && !byline::is_name(left)
    })
}

/// How many cells of `text` are figures, perhaps with a unit: `12`, `54分`, `18胜0负`.
fn figures(text: &str) -> usize {
    const LONGEST: usize = 6;
    let mark = |c: char| c.is_ascii_punctuation() || matches!(c, '％' | '．' | '－' | '—');
    let figure = |cell: &&str| {
        cell.starts_with(|c| glyph::is_digit(c) || mark(c))
            && (cell.chars().count() <= LONGEST || cell.chars().all(|c| glyph::is_digit(c) || mark(c)))
    };
    text.split(is_space).filter(figure).count()
}

/// Where in `text` a pointer to another page begins that follows a sentence. `rest` is the line after `text` where the
/// pointer ends there, else empty.
pub(super) fn pointer_at_end(text: &str, rest: &str) -> Option<usize> {
    let open = text.rfind(['（', '('])?;
    let (before, pointer) = text.split_at(open);
    let finished = before
        .trim_end_matches(is_space)
        .ends_with(|c| glyph::is_final(c) || glyph::is_closer(c));
    let whole = format!("{pointer}{rest}");
    let closes = whole.find(['）', ')'])?;
    (finished && whole.ends_with(['）', ')']) && closes + 3 >= whole.len() && is_pointer(&whole)).then_some(open)
}

/// Whether `text` ends with a pointer to another page in brackets.
pub(super) fn ends_pointing(text: &str) -> bool {
    text.ends_with(['）', ')']) && text.rfind(['（', '(']).is_some_and(|open| is_pointer(&text[open..]))
}

/// How many bytes of `text` open a report: up to and with `讯`, `电`, and the bracket after them if there is one.
pub(super) fn lead_length(text: &str) -> Option<usize> {
    let opening = text.trim_start_matches('【');
    AGENCIES.iter().find(|agency| opening.starts_with(**agency))?;
    let (end, _) = text
        .char_indices()
        .take(24)
        .take_while(|&(_, c)| !glyph::is_pause(c) && !glyph::is_final(c) && !matches!(c, '（' | '('))
        .filter(|&(_, c)| matches!(c, '讯' | '訊' | '电' | '電'))
        .last()?;
    let end = end + '讯'.len_utf8();
    let end = if text[end..].starts_with('】') {
        end + '】'.len_utf8()
    } else {
        end
    };
    let rest = text.get(end..).unwrap_or_default();
    let opens = rest.trim_start_matches(is_space);
    if opens.starts_with(['（', '(']) {
        let close = opens.char_indices().take(40).find(|&(_, c)| matches!(c, '）' | ')'));
        return Some(close.map_or(end, |(at, c)| text.len() - opens.len() + at + c.len_utf8()));
    }
    Some(end)
}

fn is_lead(text: &str) -> bool {
    lead_length(text).is_some_and(|end| {
        let lead = text.get(..end).unwrap_or_default();
        let rest = text.get(end..).unwrap_or_default();
        let dated = ["日电", "日電", "日讯", "日訊"].iter().any(|end| lead.ends_with(end));
        lead.ends_with(['）', ')', '】']) || dated || lead.chars().count() == 3 || rest.starts_with(is_space)
    })
}

/// Whether `text` is the opening of a report and nothing else: `本报讯（记者 何静）`.
pub(super) fn is_whole_lead(text: &str) -> bool {
    lead_length(text) == Some(text.len())
}

/// Whether nothing but the author follows the opening of a report: `本报临江1月18日电 记者 韩冬`.
fn is_signed_lead(text: &str) -> bool {
    let rest = lead_length(text).and_then(|end| text.get(end..)).unwrap_or_default();
    let rest = rest.trim_start_matches(is_space);
    byline::begins_with_role(rest) && byline::names_people(rest) && !byline::ends_with_role(rest)
}

fn is_pointer(text: &str) -> bool {
    let inner = text
        .trim_start_matches(['（', '(', '▶', '■'])
        .trim_end_matches(['）', ')']);
    let inner = inner.trim_matches(is_space);
    POINTERS.iter().any(|pointer| inner.starts_with(pointer))
        && inner.contains('版')
        && !inner.chars().any(|c| glyph::is_final(c) || glyph::is_pause(c))
}

fn is_furniture(text: &str, line: &Line) -> bool {
    if is_pointer(text) || PAGE_EDITORS.iter().any(|role| text.starts_with(role)) {
        return true;
    }
    if line.marks > 0 || line.width > 48 {
        return false;
    }
    is_dated_head(text) || is_numbered_page(text)
}

/// `2025年9月16日 星期二`
fn is_dated_head(text: &str) -> bool {
    text.contains("星期")
        && text.contains('年')
        && text.contains('日')
        && text.starts_with(|c| glyph::is_digit(c) || glyph::is_hanzi(c))
}

/// `第3版 要闻`, `A03版`, `03版 要闻`
fn is_numbered_page(text: &str) -> bool {
    let rest = text
        .trim_start_matches('第')
        .trim_start_matches(|c: char| c.is_ascii_uppercase());
    let number = rest.trim_start_matches(|c| glyph::is_digit(c) || "一二三四五六七八九十".contains(c));
    let after = number.strip_prefix('版').unwrap_or("x");
    number.len() < rest.len()
        && (after.is_empty() || after.starts_with(is_space) || after.starts_with(['：', ':', '·']))
}

fn is_item(text: &str) -> bool {
    if is_timed(text) {
        return true;
    }
    let mut chars = text.chars();
    let Some(first) = chars.next() else {
        return false;
    };
    if glyph::is_bullet(first) || text.starts_with("- ") || text.starts_with("* ") {
        return true;
    }
    let bracketed = matches!(first, '（' | '(');
    let body = if bracketed { chars.as_str() } else { text };
    let rest = body.trim_start_matches(|c| glyph::is_digit(c) || "一二三四五六七八九十".contains(c));
    let length = body.len() - rest.len();
    if length == 0 || length > 6 {
        return false;
    }
    let mut rest = rest.chars();
    match (bracketed, rest.next()) {
        (true, Some('）' | ')')) => true,
        (false, Some('、')) => true,
        (false, Some('.' | '．' | ')' | '）')) => rest.next().is_some_and(|c| !glyph::is_digit(c)),
        _ => false,
    }
}

/// Whether `text` opens with a short label: `电话：`, `联系人：`.
pub(super) fn is_labelled(text: &str) -> bool {
    const LONGEST: usize = 4;
    let colon = text.char_indices().take(LONGEST + 1).find(|&(_, c)| glyph::is_colon(c));
    colon.is_some_and(|(at, _)| at > 0 && text[..at].chars().all(glyph::is_hanzi))
}

/// The longest label that opens a line, in characters.
pub(super) const LONGEST_LABEL: usize = 10;

/// Whether `text` opens with a label: `营业收入：47.36亿元`.
pub(super) fn opens_with_label(text: &str) -> bool {
    let colon = text
        .char_indices()
        .take(LONGEST_LABEL + 1)
        .position(|(_, c)| glyph::is_colon(c));
    let named = |c: char| glyph::is_hanzi(c) || is_space(c) || matches!(c, '（' | '）' | '、');
    colon.is_some_and(|at| at >= 2 && text.chars().take(at).all(named))
}

/// Whether `text` opens as the parts of an interview do: `问：`, `答：`, `主持人：`.
pub(super) fn asks_or_answers(text: &str) -> bool {
    const LABELS: [&str; 10] = [
        "问",
        "問",
        "答",
        "记者",
        "記者",
        "主持人",
        "编者按",
        "編者按",
        "记者回访",
        "嘉宾",
    ];
    LABELS.iter().any(|label| {
        text.strip_prefix(label)
            .is_some_and(|rest| rest.starts_with(glyph::is_colon))
    })
}

/// Whether `text` opens with who said what came before: `他说。`, `老人笑着说，`.
pub(super) fn names_speaker(text: &str) -> bool {
    const REACH: usize = 7;
    text.chars()
        .take(REACH)
        .take_while(|&c| glyph::is_hanzi(c))
        .any(|c| matches!(c, '说' | '說' | '问' | '問' | '答' | '称' | '稱'))
        || ["道，", "道：", "道。"].iter().any(|end| {
            text.char_indices()
                .nth(REACH)
                .map_or(text, |(at, _)| &text[..at])
                .contains(end)
        })
}

/// Whether `text` opens with the time of what it names: `7:05 早间新闻`.
pub(super) fn is_timed(text: &str) -> bool {
    text.split_once(is_space).is_some_and(|(time, _)| is_clock(time))
}

/// `7:05`, `19：30`
pub(super) fn is_clock(text: &str) -> bool {
    let number = |text: &str| (1..=2).contains(&text.chars().count()) && text.chars().all(glyph::is_digit);
    text.split_once([':', '：', '∶'])
        .is_some_and(|(hour, minute)| number(hour) && number(minute))
}

/// Whether an item of a list begins in `text` after a sentence: `招50人。（二）电工`.
pub(super) fn has_item_within(text: &str) -> bool {
    text.match_indices(['。', '；']).any(|(at, mark)| {
        let rest = &text[at + mark.len()..];
        rest.starts_with(['（', '(', '①', '②', '③', '④']) && is_item(rest)
    })
}

/// Whether the two begin with a figure and the same character after it, as lines of a list do: `9月22日`, `9月23日`; `一是`,
/// `二是`.
pub(super) fn open_alike(one: &str, other: &str) -> bool {
    let figure = |c: char| glyph::is_digit(c) || "一二三四五六七八九十".contains(c);
    let after = |text: &str| {
        let text = text.strip_prefix('第').unwrap_or(text);
        let rest = text.trim_start_matches(figure);
        let length = text.len() - rest.len();
        rest.chars()
            .next()
            .filter(|&c| (1..=6).contains(&length) && !glyph::is_final(c))
    };
    after(one).is_some_and(|c| after(other) == Some(c))
}

/// Whether `text` is a short name in two parts, as those of sections are: `科教·十万个为什么`.
pub(super) fn is_divided_name(text: &str) -> bool {
    text.split_once(['·', '・', '|', '｜']).is_some_and(|(name, part)| {
        let long =
            |text: &str, most: usize| (2..=most).contains(&text.chars().count()) && text.chars().all(glyph::is_hanzi);
        long(name, 5) && long(part, 8)
    })
}

/// Names of a newspaper's sections, which stand alone above its articles.
const SECTIONS: [&str; 43] = [
    "要闻",
    "要聞",
    "时政",
    "时事",
    "时评",
    "评论",
    "论坛",
    "国际",
    "国内",
    "中国",
    "天下",
    "社会",
    "城市",
    "都市",
    "财经",
    "经济",
    "体育",
    "娱乐",
    "文化",
    "文娱",
    "副刊",
    "读书",
    "教育",
    "健康",
    "科技",
    "科教",
    "法治",
    "法制",
    "旅游",
    "生活",
    "民生",
    "专题",
    "专版",
    "简讯",
    "短讯",
    "港聞",
    "國際",
    "體育",
    "經濟",
    "便民服务",
    "读者来信",
    "来信",
    "周末",
];

/// Whether `text` is the name of a section: `要闻`, `体育新闻`, `副刊·人间`.
pub(super) fn is_section(text: &str) -> bool {
    let (name, part) = text.split_once(['·', '・', '|', '｜']).unwrap_or((text, ""));
    let name = ["新闻", "新聞", "周刊", "专刊", "副刊"]
        .iter()
        .find_map(|suffix| name.strip_suffix(suffix))
        .filter(|name| !name.is_empty())
        .unwrap_or(name);
    SECTIONS.contains(&name) && part.chars().count() <= 6
}
