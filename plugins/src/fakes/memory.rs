//! What lies in the memory of a made-up plugin before it runs, laid out as the canonical ABI of the component model
//! says: records in the order of their fields, a text or list as its address and its length.

use std::fmt::Write as _;

/// Bytes one after another, from a fixed address on.
pub(super) struct Memory {
    start: u32,
    bytes: Vec<u8>,
}

impl Memory {
    /// Nothing yet; `start` is divisible by eight, as every address given out.
    pub(super) fn from(start: u32) -> Self {
        Self { start, bytes: Vec::new() }
    }

    /// A text: its address and length.
    pub(super) fn text(&mut self, text: &str) -> [u32; 2] {
        [self.put(text.as_bytes()), length(text.len())]
    }

    /// A text in English: a list with one `localised`.
    pub(super) fn english(&mut self, text: &str) -> [u32; 2] {
        let ([language, two], [text, length]) = (self.text("en"), self.text(text));
        [self.record(&[language, two, text, length]), 1]
    }

    /// A record of which each part takes four bytes.
    pub(super) fn record(&mut self, words: &[u32]) -> u32 {
        let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        self.put(&bytes)
    }

    /// The segment of WebAssembly text that puts all of it in its place.
    pub(super) fn data(&self) -> String {
        let mut data = format!("(data (i32.const {}) \"", self.start);
        for byte in &self.bytes {
            let _ = write!(data, "\\{byte:02x}");
        }
        data.push_str("\")");
        data
    }

    fn put(&mut self, bytes: &[u8]) -> u32 {
        self.bytes.resize(self.bytes.len().next_multiple_of(8), 0);
        let at = self.start + length(self.bytes.len());
        self.bytes.extend_from_slice(bytes);
        at
    }
}

fn length(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap()
}
