//! Lines that are known by their neighbours or by how they open: labelled lines, rows, broadcasts, signatures.

use super::*;

#[test]
fn labelled_lines_stay_lines() {
    check(
        "
去年全县粮食生产再获丰收，主要
指标如下。
播种面积：82.4万亩
总产量：41.7万吨
粮食加工企业：63家
平均亩产：506公斤
",
        expect![[r#"
            *paragraph 去年全县粮食生产再获丰收，主要指标如下。
             paragraph 播种面积：82.4万亩
             paragraph 总产量：41.7万吨
             paragraph 粮食加工企业：63家
             paragraph 平均亩产：506公斤
        "#]],
    );
}

#[test]
fn rows_with_places_and_figures_are_a_table() {
    check(
        "
　　受弱冷空气影响，明后两天气温
略有下降。

城关 晴到多云 12℃～23℃
柳河 小雨 10℃～19℃
石桥 阴有小雨 9℃～18℃
",
        expect![[r#"
            *paragraph 受弱冷空气影响，明后两天气温略有下降。
             other     城关 晴到多云 12℃～23℃
             other     柳河 小雨 10℃～19℃
             other     石桥 阴有小雨 9℃～18℃
        "#]],
    );
}

#[test]
fn broadcasts_keep_their_times() {
    check(
        "
　　本台从下周起调整节目，早间新闻提前
半小时播出。
新闻频道
7:00 早间新闻
9:30 乡村大舞台
12:00 午间半小时
",
        expect![[r#"
            *paragraph 本台从下周起调整节目，早间新闻提前半小时播出。
             heading   新闻频道
             other     7:00 早间新闻
             other     9:30 乡村大舞台
             other     12:00 午间半小时
        "#]],
    );
}

#[test]
fn a_clock_wrapped_at_its_colon_is_no_item() {
    check(
        "
　　客运中心提醒旅客，前往柳河的
末班车由每天下午5时推迟到晚上7:
20发车，沿途停靠六站。
",
        expect![[r#"
            *paragraph 客运中心提醒旅客，前往柳河的末班车由每天下午5时推迟到晚上7:20发车，沿途停靠六站。
        "#]],
    );
}

#[test]
fn a_letter_ends_with_who_signed_it() {
    check(
        "
桥面的窟窿已经补了三回，请有关
部门来看一看。
柳河镇石桥村 陈水生
编后
群众的事没有小事。一个窟窿补了三
回，说明补的不是地方。
",
        expect![[r#"
            *paragraph 桥面的窟窿已经补了三回，请有关部门来看一看。
             byline    柳河镇石桥村 陈水生
            *heading   编后
             paragraph 群众的事没有小事。一个窟窿补了三回，说明补的不是地方。
        "#]],
    );
}

#[test]
fn a_role_alone_is_a_byline() {
    check(
        "
办事窗口不能只看排队长短

本报评论员
这几天，不少市民发现，政务大厅的
队伍短了，电话却更难打通了。
",
        expect![[r#"
            *heading   办事窗口不能只看排队长短
             byline    本报评论员
             paragraph 这几天，不少市民发现，政务大厅的队伍短了，电话却更难打通了。
        "#]],
    );
}

#[test]
fn a_dateline_with_its_reporter_is_a_byline() {
    check(
        "
柳河女排三战全胜
本报柳河5月8日电 记者 赵青
8日晚，全省女排联赛第三轮在柳河体
育馆结束，主队以三比一获胜，积分
升到第二位。
",
        expect![[r#"
            *heading   柳河女排三战全胜
             byline    本报柳河5月8日电 记者 赵青
             paragraph 8日晚，全省女排联赛第三轮在柳河体育馆结束，主队以三比一获胜，积分升到第二位。
        "#]],
    );
}

#[test]
fn a_role_that_lies_over_a_line_end_is_no_new_byline() {
    check(
        "
　　志愿者在渡口搬运沙袋。   本
报记者 周渡 摄
",
        expect![[r#"
            *caption   志愿者在渡口搬运沙袋。 本报记者 周渡 摄
        "#]],
    );
}

#[test]
fn a_picture_from_the_files_is_a_caption() {
    check(
        "
老校长在操场上给学生讲校史。资料照片
讣告
　　原柳河中学校长，因病于本月二
日去世。
",
        expect![[r#"
            *caption   老校长在操场上给学生讲校史。资料照片
            *heading   讣告
             paragraph 原柳河中学校长，因病于本月二日去世。
        "#]],
    );
}

#[test]
fn rows_of_a_poem_are_no_chance_of_a_narrow_column() {
    check(
        "
　　老站台还在，候
车室重新刷了墙。
铁轨也没有动过。
站长添了几把椅，
坐的人比去年多。
",
        expect![[r#"
            *paragraph 老站台还在，候车室重新刷了墙。铁轨也没有动过。站长添了几把椅，坐的人比去年多。
        "#]],
    );
}

#[test]
fn a_byline_in_brackets_goes_on_after_a_space() {
    check(
        "
　　本报讯（记者 周文 通讯员
 许立群）昨天上午9时，县水利局通报
了汛情，各水库都在警戒线以下。
",
        expect![[r#"
            *paragraph 本报讯（记者 周文 通讯员 许立群）昨天上午9时，县水利局通报了汛情，各水库都在警戒线以下。
        "#]],
    );
}

#[test]
fn a_caption_comes_after_a_full_line() {
    check(
        "
　　县交通局介绍，今年新修村路八
十六公里，投入一亿二千八百万元。
图为村民在村口等第一班车。 周渡
摄
",
        expect![[r#"
            *paragraph 县交通局介绍，今年新修村路八十六公里，投入一亿二千八百万元。
             caption   图为村民在村口等第一班车。 周渡 摄
        "#]],
    );
}
