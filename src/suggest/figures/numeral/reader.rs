//! Reads a number from left to right, one digit, run of digits or multiplier at a time.

use super::{Numeral, arabic, big_power, digit, is_multiplier, is_numeral, letter_power, small_power};
use crate::suggest::figures::decimal::Decimal;
use crate::suggest::figures::line::{Line, is_han, is_space};
use crate::suggest::figures::value::Approx;

/// A number and, where the words give one, its upper bound.
#[derive(Clone, Copy)]
struct Bounds {
    low: Decimal,
    high: Decimal,
}

impl Bounds {
    const ZERO: Self = Self {
        low: Decimal::ZERO,
        high: Decimal::ZERO,
    };

    fn exactly(number: Decimal) -> Self {
        Self {
            low: number,
            high: number,
        }
    }

    fn between(low: i64, high: i64) -> Self {
        Self {
            low: Decimal::whole(low),
            high: Decimal::whole(high),
        }
    }

    fn plus(self, other: Self) -> Option<Self> {
        Some(Self {
            low: self.low.plus(other.low)?,
            high: self.high.plus(other.high)?,
        })
    }

    fn shift(self, power: u32) -> Option<Self> {
        let power = i32::try_from(power).ok()?;
        Some(Self {
            low: self.low.shift(power)?,
            high: self.high.shift(power)?,
        })
    }
}

fn is_chinese_digit(char: char) -> bool {
    digit(char).is_some()
}

/// Two digits side by side that mean "about": 七八, 三五.
fn is_pair(first: i64, second: i64) -> bool {
    (first > 0 && second == first + 1) || (first, second) == (3, 5)
}

/// Reads the longest number at `start`.
pub(super) fn read(line: &Line, start: usize) -> Option<Numeral> {
    let mut reader = Reader {
        line,
        start,
        at: start,
        total: Bounds::ZERO,
        section: Bounds::ZERO,
        pending: None,
        last: Last::Nothing,
        section_limit: 4,
        big_limit: None,
        power: 0,
        after_zero: false,
        approx: None,
        positional: false,
        bare_multiplier: false,
    };
    reader.begin();
    while reader.step().is_some() {}
    reader.finish()
}

/// What was read last.
#[derive(Clone, Copy, PartialEq)]
enum Last {
    Nothing,
    Number,
    Multiplier,
}

/// A digit or a run of digits that no multiplier has claimed yet.
#[derive(Clone, Copy)]
struct Pending {
    amount: Bounds,
    /// Where to go back to when what follows does not fit.
    start: usize,
    /// Whether the amount is one Chinese digit, which after 百 may stand for tens: 二百五.
    single_digit: bool,
}

struct Reader<'a> {
    line: &'a Line,
    start: usize,
    at: usize,
    /// What 万 and 亿 have closed.
    total: Bounds,
    /// What stands since then.
    section: Bounds,
    pending: Option<Pending>,
    last: Last,
    /// The next multiplier below 万 has a smaller power than this.
    section_limit: u32,
    /// The power of the last multiplier from 万 on.
    big_limit: Option<u32>,
    power: u32,
    after_zero: bool,
    approx: Option<Approx>,
    positional: bool,
    bare_multiplier: bool,
}

impl Reader<'_> {
    /// 数百, 上千: the words that stand for a digit before a multiplier.
    fn begin(&mut self) {
        let next = self.line.at(self.start + 1);
        match self.line.at(self.start) {
            '数' if is_multiplier(next) => {
                self.hold(Bounds::between(2, 9), self.start + 1, false);
                self.approx = Some(Approx::Approx);
            }
            '上' if matches!(next, '百' | '千' | '万' | '亿') => {
                self.at = self.start + 1;
                self.approx = Some(Approx::MoreThan);
            }
            '好' if next == '几' => self.at = self.start + 1,
            _ => {}
        }
    }

    fn hold(&mut self, amount: Bounds, end: usize, single_digit: bool) {
        self.pending = Some(Pending {
            amount,
            start: self.at,
            single_digit,
        });
        self.at = end;
        self.last = Last::Number;
    }

    /// Reads one digit, run of digits or multiplier; `None` where the number ends.
    fn step(&mut self) -> Option<()> {
        let at = if self.last == Last::Nothing {
            self.at
        } else {
            self.line.skip_spaces(self.at)
        };
        let char = self.line.at(at);
        if char.is_ascii_digit() {
            return self.arabic_digits(at);
        }
        if matches!(char, '零' | '〇') && self.last == Last::Multiplier {
            return self.zero(at);
        }
        if digit(char).is_some() {
            return self.chinese_digits(at);
        }
        if char == '几' {
            return self.some(at);
        }
        if let Some(power) = small_power(char) {
            return self.small_multiplier(at, power);
        }
        if let Some(power) = big_power(char) {
            return self.big_multiplier(at, power);
        }
        match char {
            '廿' | '卅' if self.last == Last::Nothing && digit(self.line.at(at + 1)).is_some() => {
                self.section = Bounds::exactly(Decimal::whole(if char == '廿' { 20 } else { 30 }));
                self.section_limit = 1;
                (self.at, self.last, self.power) = (at + 1, Last::Multiplier, 1);
                Some(())
            }
            '点' if self.last != Last::Nothing && at == self.line.skip_spaces(self.at) => self.chinese_fraction(at),
            '多' | '余' | '来' if self.last != Last::Nothing => {
                let next = self.line.skip_spaces(at + 1);
                let multiplier = big_power(self.line.at(next)).is_some_and(|power| self.big_limit != Some(power));
                (multiplier && self.approx.is_none()).then(|| {
                    self.approx = Some(if char == '来' {
                        Approx::Approx
                    } else {
                        Approx::MoreThan
                    });
                    self.at = next;
                })
            }
            _ => None,
        }
    }

    fn arabic_digits(&mut self, at: usize) -> Option<()> {
        if self.last == Last::Number || (self.last == Last::Multiplier && self.power == 1) {
            return None;
        }
        let (number, end) = arabic(self.line, at)?;
        if self.last == Last::Multiplier && at > self.at && !is_multiplier(self.line.at(end)) {
            return None;
        }
        let letter = letter_power(self.line, end).filter(|_| self.last == Last::Nothing);
        let amount = Bounds::exactly(number).shift(letter.unwrap_or(0))?;
        self.hold(amount, end + usize::from(letter.is_some()), false);
        Some(())
    }

    fn zero(&mut self, at: usize) -> Option<()> {
        let next = self
            .line
            .skip_spaces(self.line.run(at, |char| matches!(char, '零' | '〇')));
        let char = self.line.at(next);
        let goes_on = is_numeral(char) && big_power(char).is_none() && next <= at + 2;
        goes_on.then(|| {
            self.after_zero = true;
            self.at = next;
        })
    }

    fn chinese_digits(&mut self, at: usize) -> Option<()> {
        if self.pending.is_some() {
            return None;
        }
        // 两 counts, and never stands inside a row of digits; after a multiplier it may be a unit: 两万两.
        let two = self.line.at(at) == '两';
        if two && self.last == Last::Multiplier && !is_multiplier(self.line.at(self.line.skip_spaces(at + 1))) {
            return None;
        }
        let first = digit(self.line.at(at))?;
        let pair = self.two_and_its_neighbour(at);
        let end = match pair {
            Some(_) => at + 2,
            None if two => at + 1,
            None => self.line.run(at, |char| is_chinese_digit(char) && char != '两'),
        };
        let second = pair.or_else(|| digit(self.line.at(at + 1)).filter(|_| end == at + 2));
        if let Some(second) = second.filter(|second| is_pair(first, *second)) {
            self.approx = self.approx.or(Some(Approx::Approx));
            self.hold(Bounds::between(first, second), end, true);
            return Some(());
        }
        if end == at + 1 || self.last == Last::Multiplier {
            self.hold(Bounds::exactly(Decimal::whole(first)), at + 1, true);
            return Some(());
        }
        // Digits in a row have their places: 二〇二五.
        let digits: String = (at..end)
            .filter_map(|index| digit(self.line.at(index)))
            .map(|digit| digit.to_string())
            .collect();
        if small_power(self.line.at(end)).is_some() {
            return None;
        }
        self.positional = true;
        self.hold(Bounds::exactly(Decimal::parse(&digits)?), end, false);
        Some(())
    }

    /// The second digit of 一两 and 两三 before what they count.
    fn two_and_its_neighbour(&self, at: usize) -> Option<i64> {
        let (first, second, next) = (self.line.at(at), self.line.at(at + 1), self.line.at(at + 2));
        let counts = is_han(next) && digit(next).is_none() && !matches!(next, '的' | '是' | '和' | '与');
        match (first, second) {
            ('一', '两') if counts => Some(2),
            ('两', '三') if counts => Some(3),
            _ => None,
        }
    }

    /// 几: some, where a digit would stand.
    fn some(&mut self, at: usize) -> Option<()> {
        if self.pending.is_some() || (self.last == Last::Nothing && !is_multiplier(self.line.at(at + 1))) {
            return None;
        }
        let least = if self.last == Last::Nothing { 2 } else { 1 };
        self.approx = Some(Approx::Approx);
        self.hold(Bounds::between(least, 9), at + 1, false);
        Some(())
    }

    fn small_multiplier(&mut self, at: usize, power: u32) -> Option<()> {
        let pressure = power == 2 && self.line.at(at + 1) == '帕';
        if power >= self.section_limit || pressure || (power == 3 && self.opens_metric_unit(at)) {
            return None;
        }
        let amount = match self.pending {
            Some(pending) => pending.amount,
            // 十五, 一百十五; 百 and 千 stand for 一百 and 一千 only at the start.
            None if power == 1 || self.last == Last::Nothing => {
                self.bare_multiplier |= self.last == Last::Nothing && power > 1;
                Bounds::exactly(Decimal::whole(1))
            }
            None => return None,
        };
        self.section = self.section.plus(amount.shift(power)?)?;
        self.pending = None;
        (self.section_limit, self.power, self.after_zero) = (power, power, false);
        (self.at, self.last) = (at + 1, Last::Multiplier);
        Some(())
    }

    /// 2千瓦 is two kilowatts; 三千米 is three thousand metres, 3千米 three kilometres.
    fn opens_metric_unit(&self, at: usize) -> bool {
        let arabic = self.line.at(self.start).is_ascii_digit();
        (arabic || self.line.at(at + 1) != '米') && self.may_open_metric_unit(at)
    }

    /// Whether 千 at `at` may be the beginning of a unit.
    fn may_open_metric_unit(&self, at: usize) -> bool {
        let unit = matches!(
            self.line.at(at + 1),
            '米' | '克' | '瓦' | '伏' | '卡' | '焦' | '赫' | '帕'
        );
        self.line.at(at) == '千' && (unit || self.line.has(at + 1, "字节") || self.line.has(at + 1, "比特"))
    }

    fn big_multiplier(&mut self, at: usize, power: u32) -> Option<()> {
        let next = self.line.at(at + 1);
        if power == 12 && !(is_numeral(next) || matches!(next, '元' | '美' | '日' | '韩')) {
            return None;
        }
        let open = self.pending.is_some() || self.section.high != Decimal::ZERO;
        let section = match self.pending {
            Some(pending) => self.section.plus(pending.amount)?,
            None => self.section,
        };
        self.total = match self.big_limit {
            _ if self.last == Last::Nothing => {
                self.bare_multiplier = true;
                Bounds::exactly(Decimal::whole(1)).shift(power)?
            }
            // 五亿三千万: the next section.
            Some(last) if open && power < last => self.total.plus(section.shift(power)?)?,
            // 三万五千亿: all of it is multiplied. 万亿, 万万: so is a closed section.
            Some(last) if power > last || !open => self.total.plus(section)?.shift(power)?,
            Some(_) => return None,
            None => section.shift(power)?,
        };
        self.section = Bounds::ZERO;
        self.pending = None;
        (self.section_limit, self.after_zero) = (4, false);
        self.big_limit = Some(power);
        self.power = power;
        (self.at, self.last) = (at + 1, Last::Multiplier);
        Some(())
    }

    /// 六点四二: digits after 点. 八点三十 is a time of day, 三点建议 three points.
    fn chinese_fraction(&mut self, at: usize) -> Option<()> {
        let start = self.line.skip_spaces(at + 1);
        let end = self.line.run(start, |char| is_chinese_digit(char) && char != '两');
        let whole = match self.pending {
            Some(pending) => self.section.plus(self.placed(pending)?)?,
            None => self.section,
        };
        if end == start || self.positional || small_power(self.line.at(end)).is_some() || self.line.at(end) == '分' {
            return None;
        }
        let digits: String = (start..end)
            .filter_map(|index| digit(self.line.at(index)))
            .map(|digit| digit.to_string())
            .collect();
        let whole = self.total.plus(whole)?;
        let fraction = Bounds::exactly(Decimal::parse(&format!("0.{digits}"))?);
        self.total = Bounds::ZERO;
        self.section = Bounds::ZERO;
        self.hold(whole.plus(fraction)?, end, false);
        Some(())
    }

    /// The digit at its place: 二百五 is 250, 一万三 13,000; with 零, or after 十, a digit is itself.
    fn placed(&self, pending: Pending) -> Option<Bounds> {
        let shorthand = pending.single_digit && !self.after_zero && self.power >= 2;
        if shorthand {
            pending.amount.shift(self.power - 1)
        } else {
            Some(pending.amount)
        }
    }

    fn finish(mut self) -> Option<Numeral> {
        if self.last == Last::Nothing {
            return None;
        }
        // 八百一千: the last digit belongs to the next number.
        let belongs_to_next = is_multiplier(self.line.at(self.at)) && !self.may_open_metric_unit(self.at);
        if let Some(pending) = self
            .pending
            .filter(|pending| belongs_to_next && pending.start > self.start)
        {
            (self.at, self.pending, self.last) = (pending.start, None, Last::Multiplier);
        }
        let mut end = self.at;
        while end > self.start
            && (is_space(self.line.before(end, 1)) || matches!(self.line.before(end, 1), '零' | '〇'))
            && self.last == Last::Multiplier
        {
            end -= 1;
        }
        let mut value = self.total.plus(self.section)?;
        if let Some(pending) = self.pending {
            value = value.plus(self.placed(pending)?)?;
            self.power = 0;
            debug_assert!(pending.start <= end);
        }
        let arabic = self.line.at(self.start).is_ascii_digit();
        Some(Numeral {
            start: self.start,
            end,
            low: value.low,
            high: value.high,
            approx: self.approx,
            arabic,
            positional: self.positional,
            power: self.power,
            bare_multiplier: self.bare_multiplier,
        })
    }
}
