//! How many wrong codes an account may get before it has to wait.
//!
//! Only somebody who knows the password gets here, so the books stay short.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use actors::ids::AccountId;

use super::attempts::TooMany;

/// Of a million codes three are right at any time: six guesses are worth nothing.
const MOST: u32 = 6;
/// How long an account waits after that.
const PAUSE: Duration = Duration::from_mins(15);

/// Codes that were asked for and not right yet.
#[derive(Default)]
pub(crate) struct WrongCodes {
    books: Mutex<HashMap<AccountId, Wrong>>,
}

#[derive(Clone, Copy)]
struct Wrong {
    count: u32,
    last: Instant,
}

impl WrongCodes {
    /// Counts a code before it is looked at, so that many at once are no more than many in a row.
    pub(crate) fn count(&self, account: AccountId, now: Instant) -> Result<(), TooMany> {
        let mut books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        books.retain(|_, wrong| now.saturating_duration_since(wrong.last) < PAUSE);
        let wrong = books.entry(account).or_insert(Wrong { count: 0, last: now });
        if wrong.count >= MOST {
            metrics::counter!("limit_hit_total", "limit" => "wrong_codes").increment(1);
            return Err(TooMany(PAUSE.saturating_sub(now.saturating_duration_since(wrong.last))));
        }
        *wrong = Wrong { count: wrong.count + 1, last: now };
        Ok(())
    }

    /// A right code makes the wrong ones before it forgotten.
    pub(crate) fn forget(&self, account: AccountId) {
        self.books.lock().unwrap_or_else(PoisonError::into_inner).remove(&account);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_six_wrong_codes_an_account_waits_a_quarter_of_an_hour() {
        let codes = WrongCodes::default();
        let (anna, ben, now) = (AccountId::from(1), AccountId::from(2), Instant::now());

        assert!((0..MOST).all(|_| codes.count(anna, now).is_ok()));

        assert_eq!(codes.count(anna, now + Duration::from_mins(5)), Err(TooMany(Duration::from_mins(10))));
        assert_eq!(codes.count(ben, now), Ok(()));
        assert_eq!(codes.count(anna, now + PAUSE), Ok(()));
    }

    #[test]
    fn a_right_code_begins_anew() {
        let codes = WrongCodes::default();
        let (anna, now) = (AccountId::from(1), Instant::now());
        for _ in 1..MOST {
            codes.count(anna, now).unwrap();
        }

        codes.forget(anna);

        assert!((0..MOST).all(|_| codes.count(anna, now).is_ok()));
        assert!(codes.count(anna, now).is_err());
    }
}
