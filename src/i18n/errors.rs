//! What went wrong with a file, in the language of the window: what happened, to which file, and what helps.

use std::io::{self, ErrorKind};
use std::path::Path;

use super::{Lang, T};
use crate::formats::Format;
use crate::formats::native::LoadError;
use crate::store::article::OpenError;
use crate::store::atomic::WriteError;
use crate::store::export_files::FileError;
use crate::store::files::{ReadError, Unreadable};
use crate::text::decode::DecodeError;

impl Lang {
    /// Why a file was not opened.
    #[must_use]
    pub fn open_error(self, error: &OpenError) -> String {
        match error {
            OpenError::Read(error) => self.read_error(error),
            OpenError::Decode { cause, path } => {
                let path = path.display().to_string();
                match cause {
                    DecodeError::Binary { seems } => self.fill(T::FileBinary, &[self.file_kind(seems), &path]),
                    DecodeError::UnknownEncoding(_) => error.to_string(),
                }
            }
            OpenError::Saved { cause, path } => {
                let path = path.display().to_string();
                match cause {
                    LoadError::OtherFormat => self.fill(T::AnnotationsForeign, &[&path]),
                    LoadError::Json { line, column, what } => {
                        let place = self.fill(T::LineAndColumn, &[&line.to_string(), &column.to_string(), what]);
                        self.fill(T::AnnotationsDamaged, &[&path, &place])
                    }
                    LoadError::Broken(what) => self.fill(T::AnnotationsDamaged, &[&path, what]),
                }
            }
        }
    }

    /// Why a file or folder was not read.
    #[must_use]
    pub fn read_error(self, error: &ReadError) -> String {
        let path = error.path.display().to_string();
        let text = match &error.reason {
            Unreadable::Missing => T::FileMissing,
            Unreadable::Folder => T::FileIsFolder,
            Unreadable::NotAFile => T::FileNotOrdinary,
            Unreadable::TooLarge => T::FileTooLarge,
            Unreadable::Io(cause) if cause.kind() == ErrorKind::PermissionDenied => T::FileForbidden,
            Unreadable::Io(cause) => return self.fill(T::FileUnreadable, &[&path, &cause.to_string()]),
        };
        self.fill(text, &[&path])
    }

    /// What is wrong with a regular expression; the library's own words where they are rare.
    #[must_use]
    pub fn pattern_error(self, error: &str) -> String {
        const KNOWN: [(&str, &str); 9] = [
            ("unclosed group", "括号没有闭合"),
            ("unopened group", "多了一个右括号"),
            ("unclosed character class", "方括号没有闭合"),
            ("repetition operator missing expression", "重复符号前面没有内容"),
            ("unclosed counted repetition", "花括号没有闭合"),
            (
                "incomplete escape sequence, reached end of pattern prematurely",
                "反斜杠后面缺少字符",
            ),
            ("unrecognized escape sequence", "不认识的转义"),
            ("the expression is too large", "表达式太大"),
            ("it matches nothing but empty places", "只能匹配空位置"),
        ];
        let chinese = || match error.strip_prefix("there is no group ") {
            Some(group) => Some(format!("没有 {group} 这一组")),
            None => {
                let known = KNOWN.iter().find(|(known, _)| *known == error);
                known.map(|(_, chinese)| (*chinese).to_owned())
            }
        };
        let words = if self == Self::Zh { chinese() } else { None };
        words.unwrap_or_else(|| error.to_owned())
    }

    /// Why a file was not written.
    #[must_use]
    pub fn write_error(self, error: &WriteError) -> String {
        match refusal(error.kind()) {
            Some(text) => self.fill(text, &[&error.path().display().to_string()]),
            None => error.to_string(),
        }
    }

    /// Why an export to `target` was not written.
    #[must_use]
    pub fn export_error(self, error: &io::Error, target: &Path) -> String {
        let (text, path) = match FileError::of(error) {
            Some(FileError::Exists(path)) => (T::ExportFileExists, path.as_path()),
            Some(FileError::Input(path)) => (T::ExportInput, path.as_path()),
            Some(FileError::FolderInTheWay(path)) => (T::ExportFolderInTheWay, path.as_path()),
            Some(FileError::NoFolder(path)) => (T::WriteInTheWay, path.as_path()),
            Some(FileError::NoFile(path)) => (T::ExportNoFile, path.as_path()),
            Some(FileError::Newer { version, path }) => {
                return self.fill(T::ExportNewer, &[&path.display().to_string(), &version.to_string()]);
            }
            Some(FileError::BadName(name)) => (T::ExportNoFile, Path::new(name)),
            // There is a folder above it that takes nothing in, though it may be written in by its rights.
            Some(FileError::Io {
                kind: ErrorKind::NotFound,
                path,
                ..
            }) => match path.is_dir() {
                true => (T::WriteForbidden, path.as_path()),
                false => (T::FolderNotMade, path.as_path()),
            },
            Some(FileError::Io { what, kind, path }) => match refusal(*kind) {
                Some(text) => (text, path.as_path()),
                None => return self.fill(T::ExportNoTarget, &[&path.display().to_string(), what]),
            },
            None => match refusal(error.kind()) {
                Some(text) => (text, target),
                None => {
                    let what = self.fault(&error.to_string());
                    return self.fill(T::ExportNoTarget, &[&target.display().to_string(), &what]);
                }
            },
        };
        self.fill(text, &[&path.display().to_string()])
    }

    /// A format's name.
    #[must_use]
    pub fn format_name(self, format: &Format) -> &'static str {
        let text = match format.id {
            "native" => T::FormatNative,
            "jsonl" => T::FormatJsonl,
            "doccano" => T::FormatDoccano,
            "doccano-relations" => T::FormatDoccanoRelations,
            "labelstudio-config" => T::FormatLabelStudioConfig,
            "spacy" => T::FormatSpacy,
            "brat" => T::FormatBrat,
            "conll-bio" => T::FormatConllBio,
            "conll-bioes" => T::FormatConllBioes,
            "conll-bmes" => T::FormatConllBmes,
            "hf" => T::FormatHf,
            "chat" => T::FormatChat,
            "csv" => T::FormatCsv,
            "tsv" => T::FormatTsv,
            "w3c" => T::FormatW3c,
            "parquet" => T::FormatParquet,
            "archive" => T::FormatArchive,
            // Programs are called the same everywhere.
            _ => return format.name,
        };
        text.of(self)
    }

    /// What a file is that is no text. The names of formats are the same in both languages.
    fn file_kind(self, seems: &str) -> &str {
        let is_name =
            |word: &&str| word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
        match self {
            Self::En => seems,
            Self::Zh => seems.split(' ').find(is_name).unwrap_or(T::BinaryData.of(self)),
        }
    }
}

/// What a refusal of the system is called.
fn refusal(kind: ErrorKind) -> Option<T> {
    Some(match kind {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => T::WriteForbidden,
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => T::WriteNoRoom,
        ErrorKind::NotFound => T::WriteNoFolder,
        ErrorKind::AlreadyExists | ErrorKind::NotADirectory => T::WriteInTheWay,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    #[test]
    fn a_chinese_window_speaks_chinese_of_what_went_wrong() {
        let path = PathBuf::from("a1.txt");
        let missing = OpenError::Read(ReadError {
            reason: Unreadable::Missing,
            path: path.clone(),
        });
        let binary = |seems| OpenError::Decode {
            cause: DecodeError::Binary { seems },
            path: path.clone(),
        };
        let damaged = OpenError::Saved {
            cause: LoadError::Json {
                line: 3,
                column: 7,
                what: "EOF".to_owned(),
            },
            path: path.clone(),
        };
        for (error, said) in [
            (missing, "找不到文件"),
            (binary("a PDF document"), "（PDF）"),
            (binary("binary data"), "（二进制数据）"),
            (damaged, "第 3 行"),
        ] {
            let sentence = Lang::Zh.open_error(&error);
            assert!(sentence.contains(said) && sentence.contains("a1.txt"), "{sentence}");
        }
    }

    /// `/proc/x` could not be made, and the window said that `/proc` was gone.
    #[test]
    fn a_folder_that_cannot_be_made_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let said = |path: &Path| {
            let error = FileError::Io {
                what: "none".to_owned(),
                kind: ErrorKind::NotFound,
                path: path.to_owned(),
            };
            Lang::Zh.export_error(&error.into(), Path::new("target"))
        };
        let new = folder.path().join("x");
        assert_eq!(said(&new), format!("不能新建文件夹：{}", new.display()));
        assert!(said(folder.path()).starts_with("没有写入的权限"));
    }
}
