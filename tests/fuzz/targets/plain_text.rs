//! Any text a person may send: what is taken keeps every promise of `PlainText`.
#![no_main]

use actors::text::PlainText;
use libfuzzer_sys::fuzz_target;

/// Small, so that the limit is met often.
const MAX_CHARS: usize = 64;

fuzz_target!(|raw: &str| {
    if let Ok(text) = PlainText::lines(raw, MAX_CHARS) {
        keeps_its_promises(text.as_str(), true);
        assert_eq!(PlainText::lines(text.as_str(), MAX_CHARS), Ok(text));
    }
    if let Ok(text) = PlainText::line(raw, MAX_CHARS) {
        keeps_its_promises(text.as_str(), false);
        assert_eq!(PlainText::line(text.as_str(), MAX_CHARS), Ok(text));
    }
    if let Some(text) = PlainText::cut(raw, MAX_CHARS) {
        keeps_its_promises(text.as_str(), false);
    }
});

fn keeps_its_promises(text: &str, many_lines: bool) {
    assert!(!text.trim().is_empty());
    assert!(text.chars().count() <= MAX_CHARS);
    for letter in text.chars() {
        let is_break = letter == '\n' && many_lines;
        assert!(is_break || !letter.is_control(), "{letter:?}");
        assert!(!matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'), "{letter:?}");
    }
}
