//! What a line is recognised by on its own: bylines, credits, pointers to other pages, items of a list, rows of a table.

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

/// Roles that open a byline, longest first where one begins another.
const ROLES: [&str; 34] = [
    "文/图",
    "文／图",
    "图/文",
    "本刊记者",
    "本网记者",
    "本台记者",
    "特派记者",
    "驻地记者",
    "本报首席记者",
    "本报特约记者",
    "本报见习记者",
    "本报通讯员",
    "本报评论员",
    "本报记者",
    "新华社记者",
    "中新社记者",
    "首席记者",
    "特约记者",
    "见习记者",
    "实习记者",
    "实习生",
    "记者",
    "記者",
    "本報記者",
    "通讯员",
    "通訊員",
    "特约撰稿",
    "撰文",
    "文/",
    "图/",
    "文／",
    "图／",
    "摄影",
    "作者",
];

/// Words that close a byline.
const CREDITS: [&str; 9] = ["摄影报道", "摄影", "供图", "报道", "報導", "攝", "摄", "绘", "文/图"];

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
        return Shape::Lead;
    }
    if line.width <= 60 {
        if is_furniture(text, line) {
            return Shape::Furniture;
        }
        if let Some(byline) = byline(text, line) {
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

fn byline(text: &str, line: &Line) -> Option<Shape> {
    let inner = text
        .trim_start_matches(['（', '(', '〔', '■', '□', '●', '▲', '◆', '【', '—', '◎', '○'])
        .trim_start_matches(is_space);
    let bracketed = text.starts_with(['（', '(', '【', '〔']) && text.ends_with(['）', ')', '】', '〕']);
    let inner = inner
        .trim_end_matches(['）', ')', '】', '〕'])
        .trim_end_matches(is_space);
    let breaks_off = text.starts_with(['（', '(']) && !bracketed && text.contains(['）', ')']);
    if breaks_off || line.marks > u32::from(inner.contains('、')) * 3 || inner.contains(['，', ',', '。']) {
        return None;
    }
    if bracketed && inner.starts_with('据') && inner.ends_with(['电', '電', '报', '報']) && line.width <= 32 {
        return Some(Shape::Byline);
    }
    let role = ROLES.iter().find(|role| inner.starts_with(**role));
    let credit = CREDITS.iter().any(|credit| inner.ends_with(credit));
    let names = role.and_then(|role| inner.get(role.len()..));
    match names {
        Some(_) if credit => Some(Shape::Credit),
        Some(names) => {
            let set_apart =
                names.starts_with(is_space) || names.starts_with(['：', ':', '/', '／']) || names.is_empty();
            let one_name = (2..=3).contains(&names.chars().count()) && inner.starts_with('本');
            (set_apart || bracketed || one_name).then_some(Shape::Byline)
        }
        None => {
            let short_words = inner.split(is_space).all(|word| word.chars().count() <= 5);
            let signed = credit && line.width <= 28 && line.gaps && short_words;
            signed.then_some(Shape::Credit)
        }
    }
}

/// Whether `text` ends with the credit of a picture or the name of its author in brackets: nothing follows those.
pub(super) fn ends_credited(text: &str) -> bool {
    let Some((tail_at, _)) = text.char_indices().rev().nth(30).or(text.char_indices().next()) else {
        return false;
    };
    let tail = text.get(tail_at..).unwrap_or_default();
    let named = ROLES.iter().any(|role| tail.contains(role));
    let inner = tail.trim_end_matches(['）', ')']);
    let bracketed = inner.len() < tail.len()
        && inner.rfind(['（', '(']).is_some_and(|open| {
            let (before, within) = inner.split_at(open);
            let within = within.trim_start_matches(['（', '(']);
            let alone = before
                .trim_end_matches(is_space)
                .ends_with(|c| glyph::is_final(c) || glyph::is_closer(c));
            let source = within.starts_with('据') && within.contains('社');
            alone && (source || ROLES.iter().any(|role| within.starts_with(role)))
        });
    let taken = ["摄", "攝", "供图", "供圖"].iter().any(|end| inner.ends_with(end));
    let after_sentence = inner.rfind(|c| glyph::is_final(c) || is_space(c)).is_some_and(|at| {
        inner[at..].chars().count() <= 9 && inner[..at].contains('。') | inner[at..].starts_with('。')
    });
    bracketed || taken && (named || after_sentence)
}

fn is_item(text: &str) -> bool {
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

/// Whether `text` opens with the role of a byline that is set apart from the name.
pub(super) fn begins_with_role(text: &str) -> bool {
    ROLES.iter().any(|role| {
        text.strip_prefix(role)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(is_space) || rest.starts_with(['：', ':']))
    })
}

/// Whether a byline wrapped between `left` and `right` was wrapped at a space: beside a role.
pub(super) fn divides_byline(left: &str, right: &str) -> bool {
    ROLES.iter().any(|role| left.ends_with(role) || right.starts_with(role)) || CREDITS.contains(&right)
}

/// Whether `text` opens with a short label: `电话：`, `联系人：`.
pub(super) fn is_labelled(text: &str) -> bool {
    const LONGEST: usize = 4;
    let colon = text.char_indices().take(LONGEST + 1).find(|&(_, c)| glyph::is_colon(c));
    colon.is_some_and(|(at, _)| at > 0 && text[..at].chars().all(glyph::is_hanzi))
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
        .any(|c| matches!(c, '说' | '說' | '道' | '问' | '問' | '答' | '称' | '稱'))
}

/// Whether an item of a list begins in `text` after a sentence: `招50人。（二）电工`.
pub(super) fn has_item_within(text: &str) -> bool {
    text.match_indices(['。', '；']).any(|(at, mark)| {
        let rest = &text[at + mark.len()..];
        rest.starts_with(['（', '(', '①', '②', '③', '④']) && is_item(rest)
    })
}

/// Whether `text` breaks off in the name that a credit begins with: `本报记者 丁`.
pub(super) fn breaks_off_credit(text: &str) -> bool {
    const LONGEST: usize = 8;
    let tail = text
        .char_indices()
        .rev()
        .nth(LONGEST - 1)
        .map_or(text, |(at, _)| &text[at..]);
    ROLES.iter().any(|role| tail.contains(role))
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

/// Names of a newspaper's sections, which stand alone above its articles.
const SECTIONS: [&str; 42] = [
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

/// Whether `text` is nothing but names and roles, as a byline goes on: `实习生 顾一凡`, `晓棠 通讯员 葛立冬`.
pub(super) fn names_people(text: &str) -> bool {
    const LONGEST: usize = 5;
    let mut words = text.split(is_space).filter(|word| !word.is_empty());
    let short = |word: &str| word.chars().count() <= LONGEST && word.chars().all(glyph::is_hanzi);
    let roles = || ROLES.iter().any(|role| text.contains(role));
    text.chars().count() <= 24 && words.all(short) && roles()
}

/// Family names that most people have.
const FAMILY_NAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段章钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵佟張劉陳楊趙黃吳孫馬羅鄭謝韓馮蕭鄧許呂蘇盧蔣賈葉閻鍾譚鄒陸顧龍萬錢湯賴龔龐蘭齊莊";

/// Whether `text` is a name of two or three characters, one of two perhaps set wide: `顾 蘅`.
pub(super) fn is_name(text: &str) -> bool {
    let mut name = text.chars().filter(|&c| !is_space(c));
    let family = name.next().is_some_and(|c| FAMILY_NAMES.contains(c));
    family && (1..=2).contains(&name.clone().count()) && name.all(glyph::is_hanzi)
}

/// Whether `text` is nothing but the word that closes a byline.
pub(super) fn is_credit(text: &str) -> bool {
    CREDITS.contains(&text)
}

/// Whether `text` breaks off after a role: the name is still to come.
pub(super) fn ends_with_role(text: &str) -> bool {
    ROLES.iter().any(|role| text.ends_with(role))
}
