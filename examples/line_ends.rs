//! Prints what reflow sees at each line end of pages whose line ends are known, for `assets/reflow/fit.py`.
//!
//!     python assets/reflow/pages.py ARTICLES… | cargo run --release --example line_ends > ends.tsv
//!
//! A page is one line of JSON: `{"raw": "…", "ends": [[AT, BREAKS, UNDECIDABLE], …]}`, where AT is the code point at which
//! the text of the next line begins. Each page is walked twice, once by the truth and once by what reflow decides, so
//! that the trees also see line ends after a wrong decision. What reflow gets right is told on stderr.

use std::collections::HashMap;
use std::error::Error;
use std::io::{self, BufRead, BufWriter, Write};

use serde::Deserialize;
use zhupi::text::Words;
use zhupi::text::reflow::{breaks, each_line_end, measure_names};

#[derive(Deserialize)]
struct Page {
    raw: String,
    ends: Vec<(u32, bool, bool)>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let words = Words::load();
    let mut out = BufWriter::new(io::stdout().lock());
    writeln!(out, "breaks\tundecidable\tevidence\t{}", measure_names().join("\t"))?;
    let (mut seen, mut right) = (0_u32, 0_u32);
    for line in io::stdin().lock().lines() {
        let page: Page = serde_json::from_str(&line?)?;
        let truth: HashMap<u32, (bool, bool)> = page
            .ends
            .iter()
            .map(|&(at, breaks, undecidable)| (at, (breaks, undecidable)))
            .collect();
        for by_truth in [true, false] {
            let mut rows = String::new();
            each_line_end(&page.raw, Some(&words), |end| {
                let decided = breaks(end);
                let Some(&(broken, undecidable)) = truth.get(&end.next.0) else {
                    return decided;
                };
                let measures: Vec<String> = end.measures.iter().map(i16::to_string).collect();
                rows += &format!(
                    "{}\t{}\t{:.2}\t{}\n",
                    u8::from(broken),
                    u8::from(undecidable),
                    end.evidence,
                    measures.join("\t")
                );
                if !by_truth {
                    seen += 1;
                    right += u32::from(decided == broken);
                }
                if by_truth { broken } else { decided }
            });
            out.write_all(rows.as_bytes())?;
        }
    }
    out.flush()?;
    eprintln!("{right} of {seen} line ends right");
    Ok(())
}
