//! Years of reigns, and dynasties: 民国十九年, 清光绪三十四年, 宋代, 康熙年间.

use super::line::{Line, is_han};
use super::numeral;

/// Reigns with the year before their first one.
const REIGNS: &[(&str, i32)] = &[
    ("民国", 1911),
    ("宣统", 1908),
    ("光绪", 1874),
    ("同治", 1861),
    ("咸丰", 1850),
    ("道光", 1820),
    ("嘉庆", 1795),
    ("乾隆", 1735),
    ("雍正", 1722),
    ("康熙", 1661),
    ("顺治", 1643),
    ("崇祯", 1627),
    ("万历", 1572),
    ("嘉靖", 1521),
    ("永乐", 1402),
    ("洪武", 1367),
    ("贞观", 626),
];

/// Ages named by dynasties, which tell a time with one of [`AGE_WORDS`] only.
const AGES: &[&str] = &[
    "宋元明清",
    "春秋战国",
    "先秦",
    "秦汉",
    "两汉",
    "西周",
    "东周",
    "西汉",
    "东汉",
    "魏晋",
    "两晋",
    "西晋",
    "东晋",
    "南朝",
    "北魏",
    "隋唐",
    "唐宋",
    "两宋",
    "北宋",
    "南宋",
    "宋元",
    "元明",
    "明清",
    "晚清",
];

/// Words after an age; longest first.
const AGE_WORDS: &[&str] = &[
    "时期", "年间", "初年", "末年", "初期", "早期", "中期", "晚期", "后期", "时代", "以来", "两代", "时",
];

/// From one dynasty to the next.
const CHANGES: &[&str] = &["元末明初", "明末清初", "清末民初", "唐末宋初"];

/// Whether the name of a reign, or of its dynasty, may begin with these two characters.
pub(super) fn opens(char: char, next: char) -> bool {
    let reign = || REIGNS.iter().any(|(name, _)| begins(name, char, next));
    let age = || AGES.iter().any(|name| begins(name, char, next));
    match char {
        '春' | '先' | '秦' | '两' | '西' | '东' | '魏' | '南' | '北' | '隋' | '唐' | '宋' | '元' | '明' | '晚'
            if age() =>
        {
            true
        }
        '汉' | '唐' | '宋' | '元' | '明' | '清' if matches!(next, '代' | '朝' | '末' | '初') => true,
        '民' | '宣' | '光' | '同' | '咸' | '道' | '嘉' | '乾' | '雍' | '康' | '顺' | '崇' | '万' | '永' | '洪'
        | '贞' => reign(),
        '清' | '明' | '唐' => matches!(
            next,
            '宣' | '光' | '同' | '咸' | '道' | '嘉' | '乾' | '雍' | '康' | '顺' | '崇' | '万' | '永' | '洪' | '贞'
        ),
        _ => false,
    }
}

/// Whether `name` begins with these two characters.
fn begins(name: &str, first: char, second: char) -> bool {
    let mut chars = name.chars();
    chars.next() == Some(first) && chars.next() == Some(second)
}

/// Where a time told by a dynasty or a whole reign at `at` ends: 宋代, 清末, 康熙年间, 民国时期.
pub(super) fn span_end(line: &Line, at: usize) -> Option<usize> {
    if !opens(line.at(at), line.at(at + 1)) {
        return None;
    }
    if let Some(change) = CHANGES.iter().find(|change| line.has(at, change)) {
        return Some(at + change.chars().count());
    }
    if let Some(age) = AGES.iter().find(|age| line.has(at, age)) {
        let end = at + age.chars().count();
        let word = AGE_WORDS.iter().find(|word| line.has(end, word))?;
        // 明清时 alone, and no 时任 or 时兴
        let other_word = *word == "时" && is_han(line.at(end + 1));
        return (!other_word).then_some(end + word.chars().count());
    }
    if matches!(line.at(at), '汉' | '唐' | '宋' | '元' | '明' | '清') {
        let dynasty = match line.at(at + 1) {
            '代' => !matches!(line.at(at + 2), '表' | '理' | '码' | '价' | '替'),
            '朝' => !is_han(line.before(at, 1)) || "在于从自至到的是".contains(line.before(at, 1)),
            '末' | '初' => matches!(line.at(at), '明' | '清') && !matches!(line.at(at + 2), '级' | '中'),
            _ => false,
        };
        if dynasty && !matches!(line.before(at, 1), '大' | '王' | '李' | '张' | '刘' | '陈') {
            return Some(at + 2);
        }
    }
    let start = at + usize::from(matches!(line.at(at), '清' | '明' | '唐'));
    let (name, _) = REIGNS.iter().find(|(name, _)| line.has(start, name))?;
    let end = start + name.chars().count();
    // 万历戊戌: a year by its two signs.
    if "甲乙丙丁戊己庚辛壬癸".contains(line.at(end)) && "子丑寅卯辰巳午未申酉戌亥".contains(line.at(end + 1))
    {
        return Some(end + 2);
    }
    let word = ["年间", "时期", "初年", "末年"]
        .into_iter()
        .find(|word| line.has(end, word))?;
    Some(end + word.chars().count())
}

/// The year of the common era that a year of a reign at `at` is, and where it ends with its 年.
pub(super) fn year(line: &Line, at: usize) -> Option<(i32, usize)> {
    let start = at + usize::from(matches!(line.at(at), '清' | '明' | '唐'));
    if numeral::is_numeral(line.at(start)) && line.at(start) != '万' {
        return None;
    }
    let (_, before) = REIGNS.iter().find(|(name, _)| line.has(start, name))?;
    let number = line.skip_spaces(start + 2);
    let (year, end) = if line.at(number) == '元' {
        (1, number + 1)
    } else {
        let numeral = numeral::read(line, number)?;
        let year = numeral.whole().filter(|year| (1..200).contains(year))?;
        (i32::try_from(year).ok()?, numeral.end)
    };
    let after = line.skip_spaces(end);
    (line.at(after) == '年').then_some((before + year, after + 1))
}

#[cfg(test)]
mod tests {
    use super::{Line, opens, year};

    #[test]
    fn a_year_of_a_reign_is_one_of_the_common_era() {
        for (text, expected) in [
            ("民国十九年", Some((1930, 5))),
            ("民國112年同期", Some((2023, 6))),
            ("清光绪三十四年", Some((1908, 7))),
            ("贞观元年", Some((627, 4))),
            ("民国政府", None),
            ("光绪皇帝", None),
        ] {
            let line = Line::of(text);
            assert_eq!(year(&line, 0), expected, "{text}");
            assert!(opens(line.at(0), line.at(1)), "{text}");
        }
    }
}
