//! Who wrote it and who took the picture: roles, names, credits, signatures.

use super::glyph;
use super::lines::{Line, is_space};
use super::shape::Shape;

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

/// What `text` is recognised as if it names who wrote or took it; `line` is measured already.
pub(super) fn shape(text: &str, line: &Line) -> Option<Shape> {
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
    if bracketed
        && line.width <= 24
        && ["通讯", "通訊", "专电", "專電", "特稿"]
            .iter()
            .any(|end| inner.ends_with(end))
    {
        return Some(Shape::Byline);
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
            // After a colon somebody may speak: `记者：最近门诊量`.
            let named = names.strip_prefix(['：', ':']);
            let named = named
                .map(|names| names.trim_start_matches(is_space))
                .is_some_and(is_name_or_none);
            let set_apart = names.starts_with(is_space) || names.starts_with(['/', '／']) || names.is_empty() || named;
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

/// The last characters of what [`ends_credited`].
pub(super) const ENDS_CREDIT: [char; 8] = ['摄', '攝', '图', '圖', '片', '发', '）', ')'];

/// The longest credit, in characters.
const LONGEST_CREDIT: usize = 31;

/// Where the last characters of `text` begin that a credit may have, in bytes.
fn tail_at(text: &str) -> usize {
    let mut last = text.char_indices().rev();
    last.nth(LONGEST_CREDIT - 1).map_or(0, |(at, _)| at)
}

/// Where the names begin that `text` ends with if it [`ends_credited`], in bytes: after its last sentence, or with the role.
pub(super) fn credit_at(text: &str) -> Option<usize> {
    if !ends_credited(text) {
        return None;
    }
    let from = tail_at(text);
    let sentence = text[from..].rfind(glyph::is_final).map(|at| from + at);
    let from = sentence.map_or(from, |at| text.ceil_char_boundary(at + 1));
    let role = ROLES.iter().filter_map(|role| text[from..].find(role)).min();
    role.map(|at| from + at).or(sentence.map(|_| from))
}

/// Whether `text` ends with the credit of a picture or the name of its author in brackets: nothing follows those.
pub(super) fn ends_credited(text: &str) -> bool {
    if !text.ends_with(ENDS_CREDIT) {
        return false;
    }
    let tail = text.get(tail_at(text)..).unwrap_or_default();
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
    let filed = ["资料照片", "资料图片", "资料图", "新华社发"]
        .iter()
        .any(|end| inner.ends_with(end));
    let after_sentence = inner.rfind(|c| glyph::is_final(c) || is_space(c)).is_some_and(|at| {
        inner[at..].chars().count() <= 9 && inner[..at].contains('。') | inner[at..].starts_with('。')
    });
    bracketed || filed || taken && (after_sentence || ROLES.iter().any(|role| tail.contains(role)))
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

/// The widest signature, in half-width units.
pub(super) const WIDEST_SIGNATURE: u32 = 48;

/// Whether `text`, no wider than [`WIDEST_SIGNATURE`], is who signs a letter or a notice: `清江市双河乡 田满仓`, `治丧小组 2025年6月3日`.
pub(super) fn is_signature(text: &str) -> bool {
    let Some((who, last)) = text.rsplit_once(is_space) else {
        return text.contains('年') && is_date(text);
    };
    let plain = |c: char| glyph::is_hanzi(c) || is_space(c) || glyph::is_digit(c) || matches!(c, '（' | '）' | '、');
    who.chars().all(plain) && (is_name(last) || is_date(last))
}

/// Whether `text` is a date: `2025年6月3日`, `二〇二五年六月三日`.
pub(super) fn is_date(text: &str) -> bool {
    let part = |c: char| glyph::is_digit(c) || "〇○零一二三四五六七八九十年月日".contains(c);
    text.ends_with('日') && text.contains('月') && text.chars().all(part)
}

/// Whether the role that opens a byline lies over the line end: `本|报记者 丁海波 摄`.
pub(super) fn role_spans(left: &str, right: &str) -> bool {
    ROLES.iter().any(|role| {
        role.char_indices()
            .skip(1)
            .any(|(at, _)| left.ends_with(&role[..at]) && right.starts_with(&role[at..]))
    })
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

fn is_name_or_none(text: &str) -> bool {
    text.split(is_space)
        .next()
        .is_some_and(|name| name.is_empty() || is_name(name))
}

/// Whether `text` is a name and that they took the picture: `谢亮摄`, `张 三 供图`.
pub(super) fn is_photographer(text: &str) -> bool {
    let name = CREDITS.iter().find_map(|credit| text.strip_suffix(credit));
    name.is_some_and(|name| is_name(name.trim_end_matches(is_space)))
}

/// Whether `text` is nothing but the word that closes a byline.
pub(super) fn is_credit(text: &str) -> bool {
    CREDITS.contains(&text)
}

/// Whether `text` breaks off after a role: the name is still to come.
pub(super) fn ends_with_role(text: &str) -> bool {
    ROLES.iter().any(|role| text.ends_with(role))
}
