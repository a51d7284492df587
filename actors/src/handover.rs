//! Handovers: a page of a browser becomes the same visitor on another page.
//!
//! The chat on a foreign site and the call page share no storage. A code that
//! works once, for a minute, carries the token between them; it stands in the
//! fragment of an address, which browsers send to nobody.

use std::collections::VecDeque;
use std::time::Duration;

use dashmap::DashMap;

use crate::ids::AccountId;
use crate::moment::Moment;
use crate::ports::PublicKey;

/// How long a code works.
const VALID: Duration = Duration::from_mins(1);
/// Codes that wait to be used; beyond this none is given until some ran out.
const WAITING: usize = 10_000;
/// Codes of one visitor; one more takes the place of the oldest.
const OF_ONE_VISITOR: usize = 5;
/// Random bytes of a code.
const CODE_BYTES: usize = 16;

/// What a code stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Handover {
    pub(crate) key: PublicKey,
    pub(crate) token: String,
    /// The page is to ring this consultant.
    pub(crate) to: Option<AccountId>,
}

/// The codes that wait to be used.
#[derive(Default)]
pub(crate) struct Handovers {
    codes: DashMap<String, (Moment, Handover)>,
    /// The newest codes of each visitor, by token, used ones too.
    given: DashMap<String, VecDeque<String>>,
}

impl Handovers {
    /// Gives a code; nothing when too many wait or no random number is to be had.
    pub(crate) fn give(&self, handover: Handover, now: Moment) -> Option<String> {
        if self.codes.len() >= WAITING {
            self.codes.retain(|_, (given, _)| now.since(*given) < VALID);
            self.given.retain(|_, codes| codes.iter().any(|code| self.codes.contains_key(code)));
        }
        if self.codes.len() >= WAITING {
            return None;
        }
        let mut bytes = [0; CODE_BYTES];
        getrandom::fill(&mut bytes).ok()?;
        let code: String = bytes.iter().flat_map(|byte| hex(*byte)).collect();
        let mut theirs = self.given.entry(handover.token.clone()).or_default();
        theirs.push_back(code.clone());
        if theirs.len() > OF_ONE_VISITOR
            && let Some(oldest) = theirs.pop_front()
        {
            self.codes.remove(&oldest);
        }
        self.codes.insert(code.clone(), (now, handover));
        Some(code)
    }

    /// Takes what a code stands for; it is worth nothing afterwards.
    pub(crate) fn take(&self, code: &str, key: &PublicKey, now: Moment) -> Option<Handover> {
        let (_, (given, handover)) = self.codes.remove(code)?;
        (now.since(given) < VALID && handover.key == *key).then_some(handover)
    }
}

fn hex(byte: u8) -> [char; 2] {
    [byte >> 4, byte & 15].map(|digit| char::from_digit(u32::from(digit), 16).unwrap_or('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(visitor: usize) -> Handover {
        Handover { key: PublicKey("bakery".to_owned()), token: format!("c2cv_{visitor}"), to: None }
    }

    fn handover() -> Handover {
        of(1)
    }

    #[test]
    fn a_code_works_once() {
        let (handovers, now) = (Handovers::default(), Moment::from_millis(1));
        let code = handovers.give(handover(), now).unwrap();

        assert_eq!(code.len(), 2 * CODE_BYTES);
        assert_eq!(handovers.take(&code, &handover().key, now), Some(handover()));
        assert_eq!(handovers.take(&code, &handover().key, now), None);
    }

    #[test]
    fn a_code_works_for_a_minute_and_for_its_package() {
        let (handovers, now) = (Handovers::default(), Moment::from_millis(1));
        let (late, foreign) = (handovers.give(handover(), now).unwrap(), handovers.give(handover(), now).unwrap());

        assert_eq!(handovers.take(&late, &handover().key, now.after(VALID)), None);
        assert_eq!(handovers.take(&foreign, &PublicKey("other".to_owned()), now), None);
    }

    #[test]
    fn too_many_codes_wait_for_those_that_run_out() {
        let (handovers, now) = (Handovers::default(), Moment::from_millis(1));
        for visitor in 0..WAITING {
            handovers.give(of(visitor), now).unwrap();
        }

        assert_eq!(handovers.give(handover(), now), None);
        assert!(handovers.give(handover(), now.after(VALID)).is_some());
        assert_eq!((handovers.codes.len(), handovers.given.len()), (1, 1));
    }

    #[test]
    fn nobody_uses_up_the_codes_of_all_others() {
        let (handovers, now) = (Handovers::default(), Moment::from_millis(1));
        let first = handovers.give(handover(), now).unwrap();
        let others: Vec<_> = (0..OF_ONE_VISITOR).map(|_| handovers.give(handover(), now).unwrap()).collect();

        assert_eq!(handovers.codes.len(), OF_ONE_VISITOR);
        assert_eq!(handovers.take(&first, &handover().key, now), None);
        assert!(others.iter().all(|code| handovers.take(code, &handover().key, now).is_some()));
    }
}
