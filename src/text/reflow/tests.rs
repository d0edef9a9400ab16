use std::fmt::Write;

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::lines::{ends_line, is_space};
use super::*;
use crate::text::{Alignment, CharIdx, Text};

mod headings;
mod runs;
mod scripts;

/// Each block on a line: `*` where an article begins, its kind, its text.
fn shown(reading: &Reading) -> String {
    let mut shown = String::new();
    for (block, line) in reading.blocks.iter().zip(reading.text.split('\n')) {
        let start = if block.starts_article { '*' } else { ' ' };
        writeln!(shown, "{start}{:9} {line}", block.kind.as_str()).unwrap();
    }
    shown
}

#[expect(clippy::needless_pass_by_value, reason = "it is written where it is used")]
fn check(raw: &str, expected: Expect) {
    let reading = reflow(raw, Some(words()));
    check_sound(raw, &reading);
    expected.assert_eq(&shown(&reading));
}

/// The dictionary takes longer to read than all tests take.
pub(super) fn words() -> &'static Words {
    static WORDS: std::sync::LazyLock<Words> = std::sync::LazyLock::new(Words::load);
    &WORDS
}

/// Nothing is invented or lost, and every position is where it should be.
pub(super) fn check_sound(raw: &str, reading: &Reading) {
    check_kept(raw, reading);
    assert!(!reading.text.ends_with('\n'));
}

/// The same of a text whose last lines may be empty.
fn check_kept(raw: &str, reading: &Reading) {
    let solid = |text: &str| -> String { text.chars().filter(|&c| !is_space(c) && !ends_line(c)).collect() };
    let hyphens = |text: &str| {
        text.chars()
            .filter(|c| matches!(c, '-' | '\u{2010}' | '\u{ad}'))
            .count()
    };
    let without = |text: &str| -> String {
        solid(text)
            .chars()
            .filter(|c| !matches!(c, '-' | '\u{2010}' | '\u{ad}'))
            .collect()
    };
    assert_eq!(without(raw), without(&reading.text));
    assert!(hyphens(raw) >= hyphens(&reading.text));

    let (raw_text, text) = (Text::from(raw), Text::from(reading.text.as_str()));
    let mut end = CharIdx(0);
    let mut covered = 0;
    for run in &reading.runs {
        assert!(run.len > 0 && run.raw >= end, "{run:?} does not come after {end:?}");
        end = run.raw_range().end;
        covered += run.len;
    }
    assert_eq!(Alignment::new(reading.runs.clone()).check(&text, &raw_text), Ok(()));
    let folded = CharIdx::count(&reading.text).0 - covered;
    let spaces = reading.text.chars().filter(|c| matches!(c, ' ' | '\n')).count();
    assert!(folded as usize <= spaces, "something other than a space was put in");

    let mut start = 0;
    for (block, line) in reading.blocks.iter().zip(reading.text.split('\n')) {
        assert_eq!(
            block.range,
            crate::text::CharRange::of(start, start + line.chars().count())
        );
        start += line.chars().count() + 1;
    }
    let lines = if reading.text.is_empty() && reading.blocks.is_empty() {
        0
    } else {
        reading.text.split('\n').count()
    };
    assert_eq!(reading.blocks.len(), lines);
}

#[test]
fn a_column_becomes_paragraphs() {
    check(
        "
城东新区昨日开通第三条公交专
线，沿途经过两所中学和一座医
院。

市民王女士说，从家到单位比以
前少走二十分钟。
",
        expect![[r#"
            *paragraph 城东新区昨日开通第三条公交专线，沿途经过两所中学和一座医院。
             paragraph 市民王女士说，从家到单位比以前少走二十分钟。
        "#]],
    );
}

#[test]
fn a_blank_line_inside_a_sentence_is_no_break() {
    check(
        "
这座水库建于一九五八年，灌溉
着下游三个乡镇的两万亩水田，

去年冬天完成了除险加固，今年
春天第一次开闸放水。

沿渠的村民早早等在地头。
",
        expect![[r#"
            *paragraph 这座水库建于一九五八年，灌溉着下游三个乡镇的两万亩水田，去年冬天完成了除险加固，今年春天第一次开闸放水。
             paragraph 沿渠的村民早早等在地头。
        "#]],
    );
}

#[test]
fn a_blank_line_inside_a_quotation_is_no_break() {
    check(
        "
镇长在会上说：“今年的水稻要
早插，种子和化肥都已经到了仓

库里，各村派人来领。”散会后
各村连夜组织车辆。
",
        expect![[r#"
            *paragraph 镇长在会上说：“今年的水稻要早插，种子和化肥都已经到了仓库里，各村派人来领。”散会后各村连夜组织车辆。
        "#]],
    );
}

#[test]
fn a_missing_blank_line_shows_in_the_room_left() {
    check(
        "
城东新区昨日开通第三条公交专
线，沿途经过两所中学。
市民王女士说，从家到单位比以
前少走二十分钟，也不用换乘。
",
        expect![[r#"
            *paragraph 城东新区昨日开通第三条公交专线，沿途经过两所中学。
             paragraph 市民王女士说，从家到单位比以前少走二十分钟，也不用换乘。
        "#]],
    );
}

#[test]
fn an_indent_begins_a_block() {
    check(
        "
　　城东新区昨日开通第三条公
交专线，沿途经过两所中学校。
　　市民王女士说，从家到单位
比以前少走二十分钟。
",
        expect![[r#"
            *paragraph 城东新区昨日开通第三条公交专线，沿途经过两所中学校。
             paragraph 市民王女士说，从家到单位比以前少走二十分钟。
        "#]],
    );
}

#[test]
fn figures_and_names_are_joined() {
    check(
        "
全市共有规模以上企业20
25家，去年新增120
余家，实现产值98
%以上的增长，罗文
表示，今年还要再建3 
个园区，投资1.
06亿元。
",
        expect![[r#"
            *paragraph 全市共有规模以上企业2025家，去年新增120余家，实现产值98%以上的增长，罗文表示，今年还要再建3个园区，投资1.06亿元。
        "#]],
    );
}

#[test]
fn a_caption_and_its_credit() {
    check(
        "
图为工人在检修输电线路，确保
今冬明春用电安全。
记者 林晓东 通讯员 何 川 摄

新建的果园大桥横跨两岸，将于
月底通车。
本报记者 周海 摄
",
        expect![[r#"
            *caption   图为工人在检修输电线路，确保今冬明春用电安全。
             byline    记者 林晓东 通讯员 何川 摄
            *caption   新建的果园大桥横跨两岸，将于月底通车。
             byline    本报记者 周海 摄
        "#]],
    );
}

/// The spaces beside a role or a name went where the line was wrapped within the credit.
#[test]
fn a_wrapped_credit_keeps_its_spaces() {
    check(
        "
图为施工现场一角，工人们正
在安装钢梁。 本报记者 周文
摄

新桥合龙后的全景。 本报记
者 周文 通讯员 何 川
供图
",
        expect![[r#"
            *caption   图为施工现场一角，工人们正在安装钢梁。 本报记者 周文 摄
            *caption   新桥合龙后的全景。 本报记者 周文 通讯员 何川 供图
        "#]],
    );
}

#[test]
fn lists_keep_their_items() {
    check(
        "
申请补贴须带以下材料：
1. 身份证原件和复印件各一份；
2. 土地承包合同；
3. 银行卡。
二、办理时间
● 工作日上午
● 周六下午
",
        expect![[r#"
            *paragraph 申请补贴须带以下材料：
             paragraph 1. 身份证原件和复印件各一份；
             paragraph 2. 土地承包合同；
             paragraph 3. 银行卡。
             heading   二、办理时间
             heading   ● 工作日上午
             heading   ● 周六下午
        "#]],
    );
}

#[test]
fn verse_keeps_its_lines() {
    check(
        "
山村

小桥流水绕人家，
隔岸炊烟日未斜。
老叟无言看犊子，
春风一夜到桃花。
",
        expect![[r#"
            *heading   山村
             paragraph 小桥流水绕人家，
             paragraph 隔岸炊烟日未斜。
             paragraph 老叟无言看犊子，
             paragraph 春风一夜到桃花。
        "#]],
    );
}

#[test]
fn free_verse_too() {
    check(
        "
诗人在江边住了三年，每天清晨都
到渡口散步，写下了这首短诗。

我在渡口等你
等一条船
等船上的灯
一盏一盏
把江水照亮
",
        expect![[r#"
            *paragraph 诗人在江边住了三年，每天清晨都到渡口散步，写下了这首短诗。
            *heading   我在渡口等你
             heading   等一条船
             heading   等船上的灯
             heading   一盏一盏
             heading   把江水照亮
        "#]],
    );
}

#[test]
fn rows_of_a_table_stay_rows() {
    check(
        "
各区县粮食产量（万吨）
区县 去年 今年
江北 12.4 13.1
渝中 3.2  3.5
南岸 8.0 8.6
",
        expect![[r#"
            *heading   各区县粮食产量（万吨）
             other     区县 去年 今年
             other     江北 12.4 13.1
             other     渝中 3.2  3.5
             other     南岸 8.0 8.6
        "#]],
    );
}

#[test]
fn dialogue() {
    check(
        "
“你去过那座山吗？”
“没有。”
——这是他们见面后的第一次谈话。
",
        expect![[r#"
            *paragraph “你去过那座山吗？”
             paragraph “没有。”
             paragraph ——这是他们见面后的第一次谈话。
        "#]],
    );
}

#[test]
fn a_dash_inside_a_sentence() {
    check(
        "
这里有全省最大的露天图书市场
——三元书市，每到周末人山人
海。
",
        expect![[r#"
            *paragraph 这里有全省最大的露天图书市场——三元书市，每到周末人山人海。
        "#]],
    );
}

#[test]
fn every_line_a_paragraph() {
    check(
        "
今天上午，全县招商引资工作推进会在县委礼堂召开，县领导和各乡镇、各部门负责人参加会议，会议总结了上半年的工作，并对下半年的目标任务作出了安排，要求各单位对照年初目标查找差距，倒排工期。
会后，与会人员参观了开发区的三家企业。
下午，各乡镇分别召开座谈会，讨论落实会议精神的具体办法，并就营商环境、用地保障、人才引进等问题提出意见建议三十多条，县委办公室汇总后将逐条研究答复，限期办结。
",
        expect![[r#"
            *paragraph 今天上午，全县招商引资工作推进会在县委礼堂召开，县领导和各乡镇、各部门负责人参加会议，会议总结了上半年的工作，并对下半年的目标任务作出了安排，要求各单位对照年初目标查找差距，倒排工期。
             paragraph 会后，与会人员参观了开发区的三家企业。
             paragraph 下午，各乡镇分别召开座谈会，讨论落实会议精神的具体办法，并就营商环境、用地保障、人才引进等问题提出意见建议三十多条，县委办公室汇总后将逐条研究答复，限期办结。
        "#]],
    );
}

#[test]
fn every_line_is_followed_by_a_blank() {
    check(
        "
城东新区昨日开通第三条公交专

线，沿途经过两所中学和一座医

院。


市民王女士说，从家到单位比以

前少走二十分钟，也不用在火车

站换乘了。
",
        expect![[r#"
            *paragraph 城东新区昨日开通第三条公交专线，沿途经过两所中学和一座医院。
             paragraph 市民王女士说，从家到单位比以前少走二十分钟，也不用在火车站换乘了。
        "#]],
    );
}

#[test]
fn columns_of_two_widths() {
    check(
        "
城东新区昨日开通第三条公交专线，沿途经过两
所中学和一座医院，首班车六点发车，末班车到
晚上十点，全程票价两元，老人和学生乘车半价
优惠，车上还设有专门的轮椅固定区域。
市民王女士说，从家到
单位比以前少走二十分
钟。她的女儿在第四中
学读书，今后放学也可
以坐这趟车回家，不用
再在火车站换乘。
",
        expect![[r#"
            *paragraph 城东新区昨日开通第三条公交专线，沿途经过两所中学和一座医院，首班车六点发车，末班车到晚上十点，全程票价两元，老人和学生乘车半价优惠，车上还设有专门的轮椅固定区域。
             paragraph 市民王女士说，从家到单位比以前少走二十分钟。她的女儿在第四中学读书，今后放学也可以坐这趟车回家，不用再在火车站换乘。
        "#]],
    );
}

#[test]
fn nothing_makes_nothing() {
    for raw in ["", " ", "\n\n", "\u{feff}", "\r\n\u{3000}\t\u{c}"] {
        assert_eq!(reflow(raw, None), Reading::default(), "{raw:?}");
    }
    for raw in ["", "\u{feff}"] {
        assert_eq!(as_is(raw), Reading::default(), "{raw:?}");
    }
}

#[test]
fn line_ends_of_every_kind_make_the_same_text() {
    let raw = "山村晚晴\n\n　小桥流水绕过人家，隔岸\n的炊烟还没有散。\n\n下一段从这里开始。\n";
    let expected = reflow(raw, None).text;
    for end in ["\r\n", "\r", "\u{2028}"] {
        let other = raw.replace('\n', end);
        let reading = reflow(&other, None);
        check_sound(&other, &reading);
        assert_eq!(reading.text, expected, "{end:?}");
    }
    let marked = format!("\u{feff}{raw}");
    assert_eq!(reflow(&marked, None).text, expected);
}

#[test]
fn a_line_end_between_blocks_is_the_raw_one() {
    let reading = reflow("标题\r\n\r\n　正文到此。\r\n", None);
    assert_eq!(reading.text, "标题\n正文到此。");
    let alignment = Alignment::new(reading.runs);
    assert_eq!(alignment.to_raw(CharIdx(2)), CharIdx(3));
    assert_eq!(alignment.to_raw(CharIdx(3)), CharIdx(7));
}

#[test]
fn as_is_keeps_every_line() {
    let raw = "\u{feff}一\r\n\r\n　二 三\r四\n\n";
    let reading = as_is(raw);
    check_kept(raw, &reading);
    assert_eq!(reading.text, "一\n\n　二 三\n四\n");
    assert_eq!(reading.blocks.len(), 5);
}

/// Lines were cut at form feeds and the like, which went, and so did empty lines at the end.
#[test]
fn as_is_ends_lines_at_line_ends_only_and_keeps_the_last_ones() {
    let raw = "一\u{c}二\u{b}\u{85}三\u{2028}四\u{2029}\r\n\r\n \r\r";
    let reading = as_is(raw);
    check_kept(raw, &reading);
    assert_eq!(reading.text, "一\u{c}二\u{b}\u{85}三\u{2028}四\u{2029}\n\n \n");
    for (raw, text, lines) in [
        ("", "", 0),
        ("\n", "", 1),
        ("\r\n", "", 1),
        ("\n\n", "\n", 2),
        ("一", "一", 1),
        ("一\n", "一", 1),
        ("一\n\n", "一\n", 2),
        ("一\n ", "一\n ", 2),
    ] {
        let reading = as_is(raw);
        check_kept(raw, &reading);
        assert_eq!((reading.text.as_str(), reading.blocks.len()), (text, lines), "{raw:?}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_loss(raw in "[ \u{3000}\t\u{a0}\u{feff}\n\n\n\r\u{c}\u{2028}，。、：；！？“”（）《》「」…—·0-9%.,A-Ca-c\\-\u{ad}（记者摄讯电本报版转下见更多第一二三的了安全重庆𬱟😀ｱ１éй한]{0,200}") {
        let reading = reflow(&raw, None);
        check_sound(&raw, &reading);
        let kept = as_is(&raw);
        check_kept(&raw, &kept);
        let lines = raw.strip_prefix('\u{feff}').unwrap_or(&raw).replace("\r\n", "\n").replace('\r', "\n");
        let end = if lines.ends_with('\n') { "\n" } else { "" };
        prop_assert_eq!(kept.text + end, lines);
    }

    #[test]
    fn the_dictionary_loses_nothing_either(raw in "[ \u{3000}\n\n，。“”（）0-9a-c的安全重庆市公安局记者摄本报讯]{0,120}") {
        check_sound(&raw, &reflow(&raw, Some(words())));
    }
}
