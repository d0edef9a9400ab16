use super::*;

#[test]
#[ignore = "local"]
fn sample() {
    let raw = std::fs::read_to_string(std::env::var("RAW").unwrap()).unwrap();
    let words = Words::load();
    let words = std::env::var("WORDS").is_ok().then_some(&words);
    let reading = reflow(&raw, words);
    for (block, line) in reading.blocks.iter().zip(reading.text.split('\n')) {
        println!(
            "{:9} {} {line}",
            block.kind.as_str(),
            if block.starts_article { "*" } else { " " }
        );
    }
}
