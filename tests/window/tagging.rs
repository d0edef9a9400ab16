//! Every gesture and key that concerns tags.

use egui::{Key, Modifiers, PointerButton, vec2};
use egui_kittest::kittest::Queryable;
use zhupi::annot::Origin;

use crate::desk::Desk;

/// The name in it stands three times, once over a wrap of the raw text.
const RAW: &str = "　　市水务局局长陆鸿昨天介绍，全市更换管道
372.6公里，惠及4个区。记者问陆
鸿，明年还换吗？
　　陆鸿表示，明年再换120公里。
";

fn desk() -> Desk {
    Desk::open(RAW)
}

#[test]
fn a_drag_and_a_key_tag() {
    let mut desk = desk();
    desk.tag("陆鸿", Key::Num1);
    assert_eq!(desk.tags(), ["陆鸿|person"]);
    assert_eq!(desk.document().spans()[0].mark.origin, Origin::Hand);
}

#[test]
fn a_drag_over_the_wrap_of_the_raw_text_covers_both_pieces() {
    let mut desk = desk();
    let (from, to) = desk.place("陆鸿", 1);
    desk.drag(from, to);
    desk.press(Key::Num1);
    let span = desk.document().spans()[0].clone();
    assert_eq!(desk.document().covered(&span), "陆鸿");
    assert_eq!(desk.document().alignment().raw_pieces(span.range).len(), 2);
}

#[test]
fn a_drag_backwards_selects_the_same() {
    let mut desk = desk();
    let (from, to) = desk.place("市水务局", 0);
    desk.drag(to, from);
    desk.press(Key::Num2);
    assert_eq!(desk.tags(), ["市水务局|unit"]);
}

#[test]
fn the_palette_tags_by_mouse() {
    let mut desk = desk();
    desk.select("市水务局");
    assert!(desk.sheet().palette);
    // The palette's button comes after the label bar's.
    let all: Vec<_> = desk
        .harness
        .get_all_by_label_contains("单位")
        .map(|node| node.rect().center())
        .collect();
    assert_eq!(all.len(), 2, "label bar and palette");
    desk.click(all[1]);
    assert_eq!(desk.tags(), ["市水务局|unit"]);
    assert!(!desk.sheet().palette);
}

#[test]
fn the_label_bar_tags_a_selection() {
    let mut desk = desk();
    desk.select("120公里");
    desk.click_on("数字");
    assert_eq!(desk.tags(), ["120公里|figure"]);
}

#[test]
fn escape_leaves_the_palette_and_the_selection() {
    let mut desk = desk();
    desk.select("陆鸿");
    desk.press(Key::Escape);
    assert!(!desk.sheet().palette && desk.sheet().selection.range().is_empty());
    desk.press(Key::Num1);
    assert!(desk.tags().is_empty());
}

#[test]
fn the_brush_tags_each_drag_until_escape() {
    let mut desk = desk();
    desk.click_on("人物");
    desk.select("陆鸿");
    let (from, to) = desk.place("陆鸿", 1);
    desk.drag(from, to);
    assert_eq!(desk.tags(), ["陆鸿|person", "陆鸿|person"]);
    desk.press(Key::Escape);
    desk.press(Key::Escape);
    desk.select("市水务局");
    assert_eq!(desk.tags().len(), 2);
}

#[test]
fn a_double_click_selects_the_word_and_a_triple_click_the_sentence() {
    let mut desk = desk();
    let pos = desk.middle("介绍");
    desk.click_times(pos, 2);
    let selected = |desk: &Desk| desk.document().text().slice(desk.sheet().selection.range()).to_owned();
    assert_eq!(selected(&desk), "介绍");
    let pos = desk.middle("明年再换");
    desk.click_times(pos, 3);
    assert_eq!(selected(&desk), "陆鸿表示，明年再换120公里。");
}

#[test]
fn a_click_chooses_the_inner_tag_and_the_next_click_the_outer_one() {
    let mut desk = desk();
    desk.tag("市水务局局长陆鸿", Key::Num1);
    desk.tag("市水务局", Key::Num2);
    let pos = desk.middle("水务");
    let chosen = |desk: &Desk| desk.document().covered(desk.sheet().chosen_span().unwrap()).to_owned();
    desk.press(Key::Escape);
    desk.click(pos);
    assert_eq!(chosen(&desk), "市水务局");
    assert!(desk.sheet().card);
    // The card lies below the tag, so the tag can be clicked again.
    desk.click(pos);
    assert_eq!(chosen(&desk), "市水务局局长陆鸿");
}

#[test]
fn a_handle_moves_an_end_in_one_step() {
    let mut desk = desk();
    desk.tag("水务局局长", Key::Num2);
    let (start, _) = desk.place("水务局局长", 0);
    let (target, _) = desk.place("市水务局", 0);
    // The handle hangs at the end's foot.
    let row_half = 13.0;
    desk.drag(start + vec2(-1.0, row_half), target + vec2(0.0, row_half));
    assert_eq!(desk.tags(), ["市水务局局长|unit"]);
    desk.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.tags(), ["水务局局长|unit"]);
}

#[test]
fn shift_and_a_click_move_the_nearer_end() {
    let mut desk = desk();
    desk.tag("市水务局局长", Key::Num2);
    let (_, end) = desk.place("陆鸿", 0);
    desk.press_and_release(end, Modifiers::SHIFT);
    desk.settle();
    assert_eq!(desk.tags(), ["市水务局局长陆鸿|unit"]);
}

#[test]
fn brackets_move_the_ends_by_a_character() {
    let mut desk = desk();
    desk.tag("水务局", Key::Num2);
    desk.press(Key::OpenBracket);
    assert_eq!(desk.tags(), ["市水务局|unit"]);
    desk.press(Key::CloseBracket);
    assert_eq!(desk.tags(), ["水务局|unit"]);
    desk.key(Modifiers::SHIFT, Key::CloseBracket);
    assert_eq!(desk.tags(), ["水务局局|unit"]);
    desk.key(Modifiers::SHIFT, Key::OpenCurlyBracket);
    assert_eq!(desk.tags(), ["水务局|unit"]);
}

#[test]
fn a_key_gives_the_chosen_tag_another_label() {
    let mut desk = desk();
    desk.tag("市水务局", Key::Num1);
    desk.press(Key::Num2);
    assert_eq!(desk.tags(), ["市水务局|unit"]);
}

#[test]
fn delete_removes_and_undo_shows_where() {
    let mut desk = desk();
    desk.tag("陆鸿", Key::Num1);
    desk.press(Key::Delete);
    assert!(desk.tags().is_empty());
    desk.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.tags(), ["陆鸿|person"]);
    assert!(desk.sheet().flash.is_some());
    desk.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert!(desk.tags().is_empty());
}

#[test]
fn the_other_places_are_tagged_by_one_key_with_a_veto_for_each() {
    let mut desk = desk();
    desk.tag("陆鸿", Key::Num1);
    desk.press(Key::A);
    assert_eq!(desk.tags(), ["陆鸿|person"; 3]);
    assert_eq!(desk.sheet().propagation.as_ref().unwrap().spans.len(), 2);
    desk.click_on("删去此处");
    assert_eq!(desk.tags(), ["陆鸿|person"; 2]);
    desk.press(Key::Enter);
    assert!(desk.sheet().propagation.is_none());
    assert_eq!(desk.tags(), ["陆鸿|person"; 2]);
    // The veto, then all of them: two steps.
    desk.key(Modifiers::COMMAND, Key::Z);
    desk.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.tags(), ["陆鸿|person"]);
}

#[test]
fn alt_and_arrows_walk_from_tag_to_tag() {
    let mut desk = desk();
    desk.tag("120公里", Key::Num3);
    desk.tag("陆鸿", Key::Num1);
    let chosen = |desk: &Desk| desk.document().covered(desk.sheet().chosen_span().unwrap()).to_owned();
    desk.key(Modifiers::ALT, Key::ArrowRight);
    assert_eq!(chosen(&desk), "120公里");
    desk.key(Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(chosen(&desk), "陆鸿");
}

#[test]
fn the_caret_selects_without_a_mouse() {
    let mut desk = desk();
    desk.key(Modifiers::COMMAND, Key::Home);
    for _ in 0..4 {
        desk.key(Modifiers::SHIFT, Key::ArrowRight);
    }
    desk.press(Key::Num2);
    assert_eq!(desk.tags(), ["市水务局|unit"]);
    desk.key(Modifiers::COMMAND, Key::End);
    desk.key(Modifiers::SHIFT, Key::Home);
    let selected = desk.document().text().slice(desk.sheet().selection.range()).to_owned();
    assert_eq!(selected, "陆鸿表示，明年再换120公里。");
    desk.press(Key::ArrowUp);
    assert!(desk.document().block_at(desk.sheet().selection.caret) == 0);
}

#[test]
fn the_right_button_shows_what_can_be_done_with_a_tag() {
    let mut desk = desk();
    desk.tag("陆鸿", Key::Num1);
    let pos = desk.middle("陆鸿");
    desk.move_to(pos);
    desk.button(pos, PointerButton::Secondary, true, Modifiers::NONE);
    desk.button(pos, PointerButton::Secondary, false, Modifiers::NONE);
    desk.settle();
    desk.click_on("删除标注");
    assert!(desk.tags().is_empty());
}

#[test]
fn the_card_takes_a_note() {
    let mut desk = desk();
    desk.tag("陆鸿", Key::Num1);
    let pos = desk.middle("陆鸿");
    desk.press(Key::Escape);
    desk.click(pos);
    desk.click_on("备注");
    desk.harness.event(egui::Event::Text("局长".into()));
    desk.settle();
    desk.press(Key::Enter);
    assert_eq!(desk.document().spans()[0].mark.note, "局长");
    assert_eq!(desk.tags(), ["陆鸿|person"], "what is typed into a field is no command");
}

#[test]
fn tagging_moves_no_glyph() {
    let mut desk = desk();
    let before = desk.place("陆鸿表示", 0);
    desk.tag("372.6公里", Key::Num3);
    desk.tag("市水务局局长陆鸿", Key::Num1);
    assert_eq!(desk.place("陆鸿表示", 0), before);
}

#[test]
fn entities_are_grouped_and_a_click_walks_through_them() {
    let mut desk = desk();
    desk.tag("陆鸿", Key::Num1);
    desk.press(Key::A);
    desk.press(Key::Enter);
    desk.press(Key::Escape);
    let groups = desk.sheet().entities.groups.clone();
    assert_eq!(
        (groups.len(), groups[0].name.as_str(), groups[0].spans.len()),
        (1, "陆鸿", 3)
    );
    let order = |desk: &Desk| {
        let chosen = desk.sheet().chosen.unwrap();
        groups[0].spans.iter().position(|&span| span == chosen).unwrap()
    };
    let line = desk
        .harness
        .get_all_by_label_contains("陆鸿 ×3")
        .next()
        .or(desk.harness.query_all_by_label_contains("×3").next());
    let line = line.expect("the group's line").rect().center();
    let mut seen = Vec::new();
    for _ in 0..3 {
        desk.click(line);
        seen.push(order(&desk));
    }
    assert_eq!(seen.len(), 3);
    seen.sort_unstable();
    assert_eq!(seen, [0, 1, 2]);
}

#[test]
fn keys_before_an_open_card_do_nothing_to_the_text_behind_it() {
    let mut desk = Desk::open(RAW);
    desk.tag("陆鸿", Key::Num1);
    let chosen = desk.sheet().chosen;
    assert!(chosen.is_some());
    desk.press(Key::F1);
    for key in [Key::Num2, Key::Delete, Key::ArrowRight, Key::A] {
        desk.press(key);
    }
    assert_eq!(desk.tags(), ["陆鸿|person"]);
    desk.press(Key::Escape);
    // Esc puts one thing away at a time: the card is gone, the tag still chosen.
    assert!(desk.harness.state().model().dialog.is_none());
    assert_eq!(desk.sheet().chosen, chosen);
    desk.press(Key::Escape);
    assert_eq!(desk.sheet().chosen, None);
}

#[test]
fn the_command_palette_runs_the_first_that_is_found() {
    let mut desk = Desk::open(RAW);
    desk.tag("陆鸿", Key::Num1);
    desk.key(Modifiers::COMMAND, Key::K);
    for _ in 0..20 {
        desk.press(Key::ArrowDown);
    }
    // By pinyin initials: 撤销. What was marked before does not count among other commands.
    desk.harness.event(egui::Event::Text("cx".to_owned()));
    desk.settle();
    desk.press(Key::Enter);
    assert!(desk.tags().is_empty());
}
