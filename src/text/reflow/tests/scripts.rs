//! Text other than columns of simplified Chinese.

use super::*;

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
             paragraph A second meeting will continue the discussion; members said they consider it urgent.
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
fn columns_of_english() {
    check(
        "
Council Approves New Bridge

The city council voted on Tues-
day to build a second bridge over
the river, ending a debate that
has lasted for years. The mid-
term budget sets aside $4.2 mil-
lion for the first stage.

“We have waited long enough,” said
Councilor Ann Reed.
",
        expect![[r#"
            *heading   Council Approves New Bridge
             paragraph The city council voted on Tuesday to build a second bridge over the river, ending a debate that has lasted for years. The mid-term budget sets aside $4.2 million for the first stage.
             paragraph “We have waited long enough,” said Councilor Ann Reed.
        "#]],
    );
}

#[test]
fn traditional_pages() {
    check(
        "
國中生組隊
赴日本參賽

本報訊（記者 林美玲）新北市
一群國中生組成的機器人隊，
下個月將赴日本參加國際競賽
，隊長說：「我們每天練習。」
校方補助機票與住宿費用，家
長只需負擔餐費。（下轉三版）
台北捷運票價
明年起調漲
",
        expect![[r#"
            *heading   國中生組隊赴日本參賽
             paragraph 本報訊（記者 林美玲）新北市一群國中生組成的機器人隊，下個月將赴日本參加國際競賽，隊長說：「我們每天練習。」校方補助機票與住宿費用，家長只需負擔餐費。
             furniture （下轉三版）
            *heading   台北捷運票價明年起調漲
        "#]],
    );
}

#[test]
fn text_with_marks_of_a_plain_editor() {
    check(
        "
# 夏粮丰收

全市夏粮总产量达到 32.6 万吨。

- 小麦 20 万吨
- 油菜 3 万吨

> 农技人员说，今年雨水好。
",
        expect![[r#"
            *heading   # 夏粮丰收
             paragraph 全市夏粮总产量达到32.6万吨。
             heading   - 小麦20万吨
             heading   - 油菜3万吨
             paragraph > 农技人员说，今年雨水好。
        "#]],
    );
}

#[test]
fn a_file_that_was_unwrapped_before() {
    check(
        "
夏粮丰收
全市夏粮总产量达到32.6万吨，比去年增加1.4万吨，连续五年增产，农技人员介绍，今年推广的三个新品种平均亩产超过四百公斤，良种覆盖九成麦田。
“今年雨水好。”种粮大户张建国说，他承包的三百亩麦田平均亩产比去年多了四十公斤。
农技人员介绍，明年还要再推广两个品种。
",
        expect![[r#"
            *heading   夏粮丰收
             paragraph 全市夏粮总产量达到32.6万吨，比去年增加1.4万吨，连续五年增产，农技人员介绍，今年推广的三个新品种平均亩产超过四百公斤，良种覆盖九成麦田。
             paragraph “今年雨水好。”种粮大户张建国说，他承包的三百亩麦田平均亩产比去年多了四十公斤。
             paragraph 农技人员介绍，明年还要再推广两个品种。
        "#]],
    );
}

#[test]
fn one_line_alone() {
    for (raw, kind) in [
        ("全市夏粮再获丰收", "heading"),
        (
            "城东新区昨日开通第三条公交专线，沿途经过两所中学和一座医院。",
            "paragraph",
        ),
    ] {
        let reading = reflow(raw, Some(words()));
        assert_eq!(shown(&reading), format!("*{kind:9} {raw}\n"));
    }
}
