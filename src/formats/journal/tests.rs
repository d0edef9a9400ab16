//! Steps and the lines that tell of them.

use std::sync::Arc;

use super::*;
use crate::annot::document::{BlockMark, Parts};
use crate::annot::fact::{Role, nothing};
use crate::annot::journal::Before;
use crate::annot::{Document, Edit, History, Mark, Meta, Span, SpanId, Status};
use crate::text::{ChangeSet, CharRange, Text};

fn document(text: &str) -> Document {
    Document::new(Parts {
        text: Text::from(text),
        ..Parts::default()
    })
}

fn tag(id: u32, start: u32, end: u32, label: &str) -> Span {
    Span {
        id: SpanId(id),
        range: CharRange::of(start as usize, end as usize),
        mark: Arc::new(Mark {
            label: label.into(),
            ..Mark::default()
        }),
    }
}

fn replace(document: &Document, start: usize, end: usize, with: &str) -> Edit {
    Edit::Text(ChangeSet::replace(document.text(), CharRange::of(start, end), with).into())
}

fn made(document: &mut Document, edit: &Edit) -> (Step, Edit) {
    let before = Before::of(document, edit);
    let back = document.apply(edit).unwrap();
    (before.after(document), back)
}

fn said(step: &Step) -> String {
    let lines = lines(step, "T", 1, Act::Done).unwrap();
    let lines = String::from_utf8(lines).unwrap();
    lines.replace("{\"time\":\"T\",\"step\":1,\"act\":\"done\",\"what\":", "{")
}

#[test]
fn each_change_of_a_tag_is_a_line() {
    let mut document = document("😀记者罗勇说");
    let add = |add: Span| Edit::Spans {
        remove: vec![],
        add: vec![add],
    };
    let (step, _) = made(&mut document, &add(tag(1, 3, 5, "unit")));
    assert_eq!(
        said(&step),
        "{\"tag added\",\"tag\":\"s1\",\"label\":\"unit\",\"start\":3,\"end\":5,\"text\":\"罗勇\",\
         \"status\":\"accepted\",\"origin\":\"hand\"}\n"
    );
    let change = |document: &Document, to: Span| Edit::Spans {
        remove: vec![document.spans().get(to.id).unwrap().clone()],
        add: vec![to],
    };
    let relabel = change(&document, tag(1, 3, 5, "person"));
    let (step, back) = made(&mut document, &relabel);
    assert!(said(&step).contains("{\"tag relabelled\"") && said(&step).ends_with("\"before\":{\"label\":\"unit\"}}\n"));
    let (step, _) = made(&mut document, &back);
    assert!(said(&step).ends_with("\"before\":{\"label\":\"person\"}}\n"));
    let wider = change(&document, tag(1, 1, 5, "unit"));
    let (step, _) = made(&mut document, &wider);
    assert!(
        said(&step).contains("{\"tag moved\"") && said(&step).contains("\"before\":{\"start\":3,\"text\":\"罗勇\"}")
    );
    let judged = change(
        &document,
        tag(1, 1, 5, "unit").saying(|mark| mark.status = Status::Rejected),
    );
    let (step, _) = made(&mut document, &judged);
    assert!(said(&step).contains("{\"tag judged\"") && said(&step).contains("\"before\":{\"status\":\"accepted\"}"));
    let same = change(&document, document.spans().get(SpanId(1)).unwrap().clone());
    assert_eq!(said(&made(&mut document, &same).0), "");
}

#[test]
fn typing_is_told_by_what_it_comes_to() {
    let mut document = document("记者罗男说，市供销社。");
    let tags = [tag(1, 2, 4, "person"), tag(2, 6, 10, "unit")];
    document
        .apply(&Edit::Spans {
            remove: vec![],
            add: tags.to_vec(),
        })
        .unwrap();
    // Both characters go, and the tag with them; typing brings it back on other words.
    let gone = replace(&document, 2, 4, "");
    let (first, _) = made(&mut document, &gone);
    assert!(
        said(&first).contains("{\"tag removed\",\"tag\":\"s1\""),
        "{}",
        said(&first)
    );
    let typed = Edit::Batch(vec![
        replace(&document, 2, 2, "罗勇"),
        Edit::Spans {
            remove: vec![],
            add: vec![tag(1, 2, 4, "person")],
        },
    ]);
    let (second, _) = made(&mut document, &typed);
    let step = first.then(second);
    assert_eq!(
        said(&step),
        "{\"text corrected\",\"start\":3,\"before\":\"男\",\"after\":\"勇\"}\n"
    );
}

#[test]
fn a_value_written_over_in_the_step_that_accepts_it_is_told_with_the_one_before() {
    let mut document = document("𬱟70座");
    let proposed = tag(1, 1, 4, "figure").saying(|mark| mark.value = Some("7".into()));
    let by_hand = proposed.saying(|mark| mark.value = Some("70".into()));
    let edit = Edit::Batch(vec![
        Edit::Spans {
            remove: vec![],
            add: vec![proposed.clone()],
        },
        Edit::Spans {
            remove: vec![proposed],
            add: vec![by_hand],
        },
    ]);
    let (step, back) = made(&mut document, &edit);
    let lines = said(&step);
    let lines: Vec<&str> = lines.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[0].starts_with("{\"tag added\"") && lines[0].contains("\"value\":\"7\""));
    assert!(lines[1].starts_with("{\"tag changed\"") && lines[1].contains("\"value\":\"70\""));
    assert!(lines[1].ends_with("\"before\":{\"value\":\"7\"}}"));
    let back = said(&made(&mut document, &back).0);
    assert!(back.starts_with("{\"tag removed\"") && back.lines().count() == 1);
}

#[test]
fn a_part_of_a_fact_that_is_taken_back_is_told_with_the_figure() {
    let mut document = document("𬱟70座");
    let add = Edit::Spans {
        remove: vec![],
        add: vec![tag(1, 1, 4, "figure")],
    };
    document.apply(&add).unwrap();
    let edit = Edit::Dismissals(vec![nothing(&document, SpanId(1), Role::HeldBy)]);
    let (step, back) = made(&mut document, &edit);
    let rest = ",\"tag\":\"s1\",\"text\":\"70座\",\"role\":\"held_by\"}\n";
    assert_eq!(said(&step), format!("{{\"fact taken back\"{rest}"));
    assert_eq!(
        said(&made(&mut document, &back).0),
        format!("{{\"fact restored\"{rest}")
    );
}

#[test]
fn undoing_a_step_tells_its_way_back() {
    let mut document = document("甲乙\n丙");
    let mut history = History::default();
    let edit = Edit::Batch(vec![
        Edit::Meta(Meta {
            title: "头".into(),
            ..Meta::default()
        }),
        Edit::Blocks(vec![(
            1,
            BlockMark {
                dropped: true,
                ..BlockMark::default()
            },
        )]),
        Edit::Spans {
            remove: vec![],
            add: vec![tag(1, 0, 2, "unit")],
        },
    ]);
    let before = Before::of(&document, &edit);
    history.apply(&mut document, edit, None).unwrap();
    let forth = said(&before.after(&document));
    assert!(
        forth.contains("{\"block changed\",\"block\":1,\"start\":3,\"end\":4,"),
        "{forth}"
    );
    assert!(forth.contains("\"before\":{\"dropped\":false}") && forth.contains("\"before\":{\"title\":\"\"}"));
    let back = history.undoes().cloned().unwrap();
    let before = Before::of(&document, &back);
    history.undo(&mut document).unwrap();
    let lines = lines(&before.after(&document), "T", 2, Act::Undone).unwrap();
    let lines = String::from_utf8(lines).unwrap();
    assert_eq!(
        lines.lines().filter(|line| line.contains("\"act\":\"undone\"")).count(),
        3
    );
    assert!(
        lines.contains("tag removed") && lines.contains("\"before\":{\"dropped\":true}"),
        "{lines}"
    );
    assert!(history.redoes().is_some() && history.undoes().is_none());
}

#[test]
fn a_line_that_is_not_of_a_journal_is_named() {
    let good = opened(&document("甲"), "T").unwrap();
    assert!(faults(&good).is_empty());
    let found = faults(&[&good[..], b"{\"time\":\"T\"}\n{\n"].concat());
    assert_eq!(found.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 3]);
}
