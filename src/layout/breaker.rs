//! Where the rows of one paragraph end.

use unicode_segmentation::GraphemeCursor;

use super::Metrics;
use super::kinsoku::{Class, Context, class, may_join};

/// What a row may be too wide, in em: sums of rounded advances must not push out the last character.
const TOLERANCE: f32 = 1e-3;

/// Where a row ends, exclusive, counted from the beginning of its paragraph in both units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowEnd {
    /// In bytes.
    pub byte: u32,
    /// In code points.
    pub char: u32,
}

/// Breaks a paragraph (`text` without its line feed) into rows of at most `width` em, and adds their ends to `out`; an
/// empty paragraph is one empty row. The first row is `first_indent` em shorter, or longer where that is negative.
///
/// Spaces at the end of a row belong to it and do not count. A word wider than a row is broken anywhere; a grapheme
/// cluster wider than a row stands alone in it. Where a row ends depends only on where it begins and on what follows.
pub fn break_paragraph(text: &str, metrics: &Metrics, width: f32, first_indent: f32, out: &mut Vec<RowEnd>) {
    let mut end = RowEnd::default();
    let mut room = width - first_indent;
    loop {
        let rest = text.get(end.byte as usize..).unwrap_or_default();
        let row = row_end(rest, metrics, room + TOLERANCE);
        end = RowEnd {
            byte: end.byte + row.byte,
            char: end.char + row.char,
        };
        out.push(end);
        if end.byte as usize >= text.len() {
            return;
        }
        room = width;
    }
}

/// How much of `rest`, which begins a row, fits into `room`; at least one grapheme cluster.
fn row_end(rest: &str, metrics: &Metrics, room: f32) -> RowEnd {
    let (mut cluster_end, mut allowed_end) = (RowEnd::default(), RowEnd::default());
    let mut here = RowEnd::default();
    let mut x = 0.0;
    let mut context = Context::START;
    let mut last_joins = false;
    for c in rest.chars() {
        let (class, joins) = (class(c), may_join(c));
        if here.byte > 0 && !((joins || last_joins) && is_inside_cluster(rest, here.byte)) {
            cluster_end = here;
            if context.breaks_before(class) {
                allowed_end = here;
            }
        }
        x += metrics.advance(c);
        if x > room && class != Class::Space && cluster_end.byte > 0 {
            return if allowed_end.byte > 0 { allowed_end } else { cluster_end };
        }
        context.push(class);
        last_joins = joins;
        here.byte += utf8_len(c);
        here.char += 1;
    }
    here
}

#[cold]
fn is_inside_cluster(rest: &str, byte: u32) -> bool {
    let mut cursor = GraphemeCursor::new(byte as usize, rest.len(), true);
    cursor.is_boundary(rest, 0) == Ok(false)
}

fn utf8_len(c: char) -> u32 {
    match c {
        '\0'..='\u{7F}' => 1,
        '\u{80}'..='\u{7FF}' => 2,
        '\u{800}'..='\u{FFFF}' => 3,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;

    /// A Chinese font: Latin letters are half an em wide, symbols a whole one.
    fn metrics() -> Metrics {
        Metrics::new(2.0, |c| if c < '\u{2000}' && c != '·' { 1.0 } else { 2.0 })
    }

    fn rows(text: &str, width: f32, indent: f32) -> Vec<&str> {
        let mut ends = Vec::new();
        break_paragraph(text, &metrics(), width, indent, &mut ends);
        let mut start = RowEnd::default();
        ends.into_iter()
            .map(|end| {
                let row = &text[start.byte as usize..end.byte as usize];
                assert_eq!(row.chars().count(), (end.char - start.char) as usize, "{text:?}");
                start = end;
                row
            })
            .collect()
    }

    #[test]
    fn rows_of_chinese_newspapers() {
        let mut wrong = Vec::new();
        for (width, shown) in [
            (4.0, ""),
            (4.0, "重庆市公|安局通报"),
            // No row begins with these …
            (4.0, "重庆市|公。安"),
            (4.0, "重庆|市。”安"),
            (4.0, "重庆市|公，安"),
            (4.0, "重庆市|公：安"),
            (4.0, "重庆市|公、安"),
            (4.0, "约翰史|密·斯"),
            (4.0, "他在时|代々木"),
            (4.0, "スーパー|マーケッ|ト"),
            (4.0, "コン|ピュー|ター"),
            // … and none ends with those.
            (4.0, "他说：|“好”。"),
            (4.0, "他读了|《论语》"),
            (4.0, "（重）|（「庆」|市）"),
            (4.0, "共花去|￥５元"),
            (4.0, "共花费去|$5元"),
            // Dashes and dots are not split.
            (4.0, "重庆市|公——安"),
            (4.0, "重庆市|公……安"),
            (6.0, "重庆——|公……安"),
            (5.0, "重庆市公|安——他"),
            // Numbers and their signs stay whole.
            (4.0, "增长了|98%以上"),
            (4.0, "增长了|1.06倍"),
            (4.0, "共有人|1,234个"),
            (4.0, "气温|到-5℃了"),
            (4.0, "气温到|−5℃了"),
            (4.0, "共三百|95～98%"),
            (4.0, "大小是|3×4米"),
            (4.0, "增长是|+5%吗"),
            (5.0, "见于|2025-09版"),
            (4.0, "纪念的|9·11"),
            (4.0, "时间为|10:30"),
            (5.0, "增长了|９８％以上"),
            (4.0, "增长了|３．５倍"),
            (4.0, "见第２版|第１３版"),
            (4.0, "编号为|F-16的"),
            // Words too.
            (4.0, "我们用|Rust写"),
            (4.0, "他只写|GoRust也|写"),
            (5.0, "don’t |don't |break"),
            (3.0, "well-|known |words"),
            (4.0, "the end |of it"),
            (4.0, "ab     |cd"),
            (3.0, "　　甲|乙丙丁"),
            (4.0, "甲乙丙丁　|戊"),
            (4.0, "甲乙丙|丁 。戊"),
            (4.0, "internat|ional罗|勇说"),
            (4.0, "a\u{A0}b\u{A0}c |d\u{A0}e"),
            // Clusters are never split, astral characters are one each.
            (2.0, "𬱟😀|罗𬱟"),
            (2.0, "👨‍👩‍👧|👍🏽|👍🏽"),
            (1.0, "🇨🇳|🇨🇳"),
            (1.0, "葛\u{E0100}|e\u{301}e\u{301}|か\u{3099}"),
            (1.0, "罗|勇"),
            (0.0, "罗|e\u{301}|😀"),
        ] {
            let text = shown.replace('|', "");
            let is = rows(&text, width, 0.0).join("|");
            if is != shown {
                wrong.push(format!("{is}, not {shown} ({width} em)"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn the_first_row_is_shorter_or_longer() {
        assert_eq!(rows("重庆市公安局通报", 4.0, 2.0), ["重庆", "市公安局", "通报"]);
        assert_eq!(rows("重庆市公安局通报", 3.0, -2.0), ["重庆市公安", "局通报"]);
        assert_eq!(rows("abcdefghijkl甲", 1.0, -2.0), ["abcdef", "gh", "ij", "kl", "甲"]);
    }

    fn printed() -> impl Strategy<Value = String> {
        "([一-三]|[，。“”（）—…·]|[a-c]|[0-9]|[ 　\t\r\u{feff}]|[-.,:%℃$'\"+]|[𬱟😀👨\u{200D}\u{301}\u{FE0F}🇨🇳🏽]|\\PC){0,60}"
    }

    proptest! {
        #[test]
        fn rows_tile_their_paragraph(text in printed(), width in 0.0_f32..9.0, indent in -2.0_f32..3.0) {
            let rows = rows(&text, width, indent);
            prop_assert_eq!(rows.concat(), text.as_str());
            prop_assert!(rows.iter().all(|row| !row.is_empty()) || text.is_empty());
        }

        #[test]
        fn no_row_is_too_wide(text in printed(), width in 0.0_f32..9.0) {
            for row in rows(&text, width, 0.0) {
                let shown = row.trim_end_matches(|c| class(c) == Class::Space);
                let x: f32 = shown.chars().map(|c| metrics().advance(c)).sum();
                let clusters = shown.graphemes(true).filter(|one| one.chars().any(|c| metrics().advance(c) > 0.0));
                prop_assert!(x <= width + 0.01 || clusters.count() <= 1, "{row:?} is {x} wide");
            }
        }

        #[test]
        fn rows_end_between_clusters(text in printed(), width in 0.0_f32..9.0) {
            let starts: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
            let mut at = 0;
            for row in rows(&text, width, 0.0) {
                prop_assert!(starts.contains(&at) || text.is_empty(), "{at} in {text:?}");
                at += row.len();
            }
        }

        #[test]
        fn wide_rows_keep_kinsoku(text in "([一-九]{1,4}(，|。”|、|——|……|：“|（|）|《|》|·|％|9{1,3}%){0,1}){0,12}") {
            for (n, row) in rows(&text, 14.0, 0.0).into_iter().enumerate() {
                let first = row.chars().next().map(class);
                let last = row.chars().next_back().map(class);
                prop_assert!(n == 0 || !matches!(first, Some(Class::Close | Class::Point | Class::Postfix)), "{row}");
                prop_assert!(last != Some(Class::Open) || text.ends_with(row), "{row}");
            }
        }
    }
}
