//! Rules about words: the glossary, unfinished work, places outside the repository.

use super::tree::Tree;
use super::{accepts, catches, holds};

/// Words the glossary of CONTRIBUTING.md replaces, each with the word to use.
const BANNED: [(&str, &str); 16] = [
    ("tenant", "business"),
    ("workspace", "business"),
    ("customer", "business or visitor"),
    ("guest", "visitor"),
    ("user", "visitor, consultant or account"),
    ("users", "visitors, consultants or accounts"),
    ("agent", "consultant"),
    ("agents", "consultants"),
    ("session", "visit, sign-in or chat session"),
    ("sessions", "visits or sign-ins"),
    ("login", "sign-in"),
    ("launcher", "button"),
    ("backend", "hub"),
    ("manager", "a noun that says what it does"),
    ("helper", "a noun that says what it does"),
    ("utils", "the name of the concept"),
];

/// Banned on screens only: whoever runs the server is its operator.
const BANNED_ON_SCREENS: [(&str, &str); 2] = [("operator", "consultant"), ("operators", "consultants")];

/// Where a banned word is somebody else's name for something else.
const ALLOWED: [(&str, &str); 20] = [
    ("user agent", "what browsers call their own name"),
    ("user agents", "what browsers call their own name"),
    ("user_agent", "the same in code"),
    ("user-agent", "the same as a header"),
    ("userAgent", "the same in browsers"),
    ("USER_AGENT", "the same as a constant"),
    ("AGENT_CHARS", "limit of that header"),
    ("UserAgentData", "browser API"),
    ("user-select", "CSS property"),
    ("user-invalid", "CSS pseudo-class"),
    ("user-scalable", "viewport setting"),
    ("userEvent", "browser API"),
    ("no-user-gesture-required", "a flag of Chromium"),
    ("sessionStorage", "browser API"),
    ("getUserMedia", "browser API"),
    ("CallSession", "the rules of a call"),
    ("ChatSession", "the rules of a chat"),
    ("chat session", "the rules of a chat"),
    ("[workspace", "a table of Cargo.toml"),
    (".workspace", "a key of Cargo.toml"),
];

/// A folder or file where a banned word belongs to something that has no other name.
const SPOKEN_HERE: [(&str, &str, &str); 22] = [
    ("actors/src/call", "session", "the rules of a call: CallSession"),
    ("actors/src/chat", "session", "the rules of a chat: ChatSession"),
    ("actors/src/protocol/call.rs", "session", "SDP describes a session (RFC 8866)"),
    ("actors/src/ports/records.rs", "agent", "a browser's user agent"),
    ("hub/", "agent", "a browser's user agent, as headers and tables call it"),
    ("hub/src/config/tests.rs", "user", "part of a database address"),
    ("hub/store/src/postgres", "user", "PostgreSQL's word"),
    ("hub/store/src/postgres", "session", "PostgreSQL's word"),
    ("hub/store/", "backend", "diesel's word for an engine, PostgreSQL's for a process"),
    ("hub/store/src/", "manager", "diesel's word: TransactionManager, pool manager"),
    ("hub/store/src/", "helper", "diesel's word: SelectableHelper"),
    ("plugins/", "guest", "wasmtime's and wit-bindgen's word for a plugin"),
    ("tests/harness/postgres.rs", "user", "PostgreSQL's word"),
    ("widget/chat/page.ts", "agent", "the browser's user agent"),
    ("tests/ui/", "agent", "the browser's user agent"),
    ("admin/store/", "guest", "screens call a visitor without a name Guest and a number"),
    ("tests/ui/", "guest", "screens call a visitor without a name Guest and a number"),
    ("tests/ui/firefox.ts", "session", "WebDriver's word"),
    ("tests/ui/firefox.ts", "user", "Firefox's word: user_pref"),
    ("tests/bench/src/rows/single_rows.rs", "user", "PostgreSQL's word"),
    ("tests/bench/src/voice/janus.rs", "session", "Janus's word"),
    ("widget/self-contained.ts", "user", "Vite's word for a configuration: UserConfig"),
];

/// Files that speak about the words themselves or in the words of another program.
const EXEMPT: [(&str, &str); 2] =
    [("tests/tidy/words.rs", "lists them"), ("widget/kit/wire.ts", "generated; its sources are read")];

fn banned_words(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for file in tree.with_ending(&["rs", "ts", "tsx", "css"]) {
        if EXEMPT.iter().any(|(path, _)| *path == file.path) {
            continue;
        }
        let is_screen = file.path.starts_with("admin/") || file.path.starts_with("widget/");
        let on_screens = BANNED_ON_SCREENS.iter().filter(|_| is_screen);
        let banned_here: Vec<_> = BANNED.iter().chain(on_screens).collect();
        for (number, line) in file.lines() {
            let words = words_of(&without_allowed(line));
            for (banned, instead) in &banned_here {
                let is_spoken_here =
                    || SPOKEN_HERE.iter().any(|(place, word, _)| file.path.starts_with(place) && word == banned);
                if words.iter().any(|word| word == banned) && !is_spoken_here() {
                    found.push(format!("{}:{number}: {banned}: say {instead}", file.path));
                }
            }
        }
    }
    found
}

fn without_allowed(line: &str) -> String {
    ALLOWED.iter().fold(line.to_owned(), |line, (allowed, _)| line.replace(allowed, " "))
}

/// Splits `camelCase`, `snake_case` and prose into lowercase words.
fn words_of(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for letter in line.chars() {
        let starts = letter.is_uppercase() && was_lower;
        if starts || !letter.is_alphabetic() {
            words.push(String::new());
        }
        if letter.is_alphabetic() {
            words.last_mut().unwrap().extend(letter.to_lowercase());
        }
        was_lower = letter.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

fn unfinished_work(tree: &Tree) -> Vec<String> {
    let marks = [concat!("FIX", "ME"), concat!("XX", "X:"), concat!("HA", "CK:")];
    let todo = concat!("TO", "DO");
    let mut found = Vec::new();
    for file in tree.with_ending(&["rs", "ts", "tsx", "css", "md", "sql", "sh", "toml", "html"]) {
        for (number, line) in file.lines() {
            let unnumbered = line.contains(todo) && !line.contains(concat!("TO", "DO(#"));
            if unnumbered || marks.iter().any(|mark| line.contains(mark)) {
                found.push(format!("{}:{number}: finish it, or name the issue: {todo}(#12)", file.path));
            }
        }
    }
    found
}

fn places_outside(tree: &Tree) -> Vec<String> {
    let places = [concat!("/wo", "rk/"), concat!("../sha", "red"), concat!("/ro", "ot/"), concat!("/ho", "me/")];
    let mut found = Vec::new();
    for file in tree.files() {
        for (number, line) in file.lines() {
            if places.iter().any(|place| line.contains(place)) {
                found.push(format!("{}:{number}: names a place of one machine", file.path));
            }
            if file.path.ends_with("package-lock.json") && is_foreign_source(line) {
                found.push(format!("{}:{number}: a package from another registry", file.path));
            }
            if file.path == "Cargo.lock" && line.starts_with("source = ") && !line.contains("/crates.io-index\"") {
                found.push(format!("{}:{number}: a crate from another registry", file.path));
            }
        }
    }
    found
}

fn is_foreign_source(line: &str) -> bool {
    line.contains("\"resolved\": \"") && line.contains("://")
}

#[test]
fn code_speaks_in_the_words_of_the_glossary() {
    holds(banned_words);
}

#[test]
fn a_banned_word_is_caught_in_any_spelling() {
    for line in ["fn tenant_of() {}", "struct UserName;", "// the customer waits", "const lastSession = 1;"] {
        catches(banned_words, &[("hub/src/a.rs", line)]);
    }
    accepts(banned_words, &[("hub/src/a.rs", "let user_agent = sessionStorage; // the user agent, useful")]);
}

#[test]
fn nothing_is_left_unfinished() {
    holds(unfinished_work);
}

#[test]
fn unfinished_work_is_caught() {
    catches(unfinished_work, &[("hub/src/a.rs", concat!("// TO", "DO: later"))]);
    catches(unfinished_work, &[("widget/a.css", concat!("/* FIX", "ME */"))]);
    accepts(unfinished_work, &[("hub/src/a.rs", concat!("// TO", "DO(#7): later"))]);
}

#[test]
fn nothing_names_a_place_of_one_machine() {
    holds(places_outside);
}

#[test]
fn a_place_of_one_machine_is_caught() {
    catches(places_outside, &[("docs/a.md", concat!("see /wo", "rk/notes"))]);
    catches(places_outside, &[("package-lock.json", "\"resolved\": \"https://npm.example/ws.tgz\"")]);
    catches(places_outside, &[("Cargo.lock", "source = \"registry+https://crates.example/\"")]);
    accepts(places_outside, &[("package-lock.json", "\"resolved\": \"tests/peers\"")]);
}
