//! Numbers of houses in an address, which count nothing: 四季花园3幢2单元.

use super::line::Line;

/// The most digits of the number of a house.
const DIGITS: usize = 3;

/// Characters at the end of what streets and estates are called.
const PLACES: &str = "苑园里村区庭府湾轩居街路巷弄邨堡坊寓阁城庄号";

/// Characters after 幢 and 栋 with which the houses begin that are counted: 3栋楼房.
const HOUSES: &str = "楼房屋建住别厂高居宿老危公教单商写办仓大民旧违独多小新现古";

/// Where the numbers of houses at `at` end, if they are an address.
pub(super) fn end_of(line: &Line, at: usize) -> Option<usize> {
    let (end, unit) = house(line, at)?;
    if unit == '单' {
        return Some(end);
    }
    let next = line.at(end);
    let goes_on = house(line, end).is_some() || next.is_ascii_digit();
    // 全村12栋 counts them.
    let placed = PLACES.contains(line.before(at, 1)) && !matches!(line.before(at, 2), '全' | '各' | '本' | '该' | '整');
    if !goes_on && (!placed || HOUSES.contains(next)) {
        return None;
    }
    let mut end = end;
    // 3幢、5幢
    while matches!(line.at(end), '、' | '和' | '至') {
        let Some((after, _)) = house(line, end + 1) else {
            break;
        };
        end = after;
    }
    Some(end)
}

/// One past the number of a house at `at` and the first character of its unit: 3幢, 12栋, 2单元.
fn house(line: &Line, at: usize) -> Option<(usize, char)> {
    let end = line.short_run(at, DIGITS, |char| char.is_ascii_digit());
    let unit = line.at(end);
    let length = match unit {
        '幢' | '栋' => 1,
        '单' if line.at(end + 1) == '元' => 2,
        _ => return None,
    };
    (end > at && end <= at + DIGITS).then_some((end + length, unit))
}
