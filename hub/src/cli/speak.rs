//! The only writer of standard output: addresses, links and answers a person or script waits for.

use std::io::Write as _;

/// Writes a line; a reader that is gone does not stop the hub.
pub(crate) fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _reader_is_gone = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// Says on standard error why a command failed.
pub(super) fn complain(error: &anyhow::Error) {
    let _reader_is_gone = writeln!(std::io::stderr().lock(), "error: {error:#}");
}
