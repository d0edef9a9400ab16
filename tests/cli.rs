//! The command line as other programs see it: what is written, what is said, and the exit code.

#![allow(clippy::unwrap_used, reason = "a test's own machinery may fail like the test")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

const ARTICLE: &str = "昨天，重庆市公安局局长胡明朗在\n北京表示，今年破案5.8万多起，\n同比上升98%以上。\n";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), ARTICLE).unwrap();
    fs::write(folder.path().join("b.txt"), "记者张建国😀报道：第四场，3比2。\n").unwrap();
    folder
}

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhupi"));
    command
        .args(args)
        .current_dir(folder)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET");
    command
}

fn run(folder: &Path, args: &[&str]) -> Output {
    command(folder, args).output().unwrap()
}

/// Runs a command with `input` on stdin, written by another thread: neither side waits for the other for ever.
fn run_with(folder: &Path, args: &[&str], input: Vec<u8>) -> Output {
    let mut child = command(folder, args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // A command that ends early closes its side: that is for its exit code to tell.
    let writer = std::thread::spawn(move || stdin.write_all(&input).ok());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Runs a command that must do what it is asked for, and gives its stdout.
#[track_caller]
fn done(folder: &Path, args: &[&str]) -> String {
    let output = run(folder, args);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", err(&output));
    out(&output)
}

/// Runs a command that must fail without a result, and gives its message.
#[track_caller]
fn refused(folder: &Path, args: &[&str]) -> String {
    let before = names(folder);
    let output = run(folder, args);
    assert_eq!(
        (output.status.code(), out(&output)),
        (Some(2), String::new()),
        "{args:?}: {}",
        err(&output)
    );
    assert_eq!(names(folder), before, "{args:?} left something behind");
    err(&output)
}

/// Every file and folder below `folder`.
fn names(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            names.push(path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/"));
            if path.is_dir() {
                folders.push(path);
            }
        }
    }
    names.sort();
    names
}

fn saved(folder: &Path, name: &str) -> Value {
    serde_json::from_slice(&fs::read(folder.join(name)).unwrap()).unwrap()
}

/// A folder with saved suggestions in `annotations/`, those of a.txt accepted.
fn annotated() -> TempDir {
    let folder = folder();
    done(folder.path(), &["suggest", "a.txt", "b.txt", "-o", "annotations"]);
    change(folder.path(), "annotations/a.json", "\"suggested\"", "\"accepted\"");
    folder
}

fn change(folder: &Path, name: &str, from: &str, to: &str) {
    let path = folder.join(name);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{text}");
    fs::write(path, text.replace(from, to)).unwrap();
}

#[test]
fn read_prints_the_reading_text() {
    let folder = folder();
    assert_eq!(
        done(folder.path(), &["read", "a.txt"]),
        "昨天，重庆市公安局局长胡明朗在北京表示，今年破案5.8万多起，同比上升98%以上。\n"
    );
    assert_eq!(done(folder.path(), &["read", "--as-is", "a.txt"]), ARTICLE);
    for text in ["", "\n", "\n\n", "甲\u{c}乙\n\n \n\n", "甲\u{2028}乙\n"] {
        fs::write(folder.path().join("lines.txt"), text).unwrap();
        assert_eq!(done(folder.path(), &["read", "--as-is", "lines.txt"]), text);
    }
    let json: Value = serde_json::from_str(&done(folder.path(), &["read", "--json", "a.txt"])).unwrap();
    let keys: Vec<&String> = json.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["source", "text", "alignment", "blocks"]);
    assert_eq!(json["source"]["text"], ARTICLE);
}

#[test]
fn read_takes_empty_files_and_other_encodings() {
    let folder = folder();
    fs::write(folder.path().join("empty.txt"), "").unwrap();
    assert_eq!(done(folder.path(), &["read", "empty.txt"]), "");
    fs::write(folder.path().join("gbk.txt"), b"\xD6\xD8\xC7\xEC\r\n").unwrap();
    assert_eq!(done(folder.path(), &["read", "gbk.txt"]), "重庆\n");
    assert_eq!(
        done(folder.path(), &["read", "--encoding", "gb18030", "gbk.txt"]),
        "重庆\n"
    );
    assert_eq!(done(folder.path(), &["read", "--encoding", "gbk", "gbk.txt"]), "重庆\n");
    let message = refused(folder.path(), &["read", "--encoding", "klingon", "gbk.txt"]);
    assert!(message.contains("klingon") && message.contains("GB18030"), "{message}");
    fs::write(folder.path().join("zeros.txt"), "\0\0\0\0\0\0 zeros").unwrap();
    assert!(refused(folder.path(), &["read", "zeros.txt"]).contains("--encoding"));
    done(folder.path(), &["read", "--encoding", "utf8", "zeros.txt"]);
    fs::write(folder.path().join("bad.txt"), b"\xE9\x87\x8D\xE5\xBA\x86\xFF\n").unwrap();
    let output = run(folder.path(), &["read", "bad.txt"]);
    assert!(
        err(&output).contains("1 byte sequence in UTF-8 could not be read and was replaced"),
        "{}",
        err(&output)
    );
}

#[test]
fn read_names_the_file_that_it_cannot_read() {
    let folder = folder();
    assert!(refused(folder.path(), &["read", "gone.txt"]).contains("gone.txt"));
    assert!(refused(folder.path(), &["read", "."]).contains("folder"));
    fs::write(folder.path().join("a.png"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap();
    assert!(refused(folder.path(), &["read", "a.png"]).contains("a.png"));
    refused(folder.path(), &["read"]);
    refused(folder.path(), &["read", "--wrong", "a.txt"]);
}

#[test]
fn suggest_saves_a_file_for_each_text() {
    let folder = folder();
    let path = folder.path();
    assert_eq!(
        done(
            path,
            &[
                "suggest",
                "a.txt",
                "b.txt",
                "-o",
                "new/out",
                "--issue-date",
                "2025-09-15"
            ]
        ),
        ""
    );
    assert_eq!(names(&path.join("new/out")), ["a.json", "b.json"]);
    let file = saved(path, "new/out/a.json");
    assert_eq!(file["document"]["issue_date"], "2025-09-15");
    let spans = file["spans"].as_array().unwrap();
    assert!(spans.iter().all(|span| span["status"] == "suggested"));
    let of = |text: &str| spans.iter().find(|span| span["text"] == text).unwrap();
    assert_eq!(
        (&of("5.8万多起")["label"], &of("5.8万多起")["origin"]),
        (&Value::from("figure"), &Value::from("rule"))
    );
    assert_eq!(of("5.8万多起")["value"]["value"], "58000");
    assert_eq!(of("昨天")["value"]["timex"], "2025-09-14");
    assert_eq!(
        (&of("重庆市公安局")["label"], &of("重庆市公安局")["origin"]),
        (&Value::from("unit"), &Value::from("dictionary"))
    );
    let score = of("重庆市公安局")["score"].to_string();
    assert!(score.len() <= 5 && score.starts_with("0."), "{score}");
    fs::write(path.join("empty.txt"), "").unwrap();
    done(path, &["suggest", "empty.txt", "-o", "new/out"]);
    assert_eq!(saved(path, "new/out/empty.json")["spans"], Value::Array(Vec::new()));
    assert_eq!(done(path, &["check", "new/out"]), "");
}

#[test]
fn suggest_writes_nothing_where_anything_is_wrong() {
    let folder = folder();
    let path = folder.path();
    assert!(refused(path, &["suggest", "a.txt", "gone.txt", "-o", "out"]).contains("gone.txt"));
    assert!(refused(path, &["suggest", "a.txt", "-o", "b.txt"]).contains("b.txt"));
    refused(path, &["suggest", "a.txt"]);
    refused(path, &["suggest", "-o", "out"]);
    refused(path, &["suggest", "a.txt", "-o", "out", "--issue-date", "2025-02-30"]);
    done(path, &["suggest", "a.txt", "-o", "out"]);
    let first = fs::read(path.join("out/a.json")).unwrap();
    assert!(refused(path, &["suggest", "b.txt", "a.txt", "-o", "out"]).contains("a.json"));
    done(path, &["suggest", "b.txt", "a.txt", "-o", "out", "--force"]);
    assert_eq!(fs::read(path.join("out/a.json")).unwrap(), first);
    fs::create_dir(path.join("more")).unwrap();
    fs::write(path.join("more/a.txt"), "乙\n").unwrap();
    assert!(refused(path, &["suggest", "a.txt", "more/a.txt", "-o", "two"]).contains("more"));
    fs::write(path.join("a.md"), "丙\n").unwrap();
    done(path, &["suggest", "a.txt", "a.md", "-o", "two"]);
    assert_eq!(names(&path.join("two")), ["a.json", "a.md.json"]);
}

#[test]
fn suggest_leaves_the_tags_of_a_saved_file_alone() {
    let folder = annotated();
    let path = folder.path();
    let before = saved(path, "annotations/a.json");
    done(path, &["suggest", "annotations/a.json", "-o", "again"]);
    assert_eq!(saved(path, "again/a.json"), before);
}

/// `--force` threw away what an editor had done.
#[test]
fn suggest_does_not_write_over_an_editors_work() {
    let folder = annotated();
    let path = folder.path();
    let args = ["suggest", "a.txt", "b.txt", "-o", "annotations", "--force"];
    let before = saved(path, "annotations/a.json");
    let message = refused(path, &args);
    assert!(
        message.contains("annotations/a.json") && message.contains("editor"),
        "{message}"
    );
    assert_eq!(saved(path, "annotations/a.json"), before);
    // In place it keeps what is there.
    done(path, &["suggest", "annotations/a.json", "-o", "annotations", "--force"]);
    assert_eq!(saved(path, "annotations/a.json"), before);
    // Nobody has touched the other.
    let args = ["suggest", "b.txt", "-o", "annotations", "--force"];
    done(path, &args);
    fs::create_dir(path.join("annotations/journal")).unwrap();
    fs::write(path.join("annotations/journal/b.jsonl"), "").unwrap();
    assert!(refused(path, &args).contains("b.json"));
    fs::remove_dir_all(path.join("annotations/journal")).unwrap();
    for (from, to) in [
        ("\"origin\": \"dictionary\"", "\"origin\": \"hand\""),
        ("\"title\": \"\"", "\"title\": \"头版\""),
        ("\"in_progress\"", "\"done\""),
        ("\"version\": 1", "\"version\": 99"),
        ("{", "{{"),
    ] {
        let whole = fs::read_to_string(path.join("annotations/b.json")).unwrap();
        change(path, "annotations/b.json", from, to);
        assert!(refused(path, &args).contains("b.json"), "{from}");
        fs::write(path.join("annotations/b.json"), whole).unwrap();
    }
    done(path, &args);
}

#[test]
fn suggest_says_that_a_folder_is_empty() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("empty")).unwrap();
    let message = refused(folder.path(), &["suggest", "empty", "-o", "out"]);
    assert!(message.contains("no texts in the folder: empty"), "{message}");
}

#[test]
fn the_stream_answers_each_line_in_order() {
    let folder = folder();
    let count = 10_000;
    let mut input = String::new();
    for number in 0..count {
        input.push_str(&format!(
            "{{\"id\":{number},\"text\":\"第{number}号😀：北京98%\\u2028完\"}}\n"
        ));
    }
    let output = run_with(folder.path(), &["suggest", "--stream"], input.into_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let output = out(&output);
    assert!(!output.contains('\u{2028}'));
    let mut lines = 0;
    for (number, line) in output.lines().enumerate() {
        let answer: Value = serde_json::from_str(line).unwrap();
        assert_eq!(answer["id"], number);
        let text: Vec<char> = answer["text"].as_str().unwrap().chars().collect();
        let spans = answer["spans"].as_array().unwrap();
        assert!(
            spans
                .iter()
                .any(|span| span["text"] == "98%" && span["label"] == "figure")
        );
        for span in spans {
            let place = |key: &str| usize::try_from(span[key].as_u64().unwrap()).unwrap();
            let covered: String = text[place("start")..place("end")].iter().collect();
            assert_eq!(span["text"], covered);
            let keys: Vec<&String> = span.as_object().unwrap().keys().collect();
            assert_eq!(keys, ["start", "end", "label", "text", "score", "origin", "value"]);
        }
        lines += 1;
    }
    assert_eq!(lines, count);
}

#[test]
fn the_stream_takes_ids_and_texts_as_they_are() {
    let folder = folder();
    let input =
        "\u{feff}{\"text\":\"甲\\r\\n 乙\",\"id\":{\"page\":1.50},\"more\":1}\r\n\n{\"id\":\"x\",\"text\":\"\"}";
    let output = run_with(folder.path(), &["suggest", "--stream"], input.into());
    assert_eq!(
        out(&output),
        "{\"id\":{\"page\":1.50},\"text\":\"甲\\r\\n 乙\",\"spans\":[]}\n{\"id\":\"x\",\"text\":\"\",\"spans\":[]}\n"
    );
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
}

#[test]
fn a_bad_line_ends_the_stream_by_its_number() {
    let folder = folder();
    let good = "{\"id\":1,\"text\":\"北京\"}\n";
    let bad: [&[u8]; 5] = [
        b"{\"id\":1}\n",
        b"{\"id\":1,\"text\":5}\n",
        b"[1\n",
        b"{\"id\":1,\"text\":\"\xff\"}\n",
        b"{\"id\":1,\"text\":\"\\ud800\"}\n",
    ];
    for bad in bad {
        let input = [good.as_bytes(), good.as_bytes(), bad, good.as_bytes()].concat();
        let output = run_with(folder.path(), &["suggest", "--stream"], input);
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(out(&output).lines().count(), 2);
        assert!(err(&output).contains("<stdin>:3:"), "{}", err(&output));
    }
    refused(folder.path(), &["suggest", "--stream", "a.txt"]);
}

#[test]
fn export_writes_one_file_and_proves_it() {
    let folder = annotated();
    let path = folder.path();
    let output = run(
        path,
        &[
            "export",
            "annotations",
            "--format",
            "jsonl",
            "-o",
            "all.jsonl",
            "--label-map",
            "unit=ORG",
        ],
    );
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(err(&output).contains(" recovered"), "{}", err(&output));
    let written = fs::read_to_string(path.join("all.jsonl")).unwrap();
    assert_eq!(written.lines().count(), 2);
    assert!(written.contains("\"ORG\"") && !written.contains("\"unit\""));
    assert!(refused(path, &["export", "annotations", "--format", "jsonl", "-o", "all.jsonl"]).contains("--force"));
    done(
        path,
        &["export", "a.txt", "--format", "jsonl", "-o", "all.jsonl", "--force"],
    );
    assert_eq!(fs::read_to_string(path.join("all.jsonl")).unwrap().lines().count(), 1);
}

/// `export a.json -o a.json --force` put the export where the tags had been.
#[test]
fn nothing_is_written_over_what_it_is_made_of() {
    let folder = annotated();
    let path = folder.path();
    let sources = ["a.txt", "annotations/a.json", "annotations/b.json"];
    let read = || sources.map(|name| fs::read(path.join(name)).unwrap());
    let before = read();
    for args in [
        &[
            "export",
            "annotations/a.json",
            "--format",
            "jsonl",
            "-o",
            "annotations/a.json",
        ][..],
        &["export", "a.txt", "--format", "csv", "-o", "./a.txt"],
        &["export", "annotations", "--format", "brat", "-o", "."],
        &["export", "annotations", "--format", "native", "-o", "annotations"],
        &[
            "import",
            "annotations/a.json",
            "--format",
            "native",
            "-o",
            "annotations",
        ],
        &["figures", "annotations", "-o", "annotations/b.json"],
        &["figures", "a.txt", "-o", "a.txt"],
    ] {
        let message = refused(path, &[args, &["--force"]].concat());
        assert!(message.contains("is read here"), "{args:?}: {message}");
        assert_eq!(read(), before, "{args:?}");
    }
}

#[test]
fn a_line_for_the_output_is_stdout_where_one_file_is_written() {
    let folder = annotated();
    let path = folder.path();
    let before = names(path);
    let lines = done(path, &["export", "annotations", "--format", "jsonl", "-o", "-"]);
    assert_eq!(lines.lines().count(), 2);
    assert_eq!(done(path, &["figures", ".", "-o", "-"]), done(path, &["figures", "."]));
    for args in [
        &["export", "annotations", "--format", "brat", "-o", "-"][..],
        &["export", "annotations", "--format", "hf", "-o", "-"],
        &["suggest", "a.txt", "-o", "-"],
        &["split", "annotations", "-o", "-"],
        &["import", "annotations/a.json", "--format", "native", "-o", "-"],
    ] {
        assert!(refused(path, args).contains("stdout"), "{args:?}");
    }
    assert_eq!(names(path), before);
}

#[test]
fn an_option_that_a_format_has_not_is_refused() {
    let folder = annotated();
    let path = folder.path();
    for args in [
        &["export", "annotations", "--format", "jsonl", "-o", "x.jsonl", "--utf16"][..],
        &["import", "annotations", "--format", "native", "-o", "x", "--utf16"],
    ] {
        assert!(refused(path, args).contains("doccano"));
    }
    done(
        path,
        &[
            "export",
            "annotations",
            "--format",
            "doccano",
            "-o",
            "x.jsonl",
            "--utf16",
        ],
    );
}

#[test]
fn what_cannot_be_written_is_said_of_the_file_written() {
    let folder = annotated();
    let path = folder.path();
    let long = "a".repeat(300);
    change(path, "annotations/a.json", "\"a.txt\"", &format!("\"{long}.txt\""));
    let message = refused(path, &["export", "annotations", "--format", "brat", "-o", "out"]);
    assert!(
        message.contains(&format!("out/{long}")) && !message.contains("a.json") && !message.contains(".zhupi-"),
        "{message}"
    );
    fs::create_dir(path.join("newer")).unwrap();
    fs::write(path.join("newer/b.json"), "{\"format\": \"zhupi\", \"version\": 99}").unwrap();
    let args = [
        "export",
        "annotations/b.json",
        "--format",
        "native",
        "-o",
        "newer",
        "--force",
    ];
    let message = refused(path, &args);
    assert!(
        message.starts_with("zhupi: a newer program") && message.trim_end().ends_with("newer/b.json"),
        "{message}"
    );
    let message = refused(
        path,
        &["export", "annotations/b.json", "--format", "jsonl", "-o", "a.txt/"],
    );
    assert!(
        message.contains("this is a file, and a folder is needed: a.txt"),
        "{message}"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_stdout_is_named() {
    let folder = annotated();
    for args in [
        &["read", "a.txt"][..],
        &["figures", "a.txt"],
        &["stats", "."],
        &["formats"],
    ] {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let output = command(folder.path(), args).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(err(&output).starts_with("zhupi: stdout: "), "{}", err(&output));
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_no_free_name() {
    let folder = annotated();
    let path = folder.path();
    std::os::unix::fs::symlink("aim.jsonl", path.join("link.jsonl")).unwrap();
    let args = ["export", ".", "--format", "jsonl", "-o", "link.jsonl"];
    assert!(refused(path, &args).contains("--force"));
    done(path, &[&args[..], &["--force"]].concat());
    assert!(path.join("link.jsonl").is_symlink() && path.join("aim.jsonl").is_file());
}

#[cfg(unix)]
#[test]
fn a_link_is_written_through_and_stays_a_link() {
    let folder = annotated();
    let path = folder.path();
    fs::write(path.join("target.jsonl"), "").unwrap();
    std::os::unix::fs::symlink("target.jsonl", path.join("link.jsonl")).unwrap();
    done(
        path,
        &["export", ".", "--format", "jsonl", "-o", "link.jsonl", "--force"],
    );
    assert!(path.join("link.jsonl").is_symlink());
    assert!(!fs::read(path.join("target.jsonl")).unwrap().is_empty());
}

#[test]
fn export_follows_the_rule_of_files_and_folders() {
    let folder = annotated();
    let path = folder.path();
    fs::create_dir(path.join("there")).unwrap();
    done(path, &["export", ".", "--format", "csv", "-o", "there"]);
    done(path, &["export", ".", "--format", "conll-bio", "-o", "new/"]);
    done(path, &["export", ".", "--format", "brat", "-o", "brat"]);
    assert!(path.join("there/csv.csv").is_file());
    for (format, name) in [
        ("archive", "archive.zip"),
        ("parquet", "parquet.parquet"),
        ("docbin", "docbin.spacy"),
    ] {
        done(path, &["export", ".", "--format", format, "-o", "named/"]);
        assert!(path.join("named").join(name).is_file(), "{name}");
    }
    assert_eq!(names(&path.join("new")).len(), 1);
    assert_eq!(
        names(&path.join("brat")),
        ["a.ann", "a.txt", "annotation.conf", "b.ann", "b.txt"]
    );
    assert!(refused(path, &["export", ".", "--format", "brat", "-o", "a.txt"]).contains("a.txt"));
    assert!(refused(path, &["export", ".", "--format", "brat", "-o", "brat"]).contains("--force"));
}

#[test]
fn export_says_what_is_lost_and_is_strict_when_asked() {
    let folder = annotated();
    let args = [
        "export",
        "annotations",
        "--format",
        "conll-bio",
        "-o",
        "out.conll",
        "--force",
    ];
    let output = run(folder.path(), &args);
    assert_eq!(output.status.code(), Some(0));
    assert!(err(&output).contains("a.json: "), "{}", err(&output));
    let output = run(folder.path(), &[&args[..], &["--strict"]].concat());
    assert_eq!(output.status.code(), Some(1));
    assert!(folder.path().join("out.conll").is_file());
}

#[test]
fn an_export_of_nothing_but_suggestions_is_no_success_when_strict() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    fs::write(path.join("a.txt"), "罗勇9月15日从北京市公安局获悉，今年破案300起。\n").unwrap();
    done(path, &["suggest", "a.txt", "-o", "annotations"]);
    let args = ["export", "annotations", "--format", "jsonl", "-o", "x.jsonl", "--force"];
    let output = run(path, &args);
    assert_eq!(output.status.code(), Some(0));
    assert!(err(&output).contains("nobody has judged"), "{}", err(&output));
    assert_eq!(run(path, &[&args[..], &["--strict"]].concat()).status.code(), Some(1));
}

#[test]
fn export_chooses_layer_labels_and_status() {
    let folder = annotated();
    let path = folder.path();
    let export = |more: &[&str]| {
        let args = ["export", ".", "--format", "jsonl", "-o", "x.jsonl", "--force"];
        done(path, &[&args[..], more].concat());
        fs::read_to_string(path.join("x.jsonl")).unwrap()
    };
    assert!(export(&["--layer", "raw"]).contains("在\\n北京"));
    let persons = export(&["--labels", "person", "--status", "accepted,suggested"]);
    assert!(persons.contains("\"person\"") && !persons.contains("\"figure\""));
    assert_eq!(persons.matches("\"person\"").count(), 2);
    for wrong in [
        ["--layer", "page"],
        ["--status", "maybe"],
        ["--label-map", "person"],
        ["--overlap", "both"],
    ] {
        let message = refused(
            path,
            &["export", ".", "-o", "y", "--format", "jsonl", wrong[0], wrong[1]],
        );
        assert!(message.contains(wrong[1]), "{message}");
    }
    let output = run(
        path,
        &["export", ".", "--format", "jsonl", "-o", "z.jsonl", "--labels", "persn"],
    );
    assert!(err(&output).contains("persn"), "{}", err(&output));
    assert!(refused(path, &["export", ".", "-o", "y", "--format", "docx"]).contains("zhupi formats"));
}

#[test]
fn export_names_what_it_cannot_read() {
    let folder = annotated();
    let path = folder.path();
    fs::write(path.join("c.txt"), "丙\n").unwrap();
    let export = |what: &str| refused(path, &["export", what, "--format", "jsonl", "-o", "x.jsonl"]);
    assert!(export("gone.json").contains("gone.json"));
    assert!(export("c.txt").contains("c.json"));
    fs::write(path.join("annotations/c.json"), "{\n  \"format\": \"zhupi\",\n  oops\n").unwrap();
    assert!(export("annotations").contains("c.json:3:"));
    fs::write(path.join("annotations/c.json"), "{\"format\": \"other\"}").unwrap();
    assert!(export("annotations").contains("c.json"));
    fs::create_dir(path.join("nothing")).unwrap();
    assert!(export("nothing").contains("nothing"));
}

#[test]
fn every_format_is_exported_and_imported() {
    let folder = annotated();
    let path = folder.path();
    let formats = done(path, &["formats"]);
    for line in formats.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        let id = columns[0];
        let output = run(path, &["export", ".", "--format", id, "-o", &format!("out-{id}/")]);
        assert_eq!(output.status.code(), Some(0), "{id}: {}", err(&output));
        let imports = columns.iter().any(|column| column.contains("import"));
        assert_eq!(err(&output).contains(" recovered"), imports, "{id}: {}", err(&output));
        if imports {
            let folder = format!("out-{id}");
            done(path, &["import", &folder, "--format", id, "-o", &format!("in-{id}")]);
            assert_eq!(names(&path.join(format!("in-{id}"))).len(), 2, "{id}");
            assert_eq!(done(path, &["check", &format!("in-{id}")]), "", "{id}");
        } else {
            let message = refused(path, &["import", "a.txt", "--format", id, "-o", "in"]);
            assert!(message.contains(id), "{message}");
        }
    }
    assert!(formats.lines().any(|line| line.starts_with("native\t")));
}

#[test]
fn native_comes_through_byte_for_byte() {
    let folder = annotated();
    let path = folder.path();
    done(path, &["export", ".", "--format", "native", "-o", "copy"]);
    done(path, &["import", "copy/a.json", "--format", "native", "-o", "again"]);
    for copy in ["copy/a.json", "again/a.json"] {
        assert_eq!(
            fs::read(path.join(copy)).unwrap(),
            fs::read(path.join("annotations/a.json")).unwrap()
        );
    }
}

#[test]
fn import_finds_the_files_that_belong_together() {
    let folder = annotated();
    let path = folder.path();
    done(path, &["export", ".", "--format", "brat", "-o", "brat"]);
    done(
        path,
        &[
            "import",
            "brat/a.ann",
            "--format",
            "brat",
            "-o",
            "in",
            "--label-map",
            "person=author",
        ],
    );
    assert_eq!(names(&path.join("in")), ["a.json"]);
    let file = saved(path, "in/a.json");
    let spans = file["spans"].as_array().unwrap();
    let person = spans.iter().find(|span| span["text"] == "胡明朗").unwrap();
    assert_eq!(
        (&person["label"], &person["origin"]),
        (&Value::from("author"), &Value::from("imported"))
    );
}

#[test]
fn import_names_file_and_line_and_writes_nothing() {
    let folder = folder();
    let path = folder.path();
    fs::write(
        path.join("x.jsonl"),
        "{\"text\":\"罗勇\",\"label\":[[0,2,\"PER\"]]}\n{\"text\":\"罗勇\",\"label\":[[0,9,\"PER\"]]}\n",
    )
    .unwrap();
    let message = refused(path, &["import", "x.jsonl", "--format", "jsonl", "-o", "in"]);
    assert!(message.contains("x.jsonl:2:"), "{message}");
    assert!(refused(path, &["import", "gone.jsonl", "--format", "jsonl", "-o", "in"]).contains("gone.jsonl"));
    refused(path, &["import", "x.jsonl", "-o", "in"]);
    fs::write(path.join("x.jsonl"), "{\"text\":\"罗勇\",\"label\":[[0,2,\"PER\"]]}\n").unwrap();
    done(path, &["import", "x.jsonl", "--format", "jsonl", "-o", "in"]);
    let output = run(path, &["import", "x.jsonl", "--format", "jsonl", "-o", "one"]);
    assert_eq!(err(&output), "1 document with 1 tag written to one\n");
    assert!(refused(path, &["import", "x.jsonl", "--format", "jsonl", "-o", "in"]).contains("--force"));
}

/// TEI imported as JSON lines gave an error for each of its lines.
#[test]
fn a_file_of_another_format_is_said_to_be_that_in_one_sentence() {
    let folder = annotated();
    let path = folder.path();
    done(path, &["export", "annotations/a.json", "--format", "tei", "-o", "tei"]);
    let message = refused(path, &["import", "tei/a.xml", "--format", "jsonl", "-o", "in"]);
    assert_eq!(
        message,
        "tei/a.xml: this looks like tei, not jsonl\nzhupi: nothing was imported\n"
    );
    let message = refused(path, &["import", "a.txt", "--format", "tei", "-o", "in"]);
    assert!(
        message.starts_with("a.txt: this looks like plain text, not tei\n"),
        "{message}"
    );
}

#[test]
fn the_archive_has_the_original_and_the_journal_and_is_checked() {
    let folder = annotated();
    let path = folder.path();
    fs::create_dir(path.join("annotations/journal")).unwrap();
    let line = "{\"time\":\"2026-11-24T11:14:17Z\",\"step\":1,\"act\":\"done\",\"what\":\"tag added\"}\n";
    fs::write(path.join("annotations/journal/a.jsonl"), line).unwrap();
    fs::write(path.join("b.txt"), "another text").unwrap();
    let output = run(
        path,
        &["export", ".", "--format", "archive", "--layer", "raw", "-o", "x.zip"],
    );
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(err(&output).contains("--layer raw changes nothing"), "{}", err(&output));
    assert_eq!(done(path, &["check", "x.zip"]), "");
    let bytes = fs::read(path.join("x.zip")).unwrap();
    let names = |name: &str| bytes.windows(name.len()).any(|part| part == name.as_bytes());
    assert!(names("data/journal/a.jsonl") && names("data/raw/b.txt") && !names("data/journal/b.jsonl"));
    done(path, &["import", "x.zip", "--format", "archive", "-o", "in"]);
    assert_eq!(
        fs::read(path.join("in/a.json")).unwrap(),
        fs::read(path.join("annotations/a.json")).unwrap()
    );
    // The history comes back with it.
    assert_eq!(fs::read_to_string(path.join("in/journal/a.jsonl")).unwrap(), line);
    assert!(!path.join("in/journal/b.jsonl").exists());

    assert_eq!(done(path, &["check", "annotations"]), "");
    fs::write(path.join("annotations/journal/a.jsonl"), format!("{line}{{\n")).unwrap();
    let output = run(path, &["check", "annotations"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(out(&output).contains("a.jsonl:2: "), "{}", out(&output));
}

#[test]
fn a_newer_file_is_never_written_over_or_on() {
    let folder = annotated();
    let path = folder.path();
    change(path, "annotations/a.json", "\"version\": 1", "\"version\": 2");
    for args in [
        ["export", "annotations", "--format", "jsonl", "-o", "x.jsonl"].as_slice(),
        &["export", "annotations/a.json", "--format", "native", "-o", "x"],
        &["import", "annotations/a.json", "--format", "native", "-o", "x"],
        &["suggest", "annotations/a.json", "-o", "x"],
        &["suggest", "a.txt", "-o", "annotations", "--force"],
        &["figures", "annotations/a.json", "-o", "x.csv"],
    ] {
        let message = refused(path, args);
        assert!(message.contains("a.json") && message.contains("version 2"), "{message}");
    }
    assert_eq!(saved(path, "annotations/a.json")["version"], 2);
    let output = run(path, &["stats", "annotations"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(err(&output).contains("version 2"));
}

#[test]
fn check_prints_findings_and_tells_errors_by_its_exit_code() {
    let folder = annotated();
    let path = folder.path();
    assert_eq!(done(path, &["check", "annotations"]), "");
    change(
        path,
        "annotations/a.json",
        "\"text\": \"胡明朗\"",
        "\"text\": \"胡明郎\"",
    );
    let output = run(path, &["check", "annotations"]);
    assert_eq!(output.status.code(), Some(1));
    let findings = out(&output);
    assert_eq!(findings.lines().count(), 1, "{findings}");
    assert!(
        findings.contains("a.json: error: ") && findings.contains("胡明郎"),
        "{findings}"
    );
    assert!(refused(path, &["check", "gone.json"]).contains("gone.json"));
    fs::write(path.join("annotations/c.json"), "{\n  \"format\": \"zhupi\",\n  oops\n").unwrap();
    let output = run(path, &["check", "annotations/c.json"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        out(&output).starts_with("annotations/c.json: error: line 3, column "),
        "{}",
        out(&output)
    );
}

#[test]
fn what_may_be_meant_is_only_a_warning() {
    let folder = annotated();
    let path = folder.path();
    fs::write(path.join("c.txt"), "记者张建国报道，张建国说，张建国认为。\n").unwrap();
    done(path, &["suggest", "c.txt", "-o", "c"]);
    let file = fs::read_to_string(path.join("c/c.json")).unwrap();
    fs::write(
        path.join("c/c.json"),
        file.replacen("\"label\": \"person\"", "\"label\": \"unit\"", 1),
    )
    .unwrap();
    let findings = done(path, &["check", "c"]);
    assert!(findings.contains("c.json: warning: "), "{findings}");
}

#[test]
fn stats_count_labels_status_and_origin() {
    let folder = annotated();
    let path = folder.path();
    change(path, "annotations/a.json", "\"in_progress\"", "\"done\"");
    let stats = done(path, &["stats", "annotations"]);
    for line in [
        "documents\tall\t2",
        "documents\tdone\t1",
        "label\tperson\t2",
        "label\tunit\t1",
    ] {
        assert!(stats.lines().any(|found| found == line), "{line}: {stats}");
    }
    let count = |group: &str| -> u64 {
        let lines = stats.lines().filter(|line| line.starts_with(group));
        lines
            .map(|line| line.rsplit('\t').next().unwrap().parse::<u64>().unwrap())
            .sum()
    };
    assert_eq!(count("tags"), count("label"));
    assert_eq!(count("tags"), count("status"));
    assert_eq!(count("tags"), count("origin"));
    assert!(refused(path, &["stats", "gone"]).contains("gone"));
}

#[test]
fn figures_are_a_table() {
    let folder = folder();
    let path = folder.path();
    let table = done(path, &["figures", "a.txt", "b.txt"]);
    let lines: Vec<&str> = table.split_terminator("\r\n").collect();
    assert_eq!(
        lines[0],
        "file,text,value,min,max,approx,unit,code,dimension,kind,label,timex,sentence,line,start,end,counts,status,parts"
    );
    let sentence = "昨天，重庆市公安局局长胡明朗在北京表示，今年破案5.8万多起，同比上升98%以上。";
    let row =
        format!("a.txt,5.8万多起,58000,58000,,more_than,起,,count,count,figure,,{sentence},1,24,30,破案,suggested,");
    assert!(lines.contains(&row.as_str()), "{table}");
    assert!(table.contains("b.txt,3比2,"), "{table}");
    done(path, &["figures", ".", "-o", "all.csv"]);
    assert_eq!(
        fs::read_to_string(path.join("all.csv")).unwrap().lines().count(),
        lines.len()
    );
    assert!(refused(path, &["figures", ".", "-o", "all.csv"]).contains("--force"));
    assert!(refused(path, &["figures", "a.txt", "gone.txt"]).contains("gone.txt"));
}

#[test]
fn figures_of_a_saved_file_are_those_of_its_own_text() {
    let folder = annotated();
    let path = folder.path();
    fs::write(path.join("a.txt"), "换了一篇。\n").unwrap();
    assert!(done(path, &["figures", "annotations"]).contains("a.json,5.8万多起,"));
    // What the editor has said of a figure counts, and what was turned down is none.
    change(
        path,
        "annotations/a.json",
        "\"value\": \"58000\"",
        "\"value\": \"59000\"",
    );
    let table = done(path, &["figures", "annotations/a.json"]);
    assert!(
        table.contains("a.json,5.8万多起,59000,") && table.contains(",accepted,"),
        "{table}"
    );
    change(path, "annotations/a.json", "\"accepted\"", "\"rejected\"");
    assert_eq!(done(path, &["figures", "annotations/a.json"]).lines().count(), 1);
    fs::write(path.join("q.txt"), "他说\"1,5\",2个\n").unwrap();
    assert!(done(path, &["figures", "q.txt"]).contains(",\"他说\"\"1,5\"\",2个\","));
}

/// Only saved files in the folder itself were found, and a newer one was read as if it were none.
#[test]
fn figures_finds_saved_files_where_the_other_commands_do() {
    let folder = annotated();
    let path = folder.path();
    for args in [&["figures", "."][..], &["figures", "a.txt", "b.txt", "annotations"]] {
        let table = done(path, args);
        assert!(
            table.contains("a.json,5.8万多起,") && table.contains(",accepted,"),
            "{table}"
        );
        assert!(!table.contains("a.txt"), "{table}");
        assert_eq!(table.matches("a.json,5.8万多起,").count(), 1, "{table}");
    }
    assert!(done(path, &["figures", "--as-is", "a.txt"]).contains("a.txt,5.8万多起,"));
    change(path, "annotations/a.json", "\"version\": 1", "\"version\": 99");
    for args in [["figures", "."], ["figures", "annotations"], ["figures", "a.txt"]] {
        assert!(refused(path, &args).contains("a.json: a newer program wrote this file"));
    }
}

/// Every row had the whole sentence, and a text without a full stop is one.
#[test]
fn a_text_without_a_full_stop_gives_a_table_of_its_own_size() {
    let folder = folder();
    fs::write(folder.path().join("long.txt"), "破案5.8万多起，".repeat(5_000)).unwrap();
    let table = done(folder.path(), &["figures", "long.txt"]);
    assert_eq!(table.lines().count(), 5_001);
    for row in table.lines().skip(1) {
        assert!(row.len() < 1_000 && row.contains("破案5.8万多起，"), "{row}");
    }
}

#[cfg(unix)]
#[test]
fn nobody_reading_on_is_no_fault() {
    let folder = folder();
    let line = "今年破案5.8万多起，98%以上。\n".repeat(20_000);
    fs::write(folder.path().join("long.txt"), line).unwrap();
    let mut child = command(folder.path(), &["figures", "--as-is", "long.txt"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), err(&output)), (Some(0), String::new()));
}

#[test]
fn without_a_command_or_a_display_the_commands_are_named() {
    let folder = folder();
    if cfg!(any(target_os = "macos", windows)) {
        return;
    }
    let message = refused(folder.path(), &[]);
    assert_eq!(message.lines().count(), 1, "{message}");
    for command in [
        "read", "suggest", "export", "import", "formats", "check", "stats", "figures",
    ] {
        assert!(message.contains(command), "{message}");
    }
}

#[test]
fn split_deals_whole_documents_the_same_way_each_time() {
    let folder = annotated();
    let path = folder.path();
    for n in 0..20 {
        let text = fs::read_to_string(path.join("annotations/a.json")).unwrap();
        // A text of its own for each, but for one.
        let own = if n == 19 { 18 } else { n };
        let own = text.replace(
            "胡明朗",
            &format!(
                "胡明{}",
                ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'][own % 10]
            ),
        );
        let own = if n % 20 >= 10 {
            own.replace("北京", "南京")
        } else {
            own
        };
        fs::write(path.join(format!("annotations/n{n:02}.json")), own).unwrap();
    }
    let dealt = |out: &str, seed: &str| {
        done(
            path,
            &[
                "split",
                "annotations",
                "-o",
                out,
                "--shares",
                "60,20,20",
                "--seed",
                seed,
            ],
        );
        names(&path.join(out))
    };
    let first = dealt("one", "7");
    assert_eq!(first, dealt("two", "7"));
    assert_ne!(first, dealt("three", "8"));
    let files: Vec<&String> = first.iter().filter(|name| name.ends_with(".json")).collect();
    // 22 saved files; n19 says what n18 says.
    assert_eq!(files.len(), 21, "{files:?}");
    for set in ["train/", "dev/", "test/"] {
        assert!(files.iter().any(|name| name.starts_with(set)), "{set}: {files:?}");
    }
    for name in files {
        let (_, own) = name.split_once('/').unwrap();
        let copied = fs::read(path.join("one").join(name)).unwrap();
        assert_eq!(copied, fs::read(path.join("annotations").join(own)).unwrap());
    }
    let card = fs::read_to_string(path.join("one/README.md")).unwrap();
    assert!(card.contains("person") || card.contains("figure"), "{card}");
    assert!(refused(path, &["split", "annotations", "-o", "four", "--shares", "1,2"]).contains("--shares"));
    assert!(refused(path, &["split", "annotations", "-o", "one"]).contains("--force"));
}

/// `zhupi import hf.jsonl` failed though the list of names lay beside it, and so did a JSON-LD whose text has another name.
#[test]
fn what_a_file_needs_is_found_beside_it() {
    let folder = folder();
    let at = folder.path();
    fs::write(at.join("h.jsonl"), "{\"tokens\":[\"罗\",\"勇\"],\"ner_tags\":[1,2]}\n").unwrap();
    fs::write(at.join("hf_labels.json"), "[\"O\",\"B-PER\",\"I-PER\"]\n").unwrap();
    done(at, &["import", "h.jsonl", "--format", "hf", "-o", "hf"]);
    assert!(
        fs::read_to_string(at.join("hf/h.json"))
            .unwrap()
            .contains("\"label\": \"person\"")
    );
    let annotation = "[{\"type\":\"Annotation\",\"body\":{\"value\":\"PER\"},\"target\":{\"source\":\"b.txt\",\
                      \"selector\":{\"type\":\"TextPositionSelector\",\"start\":2,\"end\":5}}}]";
    fs::write(at.join("notes.jsonld"), annotation).unwrap();
    done(at, &["import", "notes.jsonld", "--format", "w3c", "-o", "w3c"]);
    assert!(
        fs::read_to_string(at.join("w3c/b.json"))
            .unwrap()
            .contains("\"text\": \"张建国\"")
    );
    fs::write(at.join("far.jsonld"), annotation.replace("b.txt", "../b.txt")).unwrap();
    let said = refused(at, &["import", "far.jsonld", "--format", "w3c", "-o", "far"]);
    assert!(said.contains("the text far.txt is missing"), "{said}");
}

#[test]
fn a_configuration_has_labels_and_no_tags() {
    let folder = folder();
    let at = folder.path();
    done(at, &["suggest", "a.txt", "-o", "s"]);
    let output = run(
        at,
        &[
            "export",
            "s",
            "--format",
            "labelstudio-config",
            "-o",
            "c.xml",
            "--status",
            "suggested",
        ],
    );
    assert_eq!(output.status.code(), Some(0));
    assert!(
        err(&output).contains("the labels of 1 document written to c.xml"),
        "{}",
        err(&output)
    );
}

#[test]
fn corrections_are_lines_of_json() {
    let folder = folder();
    let path = folder.path();
    done(path, &["suggest", "a.txt", "b.txt", "-o", "annotations"]);
    assert_eq!(done(path, &["corrections", "annotations"]), "");
    let saved = path.join("annotations/b.json");
    let mut file: Value = serde_json::from_slice(&fs::read(&saved).unwrap()).unwrap();
    let text = file["text"].as_str().unwrap().replacen("张建国😀", "张建囯😀", 1);
    file["text"] = text.into();
    file["corrections"] = serde_json::json!([{"start": 4, "end": 5, "before": "国", "after": "囯", "raw": [[4, 5]]}]);
    file["spans"] = serde_json::json!([]);
    file["alignment"] = serde_json::json!([[0, 0, 4], [5, 5, 12]]);
    fs::write(&saved, serde_json::to_vec(&file).unwrap()).unwrap();
    let line: Value = serde_json::from_str(&done(path, &["corrections", "."])).unwrap();
    assert_eq!(
        (&line["source"], &line["raw"]),
        (&"b.txt".into(), &"记者张建国😀报道：第四场，3比2。".into())
    );
    assert_eq!(
        line["changes"],
        serde_json::json!([{"read": [4, 5], "corrected": [4, 5]}])
    );
    done(path, &["corrections", "b.txt", "-o", "pairs.jsonl"]);
    let written = fs::read_to_string(path.join("pairs.jsonl")).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), line);
    assert!(refused(path, &["corrections", ".", "-o", "pairs.jsonl"]).contains("--force"));
    assert!(refused(path, &["corrections", "a.txt", "gone.txt"]).contains("gone.txt"));
}
