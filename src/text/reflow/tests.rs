use std::fmt::Write;

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::lines::{ends_line, is_space};
use super::*;
use crate::text::{Alignment, CharIdx, Text};

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
    assert!(!reading.text.ends_with('\n'));
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
fn headings_stand_alone() {
    check(
        "
今年夏粮再获丰收

全市夏粮总产量达到 32.6 万吨，
比去年增加1.4万吨，连续五年
增产。

良种覆盖九成麦田
农技人员介绍，今年推广的三个
新品种平均亩产超过四百公斤。
",
        expect![[r#"
            *heading   今年夏粮再获丰收
             paragraph 全市夏粮总产量达到32.6万吨，比去年增加1.4万吨，连续五年增产。
             heading   良种覆盖九成麦田
             paragraph 农技人员介绍，今年推广的三个新品种平均亩产超过四百公斤。
        "#]],
    );
}

#[test]
fn a_wrapped_heading_is_one() {
    check(
        "
全市夏粮
再创新

今年夏天
雨水调匀
，小麦长
势喜人。
",
        expect![[r#"
            *heading   全市夏粮再创新
             paragraph 今年夏天雨水调匀，小麦长势喜人。
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
fn an_article_follows_another() {
    check(
        "
最后一批救灾帐篷昨天运抵北山
镇，三百户居民当晚住进了临时
安置点。
夜校课堂进工地
本报讯（记者 陈 默）昨晚七点，
南站工地的食堂里坐满了人，一
堂安全用电课在这里开讲。（下转4版）
江边新添亲水步道
市民可以从码头一直走到大桥
",
        expect![[r#"
            *paragraph 最后一批救灾帐篷昨天运抵北山镇，三百户居民当晚住进了临时安置点。
            *heading   夜校课堂进工地
             paragraph 本报讯（记者 陈默）昨晚七点，南站工地的食堂里坐满了人，一堂安全用电课在这里开讲。
             furniture （下转4版）
            *heading   江边新添亲水步道
             heading   市民可以从码头一直走到大桥
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

#[test]
fn pointers_and_page_heads_are_furniture() {
    check(
        "
第3版 要闻 2024年5月6日 星期一

上接1版
会议指出，各地要把防汛责任落
实到每一座水库、每一段堤防。 （更多内容见5版）

责任编辑 李明 美编 王芳
",
        expect![[r#"
             furniture 第3版 要闻 2024年5月6日 星期一
             furniture 上接1版
            *paragraph 会议指出，各地要把防汛责任落实到每一座水库、每一段堤防。
             furniture （更多内容见5版）
             furniture 责任编辑 李明 美编 王芳
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
fn latin_text() {
    check(
        "
The committee met on Monday to con-
sider the plan, which would double the
number of buses on the well-
known coastal line.

A second meeting will con-
tinue the discussion; members said they
consider it urgent.
",
        expect![[r#"
            *paragraph The committee met on Monday to consider the plan, which would double the number of buses on the well-known coastal line.
             paragraph A second meeting will con-tinue the discussion; members said they consider it urgent.
        "#]],
    );
}

#[test]
fn latin_words_in_chinese() {
    check(
        "
新版软件从今天开始支持Hong
Kong时区，用户可在Settings
菜单里选择 Open Source 许可。
",
        expect![[r#"
            *paragraph 新版软件从今天开始支持Hong Kong时区，用户可在Settings菜单里选择Open Source许可。
        "#]],
    );
}

#[test]
fn vertical_origin() {
    check(
        "
江
水
慢
慢
地
流
，
船
工
唱
起
了
歌
。
",
        expect![[r#"
            *paragraph 江水慢慢地流，船工唱起了歌。
        "#]],
    );
}

#[test]
fn two_characters_a_line() {
    check(
        "
江水
慢慢
地流
，船
工唱
起了
歌。

岸上
的人
也唱
。
",
        expect![[r#"
            *paragraph 江水慢慢地流，船工唱起了歌。
             paragraph 岸上的人也唱。
        "#]],
    );
}

#[test]
fn traditional() {
    check(
        "
臺北市政府昨日宣布，自下月起
調整公車票價，學生與長者維持
原價。市長表示：「這是十年來的
首次調整。」

記者 陳大文 攝
",
        expect![[r#"
            *caption   臺北市政府昨日宣布，自下月起調整公車票價，學生與長者維持原價。市長表示：「這是十年來的首次調整。」
             byline    記者 陳大文 攝
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
fn full_width_figures() {
    check(
        "
今年一至九月，全市实现生产
总值１２３．４亿元，同比增
长５．６％，增速高于去年同
期０．８个百分点。
",
        expect![[r#"
            *paragraph 今年一至九月，全市实现生产总值１２３．４亿元，同比增长５．６％，增速高于去年同期０．８个百分点。
        "#]],
    );
}

#[test]
fn a_question_as_a_heading() {
    check(
        "
老小区加装电梯难在哪里？

去年以来，全市有四百多个单元
提出加装电梯的申请，真正开工
的不到三分之一，居民意见不一
是主要原因。
",
        expect![[r#"
            *heading   老小区加装电梯难在哪里？
             paragraph 去年以来，全市有四百多个单元提出加装电梯的申请，真正开工的不到三分之一，居民意见不一是主要原因。
        "#]],
    );
}

#[test]
fn nothing_makes_nothing() {
    for raw in ["", " ", "\n\n", "\u{feff}", "\r\n\u{3000}\t\u{c}"] {
        assert_eq!(reflow(raw, None), Reading::default(), "{raw:?}");
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
    check_sound(raw, &reading);
    assert_eq!(reading.text, "一\n\n　二 三\n四");
    assert_eq!(reading.blocks.len(), 4);
}

proptest! {
    #[test]
    fn any_text_is_read_without_loss(raw in "[ \u{3000}\t\u{a0}\u{feff}\n\n\n\r\u{c}\u{2028}，。、：；！？“”（）《》「」…—·0-9%.,A-Ca-c\\-\u{ad}（记者摄讯电本报版转下见更多第一二三的了安全重庆𬱟😀ｱ１éй한]{0,200}") {
        let reading = reflow(&raw, None);
        check_sound(&raw, &reading);
        check_sound(&raw, &as_is(&raw));
    }

    #[test]
    fn the_dictionary_loses_nothing_either(raw in "[ \u{3000}\n\n，。“”（）0-9a-c的安全重庆市公安局记者摄本报讯]{0,120}") {
        check_sound(&raw, &reflow(&raw, Some(words())));
    }
}
