//! Lists: 分别为3、5和8个 – the numbers before the last have its unit.

use super::Reading;
use super::line::Line;
use super::value::Kind;

/// Gives bare numbers in a list the unit that is said after the last one.
pub(super) fn inherit_units(line: &Line, readings: &mut [Reading]) {
    for index in (1..readings.len()).rev() {
        let (head, tail) = readings.split_at_mut(index);
        let (Some(before), Some(after)) = (head.last_mut(), tail.first()) else {
            continue;
        };
        let bare = before.value.kind == Kind::Count && before.value.unit.is_none() && before.value.approx.is_none();
        let joined = after.start == before.end + 1 && matches!(line.at(before.end), '、' | '和' | '及' | '与' | '或');
        if bare && joined && after.value.unit.is_some() && after.value.kind != Kind::Ordinal {
            before.value.unit.clone_from(&after.value.unit);
            before.value.kind = after.value.kind;
            before.score = before.score.max(after.score);
        }
    }
}
