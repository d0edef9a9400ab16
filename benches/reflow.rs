//! How fast raw lines become a reading text: with and without the segmenter, in columns of several widths.

use divan::Bencher;
use divan::counter::BytesCount;
use zhupi::text::{Words, reflow};

fn main() {
    divan::main();
}

/// About two megabytes of articles in lines of `width` characters, a blank line after each paragraph.
fn column(width: usize) -> String {
    let articles = include_str!("../src/text/reflow/articles.txt");
    let mut raw = String::new();
    while raw.len() < 2_000_000 {
        for paragraph in articles.lines() {
            let text: Vec<char> = paragraph
                .trim_start_matches(['#', '@', '^', '!', '|'])
                .chars()
                .collect();
            for line in text.chunks(width) {
                raw.extend(line);
                raw.push('\n');
            }
            raw.push('\n');
        }
    }
    raw
}

#[divan::bench(args = [10, 20, 40])]
fn without_words(bencher: Bencher, width: usize) {
    let raw = column(width);
    bencher.counter(BytesCount::of_str(&raw)).bench(|| reflow(&raw, None));
}

#[divan::bench(args = [10, 20, 40])]
fn with_words(bencher: Bencher, width: usize) {
    let raw = column(width);
    let words = Words::load();
    // The dictionary is read at the first question.
    divan::black_box(words.word_at("词典", 0));
    bencher
        .counter(BytesCount::of_str(&raw))
        .bench(|| reflow(&raw, Some(&words)));
}

/// One line without an end.
#[divan::bench]
fn one_line(bencher: Bencher) {
    let raw = column(20).replace('\n', "");
    bencher.counter(BytesCount::of_str(&raw)).bench(|| reflow(&raw, None));
}
