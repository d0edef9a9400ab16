//! Lists: 分别为3、5和8个 – the numbers before the last have its unit.

use super::Figure;
use super::line::Line;
use super::value::Kind;

/// Gives bare numbers in a list the unit that is said after the last one.
/// The line begins at `offset` of the text.
pub(super) fn inherit_units(line: &Line, offset: usize, figures: &mut [Figure]) {
    for index in (1..figures.len()).rev() {
        let (head, tail) = figures.split_at_mut(index);
        let (Some(before), Some(after)) = (head.last_mut(), tail.first()) else {
            continue;
        };
        let bare = before.value.kind == Kind::Count && before.value.unit.is_none() && before.value.approx.is_none();
        let end = before.range.end.to_usize();
        let joined = after.range.start.to_usize() == end + 1
            && matches!(line.at(end - offset), '、' | '和' | '及' | '与' | '或');
        if bare && joined && after.value.unit.is_some() && after.value.kind != Kind::Ordinal {
            before.value.unit.clone_from(&after.value.unit);
            before.value.kind = after.value.kind;
            before.score = before.score.max(after.score);
        }
    }
}
