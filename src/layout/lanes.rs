//! Underlines that overlap: each gets a lane of its own.

/// A lane for each of `spans` (start, end exclusive; sorted by start, longest first), fewer than `max`; those that find
/// none free share the last.
///
/// Lane 0 is nearest to the text. A span lies further from it than those that it holds, so that nested lines look like
/// a tree; spans that only cross take the nearest lane that is free.
#[must_use]
pub fn assign_lanes(spans: &[(u32, u32)], max: u8) -> Vec<u8> {
    let last_lane = max.clamp(1, 64) - 1;
    let mut lanes = vec![0; spans.len()];
    // From the last span to the first, so that what a span holds has its lane before it.
    for (n, &(start, end)) in spans.iter().enumerate().rev() {
        let (mut taken, mut nearest) = (0_u64, 0);
        for (&(other_start, other_end), &lane) in spans.iter().zip(&lanes).skip(n + 1) {
            if other_start >= end {
                break;
            }
            debug_assert!(other_start >= start, "spans must be sorted");
            taken |= 1 << lane;
            if other_end <= end {
                nearest = nearest.max(lane + 1);
            }
        }
        let free = (nearest..last_lane).find(|lane| taken & (1 << lane) == 0);
        if let Some(lane) = lanes.get_mut(n) {
            *lane = free.unwrap_or(last_lane);
        }
    }
    lanes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lanes_of_small_crowds() {
        for (spans, lanes) in [
            (vec![], vec![]),
            (vec![(0, 3), (3, 5)], vec![0, 0]),
            (vec![(0, 9), (2, 4)], vec![1, 0]),
            (vec![(0, 9), (0, 4), (1, 2), (6, 8)], vec![2, 1, 0, 0]),
            (vec![(0, 4), (2, 6)], vec![1, 0]),
            (vec![(0, 4), (2, 6), (5, 9), (8, 12)], vec![1, 0, 1, 0]),
            (vec![(1, 3), (1, 3)], vec![1, 0]),
            (vec![(0, 9), (0, 8), (0, 7), (0, 6), (0, 5)], vec![2, 2, 2, 1, 0]),
        ] {
            assert_eq!(assign_lanes(&spans, 3), lanes, "{spans:?}");
        }
        assert_eq!(assign_lanes(&[(0, 9), (0, 8)], 0), [0, 0]);
    }

    proptest! {
        #[test]
        fn no_two_lines_meet(spans in prop::collection::vec((0_u32..60, 1_u32..12), 0..20)) {
            let mut spans: Vec<_> = spans.into_iter().map(|(start, len)| (start, start + len)).collect();
            spans.sort_by_key(|&(start, end)| (start, std::cmp::Reverse(end)));
            let lanes = assign_lanes(&spans, 64);
            for (n, a) in spans.iter().enumerate() {
                for (m, b) in spans.iter().enumerate().skip(n + 1).filter(|(_, b)| b.0 < a.1) {
                    prop_assert_ne!(lanes[n], lanes[m]);
                    prop_assert!(b.1 > a.1 || lanes[n] > lanes[m], "{:?} holds {:?}", a, b);
                }
            }
        }
    }
}
