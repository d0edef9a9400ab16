//! An export as the editor plans it, what it comes to before it is written, and the writing; the latter two on a worker.

mod articles;
mod plan;
mod preview;
mod write;

pub use articles::{Articles, Origin};
pub use plan::{ExportPlan, USUAL_FORMAT};
pub use preview::{Preview, SetCounts, preview};
pub use write::{Progress, Written, write};

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, AtomicUsize};

    use super::*;
    use crate::annot::document::Parts;
    use crate::annot::{Document, Mark, Source, Span, SpanId};
    use crate::i18n::Lang;
    use crate::store::settings::{ExportSettings, Scope};
    use crate::text::{CharRange, Words};

    fn articles(count: usize) -> Articles {
        let document = |number: usize| {
            let label = ["unit", "place"][number % 2];
            let span = Span {
                id: SpanId(1),
                range: CharRange::of(0, 4),
                mark: Arc::new(Mark {
                    label: label.into(),
                    ..Mark::default()
                }),
            };
            let parts = Parts {
                source: Source {
                    name: format!("{number}.txt"),
                    ..Source::default()
                },
                text: format!("县供销社{}", number / 2).as_str().into(),
                spans: vec![span],
                ..Parts::default()
            };
            Origin::Open {
                document: Box::new(Document::new(parts)),
                path: format!("{number}.txt").into(),
                saved_path: format!("{number}.json").into(),
            }
        };
        Articles {
            origins: Arc::new((0..count).map(document).collect()),
            annotations_dir: None,
            words: Arc::new(Words::load()),
            only_done: false,
            lang: Lang::Zh,
        }
    }

    fn plan() -> ExportPlan {
        ExportPlan {
            chosen: ExportSettings {
                format: "brat".to_owned(),
                scope: Scope::Desk,
                ..ExportSettings::default()
            },
            labels: Vec::new(),
            articles: 2,
        }
    }

    fn progress(is_stopped: bool) -> Progress {
        Progress {
            done: AtomicUsize::new(0),
            of: 3,
            stop: AtomicBool::new(is_stopped),
        }
    }

    #[test]
    fn what_is_given_up_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        for is_stopped in [true, false] {
            let progress = progress(is_stopped);
            let written = write(&articles(3), &plan(), folder.path(), false, &progress);
            let left = fs::read_dir(folder.path()).unwrap().count();
            if is_stopped {
                assert!(matches!(written, Written::Stopped));
                assert_eq!(left, 0);
            } else {
                assert!(matches!(written, Written::Done { ref report, .. } if report.documents == 3));
                assert_eq!(progress.done.into_inner(), 3);
            }
        }
        let stop = AtomicBool::new(true);
        assert!(preview(&articles(3), &plan(), &stop).is_none());
    }

    /// Twenty articles of which each second has the text of the one before.
    #[test]
    fn articles_are_dealt_into_sets_that_agree_and_are_proven() {
        let folder = tempfile::tempdir().unwrap();
        let articles = articles(40);
        let mut plan = plan();
        plan.chosen.format = "hf".to_owned();
        plan.chosen.sets.is_on = true;
        plan.chosen.sets.licence = "CC-BY-4.0".to_owned();
        let counted = preview(&articles, &plan, &AtomicBool::new(false)).unwrap();
        let counts = counted.sets.unwrap();
        assert_eq!((counts.documents.iter().sum::<usize>(), counts.left_out), (20, 20));
        assert!(counts.documents.iter().all(|count| *count > 0), "{counts:?}");
        let target = folder.path().join("sets");
        let Written::Done { report, proof, .. } = write(&articles, &plan, &target, false, &progress(false)) else {
            panic!("it was not written");
        };
        assert_eq!(
            (report.documents, proof.unwrap().to_string()),
            (20, "20 of 20 recovered".to_owned())
        );
        let read = |name: &str| fs::read_to_string(target.join(name)).unwrap();
        for (set, count) in ["train", "dev", "test"].iter().zip(counts.documents) {
            assert_eq!(read(&format!("{set}/hf.jsonl")).lines().count(), count);
            assert_eq!(read(&format!("{set}/hf_labels.json")), read("train/hf_labels.json"));
        }
        assert!(read("README.md").contains("license: \"cc-by-4.0\""));
        let again = write(&articles, &plan, &target, false, &progress(false));
        assert!(matches!(again, Written::Exists(files) if files.len() == 7));
    }
}
