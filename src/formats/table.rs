//! A table of tags, a row each, for spreadsheets: as CSV (RFC 4180) and as tab-separated values. The text itself is not
//! in it, so it cannot be imported.

use std::io;

use super::{
    Annotated, Entry, Files, Format, Holds, LabelNames, OffsetUnit, Packing, Parts, Purpose, Tag, Writer, no_limit,
};

const CSV_FILE: &str = "csv.csv";
const TSV_FILE: &str = "tsv.tsv";

const COLUMNS: [&str; 13] = [
    "document", "id", "label", "start", "end", "pieces", "text", "status", "origin", "score", "entity", "note", "value",
];

const HOLDS: Holds = Holds {
    relations: false,
    ..Holds::ALL
};

pub(super) const CSV: Format = Format {
    id: "csv",
    name: "Table of tags, CSV",
    purpose: Purpose::Table,
    holds: HOLDS,
    offsets: OffsetUnit::CodePoint,
    packing: Packing::Set(CSV_FILE),
    labels: LabelNames::Own,
    writer: |_| {
        Box::new(Table {
            file: CSV_FILE,
            separator: b',',
            cell: csv_cell,
            has_header: false,
        })
    },
    limit: no_limit,
    reader: None,
    parts: Parts::Whole,
};

pub(super) const TSV: Format = Format {
    id: "tsv",
    name: "Table of tags, TSV",
    purpose: Purpose::Table,
    packing: Packing::Set(TSV_FILE),
    writer: |_| {
        Box::new(Table {
            file: TSV_FILE,
            separator: b'\t',
            cell: tsv_cell,
            has_header: false,
        })
    },
    ..CSV
};

struct Table {
    file: &'static str,
    separator: u8,
    cell: fn(&mut Vec<u8>, &str),
    has_header: bool,
}

impl Table {
    fn row<'c>(&self, out: &mut Vec<u8>, cells: impl IntoIterator<Item = &'c str>) {
        for (number, cell) in cells.into_iter().enumerate() {
            if number > 0 {
                out.push(self.separator);
            }
            (self.cell)(out, cell);
        }
        out.push(b'\n');
    }

    fn header(&mut self, out: &mut Vec<u8>) {
        if !self.has_header {
            self.row(out, COLUMNS);
            self.has_header = true;
        }
    }
}

impl Writer for Table {
    fn add(&mut self, entry: &Entry<'_>, files: &mut dyn Files) -> io::Result<()> {
        let mut out = Vec::new();
        self.header(&mut out);
        for tag in &entry.text.tags {
            let cells = cells(entry.text, tag);
            self.row(&mut out, cells.iter().map(String::as_str));
        }
        files.append(self.file, &out)
    }

    fn finish(&mut self, files: &mut dyn Files) -> io::Result<()> {
        let mut out = Vec::new();
        self.header(&mut out);
        files.append(self.file, &out)
    }
}

fn cells(text: &Annotated, tag: &Tag) -> [String; 13] {
    let mark = &tag.mark;
    let pieces: Vec<String> = tag
        .pieces
        .iter()
        .map(|piece| format!("{}-{}", piece.start.0, piece.end.0))
        .collect();
    [
        text.name.clone(),
        format!("s{}", tag.id.0),
        tag.label().to_string(),
        tag.range.start.0.to_string(),
        tag.range.end.0.to_string(),
        pieces.join(";"),
        // As it stands in the text, piece by piece: a space between them would be neither in the one text nor in the other.
        tag.pieces().iter().map(|&piece| text.text.slice(piece)).collect(),
        mark.status.as_str().to_owned(),
        mark.origin.as_str().to_owned(),
        mark.score.as_ref().map(ToString::to_string).unwrap_or_default(),
        text.entity(tag).map(|entity| entity.name.clone()).unwrap_or_default(),
        mark.note.clone(),
        mark.value.as_ref().map(ToString::to_string).unwrap_or_default(),
    ]
}

/// In quotation marks where the cell has one, a comma or a line end.
pub(crate) fn csv_cell(out: &mut Vec<u8>, cell: &str) {
    if !cell.contains(['"', ',', '\n', '\r']) {
        return out.extend_from_slice(cell.as_bytes());
    }
    out.push(b'"');
    out.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
    out.push(b'"');
}

/// With tabs and line ends written as `\t`, `\n`, `\r`, and a backslash doubled.
fn tsv_cell(out: &mut Vec<u8>, cell: &str) {
    if !cell.contains(['\\', '\t', '\n', '\r']) {
        return out.extend_from_slice(cell.as_bytes());
    }
    let cell = cell
        .replace('\\', "\\\\")
        .replace('\t', "\\t")
        .replace('\n', "\\n")
        .replace('\r', "\\r");
    out.extend_from_slice(cell.as_bytes());
}
