//! `hub plugin check` and `hub plugin run`, as whoever writes a plugin uses them.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use plugins::fakes;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::setup::program;

/// The question that authors begin with.
const QUESTION: &str = include_str!("../plugins/templates/route.json");

/// A folder with one plugin, the question, and nothing else.
struct Desk {
    folder: TempDir,
}

/// How a command ended, and what it printed for scripts and for people.
#[derive(Debug)]
struct Ended {
    code: Option<i32>,
    out: String,
    complaint: String,
}

impl Desk {
    fn with(plugin: &[u8]) -> Self {
        let desk = Self { folder: TempDir::new().unwrap() };
        fs::write(desk.path("plugin.wasm"), plugin).unwrap();
        desk.question(QUESTION);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn question(&self, json: &str) {
        fs::write(self.path("question.json"), json).unwrap();
    }

    fn hub(&self, arguments: &[&str], input: &str) -> Ended {
        let temporary = self.path("temporary");
        fs::create_dir_all(&temporary).unwrap();
        let mut command = Command::new(program());
        command.env_clear().env("TMPDIR", &temporary).current_dir(self.folder.path());
        command.arg("plugin").args(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // A command that wants no input may be gone before it is written.
        let _not_wanted = child.stdin.take().unwrap().write_all(input.as_bytes());
        let ended = child.wait_with_output().unwrap();
        assert!(is_empty(&temporary), "something was left in {}", temporary.display());
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ended { code: ended.status.code(), out: text(ended.stdout), complaint: text(ended.stderr) }
    }

    fn check(&self) -> Ended {
        self.hub(&["check", "plugin.wasm"], "")
    }

    fn route(&self, more: &[&str]) -> Ended {
        let arguments = ["run", "plugin.wasm", "--hook", "route", "--input", "question.json"];
        self.hub(&[&arguments[..], more].concat(), "")
    }
}

impl Ended {
    /// The JSON that a script reads.
    fn told(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    fn refuses(&self, code: i32, words: &str) {
        assert_eq!(self.code, Some(code), "{self:?}");
        assert!(self.complaint.starts_with("error: ") && self.complaint.contains(words), "{self:?}");
        assert_eq!(self.complaint.lines().count(), 1, "{self:?}");
    }
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).unwrap().next().is_none()
}

#[test]
fn a_good_plugin_is_described() {
    let plugin = fakes::offers_one("one", "The one", "1.2.3");

    let ended = Desk::with(&plugin).check();

    assert_eq!(ended.code, Some(0), "{ended:?}");
    for line in [
        "one 1.2.3: The one",
        "summary   Made for a test.",
        "author    Bakery",
        "hooks     routing",
        "hosts     none",
        "settings  consultant (required)",
        &format!("size      {} bytes", plugin.len()),
        &format!("sha-256   {}", plugins::library::digest(&plugin)),
    ] {
        assert!(ended.out.lines().any(|said| said == line), "{line}: {ended:?}");
    }
}

#[test]
fn what_is_no_plugin_is_refused_with_the_reason() {
    Desk::with(b"").check().refuses(1, "the file is empty");
    Desk::with(b"PK\x03\x04 a zip archive").check().refuses(1, "this is not WebAssembly");
    Desk::with(b"(module)").check().refuses(1, "this is WebAssembly as text");
    Desk::with(&[b"\0asm\x01\0\0\0".as_slice(), &[0xff; 64]].concat()).check().refuses(1, "damaged");
    Desk::with(&vec![0; plugins::limits::UPLOAD_BYTES + 1]).check().refuses(1, "4 MiB are allowed");
    let ended = Desk::with(b"").hub(&["check", "missing.wasm"], "");
    ended.refuses(1, "cannot read missing.wasm");
}

#[test]
fn a_description_with_flaws_is_refused_with_all_of_them() {
    let ended = Desk::with(&fakes::offers_everybody("Not An Id", "", "latest")).check();

    ended.refuses(1, "what it says about itself is wrong: /id must be lowercase");
    assert!(ended.complaint.contains("/version must be like 1.2.3"), "{ended:?}");
}

#[test]
fn a_question_is_answered_as_the_hub_would_take_it() {
    let desk = Desk::with(&fakes::offers_everybody("all", "All", "1.0.0"));

    let ended = desk.route(&[]);

    assert_eq!(ended.code, Some(0), "{ended:?}");
    let told = ended.told();
    assert_eq!(told["hook"], "route");
    let tier = json!({ "consultants": ["anna", "ben"], "ring": "AllAtOnce", "patience": fakes::PATIENCE });
    assert_eq!(told["answer"]["decision"]["Offer"], json!([tier]));
    assert_eq!(told["sentence"], "offers anna, ben (all at once, 30 s)");
    assert_eq!((&told["notes"], &told["logs"]), (&json!([]), &json!([])));
    assert!(told["cost"]["fuel"].as_u64().unwrap() > 0 && told["cost"]["memory_bytes"].as_u64().unwrap() >= 65_536);
}

#[test]
fn a_question_may_come_from_standard_input_with_or_without_its_tag() {
    let desk = Desk::with(&fakes::logs("logs", "Logs", "1.0.0", "Dzień dobry"));
    let mut tagged: Value = serde_json::from_str(QUESTION).unwrap();
    tagged["hook"] = json!("route");

    for question in [QUESTION.to_owned(), tagged.to_string()] {
        let ended = desk.hub(&["run", "plugin.wasm", "--hook", "route", "--input", "-"], &question);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        assert_eq!(ended.told()["logs"], json!([{ "level": "Info", "text": "Dzień dobry" }]));
    }
}

#[test]
fn settings_are_filled_in_as_the_form_asks() {
    let desk = Desk::with(&fakes::offers_one("one", "The one", "1.0.0"));

    let ended = desk.route(&["--setting", "consultant=\"ben\""]);
    assert_eq!(ended.told()["sentence"], "offers ben (all at once, 30 s)");

    desk.route(&[]).refuses(2, "consultant is missing");
    desk.route(&["--setting", "consultant=7"]).refuses(2, "consultant must be text");
    desk.route(&["--setting", "consultant=\"ben\"", "--setting", "color=1"]).refuses(2, "color is unknown");
    let unquoted = desk.route(&["--setting", "consultant=ben"]);
    assert_eq!(unquoted.code, Some(2));
    assert!(unquoted.complaint.contains("texts are quoted"), "{unquoted:?}");
}

#[test]
fn a_plugin_that_never_ends_is_stopped_and_told_why() {
    let ended = Desk::with(&fakes::loops("loops", "Loops", "1.0.0")).route(&[]);

    // Fuel or the clock, whichever is first on this machine.
    ended.refuses(1, "the plugin gave no answer: it ");
    let told = ended.told();
    let failure = told["failure"]["failure"].as_str().unwrap();
    assert!(["fuel", "late"].contains(&failure), "{told}");
    assert_eq!(told.get("answer"), None);
    assert!(told["cost"]["fuel"].as_u64().unwrap() > 1_000_000, "{told}");
}

#[test]
fn a_plugin_that_falls_names_its_functions() {
    let ended = Desk::with(&fakes::traps("traps", "Traps", "1.0.0")).route(&[]);

    ended.refuses(1, "it stopped with an error");
    assert!(ended.told()["failure"]["frames"][0].as_str().unwrap().contains("fall"), "{ended:?}");
}

#[test]
fn an_unknown_hook_is_named_with_those_there_are() {
    let desk = Desk::with(&fakes::offers_everybody("all", "All", "1.0.0"));

    let ended = desk.hub(&["run", "plugin.wasm", "--hook", "rout", "--input", "question.json"], "");
    assert_eq!(ended.code, Some(2));
    for words in ["rout", "route", "plan-days", "describe"] {
        assert!(ended.complaint.contains(words), "{ended:?}");
    }

    let ended = desk.hub(&["run", "plugin.wasm", "--hook", "describe"], "");
    assert_eq!(ended.told()["answer"]["id"], "all");
    desk.question(&json!({ "ctx": question_part("ctx"), "days": [] }).to_string());
    let ended = desk.hub(&["run", "plugin.wasm", "--hook", "plan-days", "--input", "question.json"], "");
    ended.refuses(1, "it does not answer questions about working hours");
}

#[test]
fn a_bad_question_is_refused_with_its_place() {
    let desk = Desk::with(&fakes::offers_everybody("all", "All", "1.0.0"));
    let with = |question: &str| {
        desk.question(question);
        desk.route(&[])
    };

    with("{").refuses(2, "the question is not JSON");
    with("[]").refuses(2, "the question is not an object");
    with("{}").refuses(2, "the question has no \"ctx\"");
    with(&QUESTION.replace("\"Available\"", "\"Asleep\"")).refuses(2, "request.consultants[0].presence");
    with(&QUESTION.replacen('{', "{ \"hook\": \"notify\",", 1)).refuses(2, "for the hook \"notify\"");
    let ended = desk.hub(&["run", "plugin.wasm", "--hook", "route", "--input", "missing.json"], "");
    ended.refuses(2, "cannot read missing.json");
    let ended = desk.hub(&["run", "plugin.wasm", "--hook", "route"], "");
    ended.refuses(2, "--input FILE");
}

fn question_part(name: &str) -> Value {
    serde_json::from_str::<Value>(QUESTION).unwrap()[name].take()
}
