//! Exact decimals: an integer and how many of its digits stand after the point. No binary floats anywhere.

use std::cmp::Ordering;
use std::fmt;

/// An exact decimal number, `mantissa × 10^-scale`. Trailing zeros after the point are kept as printed (`7.50`).
#[derive(Clone, Copy, Debug, Default)]
pub struct Decimal {
    mantissa: i128,
    scale: u32,
}

/// No figure in a newspaper has more digits; a longer run of digits is a code.
const MOST_DIGITS: usize = 34;

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self { mantissa: 0, scale: 0 };

    /// A whole number.
    #[must_use]
    pub fn whole(number: i64) -> Self {
        Self {
            mantissa: number.into(),
            scale: 0,
        }
    }

    /// The number with these digits, the last `places` of them after the point; `None` for more than 34 digits.
    pub(super) fn of_digits(digits: impl Iterator<Item = u32>, places: usize) -> Option<Self> {
        let mut count = 0;
        let mut mantissa = 0_i128;
        for digit in digits {
            count += 1;
            if count > MOST_DIGITS {
                return None;
            }
            mantissa = mantissa * 10 + i128::from(digit);
        }
        Some(Self {
            mantissa,
            scale: u32::try_from(places).ok()?,
        })
    }

    /// A number as written in ASCII (`-12.50`); `None` for anything else or for more than 34 digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let digits = whole.len() + fraction.len();
        let all_digits = whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit());
        if digits == 0 || digits > MOST_DIGITS || !all_digits {
            return None;
        }
        let digits = whole.bytes().chain(fraction.bytes());
        let mantissa = digits.fold(0_i128, |number, digit| number * 10 + i128::from(digit - b'0'));
        Some(Self {
            mantissa: if unsigned.len() < text.len() {
                -mantissa
            } else {
                mantissa
            },
            scale: u32::try_from(fraction.len()).ok()?,
        })
    }

    /// The number times ten to the power of `power`; `None` where it grows out of range.
    #[must_use]
    pub fn shift(self, power: i32) -> Option<Self> {
        let scale = i64::from(self.scale) - i64::from(power);
        if scale >= 0 {
            return Some(Self {
                mantissa: self.mantissa,
                scale: u32::try_from(scale).ok().filter(|scale| *scale <= 60)?,
            });
        }
        let factor = power_of_ten(u32::try_from(-scale).ok()?)?;
        Some(Self {
            mantissa: self.mantissa.checked_mul(factor)?,
            scale: 0,
        })
    }

    /// The sum; `None` where it grows out of range.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        let (left, right, scale) = self.aligned(other)?;
        Some(Self {
            mantissa: left.checked_add(right)?,
            scale,
        })
    }

    /// The difference; `None` where it grows out of range.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.negated())
    }

    /// The product; `None` where it grows out of range.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        Some(Self {
            mantissa: self.mantissa.checked_mul(other.mantissa)?,
            scale: self.scale + other.scale,
        })
    }

    /// The quotient rounded half away from zero to `places` digits after the point; `None` for division by zero.
    #[must_use]
    pub fn divided(self, by: Self, places: u32) -> Option<Self> {
        let (left, right, _) = self.aligned(by)?;
        let scaled = left.checked_mul(10_i128.checked_pow(places + 1)?)?;
        let tenfold = scaled.checked_div(right)?;
        let half = if tenfold < 0 { -5 } else { 5 };
        Some(Self {
            mantissa: (tenfold + half) / 10,
            scale: places,
        })
    }

    /// The quotient where it ends after at most twelve places, as 3/5 does and 1/3 does not.
    #[must_use]
    pub fn divided_exactly(self, by: Self) -> Option<Self> {
        let quotient = self.divided(by, 12)?.trimmed();
        (quotient.times(by)? == self).then_some(quotient)
    }

    /// The number with its sign turned.
    #[must_use]
    pub fn negated(self) -> Self {
        Self {
            mantissa: -self.mantissa,
            scale: self.scale,
        }
    }

    /// The number without its sign.
    #[must_use]
    pub fn magnitude(self) -> Self {
        Self {
            mantissa: self.mantissa.abs(),
            scale: self.scale,
        }
    }

    /// The same number without zeros at the end of its fraction.
    #[must_use]
    pub fn trimmed(mut self) -> Self {
        while self.scale > 0 && self.mantissa % 10 == 0 {
            self.mantissa /= 10;
            self.scale -= 1;
        }
        self
    }

    /// The number as an integer, where it is one that fits.
    #[must_use]
    pub fn to_whole(self) -> Option<i64> {
        let trimmed = self.trimmed();
        (trimmed.scale == 0).then(|| i64::try_from(trimmed.mantissa).ok())?
    }

    /// How many digits are printed after the point.
    #[must_use]
    pub fn places(self) -> u32 {
        self.scale
    }

    fn aligned(self, other: Self) -> Option<(i128, i128, u32)> {
        if self.scale == other.scale {
            return Some((self.mantissa, other.mantissa, self.scale));
        }
        let scale = self.scale.max(other.scale);
        let raise = |number: Self| number.mantissa.checked_mul(power_of_ten(scale - number.scale)?);
        Some((raise(self)?, raise(other)?, scale))
    }
}

/// Ten to the power of `power`; `None` where it grows out of range.
fn power_of_ten(power: u32) -> Option<i128> {
    match power {
        0 => Some(1),
        1 => Some(10),
        2 => Some(100),
        3 => Some(1000),
        4 => Some(10_000),
        8 => Some(100_000_000),
        _ => 10_i128.checked_pow(power),
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    /// By value: `7.50` equals `7.5`.
    fn cmp(&self, other: &Self) -> Ordering {
        match self.aligned(*other) {
            Some((left, right, _)) => left.cmp(&right),
            // Out of range only where one has dozens of digits more before the point than the other.
            None => (self.mantissa.signum(), other.scale).cmp(&(other.mantissa.signum(), self.scale)),
        }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let scale = self.scale as usize;
        // Nearly every number is small, and 64 bits are divided much faster than 128.
        let small = u64::try_from(self.mantissa.unsigned_abs()).ok();
        match (small, 10_u64.checked_pow(self.scale)) {
            (Some(number), Some(1)) => return write!(formatter, "{sign}{number}"),
            (Some(number), Some(unit)) => {
                return write!(formatter, "{sign}{}.{:0scale$}", number / unit, number % unit);
            }
            _ => {}
        }
        let digits = self.mantissa.unsigned_abs().to_string();
        if scale == 0 {
            return write!(formatter, "{sign}{digits}");
        }
        let padded = format!("{digits:0>width$}", width = scale + 1);
        let (whole, fraction) = padded.split_at(padded.len() - scale);
        write!(formatter, "{sign}{whole}.{fraction}")
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn prints_what_it_read() {
        for text in ["0", "7.50", "-0.2", "1234567", "0.005", "99999999999999999999"] {
            assert_eq!(decimal(text).to_string(), text);
        }
        for text in ["", "-", "1e3", "1.2.3", "٣", "1234567890123456789012345678901234567"] {
            assert!(Decimal::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn arithmetic_is_exact() {
        assert_eq!(decimal("25.9").shift(4).unwrap().to_string(), "259000");
        assert_eq!(decimal("1.06").shift(1).unwrap().to_string(), "10.6");
        assert_eq!(decimal("0.1").plus(decimal("0.2")).unwrap(), decimal("0.3"));
        assert_eq!(decimal("9.8").minus(decimal("4.1")).unwrap().to_string(), "5.7");
        assert_eq!(decimal("5.7").divided(decimal("9.8"), 3).unwrap().to_string(), "0.582");
        assert_eq!(decimal("-2").divided(decimal("3"), 2).unwrap().to_string(), "-0.67");
        assert_eq!(decimal("3").divided_exactly(decimal("5")).unwrap().to_string(), "0.6");
        assert!(decimal("1").divided_exactly(decimal("3")).is_none());
        assert!(decimal("1").divided(Decimal::ZERO, 2).is_none());
        assert!(decimal("7.50") == decimal("7.5") && decimal("7.51") > decimal("7.5"));
        assert_eq!(decimal("30.0").to_whole(), Some(30));
    }
}
