//! A number of something: `近40个`, `25.9万余起`, `98%以上`, `3至5万元`, 一年半.

use super::decimal::Decimal;
use super::lexicon::{self, UnitWord, prefix_before, suffix_at, unit_at};
use super::line::{Line, is_han, is_letter};
use super::numeral::{self, Numeral, digit};
use super::value::{Approx, Dimension, FigureValue, Kind, Unit};
use super::{FigureLabel, Reading, composite, duration};

/// A number with its unit, before the words around it are looked at.
pub(super) struct Amount {
    pub(super) start: usize,
    /// Where the number itself ends.
    pub(super) core_end: usize,
    /// Where the unit ends.
    pub(super) end: usize,
    pub(super) low: Decimal,
    pub(super) high: Decimal,
    pub(super) approx: Option<Approx>,
    pub(super) unit: Option<Unit>,
    pub(super) kind: Kind,
    /// The power of ten of the multiplier, which a range carries to its lower end.
    pub(super) power: u32,
    /// How sure it is that this is a figure.
    pub(super) score: f32,
}

/// Reads the amount at `at`, with the words that bend it and a range if it is one.
pub(super) fn read(line: &Line, at: usize, floor: usize) -> Option<Reading> {
    let numeral = numeral::read(line, at)?;
    if numeral.is_single_formal(line) && !matches!(line.at(numeral.end), '元' | '角' | '分') {
        return None;
    }
    let left = amount(line, numeral, floor)?;
    let amount = range(line, &left).or_else(|| limits(line, &left));
    let is_range = amount.is_some();
    let mut reading = bend(line, &amount.unwrap_or(left), floor);
    if is_range {
        reading.value.kind = Kind::Range;
    } else if !stands(line, &numeral, &reading) {
        return None;
    }
    duration::place_in_time(line, &mut reading, floor);
    Some(reading)
}

/// The unit at `at` that the number may have.
fn unit_after(line: &Line, at: usize, numeral: &Numeral) -> Option<&'static UnitWord> {
    if lexicon::is_other_word(line, at) {
        return None;
    }
    let unit = unit_at(line, at)?;
    // A space and Latin letters, or a space and a weak classifier, are the next word.
    let spaced = at > numeral.end;
    if spaced && (unit.weak || (is_letter(line.at(at)) && unit.len() == 1)) {
        return None;
    }
    let short =
        numeral.is_single() || (numeral.is_span() && numeral.len() == 2 && !numeral.arabic && numeral.power == 0);
    let short = short && !is_measured(line, at, unit) && !is_counted(line, at, unit, numeral);
    // 8大展区 is printed as a count, 八大 as a name.
    let unfit = (unit.after_ordinal_only && !numeral.arabic) || (short && unit.weak);
    (!unfit).then_some(unit)
}

/// 五里路, 八度电, 38度 beside 气温: a short numeral before a weak unit whose neighbours say that it measures.
fn is_measured(line: &Line, at: usize, unit: &UnitWord) -> bool {
    let next = line.at(at + unit.len());
    match line.at(at) {
        '里' => matches!(next, '路' | '地' | '外' | '长' | '远' | '宽'),
        // 五分多钟
        '分' if next == '多' => line.at(at + 2) == '钟',
        '角' | '毛' => {
            let small = numeral::digit(next).is_some() && line.at(at + 2) == '分';
            let priced = line.clause_has(at, 14, &["元", "块", "价", "卖", "钱", "洋", "售", "成本", "按"]);
            small || (priced && (!is_han(next) || matches!(next, '算' | '一')))
        }
        '度' => next == '电' || line.clause_has(at, 12, &["温", "烧", "零下"]),
        _ => false,
    }
}

/// Weak classifiers that after a short numeral still count, where nothing follows them that they could be part of.
const COUNTED: &str = "局圈球拍班晚夜章集编讲首队匹桶担丈尺寸床桌行句排组期";

/// Weak classifiers before which 两 makes a word of its own: 两国, 两岸.
const PAIRED: &str = "国岸会地手面头口眼方点里分市县省线级期门度州江湖河山街社代院校企胜负平死伤金银铜区";

/// 先失两局, 六章五十二条, 河北、山东两省: a short numeral before a weak classifier whose neighbours say that it counts.
fn is_counted(line: &Line, at: usize, unit: &UnitWord, numeral: &Numeral) -> bool {
    let word = line.at(at);
    let next = line.at(at + unit.len());
    if unit.len() > 1 || line.before(numeral.start, 1) == '第' {
        return false;
    }
    // 河南、山东、河北三省
    if "省市县区国镇乡村州".contains(word) {
        let listed = line.clause_has(numeral.start, 12, &["、", "和"]) && is_han(line.before(numeral.start, 1));
        return listed && line.at(numeral.start) != '一' && !numeral.is_span();
    }
    let two = line.at(numeral.start) == '两' && numeral.is_single() && !PAIRED.contains(word);
    let free = !is_han(next) || numeral::is_numeral(next) || matches!(next, '的' | '多' | '比');
    let ranked = matches!(line.before(numeral.start, 1), '前' | '头' | '后');
    let one = line.at(numeral.start) == '一' && !numeral.is_span();
    two || (COUNTED.contains(word) && (free || ranked || numeral.is_span()) && !one)
}

/// The number with its unit; `None` where what follows says that it is no figure.
pub(super) fn amount(line: &Line, numeral: Numeral, floor: usize) -> Option<Amount> {
    let mut amount = Amount {
        start: numeral.start,
        core_end: numeral.end,
        end: numeral.end,
        low: numeral.low,
        high: numeral.high,
        approx: numeral.approx,
        unit: None,
        kind: Kind::Count,
        power: numeral.power,
        score: if numeral.arabic { 0.8 } else { 0.6 },
    };
    take_sign(line, &mut amount, floor);
    take_more(line, &mut amount, &numeral);
    let at = line.skip_spaces(amount.end);
    if line.has(at, "年如一日") {
        return None;
    }
    if take_share(line, &mut amount, at, &numeral) {
        return Some(amount);
    }
    // 两个半小时, 3个多月: what bends the number stands inside the unit.
    let inside = line.at(at + 1);
    let divided = line.at(at) == '个' && matches!(inside, '多' | '余' | '半');
    if let Some(unit) = divided.then(|| composite::time_after_classifier(line, at + 2)).flatten() {
        match inside {
            '半' => add_half(&mut amount),
            _ => amount.approx = Some(Approx::MoreThan),
        }
        amount.end = at + 1 + unit.raw.chars().count();
        (amount.unit, amount.kind, amount.score) = (Some(unit), Kind::Duration, 0.9);
        return Some(amount);
    }
    match unit_after(line, at, &numeral) {
        Some(unit) if unit.dimension.is_some() => settle(line, &mut amount, at, unit, &numeral),
        Some(_) => return None,
        None if matches!(line.at(at), '号' | '#') => return None,
        None => {}
    }
    Some(amount)
}

fn add_half(amount: &mut Amount) {
    let half = Decimal::parse("0.5").unwrap_or_default();
    if let (Some(low), Some(high)) = (amount.low.plus(half), amount.high.plus(half)) {
        (amount.low, amount.high) = (low, high);
    }
}

/// 负, -, 零下 before the number.
fn take_sign(line: &Line, amount: &mut Amount, floor: usize) {
    let Some(sign) = sign_before(line, amount.start).filter(|sign| *sign >= floor) else {
        return;
    };
    amount.start = sign;
    (amount.low, amount.high) = (amount.high.negated(), amount.low.negated());
}

/// Where the sign before the number at `start` begins.
pub(super) fn sign_before(line: &Line, start: usize) -> Option<usize> {
    let before = line.skip_spaces_back(start);
    if line.has_before(before, "零下") {
        return Some(before - 2);
    }
    let other = line.before(start, 2);
    let negative = match line.before(start, 1) {
        '负' => !"胜担平正抱欺自".contains(other),
        '-' => !other.is_ascii_alphanumeric() && !matches!(other, '-' | ')'),
        _ => false,
    };
    negative.then(|| start - 1)
}

/// 多, 余, 来, 几 after the number and before the unit.
fn take_more(line: &Line, amount: &mut Amount, numeral: &Numeral) {
    let at = line.skip_spaces(amount.end);
    let round = numeral.power > 0 || (numeral.arabic && numeral.low >= Decimal::whole(10));
    let next = line.at(at + 1);
    match line.at(at) {
        '多' if round && !matches!(next, '少' | '样' | '数' | '云' | '雨') => {
            amount.approx = Some(Approx::MoreThan);
        }
        '余' if round && !matches!(next, '下' | '额' | '热' | '震') => amount.approx = Some(Approx::MoreThan),
        '来' if (1..4).contains(&numeral.power) && unit_at(line, at + 1).is_some() => {
            amount.approx = Some(Approx::Approx);
        }
        '几' if numeral.arabic && unit_at(line, at + 1).is_some() => {
            amount.approx = Some(Approx::Approx);
            (amount.low, amount.high) = (
                amount.low.plus(Decimal::whole(1)).unwrap_or(amount.low),
                amount.high.plus(Decimal::whole(9)).unwrap_or(amount.high),
            );
        }
        _ => return,
    }
    amount.end = at + 1;
}

/// %, 成, 折: shares told in tenths become percent.
fn take_share(line: &Line, amount: &mut Amount, at: usize, numeral: &Numeral) -> bool {
    let percent = || {
        Some(Unit {
            raw: "%".to_owned(),
            code: Some("%".to_owned()),
            dimension: Some(Dimension::Percent),
        })
    };
    let point = ["个百分点", "百分点"].into_iter();
    if let Some((raw, end)) = point.filter_map(|word| Some((word, line.after_spaced(at, word)?))).next() {
        amount.unit = Some(Unit {
            raw: raw.to_owned(),
            code: None,
            dimension: Some(Dimension::Percent),
        });
        (amount.kind, amount.end, amount.score) = (Kind::Percent, end, 0.98);
        return true;
    }
    let char = line.at(at);
    let is_share = match char {
        '成' => !"为功立果员本年长人熟都交就绩分效品了型套婚语名份千百因败灾群才电堆见新".contains(line.at(at + 1)),
        '折' => {
            let cut = "打享优惠价票扣售卖低至到最".contains(line.before(numeral.start, 1))
                || !is_han(line.at(at + 1))
                || "优扣售出的起".contains(line.at(at + 1));
            cut && !"线叠合磨腾射旧返中断服".contains(line.at(at + 1))
        }
        _ => false,
    };
    if !is_share || numeral.bare_multiplier || numeral.power > 1 {
        return false;
    }
    // 八五折 and 75折 are tenths and hundredths already.
    let hundredths = char == '折' && numeral.low >= Decimal::whole(10);
    let tenfold = |number: Decimal| if hundredths { Some(number) } else { number.shift(1) };
    let (Some(mut low), Some(mut high)) = (tenfold(amount.low), tenfold(amount.high)) else {
        return false;
    };
    let mut end = at + 1;
    if char == '成' {
        let after = line.skip_spaces(end);
        let more = match line.at(after) {
            '半' => Some(5),
            char => {
                digit(char).filter(|_| !numeral::is_numeral(line.at(after + 1)) && unit_at(line, after + 1).is_none())
            }
        };
        if let Some(more) = more.map(Decimal::whole) {
            (low, high, end) = (
                low.plus(more).unwrap_or(low),
                high.plus(more).unwrap_or(high),
                after + 1,
            );
        }
    }
    if matches!(line.at(end), '多' | '余') && char == '成' {
        (amount.approx, end) = (Some(Approx::MoreThan), end + 1);
    }
    (amount.low, amount.high, amount.end) = (low.trimmed(), high.trimmed(), end);
    (amount.unit, amount.kind, amount.score) = (percent(), Kind::Percent, 0.9);
    true
}

/// Takes the unit at `at`, and what may follow it: 半, 多, a smaller unit.
fn settle(line: &Line, amount: &mut Amount, at: usize, word: &UnitWord, numeral: &Numeral) {
    let mut unit = word.unit();
    amount.end = at + word.len();
    // 300台（套）: the second classifier in brackets belongs to the first.
    let bracketed = unit_at(line, amount.end + 1).filter(|_| line.at(amount.end) == '（');
    if let Some(second) = bracketed.filter(|second| line.at(amount.end + 1 + second.len()) == '）') {
        let end = amount.end + second.len() + 2;
        unit.raw = line.text(at, end);
        amount.end = end;
    }
    take_divisor(line, amount, &mut unit);
    let dimension = unit.dimension;
    amount.kind = match dimension {
        Some(Dimension::Percent) => Kind::Percent,
        Some(Dimension::Ratio) => Kind::Ratio,
        Some(Dimension::Money) => Kind::Money,
        Some(Dimension::Time) if !unit.raw.ends_with('岁') => Kind::Duration,
        Some(Dimension::Count) | None if word.ordinal => Kind::Ordinal,
        Some(Dimension::Count) | None => Kind::Count,
        Some(_) => Kind::Measure,
    };
    amount.score = match (numeral.arabic, word.weak) {
        (true, false) => 0.95,
        (true, true) => 0.85,
        (false, _) if numeral.is_single() => 0.7,
        (false, _) => 0.9,
    };
    // 决胜局8平: both sides have eight.
    let drawn = unit.raw == "平" && !matches!(line.before(amount.start, 1), '胜' | '负');
    if drawn && !line.at(amount.end).is_ascii_digit() && !numeral::is_numeral(line.at(amount.end)) {
        amount.kind = Kind::Score;
    }
    if unit.raw == "度" && !line.clause_has(amount.start, 12, &["温", "热", "冷", "烧", "寒", "零"]) {
        unit.code = None;
        unit.dimension = Some(Dimension::Other);
    }
    amount.unit = Some(unit);
    let measured = matches!(
        dimension,
        Some(Dimension::Time | Dimension::Length | Dimension::Mass | Dimension::Area | Dimension::Volume)
    );
    match line.at(amount.end) {
        '半' if measured
            && amount.approx.is_none()
            && amount.low.places() == 0
            && !"数年天个月".contains(line.at(amount.end + 1)) =>
        {
            add_half(amount);
            amount.end += 1;
        }
        // 五分多钟
        '多' if line.at(amount.end + 1) == '钟' => {
            amount.approx = Some(Approx::MoreThan);
            amount.unit = lexicon::unit_named(&format!("{}钟", line.at(at)));
            (amount.kind, amount.end) = (Kind::Duration, amount.end + 2);
        }
        '多' | '余'
            if measured
                && !matches!(
                    line.at(amount.end + 1),
                    '云' | '雨' | '次' | '名' | '地' | '家' | '种' | '个'
                ) =>
        {
            amount.approx = Some(Approx::MoreThan);
            amount.end += 1;
        }
        _ => composite::join_smaller_units(line, amount),
    }
}

/// 元/吨, mg/L, 立方米每秒: the unit after the stroke or 每.
fn take_divisor(line: &Line, amount: &mut Amount, unit: &mut Unit) {
    let sign = line.at(amount.end);
    let divides = sign == '/' || (sign == '每' && unit.dimension != Some(Dimension::Count));
    let divisor = unit_at(line, amount.end + 1).filter(|divisor| divides && divisor.dimension.is_some());
    let Some(divisor) = divisor else {
        return;
    };
    let below = divisor.unit();
    unit.raw = format!("{}{sign}{}", unit.raw, below.raw);
    if unit.dimension != Some(Dimension::Money) {
        unit.dimension = Some(Dimension::Other);
        unit.code = unit
            .code
            .take()
            .zip(below.code)
            .map(|(above, below)| format!("{above}/{below}"));
    } else {
        unit.code = None;
    }
    amount.end += 1 + divisor.len();
}

/// The two ends of a range as one amount, if one starts with `left`.
fn range(line: &Line, left: &Amount) -> Option<Amount> {
    let at = line.skip_spaces(left.end);
    let connector = ["——", "至", "到", "~", "—", "-"]
        .into_iter()
        .find(|word| line.has(at, word))?;
    if left.approx.is_some_and(|_| left.low == left.high) || left.kind == Kind::Ordinal {
        return None;
    }
    let mut start = line.skip_spaces(at + connector.chars().count());
    for sign in ["零下", "负"] {
        if line.has(start, sign) {
            start += sign.chars().count();
        }
    }
    let numeral = numeral::read(line, start)?;
    let mut right = amount(line, numeral, at)?;
    let (arabic_left, arabic_right) = (line.at(left.core_end - 1).is_ascii_digit(), numeral.arabic);
    if connector == "-" && !((arabic_left || left.power > 0) && arabic_right) {
        return None;
    }
    let mut low = left.low;
    let raw = |amount: &Amount| amount.unit.as_ref().map(|unit| unit.raw.clone()).unwrap_or_default();
    match (raw(left).as_str(), raw(&right).as_str()) {
        // 一年二个月至九年 is told in months.
        ("个月", "年") => {
            let twelve = Decimal::whole(12);
            (right.low, right.high) = (right.low.times(twelve)?, right.high.times(twelve)?);
            right.unit.clone_from(&left.unit);
        }
        ("年", "个月") => low = low.times(Decimal::whole(12))?,
        _ => {
            let code = |amount: &Amount| amount.unit.as_ref().map(|unit| unit.code.clone());
            if left.unit.is_some() && code(&right) != code(left) {
                return None;
            }
        }
    }
    // Two short numerals need something to count: 一到五个.
    if right.unit.is_none() && !(arabic_left && arabic_right) && !(numeral.len() > 1 && left.core_end - left.start > 1)
    {
        return None;
    }
    // 3至5万: the multiplier is said once.
    if left.power == 0 && left.unit.is_none() && right.power > 0 {
        let carried = low.shift(i32::try_from(right.power).ok()?)?;
        if carried < right.high {
            low = carried;
        }
    }
    // 六成到七成, 6到7成
    if right.kind == Kind::Percent && left.unit.is_none() && line.at(right.end - 1) == '成' {
        low = low.shift(1)?;
    }
    if right.kind == Kind::Ordinal
        || low == right.high
        || right.low < Decimal::ZERO && low > Decimal::ZERO && connector == "-"
    {
        return None;
    }
    right.start = left.start;
    (right.low, right.high) = (low.min(right.low), low.max(right.high));
    right.score = right.score.max(left.score);
    Some(right)
}

/// 3000元以上6000元以下, 三年以上十年以下: two limits that laws tell like a range.
fn limits(line: &Line, left: &Amount) -> Option<Amount> {
    let (approx, start) = suffix_at(line, left.end)?;
    if approx != Approx::EqualOrMore || !line.has_before(start, "以上") {
        return None;
    }
    let mut right = amount(line, numeral::read(line, start)?, start)?;
    let (below, end) = suffix_at(line, right.end)?;
    let same_unit = left.unit.is_none() || left.unit == right.unit;
    if below != Approx::EqualOrLess || !same_unit || left.low >= right.low {
        return None;
    }
    (right.start, right.low, right.end) = (left.start, left.low, end);
    Some(right)
}

/// The amount with the words before and after it that bend it, as a reading.
pub(super) fn bend(line: &Line, amount: &Amount, floor: usize) -> Reading {
    let (mut start, mut end, mut approx) = (amount.start, amount.end, amount.approx);
    let mut unit = amount.unit.clone();
    let mut kind = amount.kind;
    if let Some((currency, at)) = composite::currency_before(line, start, floor) {
        if unit.is_none() {
            (unit, kind) = (Some(currency), Kind::Money);
        }
        start = at;
    }
    if let Some((suffix, after)) = suffix_at(line, end) {
        approx = Some(suffix);
        end = after;
    } else if kind == Kind::Duration && line.at(end) == '内' && !"部地容外蒙".contains(line.at(end + 1)) {
        approx = Some(Approx::EqualOrLess);
        end += 1;
    }
    if let Some((prefix, before)) = prefix_before(line, start, floor) {
        approx = Some(prefix.approx);
        start = before;
    } else if is_round(line, amount)
        && start > floor
        && matches!(line.before(start, 1), '过' | '破')
        && !"超经通不越透".contains(line.before(start, 2))
    {
        approx = Some(Approx::MoreThan);
        start -= 1;
    }
    let mut value = FigureValue::of(kind);
    bound(&mut value, amount.low, amount.high, approx);
    value.unit = unit;
    if kind == Kind::Score {
        value.value = value.value.map(|side| format!("{side}:{side}"));
        value.unit = None;
    }
    if kind == Kind::Duration {
        value.timex = value
            .unit
            .as_ref()
            .and_then(|unit| duration::timex(amount.low, amount.high, unit));
    }
    Reading {
        start,
        end,
        core: (amount.start, amount.core_end),
        label: FigureLabel::Figure,
        value,
        score: amount.score,
    }
}

/// 过百, 破亿, 过百亿: multipliers that stand for one of them.
fn is_round(line: &Line, amount: &Amount) -> bool {
    let length = amount.core_end - amount.start;
    let multipliers = line.short_run(amount.start, length, |char| matches!(char, '百' | '千' | '万' | '亿'));
    multipliers == amount.core_end && length > 0
}

/// Writes the number and its bounds as the words have bent them.
pub(super) fn bound(value: &mut FigureValue, low: Decimal, high: Decimal, approx: Option<Approx>) {
    value.approx = approx;
    if low != high {
        value.min = Some(low.to_string());
        value.max = Some(high.to_string());
        return;
    }
    value.value = Some(low.to_string());
    match approx {
        Some(Approx::MoreThan | Approx::EqualOrMore) => value.min = Some(low.to_string()),
        Some(Approx::LessThan | Approx::EqualOrLess) => value.max = Some(low.to_string()),
        Some(Approx::Approx) | None => {}
    }
}

/// Whether a number on its own is a figure, or just a character of a word.
fn stands(line: &Line, numeral: &Numeral, reading: &Reading) -> bool {
    let value = &reading.value;
    let bent = reading.start < reading.core.0 || value.approx.is_some();
    if numeral.arabic {
        return true;
    }
    let raw = value.unit.as_ref().map(|unit| unit.raw.as_str());
    let (before, after) = (line.before(reading.start, 1), line.at(reading.end));
    // 三寸之舌, 万人之敌: a phrase, unless it tells a limit.
    if numeral.len() == 1 && after == '之' && !"内间后前多久外".contains(line.at(reading.end + 1)) {
        return false;
    }
    if numeral.bare_multiplier && numeral.len() == 1 {
        // 单位：亿元 names a unit; 百元 and 千人 are amounts.
        let hundred = matches!(line.at(numeral.start), '百' | '千');
        let counts =
            "名人吨亩辆台架个件套只位艘份张".contains(line.at(numeral.end)) || (hundred && value.kind == Kind::Money);
        // 每万人 is what a number is divided by.
        return before != '每' && (bent || (counts && raw.is_some()));
    }
    if numeral.positional {
        return raw.is_some();
    }
    if numeral.is_span() && numeral.len() == 2 && numeral.power == 0 {
        return raw.is_some();
    }
    if !numeral.is_single() {
        return true;
    }
    let Some(raw) = raw else {
        // 一死七伤
        let dead = after == '死' && numeral::digit(line.at(reading.end + 1)).is_some();
        let hurt = after == '伤' && before == '死';
        return (bent && line.at(numeral.start) == '十') || dead || hurt;
    };
    match line.at(numeral.start) {
        '一' => {
            let told_apart = "这那每某另任同前后上下首又再第其唯哪何本".contains(before);
            let counted = matches!(value.kind, Kind::Count) && raw != "人";
            // 新增病例一名: behind its noun it is no article.
            let behind = !is_han(after) && is_han(before);
            let article = counted && !behind && !same_unit_near(line, numeral, raw) && !is_told_in_numbers(line, reading);
            // 一个个, 一次又一次: each of many.
            let again = |between: &str| line.has(numeral.end, &format!("{raw}{between}{raw}"));
            let repeated = ["", "一", "又一", "接一"].into_iter().any(again);
            // 死路一条, 大吃一顿: at the end of a clause these stress and do not count.
            let stresses =
                !is_han(after) && is_han(before) && "条段套场顿趟遍桩笔把席片面幅盘层步家尊对组".contains(raw);
            // 一张一弛, 一人一票
            let paired = (after == '一' && raw.chars().count() == 1) || line.before(numeral.start, 2) == '一';
            !(told_apart || article || repeated || stresses || paired)
        }
        // Things are counted with 两; 二 before a classifier is a name (二期, 二级).
        '二' => !matches!(value.kind, Kind::Count | Kind::Duration) || bent,
        _ => true,
    }
}

/// 一间260元, 两粒进球、一次助攻, 一死七伤: whether a number stands beside the one thing.
fn is_told_in_numbers(line: &Line, reading: &Reading) -> bool {
    const NAME: usize = 5;
    let beside = |from: usize, to: usize| {
        let mark = (from..to).find(|at| line.at(*at) == '、');
        mark.is_some_and(|mark| numeral::is_numeral(line.at(mark + 1)) && line.at(mark + 1) != '一')
    };
    let mark_before = line.before(reading.start, 1) == '、';
    let listed = mark_before
        && (2..=NAME + 2).any(|back| {
            let char = line.before(reading.start, back);
            numeral::is_numeral(char) && char != '一'
        });
    line.at(reading.end).is_ascii_digit() || beside(reading.end, reading.end + NAME) || listed
}

/// Whether the sentence counts with the same classifier elsewhere: 一个中心、三个基地.
fn same_unit_near(line: &Line, numeral: &Numeral, raw: &str) -> bool {
    const REACH: usize = 24;
    let from = numeral.start.saturating_sub(REACH);
    (from..numeral.end + REACH).any(|at| {
        at != numeral.end
            && line.has(at, raw)
            && at > 0
            && line.at(at - 1) != '一'
            && numeral::is_numeral(line.at(at - 1))
    })
}

/// 打对折: half the price.
pub(super) fn half_price(line: &Line, at: usize, floor: usize) -> Option<Reading> {
    let said = line.has(at, "对折") && line.before(at, 1) == '打';
    said.then(|| share_in_words(line, (at, at + 2), "50", floor))?
}

fn share_in_words(line: &Line, core: (usize, usize), number: &str, floor: usize) -> Option<Reading> {
    let number = Decimal::parse(number)?;
    let amount = Amount {
        start: core.0,
        core_end: core.1,
        end: core.1,
        low: number,
        high: number,
        approx: None,
        unit: Some(Unit {
            raw: "%".to_owned(),
            code: Some("%".to_owned()),
            dimension: Some(Dimension::Percent),
        }),
        kind: Kind::Percent,
        power: 0,
        score: 0.85,
    };
    Some(bend(line, &amount, floor))
}

/// 半年, 半个月, 半小时, 半斤; 半数.
pub(super) fn half_of_a_unit(line: &Line, at: usize, floor: usize) -> Option<Reading> {
    if numeral::is_numeral(line.before(at, 1)) {
        return None;
    }
    let half = Decimal::parse("0.5")?;
    let (unit, kind, end) = if line.has(at, "半数") {
        (None, Kind::Ratio, at + 2)
    } else if line.has(at, "半成") {
        return share_in_words(line, (at, at + 2), "5", floor);
    } else {
        let unit = unit_at(line, at + 1).filter(|unit| !unit.weak)?;
        let kind = match unit.dimension? {
            Dimension::Time => Kind::Duration,
            Dimension::Mass | Dimension::Length | Dimension::Area => Kind::Measure,
            _ => return None,
        };
        (Some(unit.unit()), kind, at + 1 + unit.len())
    };
    let amount = Amount {
        start: at,
        core_end: at + 1,
        end,
        low: half,
        high: half,
        approx: None,
        unit,
        kind,
        power: 0,
        score: 0.85,
    };
    let mut reading = bend(line, &amount, floor);
    duration::place_in_time(line, &mut reading, floor);
    Some(reading)
}
