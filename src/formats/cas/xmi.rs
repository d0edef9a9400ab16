//! UIMA XMI, with the type system beside it, without which INCEpTION cannot load it.
//!
//! XML 1.0 cannot hold control characters: U+FFFD stands in their place.

use std::collections::{BTreeMap, HashMap};
use std::io;

use super::{ANNOTATION, DEPENDENT, Found, GOVERNOR, HOLDS, SOFA, TYPES, VIEW, annotations, is_tag, take};
use crate::formats::xml::{self, Node, push_attribute};
use crate::formats::{
    Annotated, Entry, Files, Format, InputFile, Intake, LabelNames, LossReport, OffsetUnit, Packing, Purpose, Writer,
};

const TYPE_SYSTEM_FILE: &str = "TypeSystem.xml";

pub(in crate::formats) const FORMAT: Format = Format {
    id: "xmi",
    name: "UIMA XMI (INCEpTION)",
    purpose: Purpose::Tagging,
    holds: HOLDS,
    offsets: OffsetUnit::Utf16,
    packing: Packing::Documents(&[".xmi"]),
    labels: LabelNames::Short,
    writer: |_| Box::new(Xmi),
    limit,
    reader: Some(read),
    parts: crate::formats::Parts::Whole,
};

fn limit(text: &mut Annotated, report: &mut LossReport) {
    super::limit(text, report);
    xml::no_forbidden_characters(text, report);
}

struct Xmi;

impl Writer for Xmi {
    fn add(&mut self, entry: &Entry<'_>, files: &mut dyn Files) -> io::Result<()> {
        let annotations = annotations(entry.text);
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xmi:XMI");
        push_attribute(&mut out, "xmlns:xmi", "http://www.omg.org/XMI");
        let mut prefixes: BTreeMap<&str, String> = BTreeMap::from([("uima.cas", "cas".to_owned())]);
        for annotation in &annotations {
            let (package, _) = split(annotation.kind);
            let next = format!("n{}", prefixes.len());
            prefixes.entry(package).or_insert(next);
        }
        for (package, prefix) in &prefixes {
            let uri = format!("http:///{}.ecore", package.replace('.', "/"));
            push_attribute(&mut out, &format!("xmlns:{prefix}"), &uri);
        }
        push_attribute(&mut out, "xmi:version", "2.0");
        out.push_str(">\n<cas:NULL xmi:id=\"0\"/>\n<cas:Sofa");
        push_attribute(&mut out, "xmi:id", &SOFA.to_string());
        push_attribute(&mut out, "sofaNum", "1");
        push_attribute(&mut out, "sofaID", VIEW);
        push_attribute(&mut out, "mimeType", "text");
        push_attribute(&mut out, "sofaString", entry.text.text.as_str());
        out.push_str("/>\n");
        let mut members = Vec::with_capacity(annotations.len());
        for annotation in &annotations {
            let (package, name) = split(annotation.kind);
            let prefix = prefixes.get(package).map_or("cas", String::as_str);
            let id = annotation.id.to_string();
            out.push_str(&format!("<{prefix}:{name}"));
            push_attribute(&mut out, "xmi:id", &id);
            push_attribute(&mut out, "sofa", &SOFA.to_string());
            push_attribute(&mut out, "begin", &annotation.place.0.to_string());
            push_attribute(&mut out, "end", &annotation.place.1.to_string());
            for (name, said) in &annotation.strings {
                push_attribute(&mut out, name, said);
            }
            for (name, id) in &annotation.references {
                push_attribute(&mut out, name, &id.to_string());
            }
            out.push_str("/>\n");
            members.push(id);
        }
        out.push_str("<cas:View");
        push_attribute(&mut out, "sofa", &SOFA.to_string());
        push_attribute(&mut out, "members", &members.join(" "));
        out.push_str("/>\n</xmi:XMI>\n");
        files.append(&format!("{}.xmi", entry.stem), out.as_bytes())
    }

    fn finish(&mut self, files: &mut dyn Files) -> io::Result<()> {
        files.append(TYPE_SYSTEM_FILE, type_system().as_bytes())
    }
}

/// A type's package and its own name.
fn split(kind: &str) -> (&str, &str) {
    kind.rsplit_once('.').unwrap_or(("", kind))
}

fn type_system() -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\">\n<types>\n",
    );
    for (name, features) in TYPES {
        out += &format!(
            "<typeDescription><name>{name}</name><description/><supertypeName>{ANNOTATION}</supertypeName>\n<features>\n"
        );
        for (feature, range) in features {
            out += &format!(
                "<featureDescription><name>{feature}</name><description/><rangeTypeName>{range}</rangeTypeName>\
                 </featureDescription>\n"
            );
        }
        out += "</features></typeDescription>\n";
    }
    out + "</types>\n</typeSystemDescription>\n"
}

fn read(files: &[InputFile<'_>], intake: &mut Intake<'_>) {
    // The type system may be among the files; what it says of our types is known, and of others not needed.
    for file in files.iter().filter(|file| file.name != TYPE_SYSTEM_FILE) {
        let mut cas = Cas::default();
        match xml::each_node(file, |line, node| cas.see(line, &node)) {
            Ok(()) => match cas.sofa() {
                Some((id, text)) => take(file, id, text, &cas.found, intake),
                None => intake.error(file.name, None, "there is no text: no Sofa with a sofaString"),
            },
            Err((line, what)) => intake.error(file.name, line, what),
        }
    }
}

#[derive(Default)]
struct Cas {
    packages: HashMap<String, String>,
    /// Name, number and text of each Sofa.
    sofas: Vec<(String, i64, String)>,
    found: Vec<Found>,
}

impl Cas {
    fn see(&mut self, line: usize, node: &Node<'_>) -> Result<(), String> {
        let Node::Start(element) = node else { return Ok(()) };
        for (name, uri) in element.attributes() {
            if let Some(prefix) = name.strip_prefix("xmlns:") {
                let package = uri.strip_prefix("http:///").and_then(|uri| uri.strip_suffix(".ecore"));
                let package = package.unwrap_or_default().replace('/', ".");
                self.packages.insert(prefix.to_owned(), package);
            }
        }
        let number = |name: &str| match element.attribute(name) {
            None => Ok(None),
            Some(said) => match said.parse::<i64>() {
                Ok(number) => Ok(Some(number)),
                Err(_) => Err(format!("{name}=\"{said}\" is no number")),
            },
        };
        if element.name == "Sofa" {
            if let (Some(id), Some(text)) = (number("xmi:id")?, element.attribute("sofaString")) {
                let name = element.attribute("sofaID").unwrap_or_default().to_owned();
                self.sofas.push((name, id, text.to_owned()));
            }
            return Ok(());
        }
        let place = (number("xmi:id")?, number("begin")?, number("end")?);
        let (Some(id), Some(begin), Some(end)) = place else {
            return Ok(());
        };
        let package = self.packages.get(&element.prefix).map_or("", String::as_str);
        let kind = format!("{package}.{}", element.name);
        if !is_tag(&kind) {
            return Ok(());
        }
        let join = |name| element.attribute(name).and_then(|said| said.parse().ok());
        self.found.push(Found {
            kind,
            id,
            line: Some(line),
            sofa: number("sofa")?.unwrap_or_default(),
            begin,
            end,
            joins: [join(GOVERNOR), join(DEPENDENT)],
            strings: (element.attributes())
                .map(|(name, said)| (name.to_owned(), said.to_owned()))
                .collect(),
        });
        Ok(())
    }

    fn sofa(&self) -> Option<(i64, &str)> {
        let initial = self.sofas.iter().find(|(name, ..)| name == VIEW);
        let (_, id, text) = initial.or_else(|| self.sofas.first())?;
        Some((*id, text))
    }
}
