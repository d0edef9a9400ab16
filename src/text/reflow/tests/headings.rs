//! Headlines and headings, and the articles that begin with them.

use super::*;

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
fn a_headline_that_wraps_inside_a_word() {
    check(
        "
河港集团昨日宣布，新的集装箱码头将
在明年三月开工，总投资十二亿元。

夏夜书场
老船厂里说评书
退休工人“说书队”走进沿江社
区文化站
",
        expect![[r#"
            *paragraph 河港集团昨日宣布，新的集装箱码头将在明年三月开工，总投资十二亿元。
            *heading   夏夜书场
             heading   老船厂里说评书
             heading   退休工人“说书队”走进沿江社区文化站
        "#]],
    );
}

#[test]
fn a_headline_that_breaks_off_after_a_figure() {
    check(
        "
河港集团昨日宣布，新的集装箱码头将
在明年三月开工，总投资十二亿元。

首期夜校吸引三百余名
养蜂人
",
        expect![[r#"
            *paragraph 河港集团昨日宣布，新的集装箱码头将在明年三月开工，总投资十二亿元。
             heading   首期夜校吸引三百余名养蜂人
        "#]],
    );
}

#[test]
fn a_pointer_without_a_space() {
    check(
        "
会议指出，各地要把防汛责任落
实到每一座水库。（下转4版）
沿江各县昨晚召开会议，连夜部
署巡堤，三百人上了堤。（下转
2版）
村民自办图书室
",
        expect![[r#"
            *paragraph 会议指出，各地要把防汛责任落实到每一座水库。
             furniture （下转4版）
             paragraph 沿江各县昨晚召开会议，连夜部署巡堤，三百人上了堤。
             furniture （下转2版）
            *heading   村民自办图书室
        "#]],
    );
}

#[test]
fn a_headline_after_a_signed_article() {
    check(
        "
夜校课堂进工地
昨晚七点，南站工地的食堂里坐
满了人，一堂安全用电课在这里
开讲，听课的有两百多名工友。（记者 陈 默）
江边新添亲水步道
市民从今天起可以从老码头一直
走到长江大桥，全程三公里。
（据新华社电）
山村通了公交车
每天往返四趟，票价两元，首班
车早上六点半从县城发车。
",
        expect![[r#"
            *heading   夜校课堂进工地
             paragraph 昨晚七点，南站工地的食堂里坐满了人，一堂安全用电课在这里开讲，听课的有两百多名工友。（记者 陈默）
            *heading   江边新添亲水步道
             paragraph 市民从今天起可以从老码头一直走到长江大桥，全程三公里。
             byline    （据新华社电）
            *heading   山村通了公交车
             paragraph 每天往返四趟，票价两元，首班车早上六点半从县城发车。
        "#]],
    );
}

#[test]
fn a_byline_over_a_dated_report() {
    check(
        "
夜校课堂进工地
本报记者 陈默
本报讯 昨晚七点，南站工地的
食堂里坐满了人，一堂安全用电
课在这里开讲。
",
        expect![[r#"
            *heading   夜校课堂进工地
             byline    本报记者 陈默
             paragraph 本报讯 昨晚七点，南站工地的食堂里坐满了人，一堂安全用电课在这里开讲。
        "#]],
    );
}

#[test]
fn a_question_that_wraps_is_a_heading() {
    check(
        "
全市有四百多个
单元提出申请。

旧楼装电梯难在
哪里？

居民意见不一是
主要原因，一楼
住户担心采光，
还有人担心噪音
，协商往往要花
上一年多时间。
",
        expect![[r#"
            *paragraph 全市有四百多个单元提出申请。
             heading   旧楼装电梯难在哪里？
             paragraph 居民意见不一是主要原因，一楼住户担心采光，还有人担心噪音，协商往往要花上一年多时间。
        "#]],
    );
}

#[test]
fn a_part_of_a_headline_goes_on_in_the_next_line() {
    check(
        "
全县清退违规收费80万元 今后
收费项目一律公示
　　本报讯 （记者 林舟）县物价局昨天
公布了清退结果。
",
        expect![[r#"
            *heading   全县清退违规收费80万元 今后收费项目一律公示
             paragraph 本报讯 （记者 林舟）县物价局昨天公布了清退结果。
        "#]],
    );
}

#[test]
fn a_word_over_the_line_end_does_not_join_what_had_room() {
    check(
        "
　　过江隧道工程本周内完成全部验收，具备通车条件。
过江隧道本周开行
为了方便两岸居民，市公交集团同步调整六条线路，首末班
车时间不变。
",
        expect![[r#"
            *paragraph 过江隧道工程本周内完成全部验收，具备通车条件。
             heading   过江隧道本周开行
             paragraph 为了方便两岸居民，市公交集团同步调整六条线路，首末班车时间不变。
        "#]],
    );
}
