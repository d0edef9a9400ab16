//! The figures: the table by keys and mouse, the card, the facts, the findings.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use zhupi::annot::Status;
use zhupi::app::figures::table::Column;
use zhupi::app::figures::value_of;
use zhupi::suggest::figures::{Approx, FigureValue, Kind};

use crate::desk::Desk;

const RAW: &str = "　　𬱟投资约1.9亿元。2024年江北水务集团新建30座泵站，江南水务集团新建8座。
　　2020年供水量9.8万吨，2022年11万吨，2024年供水量12.5万吨。
";

/// The table open, its figures found.
fn table() -> Desk {
    let mut desk = Desk::open(RAW);
    desk.press(Key::F7);
    tabulated(&mut desk, 10);
    desk
}

fn tabulated(desk: &mut Desk, rows: usize) {
    desk.wait_for("the table", |desk| desk.sheet().figures.all.rows.len() == rows);
    desk.settle();
}

fn chosen(desk: &Desk) -> String {
    let sheet = desk.sheet();
    let span = sheet.chosen.and_then(|chosen| sheet.tag(chosen));
    span.map(|span| sheet.document.covered(span).to_owned())
        .unwrap_or_default()
}

/// The value of the tag on that text.
fn value(desk: &Desk, text: &str) -> FigureValue {
    let document = desk.document();
    let span = document.spans().iter().find(|span| document.covered(span) == text);
    value_of(span.unwrap_or_else(|| panic!("no tag on {text}"))).unwrap()
}

/// The middle of a row of the table.
fn row(desk: &Desk, words: &str) -> Pos2 {
    let mut rows = desk.harness.get_all_by_role(Role::ListBoxOption);
    let row = rows.find(|row| {
        row.accesskit_node()
            .label()
            .is_some_and(|label| label.starts_with(words))
    });
    row.unwrap_or_else(|| panic!("no row {words}")).rect().center()
}

fn type_over(desk: &mut Desk, text: &str) {
    desk.key(Modifiers::COMMAND, Key::A);
    desk.harness.event(egui::Event::Text(text.to_owned()));
    desk.harness.step();
}

/// Where the text column's first character stands.
fn column(desk: &Desk) -> f32 {
    desk.place("江北水务集团", 0).0.x
}

#[test]
fn nothing_moves_when_a_tab_is_chosen() {
    let mut desk = Desk::open(RAW);
    let before = column(&desk);
    for tab in ["数字", "建议", "检查", "实体"] {
        desk.harness.get_by_role_and_label(Role::Tab, tab).click();
        desk.harness.step();
        desk.settle();
        assert!((column(&desk) - before).abs() < 0.1, "{tab} moves the text");
    }
}

#[test]
fn keys_walk_accept_and_write_over_in_the_table() {
    let mut desk = table();
    assert_eq!(chosen(&desk), "约1.9亿元");
    desk.press(Key::ArrowDown);
    desk.press(Key::Space);
    assert_eq!(
        (desk.tags(), chosen(&desk).as_str()),
        (vec!["2024年|time".to_owned()], "30座")
    );
    desk.press(Key::Enter);
    type_over(&mut desk, "31");
    desk.press(Key::Tab);
    type_over(&mut desk, "个");
    desk.press(Key::Enter);
    desk.settle();
    let changed = value(&desk, "30座");
    assert_eq!(changed.value.as_deref(), Some("31"));
    assert_eq!(changed.unit.map(|unit| unit.raw).as_deref(), Some("个"));
    assert_eq!(chosen(&desk), "8座");
    desk.press(Key::Backspace);
    desk.wait_for("the rejection", |desk| {
        let spans = desk.document().spans().iter();
        spans.clone().any(|span| span.mark.status == Status::Rejected)
    });
    desk.key(Modifiers::COMMAND, Key::Z);
    desk.key(Modifiers::COMMAND, Key::Z);
    desk.settle();
    assert_eq!(value(&desk, "30座").unit.map(|unit| unit.raw).as_deref(), Some("座"));
    desk.press(Key::Escape);
    desk.press(Key::Tab);
    assert!(desk.sheet().chosen_suggestion().is_some(), "the text has the keyboard");
}

#[test]
fn a_cell_is_written_over_after_a_double_click_and_the_table_is_sorted_and_filtered() {
    let mut desk = table();
    let at = row(&desk, "约1.9亿元");
    desk.click_times(at - vec2(100.0, 0.0), 2);
    type_over(&mut desk, "x");
    desk.press(Key::Enter);
    assert!(desk.sheet().figures.typing.is_some(), "no number: it stays");
    type_over(&mut desk, "200,000,000");
    desk.press(Key::Enter);
    desk.settle();
    assert_eq!(value(&desk, "约1.9亿元").value.as_deref(), Some("200000000"));

    let header = |desk: &Desk, name: &str| {
        let mut all = desk.harness.get_all_by_role_and_label(Role::Button, name);
        all.next().unwrap().rect().center()
    };
    let at = header(&desk, "数值");
    desk.click(at);
    assert_eq!(desk.sheet().figures.arrangement.column, Column::Value);
    tabulated(&mut desk, 10);
    let first = |desk: &Desk| row(desk, "8座").y < row(desk, "30座").y;
    assert!(first(&desk));
    let at = header(&desk, "数值");
    desk.click(at);
    assert!(!first(&desk));
    let filter = desk
        .harness
        .get_by_role_and_label(Role::TextInput, "筛选")
        .rect()
        .center();
    desk.click(filter);
    desk.harness.event(egui::Event::Text("泵站".to_owned()));
    desk.settle();
    assert_eq!(desk.harness.get_all_by_role(Role::ListBoxOption).count(), 1);
}

#[test]
fn the_filter_leads_into_the_table_and_the_table_back() {
    let mut desk = table();
    let filter = |desk: &Desk| {
        desk.harness
            .get_by_role_and_label(Role::TextInput, "筛选")
            .rect()
            .center()
    };
    let at = filter(&desk);
    desk.click(at);
    desk.harness.event(egui::Event::Text("座".to_owned()));
    desk.settle();
    desk.press(Key::ArrowDown);
    assert_eq!(chosen(&desk), "30座");
    desk.press(Key::ArrowDown);
    assert_eq!(chosen(&desk), "8座");
    // Up from the first row is the filter again; Enter goes back to the first row.
    desk.press(Key::ArrowUp);
    desk.press(Key::ArrowUp);
    type_over(&mut desk, "万吨");
    desk.settle();
    desk.press(Key::Enter);
    assert_eq!(chosen(&desk), "9.8万吨");
    assert!(desk.sheet().figures.typing.is_none());
    let at = filter(&desk);
    desk.click(at);
    desk.press(Key::Escape);
    desk.press(Key::Tab);
    assert!(desk.sheet().chosen_suggestion().is_some(), "the text has the keyboard");
}

#[test]
fn the_card_changes_every_part_of_a_value_in_steps_that_can_be_undone() {
    let mut desk = Desk::open(RAW);
    desk.tag("1.9亿元", Key::Num3);
    desk.press(Key::V);
    desk.settle();
    type_over(&mut desk, "190,000,001");
    desk.press(Key::Tab);
    type_over(&mut desk, "美元");
    desk.press(Key::Enter);
    desk.settle();
    let changed = value(&desk, "1.9亿元");
    assert_eq!(changed.value.as_deref(), Some("190000001"));
    assert_eq!(changed.unit.and_then(|unit| unit.code).as_deref(), Some("USD"));
    let choose = |desk: &mut Desk, field: &str, way: &str| {
        let at = desk
            .harness
            .get_by_role_and_label(Role::ComboBox, field)
            .rect()
            .center();
        desk.click(at);
        let at = desk.harness.get_by_role_and_label(Role::Button, way).rect().center();
        desk.click(at);
    };
    choose(&mut desk, "约数", "多于 >");
    choose(&mut desk, "类型", "度量");
    let changed = value(&desk, "1.9亿元");
    assert_eq!((changed.kind, changed.approx), (Kind::Measure, Some(Approx::MoreThan)));
    assert_eq!(changed.min.as_deref(), Some("190000001"));
    let saved = changed.clone();
    desk.save();
    let mut desk = desk.reopen(&["article.txt"]);
    assert_eq!(value(&desk, "1.9亿元"), saved);
    desk.tag("2024年", Key::Num5);
    desk.press(Key::V);
    type_over(&mut desk, "2023");
    desk.press(Key::Enter);
    desk.settle();
    assert_eq!(value(&desk, "2024年").timex.as_deref(), Some("2023"));
    desk.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(value(&desk, "2024年").timex.as_deref(), Some("2024"));
}

#[test]
fn the_holder_of_a_fact_is_corrected_and_taken_back_and_stays_so() {
    let mut desk = Desk::open(RAW);
    desk.tag("江北水务集团", Key::Num2);
    desk.tag("江南水务集团", Key::Num2);
    desk.tag("30座", Key::Num3);
    desk.press(Key::F7);
    desk.wait_for("the holder", |desk| {
        let rows = &desk.sheet().figures.all.rows;
        rows.iter().any(|row| row.printed == "30座" && row.holder.is_some())
    });
    desk.settle();
    let holder = |desk: &Desk| {
        let sheet = desk.sheet();
        let row = sheet.figures.all.rows.iter().find(|row| row.printed == "30座").unwrap();
        row.holder.map(|holder| sheet.document.text().slice(holder).to_owned())
    };
    assert_eq!(holder(&desk).as_deref(), Some("江北水务集团"));
    let at = row(&desk, "30座");
    desk.click(at);
    let choose = |desk: &mut Desk, way: &str, is_so: &dyn Fn(&Desk) -> bool| {
        let at = desk
            .harness
            .get_by_role_and_label(Role::ComboBox, "主体")
            .rect()
            .center();
        desk.click(at);
        let mut ways = desk.harness.get_all_by_role_and_label(Role::Button, way);
        let at = ways.next_back().unwrap().rect().center();
        drop(ways);
        desk.click(at);
        desk.wait_for(way, is_so);
        desk.settle();
    };
    choose(&mut desk, "江南水务集团", &|desk| {
        holder(desk).as_deref() == Some("江南水务集团")
    });
    assert_eq!(desk.document().relations()[0].label, "held_by");
    choose(&mut desk, "无", &|desk| holder(desk).is_none());
    assert!(desk.document().relations().is_empty());
    desk.save();
    let mut desk = desk.reopen(&["article.txt"]);
    desk.press(Key::F7);
    desk.wait_for("the table", |desk| !desk.sheet().figures.all.rows.is_empty());
    assert_eq!(holder(&desk), None);
}

#[test]
fn what_a_figure_measures_is_typed_in_words_of_the_article() {
    let mut desk = table();
    let at = row(&desk, "8座");
    desk.click(at);
    let at = desk
        .harness
        .get_by_role_and_label(Role::TextInput, "指标")
        .rect()
        .center();
    desk.click(at);
    type_over(&mut desk, "桥梁");
    desk.press(Key::Enter);
    desk.settle();
    assert!(desk.harness.query_by_label_contains("文中没有“桥梁”").is_some());
    assert!(
        desk.harness.query_all_by_value("桥梁").next().is_some(),
        "what was typed stays"
    );
    assert!(desk.document().relations().is_empty());
    desk.click(at);
    type_over(&mut desk, "泵站");
    desk.press(Key::Enter);
    desk.wait_for("the measure", |desk| {
        let rows = &desk.sheet().figures.all.rows;
        rows.iter().any(|row| row.printed == "8座" && row.counted == "泵站")
    });
    assert_eq!(desk.tags(), ["泵站|indicator", "8座|figure"]);
    desk.key(Modifiers::COMMAND, Key::Z);
    assert!(desk.tags().is_empty() && desk.document().labels().len() == 5);
}

#[test]
fn a_series_is_told_with_its_numbers() {
    let mut desk = table();
    let at = row(&desk, "12.5万吨");
    desk.click(at);
    let bars = desk.harness.get_by_role(Role::Image);
    let said = bars.accesskit_node().label().unwrap();
    assert!(said.contains("2020: 9.8万") && said.contains("2024: 12.5万"), "{said}");
}

#[test]
fn a_field_below_the_table_gives_the_keyboard_back_to_the_table_and_no_more() {
    let mut desk = table();
    for key in [Key::Escape, Key::Enter] {
        desk.press(Key::Tab);
        desk.press(key);
        assert!(desk.sheet().figures.typing.is_none());
        desk.press(Key::ArrowDown);
    }
    assert_eq!(chosen(&desk), "30座");
}

#[test]
fn what_is_no_number_is_told_below_its_field_and_stays_to_be_put_right() {
    let mut desk = table();
    let at = row(&desk, "8座");
    desk.click(at);
    desk.press(Key::Tab);
    type_over(&mut desk, "abc");
    desk.press(Key::Enter);
    desk.settle();
    assert!(desk.harness.query_by_label_contains("“abc”不是数").is_some());
    let at = row(&desk, "30座");
    desk.click(at);
    desk.settle();
    assert!(desk.harness.query_by_label_contains("“abc”不是数").is_none());
    let at = row(&desk, "8座");
    desk.click(at);
    desk.settle();
    assert!(desk.harness.query_all_by_value("abc").next().is_some());
    desk.press(Key::Tab);
    type_over(&mut desk, "9");
    desk.press(Key::Enter);
    desk.settle();
    assert_eq!(value(&desk, "8座").value.as_deref(), Some("9"));
}

#[test]
fn esc_in_an_open_list_closes_the_list_and_no_more() {
    let mut desk = table();
    let at = row(&desk, "8座");
    desk.click(at);
    for field in ["主体", "类型"] {
        let at = desk
            .harness
            .get_by_role_and_label(Role::ComboBox, field)
            .rect()
            .center();
        desk.click(at);
        desk.settle();
        assert!(egui::Popup::is_any_open(&desk.harness.ctx), "{field}");
        desk.press(Key::Escape);
        desk.settle();
        assert!(!egui::Popup::is_any_open(&desk.harness.ctx), "{field}");
        assert_eq!(chosen(&desk), "8座");
    }
    desk.press(Key::ArrowDown);
    assert_ne!(chosen(&desk), "8座", "the table has the keyboard");
}

#[test]
fn esc_in_an_open_list_of_the_card_leaves_the_card() {
    let mut desk = Desk::open(RAW);
    desk.tag("1.9亿元", Key::Num3);
    desk.press(Key::V);
    desk.settle();
    let field = |desk: &Desk| {
        let mut fields = desk.harness.query_all_by_role_and_label(Role::ComboBox, "类型");
        fields.next().map(|field| field.rect().center())
    };
    let at = field(&desk).expect("the card is there");
    desk.click(at);
    desk.settle();
    assert!(egui::Popup::is_any_open(&desk.harness.ctx));
    desk.press(Key::Escape);
    desk.settle();
    assert!(!egui::Popup::is_any_open(&desk.harness.ctx) && field(&desk).is_some());
    assert_eq!(chosen(&desk), "1.9亿元");
    desk.press(Key::Escape);
    desk.settle();
    assert!(field(&desk).is_none(), "the text has the keyboard");
}
