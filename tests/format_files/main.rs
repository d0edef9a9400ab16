//! The files themselves: one document in each format as it stands in `tests/fixtures/formats`, files as other programs
//! write them, and what is said of broken ones.

#![allow(clippy::unwrap_used, reason = "a test's own machinery may fail like the test")]

mod broken;
mod fixtures;
mod others;

use std::sync::Arc;

use zhupi::annot::document::Parts;
use zhupi::annot::{Document, Entity, EntityId, Mark, Relation, Source, Span, SpanId};
use zhupi::text::{Alignment, CharRange, Run, Text};

/// Astral characters before and in a name, a name cut by a wrap, U+3000, U+2028, a control character in a tag, a tag in a
/// tag, two that cross.
fn document() -> Document {
    let raw = "🀄记者罗\n𬱟勇电：市供销社　收粮3.5万斤。\n\u{2028}九月十五日，甲市法\u{c}院\n开庭。";
    let reading = "🀄记者罗𬱟勇电：市供销社　收粮3.5万斤。\n\u{2028}九月十五日，甲市法\u{c}院开庭。";
    let span = |id, start, end, mark: Mark| Span {
        id: SpanId(id),
        range: CharRange::of(start, end),
        mark: Arc::new(mark),
    };
    let label = |label: &str| Mark {
        label: label.into(),
        ..Mark::default()
    };
    let person = Mark {
        note: "断行 <1>\n又见 [2]|_*".into(),
        ..label("person")
    };
    let unit = Mark {
        entity: Some(EntityId(9)),
        ..label("unit")
    };
    let figure = Mark {
        value: Some(serde_json::json!({"kind": "measure", "value": "35000", "unit": {"raw": "斤", "code": "[jin_i]"}})),
        ..label("figure")
    };
    let time = Mark {
        value: Some(serde_json::json!({"kind": "date", "value": null, "timex": "XXXX-09-15"})),
        ..label("time")
    };
    Document::new(Parts {
        source: Source {
            name: "0915-2.txt".into(),
            sha256: "0".repeat(64),
            encoding: "UTF-8".into(),
            newline: "lf".into(),
            text: Text::from(raw),
        },
        text: Text::from(reading),
        alignment: Alignment::new([(0, 0, 4), (4, 5, 30), (34, 36, 3)].map(Run::from).to_vec()),
        spans: vec![
            span(1, 3, 6, person),
            span(2, 8, 12, unit),
            span(3, 8, 9, label("place")),
            span(4, 15, 20, figure),
            span(5, 23, 28, time),
            span(6, 29, 34, label("unit")),
            span(7, 31, 36, label("案_由")),
        ],
        entities: vec![Entity {
            id: EntityId(9),
            label: "unit".into(),
            name: "市供销合作社".into(),
        }],
        relations: vec![Relation {
            id: "r1".into(),
            label: "held_by".into(),
            from: SpanId(1),
            to: SpanId(2),
        }],
        ..Parts::default()
    })
}
