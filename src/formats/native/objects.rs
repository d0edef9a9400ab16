//! The objects of the saved file, their keys in the order that interfaces fix.

use serde_json::{Number, Value};

use super::wire::wire;
use crate::annot::{DocumentStatus, LabelId, Origin, Status};
use crate::text::{BlockKind, CharRange, Run};

wire! {
    /// The outermost object.
    pub struct File {
        /// `zhupi`.
        format: String = "format",
        /// See [`VERSION`].
        version: u32 = "version",
        /// `codepoint`.
        offset_unit: String = "offset_unit",
        /// The file that was opened.
        source: SourceObject = "source",
        /// The reading text.
        text: String = "text",
        /// Runs of (reading start, raw start, length).
        alignment: Vec<Run> = "alignment",
        /// The lines of the reading text.
        blocks: Vec<BlockObject> = "blocks",
        /// The label set.
        labels: Vec<LabelObject> = "labels",
        /// The tags.
        spans: Vec<SpanObject> = "spans",
        /// What they name.
        entities: Vec<EntityObject> = "entities",
        /// What holds between them.
        relations: Vec<RelationObject> = "relations",
        /// What is said of the whole.
        document: DocumentObject = "document",
        /// What the editor changed against the automatic reading text.
        corrections: Vec<CorrectionObject> = "corrections",
        ;
        /// Findings that the editor has put away.
        dismissed: Vec<DismissalObject> = "dismissed",
        /// Tags whose text is gone.
        lost: Vec<SpanObject> = "lost",
    }
}

wire! {
    /// A finding that was put away.
    pub struct DismissalObject {
        /// The check's name.
        check: String = "check",
        /// The words that it is about.
        texts: Vec<String> = "texts",
    }
}

wire! {
    /// `source`.
    pub struct SourceObject {
        /// File name without folder.
        name: String = "name",
        /// Of the file's bytes.
        sha256: String = "sha256",
        /// As it was read.
        encoding: String = "encoding",
        /// `lf`, `crlf`, `cr`, `mixed`.
        newline: String = "newline",
        /// The raw text.
        text: String = "text",
    }
}

wire! {
    /// One of `blocks`.
    pub struct BlockObject {
        /// What it is.
        kind: BlockKind = "kind",
        /// First code point.
        start: u32 = "start",
        /// One past the last.
        end: u32 = "end",
        ;
        /// Another article begins here.
        starts_article: bool = "starts_article",
        /// Set aside by the editor.
        dropped: bool = "dropped",
    }
}

wire! {
    /// A name in both languages.
    pub struct NameObject {
        /// Chinese.
        zh: String = "zh",
        /// English.
        en: String = "en",
    }
}

wire! {
    /// One of `labels`.
    pub struct LabelObject {
        /// What spans refer to.
        id: String = "id",
        /// Its names.
        name: NameObject = "name",
        /// `#RRGGBB`.
        color: String = "color",
        /// The key that tags with it.
        key: Option<String> = "key",
        ;
        /// What belongs under it.
        guideline: String = "guideline",
    }
}

wire! {
    /// One of `spans`.
    pub struct SpanObject {
        /// Its own name.
        id: String = "id",
        /// A label's id.
        label: LabelId = "label",
        /// First code point.
        start: u32 = "start",
        /// One past the last.
        end: u32 = "end",
        /// What it covers.
        text: String = "text",
        /// The pieces of the raw text that it covers.
        raw: Vec<CharRange> = "raw",
        /// accepted, suggested, rejected.
        status: Status = "status",
        /// Who made it.
        origin: Origin = "origin",
        /// How sure its maker was.
        score: Option<Number> = "score",
        /// An entity's id.
        entity: Option<String> = "entity",
        /// A remark.
        note: String = "note",
        /// What a figure or a time means.
        value: Option<Value> = "value",
    }
}

wire! {
    /// One of `entities`.
    pub struct EntityObject {
        /// What spans refer to.
        id: String = "id",
        /// A label's id.
        label: LabelId = "label",
        /// What it is called.
        name: String = "name",
    }
}

wire! {
    /// One of `relations`.
    pub struct RelationObject {
        /// Its own name.
        id: String = "id",
        /// What holds.
        label: String = "label",
        /// A span's id.
        from: String = "from",
        /// A span's id.
        to: String = "to",
    }
}

wire! {
    /// `document`.
    pub struct DocumentObject {
        /// How far the editor has come.
        status: DocumentStatus = "status",
        /// The headline, if the editor gave one.
        title: String = "title",
        /// `YYYY-MM-DD`.
        issue_date: Option<String> = "issue_date",
        /// A remark.
        note: String = "note",
    }
}

wire! {
    /// One of `corrections`.
    pub struct CorrectionObject {
        /// Where it begins in the reading text.
        start: u32 = "start",
        /// Where it ends.
        end: u32 = "end",
        /// What the automatic reading text had.
        before: String = "before",
        /// What it has now.
        after: String = "after",
        /// The raw characters in question.
        raw: Vec<CharRange> = "raw",
    }
}
