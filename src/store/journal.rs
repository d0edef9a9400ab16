//! The journal beside a saved file: what was changed and when, a line of JSON for each change, only ever added to.
//!
//! It is a record for people. Nothing is recovered from it: a save is whole or not at all ([`super::atomic`]), and a line
//! is written after the save that it is of. Where it cannot be written the save has still been made, and the lines wait
//! for the next one.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use super::atomic::{WriteError, make_folder, write_atomic};
use crate::annot::Document;
use crate::annot::journal::{Act, Step};
use crate::formats::journal;
use crate::suggest::figures::Date;

/// The journal of a saved file: `journal/<stem>.jsonl` beside it.
#[must_use]
pub fn journal_path(saved: &Path) -> PathBuf {
    let mut name = saved.file_stem().unwrap_or(saved.as_os_str()).to_owned();
    name.push(".jsonl");
    saved.with_file_name("journal").join(name)
}

/// Puts the journal that came with a saved file beside it, as its beginning. One that is there already stays as it is: it
/// is only ever added to. Whether there was none.
///
/// # Errors
/// Where it cannot be written.
pub fn restore(saved: &Path, lines: &[u8]) -> Result<bool, WriteError> {
    let path = journal_path(saved);
    if path.exists() {
        return Ok(false);
    }
    // The saved file may have to come yet.
    make_folder(saved)?;
    make_folder(&path)?;
    write_atomic(&path, lines)?;
    Ok(true)
}

/// Steps of an open document that wait for the save that they are a part of. Clones share them: the window notes steps,
/// the worker that saves writes them down.
#[derive(Clone, Debug, Default)]
pub struct Journal(Arc<Mutex<Waiting>>);

#[derive(Debug, Default)]
struct Waiting {
    steps: Vec<Noted>,
    /// Steps since the document was opened.
    count: u64,
    /// Whether the next step of typing belongs to the last one.
    is_open: bool,
    /// Whether the journal says that the document was opened.
    has_begun: bool,
}

#[derive(Clone, Debug)]
struct Noted {
    step: Step,
    act: Act,
    number: u64,
    /// The document's revision after it.
    revision: u64,
    at: SystemTime,
}

impl Journal {
    /// Notes a step that led to this revision. One that `grows` belongs to the last one while that waits.
    pub fn note(&self, step: Step, act: Act, revision: u64, at: SystemTime, grows: bool) {
        let mut waiting = self.waiting();
        if grows
            && waiting.is_open
            && let Some(last) = waiting.steps.last_mut()
        {
            last.step = std::mem::take(&mut last.step).then(step);
            last.revision = revision;
            last.at = at;
            return;
        }
        waiting.count += 1;
        waiting.is_open = true;
        let number = waiting.count;
        waiting.steps.push(Noted {
            step,
            act,
            number,
            revision,
            at,
        });
    }

    /// Writes down the steps up to this revision, which was saved as `saved`. To be called for one save at a time.
    ///
    /// # Errors
    /// Where the journal cannot be written; it is then as it was, and the steps wait.
    pub fn write(&self, saved: &Path, document: &Document, revision: u64) -> Result<(), WriteError> {
        let path = journal_path(saved);
        let failed = |cause| WriteError::new("the journal cannot be written", cause, &path);
        // The window must not wait for the disk: the lock is held only to look and to put away.
        let (steps, has_begun) = {
            let mut waiting = self.waiting();
            waiting.is_open = false;
            let count = waiting.steps.partition_point(|noted| noted.revision <= revision);
            (waiting.steps[..count].to_vec(), waiting.has_begun)
        };
        let mut lines = Vec::new();
        for noted in &steps {
            let step = journal::lines(&noted.step, &rfc3339(noted.at), noted.number, noted.act);
            lines.extend(step.map_err(failed)?);
        }
        let has_lines = !lines.is_empty();
        if has_lines {
            let mut all = Vec::new();
            if let Some(first) = steps.first().filter(|_| !has_begun) {
                all = journal::opened(document, &rfc3339(first.at)).map_err(failed)?;
            }
            all.append(&mut lines);
            make_folder(&path)?;
            append(&path, &all).map_err(failed)?;
        }
        let mut waiting = self.waiting();
        waiting.steps.drain(..steps.len());
        waiting.has_begun |= has_lines;
        Ok(())
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Adds lines to a file, all of them or none.
fn append(path: &Path, lines: &[u8]) -> io::Result<()> {
    let mut file = File::options().read(true).append(true).create(true).open(path)?;
    let len = file.seek(SeekFrom::End(0))?;
    let mut last = [b'\n'];
    if len > 0 {
        file.seek(SeekFrom::Start(len - 1))?;
        file.read_exact(&mut last)?;
    }
    // A line that a power cut has torn stays a line of its own.
    let torn: &[u8] = if last == *b"\n" { b"" } else { b"\n" };
    let done = file.write_all(&[torn, lines].concat()).and_then(|()| file.sync_data());
    if done.is_err() {
        // Half a line is worse than none; the failure itself is told.
        file.set_len(len).ok();
    }
    done
}

/// A moment as `2026-11-24T11:14:17Z`. One before 1970, from a clock that was never set, is the beginning of 1970.
fn rfc3339(at: SystemTime) -> String {
    const DAY: u64 = 24 * 60 * 60;
    let seconds = at.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let days = i64::try_from(seconds / DAY).unwrap_or(0);
    let day = Date::new(1970, 1, 1).map(|epoch| epoch.plus_days(days).to_string());
    let of_day = seconds % DAY;
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    format!("{}T{hour:02}:{minute:02}:{second:02}Z", day.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::Duration;

    use super::*;
    use crate::annot::document::Parts;
    use crate::annot::journal::Before;
    use crate::annot::{Edit, Meta};
    use crate::formats::journal::faults;
    use crate::text::{ChangeSet, CharRange};

    fn document() -> Document {
        Document::new(Parts {
            text: "县供销社".into(),
            ..Parts::default()
        })
    }

    fn made(document: &mut Document, edit: &Edit) -> Step {
        let before = Before::of(document, edit);
        document.apply(edit).unwrap();
        before.after(document)
    }

    fn titled(document: &mut Document, title: &str) -> Step {
        let meta = Meta {
            title: title.to_owned(),
            ..Meta::default()
        };
        made(document, &Edit::Meta(meta))
    }

    fn typed(document: &mut Document, with: &str) -> Step {
        let end = document.text().len();
        let change = ChangeSet::replace(document.text(), CharRange::new(end, end), with);
        made(document, &Edit::Text(change.into()))
    }

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(seconds)
    }

    /// The lines without the part that each begins with.
    fn lines(path: &Path) -> Vec<String> {
        let text = fs::read_to_string(path).unwrap();
        assert!(faults(text.as_bytes()).is_empty());
        let lines = text.lines().map(|line| {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            format!("{} {} {} {}", line["time"], line["step"], line["act"], line["what"]).replace('"', "")
        });
        lines.collect()
    }

    #[test]
    fn steps_are_written_once_with_the_save_that_they_are_of() {
        let folder = tempfile::tempdir().unwrap();
        let saved = folder.path().join("a.v2.json");
        let path = folder.path().join("journal/a.v2.jsonl");
        let (mut document, journal) = (document(), Journal::default());
        journal.note(titled(&mut document, "甲"), Act::Done, 1, at(0), false);
        journal.note(titled(&mut document, ""), Act::Undone, 2, at(1_795_518_857), false);
        journal.note(titled(&mut document, "乙"), Act::Done, 3, at(1_795_518_858), false);
        journal.write(&saved, &document, 2).unwrap();
        let mut expected = vec![
            "1970-01-01T00:00:00Z 0 opened document",
            "1970-01-01T00:00:00Z 1 done document changed",
            "2026-11-24T11:14:17Z 2 undone document changed",
        ];
        assert_eq!(lines(&path), expected);
        for _ in 0..2 {
            journal.write(&saved, &document, 3).unwrap();
        }
        expected.push("2026-11-24T11:14:18Z 3 done document changed");
        assert_eq!(lines(&path), expected);
    }

    #[test]
    fn typing_is_one_step_until_it_is_saved() {
        let folder = tempfile::tempdir().unwrap();
        let saved = folder.path().join("a.json");
        let (mut document, journal) = (document(), Journal::default());
        for (revision, c) in (1..).zip(["一", "二", "三"]) {
            journal.note(typed(&mut document, c), Act::Done, revision, at(revision), revision > 1);
        }
        journal.write(&saved, &document, 3).unwrap();
        journal.note(typed(&mut document, "四"), Act::Done, 4, at(4), true);
        journal.write(&saved, &document, 4).unwrap();
        let text = fs::read_to_string(journal_path(&saved)).unwrap();
        let after: Vec<&str> = text
            .lines()
            .filter_map(|line| line.split_once("\"after\":"))
            .map(|(_, after)| after)
            .collect();
        assert_eq!(after, ["\"一二三\"}", "\"四\"}"]);
    }

    #[test]
    fn what_cannot_be_written_waits_and_a_torn_line_stays_alone() {
        let folder = tempfile::tempdir().unwrap();
        let saved = folder.path().join("a.json");
        let path = journal_path(&saved);
        let (mut document, journal) = (document(), Journal::default());
        // A file stands where the folder should be.
        fs::write(folder.path().join("journal"), "").unwrap();
        journal.note(titled(&mut document, "甲"), Act::Done, 1, at(1), false);
        assert!(journal.write(&saved, &document, 1).is_err());
        fs::remove_file(folder.path().join("journal")).unwrap();
        fs::create_dir(folder.path().join("journal")).unwrap();
        fs::write(&path, "{\"torn").unwrap();
        journal.note(titled(&mut document, "乙"), Act::Done, 2, at(2), false);
        journal.write(&saved, &document, 2).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text.lines().count(), 4);
        assert_eq!(faults(text.as_bytes()).len(), 1);
        assert!(text.ends_with('\n'));
    }

    #[test]
    fn a_journal_that_is_there_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let saved = folder.path().join("annotations/a.json");
        assert!(restore(&saved, b"{}\n").unwrap());
        assert!(!restore(&saved, b"{\"later\":1}\n").unwrap());
        assert_eq!(fs::read(journal_path(&saved)).unwrap(), b"{}\n");
    }

    #[test]
    fn what_comes_to_nothing_leaves_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let saved = folder.path().join("a.json");
        let (mut document, journal) = (document(), Journal::default());
        journal.note(titled(&mut document, ""), Act::Done, 1, at(1), false);
        journal.write(&saved, &document, 1).unwrap();
        assert!(!journal_path(&saved).exists());
    }
}
