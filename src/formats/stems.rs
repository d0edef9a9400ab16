//! Names for the files that documents become.

use std::collections::HashSet;

/// Gives each document a file name without ending that no other has.
#[derive(Default)]
pub(super) struct Stems {
    taken: HashSet<String>,
    last: String,
}

impl Stems {
    /// The stem for a document that comes from the file `name`: safe in any folder, and not given before (case does
    /// not tell two names apart on every disk).
    pub(super) fn next(&mut self, name: &str) -> &str {
        let stem = stem(name);
        let taken = |stem: &str| self.taken.contains(&stem.to_lowercase());
        let free = (1_u32..)
            .map(|n| if n == 1 { stem.clone() } else { format!("{stem}-{n}") })
            .find(|stem| !taken(stem));
        self.last = free.unwrap_or(stem);
        self.taken.insert(self.last.to_lowercase());
        &self.last
    }
}

/// A name without its folder and its last ending, and without what a file name cannot have.
fn stem(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let is_bad = |c: char| c.is_control() || "<>:\"|?*".contains(c);
    let stem: String = stem.chars().map(|c| if is_bad(c) { '_' } else { c }).collect();
    let stem = stem.trim().trim_matches('.');
    if stem.is_empty() {
        "document".to_owned()
    } else {
        stem.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_stem_leaves_its_folder_or_comes_twice() {
        let mut stems = Stems::default();
        let given: Vec<String> = [
            "a.txt",
            "A.json",
            "../../etc/passwd",
            "",
            "..",
            "头版:1.txt",
            "C:\\x\\b.c.txt",
        ]
        .map(|name| stems.next(name).to_owned())
        .to_vec();
        assert_eq!(given, ["a", "A-2", "passwd", "document", "document-2", "头版_1", "b.c"]);
    }
}
