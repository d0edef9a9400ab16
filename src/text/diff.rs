//! Which characters two short texts share, in order.

/// The most steps that are looked for: texts that differ in more characters share only their beginnings and their ends.
const MOST_STEPS: usize = 400;

/// Pairs of places of equal characters, rising in both texts: as many as there can be where the texts differ in at most
/// some hundred characters. Costs their length times that number.
#[must_use]
pub fn matches(before: &[char], after: &[char]) -> Vec<(usize, usize)> {
    let head = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    let (rest_before, rest_after) = (&before[head..], &after[head..]);
    let same = rest_before.iter().rev().zip(rest_after.iter().rev());
    let tail = same.take_while(|(a, b)| a == b).count();
    let inner_before = &rest_before[..rest_before.len() - tail];
    let inner_after = &rest_after[..rest_after.len() - tail];
    let mut pairs: Vec<(usize, usize)> = (0..head).map(|place| (place, place)).collect();
    let inner = shortest_way(inner_before, inner_after);
    pairs.extend(inner.into_iter().map(|(a, b)| (head + a, head + b)));
    let ends = (before.len() - tail, after.len() - tail);
    pairs.extend((0..tail).map(|place| (ends.0 + place, ends.1 + place)));
    pairs
}

/// Myers' greedy search for the fewest characters taken out and put in (An O(ND) Difference Algorithm and Its Variations,
/// 1986).
fn shortest_way(before: &[char], after: &[char]) -> Vec<(usize, usize)> {
    if before.is_empty() || after.is_empty() {
        return Vec::new();
    }
    let most = MOST_STEPS.min(before.len() + after.len());
    // How far into `before` each diagonal has come after so many steps; `reached[most + 1 + k]` is that of diagonal k.
    let middle = most + 1;
    let mut reached = vec![0_usize; 2 * middle + 1];
    let mut trace = Vec::new();
    for steps in 0..=most {
        trace.push(reached[middle - steps..=middle + steps].to_vec());
        for k in (middle - steps..=middle + steps).step_by(2) {
            let goes_down = k == middle - steps || (k != middle + steps && reached[k - 1] < reached[k + 1]);
            let mut x = if goes_down { reached[k + 1] } else { reached[k - 1] + 1 };
            // `x - y` is the diagonal.
            let mut y = x + middle - k;
            while x < before.len() && y < after.len() && before[x] == after[y] {
                (x, y) = (x + 1, y + 1);
            }
            reached[k] = x;
            if x >= before.len() && y >= after.len() {
                return walked_back(&trace, (before.len(), after.len()));
            }
        }
    }
    Vec::new()
}

/// The equal characters on the way that `trace` tells, which ends at `end`.
fn walked_back(trace: &[Vec<usize>], end: (usize, usize)) -> Vec<(usize, usize)> {
    let (mut x, mut y) = end;
    let mut pairs = Vec::new();
    for (steps, reached) in trace.iter().enumerate().rev() {
        // What was reached after the steps before; its middle is diagonal 0.
        let at = |k: isize| {
            let place = usize::try_from(k + steps.cast_signed()).ok();
            place.and_then(|place| reached.get(place)).copied().unwrap_or(0)
        };
        let k = x.cast_signed() - y.cast_signed();
        let far = steps.cast_signed();
        let goes_down = k == -far || (k != far && at(k - 1) < at(k + 1));
        let from = if goes_down { k + 1 } else { k - 1 };
        let (start_x, start_y) = if steps == 0 {
            (0, 0)
        } else {
            (at(from), (at(from).cast_signed() - from).cast_unsigned())
        };
        while x > start_x && y > start_y {
            (x, y) = (x - 1, y - 1);
            pairs.push((x, y));
        }
        (x, y) = (start_x, start_y);
    }
    pairs.reverse();
    pairs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shared(before: &str, after: &str) -> String {
        let (before, after): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
        matches(&before, &after).into_iter().map(|(a, _)| before[a]).collect()
    }

    #[test]
    fn what_stays_is_found() {
        for (before, after, expected) in [
            ("顾念慈", "顾念兹", "顾念"),
            ("顾念慈", "X念慈Y", "念慈"),
            ("甲\r\n乙", "甲乙", "甲乙"),
            ("", "甲", ""),
            ("甲乙丙", "丙甲乙", "甲乙"),
            ("𬱟😀a", "𬱟b😀", "𬱟😀"),
        ] {
            assert_eq!(shared(before, after), expected, "{before} {after}");
        }
        // Too different to be looked through: the ends alone.
        let (long, other) = ("甲".repeat(500), "乙".repeat(500));
        assert_eq!(shared(&format!("头{long}尾"), &format!("头{other}尾")), "头尾");
    }

    proptest! {
        #[test]
        fn as_many_as_there_can_be(before in "[ab😀]{0,12}", after in "[ab😀]{0,12}") {
            let (before, after): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
            let pairs = matches(&before, &after);
            for &(a, b) in &pairs {
                prop_assert_eq!(before[a], after[b]);
            }
            prop_assert!(pairs.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1));
            let mut longest = vec![vec![0; after.len() + 1]; before.len() + 1];
            for a in 0..before.len() {
                for b in 0..after.len() {
                    longest[a + 1][b + 1] = if before[a] == after[b] {
                        longest[a][b] + 1
                    } else {
                        longest[a][b + 1].max(longest[a + 1][b])
                    };
                }
            }
            prop_assert_eq!(pairs.len(), longest[before.len()][after.len()]);
        }
    }
}
