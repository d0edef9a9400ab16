//! An export into files that is read back before it is kept.

use std::io::{self, Read};

use super::export_files::ExportFiles;
use crate::annot::Document;
use crate::formats::{
    Beside, Export, ExportOptions, Files, Format, InputFile, LossReport, Packing, Proof, Source, prove_document,
    prove_large,
};

/// An export that puts its files into a folder of the whole, and proves them.
#[derive(Debug)]
pub struct Exporting {
    format: &'static Format,
    options: ExportOptions,
    export: Export,
    /// What stands before each file's name: nothing, or a folder with its slash.
    folder: String,
    proof: Proof,
}

/// The files of one export, below the folder that is its own.
struct Below<'a> {
    folder: &'a str,
    files: &'a mut ExportFiles,
}

impl Files for Below<'_> {
    fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.files.append(&format!("{}{name}", self.folder), bytes)
    }
}

impl Exporting {
    /// Begins an export. `folder` is empty, or the name of a folder with a slash behind it.
    #[must_use]
    pub fn new(format: &'static Format, options: ExportOptions, folder: &str) -> Self {
        Self {
            format,
            export: Export::new(format, options.clone()),
            options,
            folder: folder.to_owned(),
            proof: Proof::default(),
        }
    }

    /// Writes a document and says what the format could not hold. Where the document has files of its own, they are read
    /// back at once.
    ///
    /// # Errors
    /// Where `files` cannot be written or read.
    pub fn add(&mut self, document: &Document, beside: &Beside, files: &mut ExportFiles) -> io::Result<LossReport> {
        let begun = files.names().len();
        let mut below = Below {
            folder: &self.folder,
            files,
        };
        let report = self.export.add_with(document, beside, &mut below)?;
        if let Packing::Documents(endings) = self.format.packing
            && report.refused.is_empty()
            && self.format.imports()
        {
            let is_own = |name: &&String| endings.iter().any(|ending| name.ends_with(ending));
            let names: Vec<String> = files.names()[begun..].iter().filter(is_own).cloned().collect();
            let own = read_back(files, &names)?;
            self.proof.add(prove_document(
                self.format,
                &self.options,
                document,
                &inputs(&own, &self.folder),
            ));
        }
        Ok(report)
    }

    /// Writes what stands behind all documents and reads back what was not read yet: for a set `documents` gives the
    /// documents again, in their order. `None` for a format that cannot be read.
    ///
    /// # Errors
    /// Where `files` cannot be written or read.
    pub fn finish(
        self,
        documents: impl IntoIterator<Item = Document>,
        files: &mut ExportFiles,
    ) -> io::Result<Option<Proof>> {
        self.export.finish(&mut Below {
            folder: &self.folder,
            files,
        })?;
        if !self.format.imports() {
            return Ok(None);
        }
        let Packing::Set(own_name) = self.format.packing else {
            return Ok(Some(self.proof));
        };
        let main = format!("{}{own_name}", self.folder);
        if !files.names().contains(&main) {
            // No document could be written.
            return Ok(Some(self.proof));
        }
        let mut names = files.names().to_vec();
        names.retain(|name| name.starts_with(&self.folder) && *name != main);
        let beside = read_back(files, &names)?;
        let file: Box<dyn Source> = Box::new(files.written(&main)?);
        let beside = inputs(&beside, &self.folder);
        prove_large(self.format, &self.options, documents, (own_name, file), &beside)
    }
}

fn read_back(files: &mut ExportFiles, names: &[String]) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut read = Vec::with_capacity(names.len());
    for name in names {
        let mut bytes = Vec::new();
        files.written(name)?.read_to_end(&mut bytes)?;
        read.push((name.clone(), bytes));
    }
    Ok(read)
}

fn inputs<'a>(files: &'a [(String, Vec<u8>)], folder: &str) -> Vec<InputFile<'a>> {
    let input = |(name, bytes): &'a (String, Vec<u8>)| InputFile {
        name: name.strip_prefix(folder).unwrap_or(name),
        bytes,
    };
    files.iter().map(input).collect()
}
