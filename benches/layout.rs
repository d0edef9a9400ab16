//! How fast a document of a million characters is broken, looked up and edited.

use divan::{Bencher, black_box};
use zhupi::layout::lanes::assign_lanes;
use zhupi::layout::{BlockStyle, Column, Metrics, Rows};
use zhupi::text::{ByteIdx, CharIdx};

fn main() {
    divan::main();
}

/// About `chars` characters of newspaper text in paragraphs of some 100.
fn newspaper(chars: usize) -> String {
    let sentences = [
        "重庆市政府新闻办昨日举行发布会，介绍今年以来的治安情况。",
        "“全市刑事案件同比下降12.6%，破案率上升3.2个百分点”——市公安局负责人说。",
        "《城市管理条例》（修订草案）自2025年9月1日起施行；",
        "记者了解到，项目总投资1,234万元，用地面积56.7公顷……",
        "他表示，下一步将继续推进GDP与居民收入同步增长，让老百姓得到实惠。",
    ];
    let mut text = String::with_capacity(chars * 3);
    let mut count = 0;
    for n in 0.. {
        let sentence = sentences[n * 7 % sentences.len()];
        text.push_str(sentence);
        count += sentence.chars().count();
        if n % 3 == 2 {
            text.push('\n');
            count += 1;
        }
        if count >= chars {
            break;
        }
    }
    text
}

fn column() -> Column {
    let metrics = Metrics::new(1.0, |c| if c < '\u{2000}' { 0.55 } else { 1.0 });
    Column::new(metrics, 36.0, &[BlockStyle::default()])
}

#[divan::bench(args = [1_000_000, 10_000_000], sample_count = 20)]
fn break_all(bencher: Bencher, chars: usize) {
    let text = newspaper(chars);
    bencher.bench_local(|| Rows::build(column(), black_box(&text), |_| 0));
}

#[divan::bench(sample_count = 20)]
fn break_one_paragraph_of_a_million(bencher: Bencher) {
    let text = newspaper(1_000_000).replace('\n', "");
    bencher.bench_local(|| Rows::build(column(), black_box(&text), |_| 0));
}

#[divan::bench(args = [1_000_000, 10_000_000])]
fn type_one_character_at_the_start(bencher: Bencher, chars: usize) {
    let mut text = newspaper(chars);
    let mut rows = Rows::build(column(), &text, |_| 0);
    text.insert(0, '甲');
    let longer = text.clone();
    text.remove(0);
    let one = ByteIdx(3);
    bencher.bench_local(|| {
        rows.splice(&longer, ByteIdx(0), ByteIdx(0), one, |_| 0);
        rows.splice(&text, ByteIdx(0), one, ByteIdx(0), |_| 0);
    });
}

#[divan::bench]
fn row_of_char(bencher: Bencher) {
    let rows = Rows::build(column(), &newspaper(1_000_000), |_| 0);
    let mut at = 0;
    bencher.bench_local(|| {
        at = (at + 618_033) % 1_000_000;
        rows.row_of_char(black_box(CharIdx(at)))
    });
}

#[divan::bench]
fn fifty_rows_of_a_window(bencher: Bencher) {
    let rows = Rows::build(column(), &newspaper(1_000_000), |_| 0);
    let mut y = 0.0;
    bencher.bench_local(|| {
        y = (y + 12_345.6) % rows.height();
        let visible = rows.rows_between(y, y + 95.0);
        visible.filter_map(|row| rows.row(row)).map(|row| row.top).sum::<f64>()
    });
}

#[divan::bench]
fn lanes_of_two_hundred_spans(bencher: Bencher) {
    let spans: Vec<(u32, u32)> = (0..200).map(|n| (n * 3, n * 3 + 2 + n % 7)).collect();
    bencher.bench_local(|| assign_lanes(black_box(&spans), 6));
}
