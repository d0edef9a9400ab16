//! Which unit a number has: after a short numeral a weak classifier is just as often a noun or part of a word.

use crate::suggest::figures::lexicon::{self, UnitWord, unit_at};
use crate::suggest::figures::line::{Line, is_han, is_letter};
use crate::suggest::figures::numeral::{self, Numeral};

/// The unit at `at` that the number may have which ends at `end` with its 多 or 余.
pub(super) fn unit_after(line: &Line, (end, at): (usize, usize), numeral: &Numeral) -> Option<&'static UnitWord> {
    if lexicon::is_other_word(line, at) {
        return None;
    }
    let unit = unit_at(line, at)?;
    // A space and Latin letters, or a space and a weak classifier, are the next word.
    let spaced = at > end;
    if spaced && (unit.weak || (is_letter(line.at(at)) && unit.len() == 1 && !unit.spaced)) {
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
        '里' => matches!(next, '路' | '地' | '外' | '长' | '远' | '宽' | '许' | '多'),
        // 一尺一寸, 一丈五, 二丈有余
        '丈' | '尺' | '寸' => {
            let smaller = numeral::digit(next).is_some()
                && (!is_han(line.at(at + 2)) || matches!(line.at(at + 2), '尺' | '寸' | '分'));
            smaller || matches!(next, '多' | '余') || line.has(at + 1, "有余")
        }
        '石' | '斗' => matches!(next, '米' | '谷' | '粮' | '麦' | '豆'),
        '钱' => next == '银',
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
const PAIRED: &str = "国岸会地手面头口眼方点里分市县省线级期门度州江湖河山街社代院校企胜负平死伤金银铜区队";

/// What provinces are called in short.
const PROVINCES: &str = "京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤琼川蜀黔贵滇云陕秦甘陇青蒙桂藏宁新";

/// 先失两局, 六章五十二条, 河北、山东两省: a short numeral before a weak classifier whose neighbours say that it counts.
fn is_counted(line: &Line, at: usize, unit: &UnitWord, numeral: &Numeral) -> bool {
    let word = line.at(at);
    let next = line.at(at + unit.len());
    if unit.len() > 1 || line.before(numeral.start, 1) == '第' {
        return false;
    }
    // 河南、山东、河北三省
    if "省市县区国镇乡村州".contains(word) {
        let named = line.clause_has(numeral.start, 12, &["、", "和"]) && is_han(line.before(numeral.start, 1));
        // 鄂湘赣皖四省
        let short = word == '省' && (1..=2).all(|back| PROVINCES.contains(line.before(numeral.start, back)));
        return (named || short) && line.at(numeral.start) != '一' && !numeral.is_span();
    }
    // “因地制宜”四字
    if word == '字' && matches!(line.before(numeral.start, 1), '”' | '》' | '」' | '’') {
        return true;
    }
    let two = line.at(numeral.start) == '两' && numeral.is_single() && !PAIRED.contains(word);
    let free = !is_han(next) || numeral::is_numeral(next) || matches!(next, '的' | '多' | '比' | '半');
    let ranked = matches!(line.before(numeral.start, 1), '前' | '头' | '后');
    let one = line.at(numeral.start) == '一' && !numeral.is_span();
    // 添了三把椅子, 共有五队人马, 四条街、五道门
    let apart = !PAIRED.contains(word) || (matches!(word, '队' | '里') && line.at(numeral.start) != '两');
    let told = apart && matches!(line.before(numeral.start, 1), '了' | '有' | '共' | '达');
    let listed = apart
        && line.before(numeral.start, 1) == '、'
        && (2..6).any(|back| numeral::is_numeral(line.before(numeral.start, back)));
    if (told || listed) && !one {
        return true;
    }
    two || (COUNTED.contains(word) && (free || ranked || numeral.is_span()) && !one)
}
