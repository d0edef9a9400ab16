//! A place in an order: 第四场, `第3`, 第二大.

use super::lexicon::unit_at;
use super::line::{Line, is_han};
use super::numeral;
use super::value::{Dimension, FigureValue, Kind, Unit};
use super::{FigureLabel, Reading};

/// Words after which a bare 第一 is a rank and not a beginning.
const RANKING: &[&str] = &[
    "排名", "位居", "位列", "名列", "居", "列", "排", "获", "夺", "得", "全国", "全省", "全市", "世界", "全球", "亚洲",
    "欧洲", "国内", "总分", "同类", "历史", "榜", "年级", "小组", "全区", "西部", "中部", "东部",
];

/// Places and institutions, after which 第N is a name: 第三医院, 第二国.
const NAMES: &str = "军师团营连班系科国省市县区村乡镇校院店厂站岛路线州企环室门";

/// Reads 第 with its number and classifier at `at`.
pub(super) fn read(line: &Line, at: usize) -> Option<Reading> {
    let numeral = numeral::read(line, line.skip_spaces(at + 1))?;
    // 下转第四版 points to a page.
    if line.at(numeral.end) == '版' && matches!(line.before(at, 1), '转' | '见' | '接') {
        return None;
    }
    let after = line.skip_spaces(numeral.end);
    let number = numeral.whole()?;
    let (unit, end) = match unit_at(line, after).filter(|unit| unit.dimension.is_some()) {
        Some(unit) if unit.weak && NAMES.contains(line.at(after)) => return None,
        Some(unit) if unit.after_ordinal_only && !is_han(line.at(after + 1)) => (None, numeral.end),
        Some(unit) => (Some(unit.unit()), after + unit.len()),
        None if line.at(after) == '号' => (
            Some(Unit {
                raw: "号".to_owned(),
                code: None,
                dimension: Some(Dimension::Count),
            }),
            after + 1,
        ),
        None => (None, numeral.end),
    };
    let next = line.at(numeral.end);
    let opens_a_point = matches!(next, '，' | ',' | '、' | '：' | ':');
    let ranked = || line.clause_has(at, 6, RANKING) || !(is_han(next) || opens_a_point);
    if unit.is_none() && (!(numeral.arabic || ranked()) || matches!(next, '中' | '人')) {
        return None;
    }
    let value = FigureValue {
        value: Some(number.to_string()),
        unit,
        ..FigureValue::of(Kind::Ordinal)
    };
    Some(Reading {
        start: at,
        end,
        core: (numeral.start, numeral.end),
        label: FigureLabel::Figure,
        value,
        score: 0.9,
    })
}
