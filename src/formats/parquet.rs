//! Hugging Face token classification as Parquet, in the columns of the JSON lines ([`super::hf`]).
//!
//! The names of the tags stand in the file's metadata where `datasets` looks for them, so that `ner_tags` is a
//! `ClassLabel` as soon as it is loaded.

use std::io::{self, BufReader, Read as _, Seek as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, DataType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{ChunkReader, FileReader, Length, SerializedFileReader};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::record::{Field, Row};
use parquet::schema::parser::parse_message_type;
use serde_json::{Value, json};

use super::hf::{ReadLine, ReadTag, TagNumbers, names_beside, read_line};
use super::json::Words;
use super::rows::{Character, characters, needs_rows, places};
use super::{
    Entry, Files, Format, Holds, InputFile, Intake, LabelNames, OffsetUnit, Packing, Parts, Purpose, Source, Writer,
};

const FILE: &str = "parquet.parquet";
/// The key of the metadata under which `datasets` describes columns.
const METADATA: &str = "huggingface";
/// What the column of tags may be called.
const TAGS: [&str; 3] = ["ner_tags", "tags", "labels"];
/// Documents in a row group, and the characters that fill it before: what this writer, and a reader, has in memory at
/// once.
const GROUP: usize = 1000;
const GROUP_CHARACTERS: usize = 250_000;

pub(super) const FORMAT: Format = Format {
    id: "parquet",
    name: "Hugging Face token classification, Parquet",
    purpose: Purpose::Training,
    holds: Holds::ROWS,
    offsets: OffsetUnit::Token,
    packing: Packing::Set(FILE),
    labels: LabelNames::Short,
    writer: |options| {
        Box::new(Table {
            numbers: TagNumbers::new(&options.numbered),
            ..Table::default()
        })
    },
    limit: needs_rows,
    reader: Some(read),
    parts: Parts::Seek(read_large),
};

const SCHEMA: &str = "message schema {
    optional binary id (UTF8);
    optional group tokens (LIST) { repeated group list { optional binary element (UTF8); } }
    optional group ner_tags (LIST) { repeated group list { optional int64 element; } }
    optional group char_offsets (LIST) { repeated group list { optional int64 element; } }
}";

/// A document as a row.
struct Line {
    id: String,
    tokens: Vec<ByteArray>,
    ner_tags: Vec<i64>,
    char_offsets: Vec<i64>,
}

#[derive(Default)]
struct Table {
    numbers: TagNumbers,
    /// Documents that wait for their row group to be full.
    lines: Vec<Line>,
    /// The characters in them.
    characters: usize,
    /// The file; what of it is written was handed over.
    file: Option<SerializedFileWriter<Vec<u8>>>,
}

impl Writer for Table {
    fn add(&mut self, entry: &Entry<'_>, files: &mut dyn Files) -> io::Result<()> {
        let text = &entry.text.text;
        let characters = characters(text);
        let places = places(&characters, &entry.text.tags);
        let numbers = places
            .into_iter()
            .map(|place| i64::try_from(self.numbers.number(place)));
        // The tokens share the text's bytes.
        let words = Bytes::copy_from_slice(text.as_str().as_bytes());
        let token = |one: &Character<'_>| ByteArray::from(words.slice(one.byte..one.byte + one.token.len()));
        self.lines.push(Line {
            id: entry.text.name.clone(),
            tokens: characters.iter().map(token).collect(),
            ner_tags: numbers.collect::<Result<_, _>>().map_err(io::Error::other)?,
            char_offsets: characters.iter().map(|one| i64::from(one.at.0)).collect(),
        });
        self.characters += characters.len();
        if self.lines.len() >= GROUP || self.characters >= GROUP_CHARACTERS {
            let group = self.write_group().map_err(io::Error::other)?;
            files.append(FILE, &group)?;
        }
        Ok(())
    }

    fn finish(&mut self, files: &mut dyn Files) -> io::Result<()> {
        let group = self.write_group().map_err(io::Error::other)?;
        files.append(FILE, &group)?;
        let features = features(&self.numbers.names());
        let rest = self.file.take().map(|mut file| {
            file.append_key_value_metadata(KeyValue::new(METADATA.to_owned(), features.to_string()));
            file.into_inner()
        });
        let rest = rest.transpose().map_err(io::Error::other)?;
        files.append(FILE, &rest.unwrap_or_default())
    }
}

impl Table {
    /// Writes the documents that wait as a row group. The next bytes of the file.
    fn write_group(&mut self) -> Result<Vec<u8>, ParquetError> {
        let file = match &mut self.file {
            Some(file) => file,
            None => self.file.insert(begun()?),
        };
        let lines = std::mem::take(&mut self.lines);
        self.characters = 0;
        if !lines.is_empty() {
            let mut group = file.next_row_group()?;
            let ids: Vec<ByteArray> = lines.iter().map(|line| ByteArray::from(line.id.as_str())).collect();
            push_column::<ByteArrayType>(&mut group, &ids, &vec![1; ids.len()], None)?;
            push_lists::<ByteArrayType>(&mut group, &lines, |line| &line.tokens)?;
            push_lists::<Int64Type>(&mut group, &lines, |line| &line.ner_tags)?;
            push_lists::<Int64Type>(&mut group, &lines, |line| &line.char_offsets)?;
            group.close()?;
        }
        file.flush()?;
        Ok(std::mem::take(file.inner_mut()))
    }
}

fn begun() -> Result<SerializedFileWriter<Vec<u8>>, ParquetError> {
    let properties = WriterProperties::builder()
        .set_created_by("zhupi".to_owned())
        .set_compression(Compression::SNAPPY);
    let schema = Arc::new(parse_message_type(SCHEMA)?);
    SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties.build()))
}

/// What `datasets` is told of the columns.
fn features(names: &[String]) -> Value {
    let list = |feature: Value| json!({"feature": feature, "_type": "Sequence"});
    let number = json!({"dtype": "int64", "_type": "Value"});
    json!({"info": {"features": {
        "id": {"dtype": "string", "_type": "Value"},
        "tokens": list(json!({"dtype": "string", "_type": "Value"})),
        "ner_tags": list(json!({"names": names, "_type": "ClassLabel"})),
        "char_offsets": list(number),
    }}})
}

fn push_column<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    values: &[T::T],
    definitions: &[i16],
    repetitions: Option<&[i16]>,
) -> Result<(), ParquetError> {
    if let Some(mut column) = group.next_column()? {
        column
            .typed::<T>()
            .write_batch(values, Some(definitions), repetitions)?;
        column.close()?;
    }
    Ok(())
}

/// A column of lists. Every element is there in full (3 of 3 levels); an empty list is there without one (1 level).
fn push_lists<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    lines: &[Line],
    column: impl Fn(&Line) -> &Vec<T::T>,
) -> Result<(), ParquetError> {
    let (mut values, mut definitions, mut repetitions) = (Vec::new(), Vec::new(), Vec::new());
    for list in lines.iter().map(column) {
        values.extend_from_slice(list);
        definitions.extend(std::iter::repeat_n(3, list.len()));
        repetitions.push(0);
        repetitions.extend(list.iter().skip(1).map(|_| 1));
        if list.is_empty() {
            definitions.push(1);
        }
    }
    push_column::<T>(group, &values, &definitions, Some(&repetitions))
}

fn read(files: &[InputFile<'_>], intake: &mut Intake<'_>) {
    let (names, tables) = names_beside(files, intake);
    for file in tables {
        read_file(Bytes::copy_from_slice(file.bytes), file.name, &names, intake);
    }
}

fn read_large(
    mut file: Box<dyn Source>,
    name: &str,
    beside: &[InputFile<'_>],
    intake: &mut Intake<'_>,
) -> io::Result<()> {
    let (names, _) = names_beside(beside, intake);
    let len = file.seek(io::SeekFrom::End(0))?;
    let file = Arc::new(Mutex::new(file));
    read_file(Chunks { file, len }, name, &names, intake);
    Ok(())
}

/// A file as the library reads it: now here, now there.
struct Chunks {
    file: Arc<Mutex<Box<dyn Source>>>,
    len: u64,
}

/// The file from some place on.
struct Chunk {
    file: Arc<Mutex<Box<dyn Source>>>,
    at: u64,
}

impl io::Read for Chunk {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(io::SeekFrom::Start(self.at))?;
        let read = file.read(into)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Length for Chunks {
    fn len(&self) -> u64 {
        self.len
    }
}

impl ChunkReader for Chunks {
    type T = BufReader<Chunk>;

    fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
        Ok(BufReader::new(Chunk {
            file: Arc::clone(&self.file),
            at: start,
        }))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        let mut bytes = Vec::new();
        self.get_read(start)?.take(length as u64).read_to_end(&mut bytes)?;
        if bytes.len() < length {
            return Err(ParquetError::EOF("it ends before its columns do".to_owned()));
        }
        Ok(bytes.into())
    }
}

fn read_file(file: impl ChunkReader + 'static, name: &str, names: &[String], intake: &mut Intake<'_>) {
    if let Err(what) = read_table(file, name, names, intake) {
        intake.error(name, None, format!("this is no Parquet file that can be read: {what}"));
    }
}

/// What the library reads. On a damaged file it may panic (its checks of the metadata are assertions); that ends here, and
/// what it was reading is not used any more.
fn contained<T>(read: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(done) => done.map_err(|error| error.to_string()),
        Err(_) => Err("it is damaged".to_owned()),
    }
}

fn read_table(
    file: impl ChunkReader + 'static,
    name: &str,
    beside: &[String],
    intake: &mut Intake<'_>,
) -> Result<(), String> {
    let reader = contained(|| SerializedFileReader::new(file))?;
    let own = names(&reader);
    let names = if own.is_empty() { beside } else { &own };
    let mut rows = contained(|| reader.get_row_iter(None))?;
    let mut number = 0;
    while let Some(row) = contained(|| rows.next().transpose())? {
        number += 1;
        match line(&row).and_then(|line| read_line(&line, names, intake)) {
            Ok(text) => intake.take(&InputFile { name, bytes: b"" }, None, text),
            Err(what) => intake.error(name, None, format!("row {number}: {what}")),
        }
    }
    Ok(())
}

/// The names of the tags, where the metadata has them.
fn names(reader: &impl FileReader) -> Vec<String> {
    let metadata = reader.metadata().file_metadata().key_value_metadata();
    let features = metadata.and_then(|entries| entries.iter().find(|entry| entry.key == METADATA));
    let features = features.and_then(|entry| serde_json::from_str::<Value>(entry.value.as_deref()?).ok());
    let names = features.as_ref().and_then(|features| {
        let columns = features.pointer("/info/features")?;
        let column = TAGS.iter().find_map(|name| columns.get(name))?;
        column.pointer("/feature/names")?.as_array()
    });
    let names = names.into_iter().flatten();
    names.filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

/// A row as a line of the JSON lines.
fn line(row: &Row) -> Result<ReadLine<'_>, String> {
    let column = |names: &[&str]| {
        let mut columns = row.get_column_iter();
        columns
            .find(|(name, _)| names.contains(&name.as_str()))
            .map(|(_, field)| field)
    };
    let list = |names: &[&str]| match column(names) {
        Some(Field::ListInternal(list)) => Ok(list.elements()),
        _ => Err(format!(
            "there is no list {}",
            names.first().copied().unwrap_or_default()
        )),
    };
    let tokens = list(&["tokens", "words"])?.iter().map(|token| match token {
        Field::Str(token) => Ok(Words(token.as_str().into())),
        _ => Err("a token is no text".to_owned()),
    });
    let tags = list(&TAGS)?.iter().map(|tag| match tag {
        Field::Str(name) => Ok(ReadTag::Name(name.as_str().into())),
        tag => {
            let number = number(tag).and_then(|number| usize::try_from(number).ok());
            number
                .map(ReadTag::Number)
                .ok_or_else(|| "a tag is neither a number nor a name".to_owned())
        }
    });
    let offsets = list(&["char_offsets"]).unwrap_or_default().iter().filter_map(number);
    Ok(ReadLine {
        id: match column(&["id"]) {
            Some(Field::Str(id)) => Some(Value::from(id.as_str())),
            Some(id) => number(id).map(Value::from),
            None => None,
        },
        tokens: tokens.collect::<Result<_, String>>()?,
        ner_tags: tags.collect::<Result<_, String>>()?,
        char_offsets: offsets.filter_map(|offset| u32::try_from(offset).ok()).collect(),
    })
}

fn number(field: &Field) -> Option<i64> {
    match field {
        Field::Byte(number) => Some(i64::from(*number)),
        Field::Short(number) => Some(i64::from(*number)),
        Field::Int(number) => Some(i64::from(*number)),
        Field::Long(number) => Some(*number),
        Field::UByte(number) => Some(i64::from(*number)),
        Field::UShort(number) => Some(i64::from(*number)),
        Field::UInt(number) => Some(i64::from(*number)),
        Field::ULong(number) => i64::try_from(*number).ok(),
        _ => None,
    }
}
