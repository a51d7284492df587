//! Rules: what a slow browser may owe us before its socket is cut.

use std::collections::VecDeque;

use bytes::{Buf as _, Bytes};

/// Bytes that may wait behind the chunk that is being written.
///
/// A visitor's whole chat fits in; whoever is further behind resumes from the journal, which costs less memory.
pub(super) const BACKLOG_BYTES: usize = 256 * 1024;

/// The browser reads too slowly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooSlow;

/// Encoded frames on their way out.
#[derive(Debug, Default)]
pub(super) struct Backlog {
    chunks: VecDeque<Bytes>,
    bytes: usize,
    /// Part of the front chunk was written: it must go out whole, or the browser sees a broken frame.
    is_front_begun: bool,
}

impl Backlog {
    /// Adds whole frames. A single chunk of any size is taken: `welcome` may be long.
    pub(super) fn push(&mut self, chunk: Bytes) -> Result<(), TooSlow> {
        let front = self.front().len();
        if front > 0 && self.bytes - front + chunk.len() > BACKLOG_BYTES {
            return Err(TooSlow);
        }
        self.bytes += chunk.len();
        if !chunk.is_empty() {
            self.chunks.push_back(chunk);
        }
        Ok(())
    }

    /// Forgets what was not begun, and says good-bye instead.
    pub(super) fn cut(&mut self, last: Bytes) {
        self.chunks.truncate(usize::from(self.is_front_begun));
        self.bytes = self.front().len() + last.len();
        self.chunks.push_back(last);
    }

    /// What to write next; empty when there is nothing.
    pub(super) fn front(&self) -> &[u8] {
        self.chunks.front().map(Bytes::as_ref).unwrap_or_default()
    }

    /// Notes that `written` bytes of the front went out; gives the memory back at the end.
    pub(super) fn advance(&mut self, written: usize) {
        let Some(front) = self.chunks.front_mut() else { return };
        let written = written.min(front.len());
        front.advance(written);
        self.bytes -= written;
        self.is_front_begun = !front.is_empty();
        if !self.is_front_begun {
            self.chunks.pop_front();
        }
        if self.chunks.is_empty() {
            self.chunks = VecDeque::new();
        }
    }

    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(bytes: usize) -> Bytes {
        Bytes::from(vec![b'x'; bytes])
    }

    #[test]
    fn one_long_chunk_is_taken() {
        let mut backlog = Backlog::default();

        assert_eq!(backlog.push(chunk(2 * BACKLOG_BYTES)), Ok(()));
        assert_eq!(backlog.push(chunk(BACKLOG_BYTES)), Ok(()));
        assert_eq!(backlog.push(chunk(1)), Err(TooSlow));
    }

    #[test]
    fn what_is_written_makes_room() {
        let mut backlog = Backlog::default();
        backlog.push(chunk(10)).unwrap();
        backlog.push(chunk(BACKLOG_BYTES)).unwrap();
        assert_eq!(backlog.push(chunk(1)), Err(TooSlow));

        backlog.advance(10);

        assert_eq!(backlog.push(chunk(1)), Ok(()));
        assert_eq!(backlog.bytes(), BACKLOG_BYTES + 1);
    }

    #[test]
    fn a_begun_chunk_goes_out_before_the_good_bye() {
        let mut backlog = Backlog::default();
        backlog.push(Bytes::from_static(b"begun")).unwrap();
        backlog.push(chunk(100)).unwrap();
        backlog.advance(2);

        backlog.cut(Bytes::from_static(b"bye"));

        assert_eq!(backlog.front(), b"gun");
        backlog.advance(3);
        assert_eq!(backlog.front(), b"bye");
        assert_eq!(backlog.bytes(), 3);
        backlog.advance(3);
        assert_eq!(backlog.bytes(), 0);
    }

    #[test]
    fn a_chunk_that_was_not_begun_is_forgotten() {
        let mut backlog = Backlog::default();
        backlog.push(chunk(100)).unwrap();

        backlog.cut(Bytes::from_static(b"bye"));

        assert_eq!(backlog.front(), b"bye");
    }
}
