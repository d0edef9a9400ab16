//! A place in an order: 第四场, `第3`, 第二大.

use super::lexicon::{UnitWord, unit_at};
use super::line::{Line, is_han};
use super::numeral::{self, Numeral};
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
    let number = numeral.whole()?;
    if let Some(reading) = stretch(line, at, &numeral, number) {
        return Some(reading);
    }
    let after = line.skip_spaces(numeral.end);
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
    let listed = listed_unit(line, numeral.end).is_some();
    if unit.is_none() && !listed && (!(numeral.arabic || ranked()) || matches!(next, '中' | '人')) {
        return None;
    }
    let value = FigureValue {
        value: Some(number.to_string()),
        unit: unit.or_else(|| listed_unit(line, numeral.end)),
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

/// 第1至3集, 第五章至第八章: the places from one to another.
fn stretch(line: &Line, at: usize, first: &Numeral, number: i64) -> Option<Reading> {
    let own = unit_at(line, first.end).filter(|unit| unit.dimension.is_some());
    let end = first.end + own.map_or(0, UnitWord::len);
    let connector = ["至", "到", "~", "—", "-"]
        .into_iter()
        .find(|word| line.has(end, word))?;
    let start = end + connector.chars().count();
    let said_again = line.at(start) == '第';
    let second = numeral::read(line, start + usize::from(said_again))?;
    let last = second.whole().filter(|last| *last > number)?;
    let unit = unit_at(line, second.end).filter(|unit| unit.dimension.is_some())?;
    let same = own.is_none_or(|own| own.unit() == unit.unit());
    // 第一到三个: only figures that look alike are a stretch.
    if !same || (own.is_some() && !said_again) || first.arabic != second.arabic {
        return None;
    }
    let value = FigureValue {
        min: Some(number.to_string()),
        max: Some(last.to_string()),
        unit: Some(unit.unit()),
        ..FigureValue::of(Kind::Range)
    };
    Some(Reading {
        start: at,
        end: second.end + unit.len(),
        core: (first.start, second.end),
        label: FigureLabel::Figure,
        value,
        score: 0.9,
    })
}

/// 届 for 第六 of 第六、七届.
fn listed_unit(line: &Line, end: usize) -> Option<Unit> {
    let next = matches!(line.at(end), '、' | '和').then(|| numeral::read(line, end + 1))??;
    let unit = unit_at(line, next.end).filter(|unit| unit.dimension == Some(Dimension::Count) && !unit.weak)?;
    next.whole().is_some_and(|next| next < 1000).then(|| unit.unit())
}
