//! Where the articles of a page begin.
//!
//! A heading alone does not tell a headline from a section's: what tells is what stands above it and what follows. A new
//! article begins with several headings in a row, with a byline or a report's opening line below one, with the name of a
//! notice or a column (`启事`, `更正`), after a text that has ended (its author's name, a pointer to another page, its
//! picture), and where another genre follows: a poem, a table, a text in Latin letters.

use super::byline;
use super::glyph;
use super::kinds::Group;
use super::lines::{self, Line, is_space};
use super::shape::{self, Shape};
use crate::text::BlockKind;

/// When the next block begins an article.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Always,
    /// The text goes on elsewhere: a picture with a headline behind it does as well.
    IfHeadingOrPicture,
    IfHeading,
    IfItOpensOne,
    /// It comes after the headline and the byline of one.
    Never,
}

/// What an article is made of, as far as its lines show.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Genre {
    Prose,
    Verse,
    Rows,
    Latin,
}

/// The lines of a poem are no wider, in half-width units.
const WIDEST_VERSE: u32 = 36;
/// The fewest lines of a poem that are taken for one.
const FEWEST_VERSES: usize = 4;
/// The most characters of the name of a notice.
const LONGEST_NOTICE: usize = 16;

/// How the names of notices and of the small things of a page end.
const NOTICES: [&str; 31] = [
    "启事",
    "啟事",
    "啓事",
    "声明",
    "聲明",
    "公告",
    "通告",
    "布告",
    "公示",
    "更正",
    "简讯",
    "簡訊",
    "短讯",
    "短訊",
    "快讯",
    "快訊",
    "讣告",
    "訃告",
    "谢启",
    "謝啟",
    "编后",
    "編後",
    "寻人",
    "尋人",
    "招领",
    "天气预报",
    "天氣預報",
    "小幽默",
    "读者来信",
    "來函照登",
    "来函照登",
];

/// Says of each group whether an article begins with it.
pub(super) fn mark(raw: &str, lines: &[Line], groups: &mut [Group]) {
    let page = Page { raw, lines };
    let mut next = Next::Always;
    // What the article is made of, and whether it is nothing but pictures so far.
    let mut genre = Genre::Prose;
    let mut is_picture = false;
    let mut index = 0;
    while index < groups.len() {
        if next == Next::IfItOpensOne {
            let signers = page.signers(&groups[index..]);
            let rows = page.rows(&groups[index..], genre);
            if signers + rows > 0 {
                (next, genre) = if signers > 0 {
                    (Next::IfHeading, genre)
                } else {
                    (next, Genre::Rows)
                };
                index += signers.max(rows);
                continue;
            }
        }
        let group = &groups[index];
        // Behind a signed text and its pictures too.
        if matches!(next, Next::IfHeading | Next::IfHeadingOrPicture) && page.is_bracketed(group) {
            index += 1;
            continue;
        }
        let headings = groups[index..]
            .iter()
            .take_while(|group| group.kind == BlockKind::Heading)
            .count();
        let body = groups.get(index + headings);
        let kind = body.map(|body| body.kind);
        let rest = groups.get(index + headings..).unwrap_or_default();
        let (follows, length) = page.genre(rest);
        let leads = body.is_some_and(|body| page.leads(body));
        let opens = match kind {
            // Behind the pictures that an article begins with it is theirs.
            Some(BlockKind::Paragraph) if leads => next != Next::Never && !(is_picture && headings == 0),
            Some(BlockKind::Caption) if headings > 0 => true,
            Some(BlockKind::Caption) => match (next, page.behind_pictures(rest)) {
                (Next::IfHeadingOrPicture, Some(behind)) => behind.kind == BlockKind::Heading || page.leads(behind),
                (Next::IfHeading, behind) => is_picture || behind.is_some_and(|behind| page.leads(behind)),
                _ => false,
            },
            Some(BlockKind::Byline) => headings > 0,
            _ => false,
        };
        let is_headed = headings > 0 && next == Next::IfItOpensOne && (page.names_notice(group) || genre != follows);
        let is_due = match next {
            Next::Always => headings > 0 || kind != Some(BlockKind::Furniture),
            Next::IfHeading | Next::IfHeadingOrPicture => headings > 0,
            Next::IfItOpensOne | Next::Never => false,
        };
        let several = headings > 1 && page.first(group).shape != Shape::Item && !page.goes_on(group);
        let starts = opens || is_due || is_headed || several;
        let signed = body.is_some_and(|body| page.is_signed(body));
        groups[index].starts_article = starts;

        is_picture = headings == 0 && kind == Some(BlockKind::Caption) && (starts || is_picture)
            || is_picture && kind == Some(BlockKind::Byline);
        if headings > 0 || starts || matches!((kind, follows), (Some(BlockKind::Paragraph), Genre::Prose)) {
            genre = follows;
        }
        next = match kind {
            Some(BlockKind::Caption) => Next::IfHeading,
            // A name under the text closes the article; one under the headline does not.
            Some(BlockKind::Byline) if headings == 0 && next == Next::IfItOpensOne => Next::IfHeading,
            Some(BlockKind::Byline) if headings > 0 => Next::Never,
            Some(BlockKind::Furniture) if next != Next::Always => Next::IfHeadingOrPicture,
            Some(BlockKind::Paragraph) if signed => Next::IfHeading,
            Some(BlockKind::Paragraph | BlockKind::Other) => Next::IfItOpensOne,
            _ => next,
        };
        index += headings + length.max(1);
    }
}

/// The lines of a page, to be asked about its groups.
#[derive(Clone, Copy)]
struct Page<'a> {
    raw: &'a str,
    lines: &'a [Line],
}

impl<'a> Page<'a> {
    fn own(self, group: &Group) -> &'a [Line] {
        &self.lines[group.lines.clone()]
    }

    fn first(self, group: &Group) -> &'a Line {
        &self.lines[group.lines.start]
    }

    fn text(self, group: &Group) -> String {
        self.own(group).iter().map(|line| line.text(self.raw)).collect()
    }

    /// Whether the author's name or the source in brackets ends the text of this group.
    fn is_signed(self, group: &Group) -> bool {
        let tail = lines::joined(self.raw, lines::last(self.own(group)));
        byline::ends_credited(&tail) || shape::ends_pointing(&tail)
    }

    /// How many of the headings that `groups` begin with are no headlines but sign the text above: `（鄂东生）`, `顾 蘅`,
    /// `清泉小学 缪小芳`, an office and the date.
    fn signers(self, groups: &[Group]) -> usize {
        let [group, next @ ..] = groups else { return 0 };
        if !self.is_lone_heading(group) {
            return 0;
        }
        let is_date = |group: &&Group| {
            let text = self.text(group);
            self.is_lone_heading(group) && byline::is_signature(&text) && !text.contains(is_space)
        };
        if next.first().is_some_and(|next| is_date(&next)) {
            return 2;
        }
        let text = self.text(group);
        // A headline has no part as short as a name: it would go on.
        let named = text.rsplit_once(is_space).is_some_and(|(who, name)| {
            (2..=3).contains(&name.chars().count())
                && who.chars().count() > 3
                && text.chars().all(|c| glyph::is_hanzi(c) || is_space(c))
        });
        let is_followed = next.first().is_some_and(|next| next.kind == BlockKind::Heading);
        usize::from(byline::is_name(&text) || self.is_bracketed(group) || named && is_followed)
    }

    /// Whether the heading is a name, a source or a pointer in brackets.
    fn is_bracketed(self, group: &Group) -> bool {
        let text = self.text(group);
        self.is_lone_heading(group) && text.starts_with(['（', '(']) && text.ends_with(['）', ')'])
    }

    /// Whether the heading has one line, no wider than a signature.
    fn is_lone_heading(self, group: &Group) -> bool {
        group.kind == BlockKind::Heading
            && group.lines.len() == 1
            && self.first(group).width <= byline::WIDEST_SIGNATURE
    }

    /// How many of the headings that `groups` begin with are rows of a table in words.
    fn rows(self, groups: &[Group], before: Genre) -> usize {
        let is_row = |group: &&Group| {
            let line = self.first(group);
            self.is_lone_heading(group) && !line.latin && shape::cells(line.text(self.raw), line).is_some()
        };
        let rows = groups.iter().take_while(is_row).count();
        if rows > 1 || before == Genre::Rows { rows } else { 0 }
    }

    /// Whether the heading goes on with what stands above it: `——访市第二医院呼吸科主任`.
    fn goes_on(self, group: &Group) -> bool {
        matches!(self.first(group).first, '—' | '―' | '─')
    }

    /// Whether the heading is the name of a notice or of one of the small things of a page.
    fn names_notice(self, group: &Group) -> bool {
        let name: String = self.text(group).chars().filter(|&c| !is_space(c)).collect();
        let name = name.trim_matches(|c: char| !glyph::is_hanzi(c));
        name.chars().count() <= LONGEST_NOTICE && NOTICES.iter().any(|end| name.ends_with(end))
    }

    /// Whether the group is the opening of a report.
    fn leads(self, group: &Group) -> bool {
        self.first(group).shape == Shape::Lead
    }

    /// What comes behind the pictures that `groups` begin with.
    fn behind_pictures(self, groups: &[Group]) -> Option<&Group> {
        let is_picture = |group: &&Group| matches!(group.kind, BlockKind::Caption | BlockKind::Byline);
        groups.iter().find(|group| !is_picture(group))
    }

    /// What `groups` begin with, a byline aside, and how many of them are the same poem or one.
    fn genre(self, groups: &[Group]) -> (Genre, usize) {
        let skipped = groups
            .iter()
            .take_while(|group| group.kind == BlockKind::Byline)
            .count();
        let rest = &groups[skipped..];
        let Some(body) = rest.first() else {
            return (Genre::Prose, 1);
        };
        let length = |length| if skipped > 0 { 1 } else { length };
        // The hours of a programme are a list, which stands within articles as well.
        if body.kind == BlockKind::Other && self.first(body).shape != Shape::Item {
            return (Genre::Rows, 1);
        }
        if body.kind != BlockKind::Paragraph {
            return (Genre::Prose, 1);
        }
        if self.own(body).iter().all(|line| line.latin) {
            return (Genre::Latin, 1);
        }
        let verses = rest.iter().take_while(|group| self.is_verse(group)).count();
        let width = |place: usize| rest.get(place).map(|group| self.first(group).width);
        if verses >= FEWEST_VERSES && (width(0) == width(1) || width(0) == width(2) && width(1) == width(3)) {
            return (Genre::Verse, length(verses));
        }
        (Genre::Prose, 1)
    }

    /// Whether the group may be the line of a poem.
    fn is_verse(self, group: &Group) -> bool {
        let line = self.first(group);
        group.kind == BlockKind::Paragraph
            && group.lines.len() == 1
            && line.width <= WIDEST_VERSE
            && line.shape == Shape::Plain
            && !glyph::is_opener(line.first)
            && !shape::opens_with_label(line.text(self.raw))
    }
}

#[cfg(test)]
mod tests {
    use crate::text::reflow::reflow;
    use crate::text::reflow::tests::words;

    /// How the blocks begin with which `raw`'s articles begin.
    fn starts(raw: &str) -> Vec<String> {
        let reading = reflow(raw, Some(words()));
        let blocks = reading.blocks.iter().zip(reading.text.split('\n'));
        let starts = blocks.filter(|(block, _)| block.starts_article);
        starts.map(|(_, text)| text.chars().take(6).collect()).collect()
    }

    const FIRST: &str = "河堤加固昨日完工

　　县水利局介绍，今年汛期前加固河堤十二公
里，投入三千二百万元。
　　沿河三个镇的居民不必再在雨夜守堤。
";
    const REPORT: &str = "
旧楼装电梯有新办法

　　本报讯（记者 陈静）市住建局昨日宣布，今
年加装电梯一百二十部。
";

    #[track_caller]
    fn check(parts: &[&str], expected: &[&str]) {
        assert_eq!(starts(&parts.concat()), expected, "{parts:?}");
    }

    #[test]
    fn a_picture_behind_its_article_begins_none() {
        let caption = "\n图为工人在检查堤脚。 本报记者 周岩 摄\n";
        check(&[FIRST, caption, REPORT], &["河堤加固昨日", "旧楼装电梯有"]);
        // A heading without a byline too, and several pictures.
        let heading = "\n江边新添步道\n\n　　从码头到大桥，市民可以一路走过去。\n";
        check(&[FIRST, caption, heading], &["河堤加固昨日", "江边新添步道"]);
        check(&[FIRST, caption, caption, heading], &["河堤加固昨日", "江边新添步道"]);
        check(&[FIRST, caption], &["河堤加固昨日"]);
        // Behind the author's name.
        check(
            &[FIRST, "（记者 周岩）\n", caption, heading],
            &["河堤加固昨日", "江边新添步道"],
        );
    }

    #[test]
    fn a_picture_with_a_report_of_its_own_begins_an_article() {
        let caption = "\n图为新桥合龙。 本报记者 周岩 摄\n";
        let lead = "\n　　本报讯 新桥昨日合龙，年底通车。\n";
        check(
            &[FIRST, "\n（下转4版）\n", caption, lead],
            &["河堤加固昨日", "图为新桥合龙"],
        );
        check(
            &[FIRST, "\n新桥合龙\n", caption, REPORT],
            &["河堤加固昨日", "新桥合龙", "旧楼装电梯有"],
        );
    }

    #[test]
    fn another_genre_below_a_heading_begins_an_article() {
        let poem = "\n渡口\n\n青石阶前水自流，\n一篙撑破满江秋。\n归舟未系灯先上，\n笑指前村月似钩。\n";
        let table =
            "\n各区供水情况表\n区名    户数    投资（万元）\n桥北区    3200    15000\n桥南区    4100    18000\n";
        let english = "\nRiver ferry to run again\n\nThe old ferry will return to service in May, eleven years
after it was replaced by the bridge, the office said.\n";
        check(
            &[FIRST, poem, table, english, FIRST],
            &["河堤加固昨日", "渡口", "各区供水情况", "River ", "河堤加固昨日"],
        );
    }

    #[test]
    fn a_heading_within_an_article_begins_none() {
        let section = "\n材料从哪里来\n\n　　石料来自上游的采石场，每天运来六百吨。\n";
        check(&[FIRST, section], &["河堤加固昨日"]);
        // Not below a list either, nor a poem that the text cites.
        let list = "\n申请须带以下材料：\n1. 身份证原件；\n2. 承包合同；\n3. 银行卡。\n";
        check(&[FIRST, list, section], &["河堤加固昨日"]);
        let cited = "　　老人们还记得：\n床前一地白，\n檐下两三星。\n不问圆和缺，\n只听故乡声。\n";
        check(&[FIRST, cited, section], &["河堤加固昨日"]);
    }

    #[test]
    fn a_notice_and_what_follows_a_signature_begin_articles() {
        let notice = "\n更 正\n\n　　本报昨日二版图片说明有误，特此更正。\n";
        check(&[FIRST, notice], &["河堤加固昨日", "更正"]);
        let signed = "（鄂东生）\n";
        let heading = "\n粮站设夜间收购点\n\n　　粮站在四个村设了夜间收购点，晚上八点关门。\n";
        check(&[FIRST, signed, heading], &["河堤加固昨日", "粮站设夜间收"]);
        let caption = "\n图为工人在检查堤脚。 本报记者 周岩 摄\n";
        check(
            &[FIRST, caption, "（夜诊医院名单见9版）\n", heading],
            &["河堤加固昨日", "粮站设夜间收"],
        );
        check(
            &[FIRST, "　　退休教师 靳如璋\n", heading],
            &["河堤加固昨日", "粮站设夜间收"],
        );
    }
}
