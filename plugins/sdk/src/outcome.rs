//! Shorter ways to say what a hook decided.

use crate::messages::{Finding, Verdict as MessageVerdict};
use crate::routing::{Decision, Outcome, Ring, Tier};
use crate::types::{Attribute, Consultant, Language, Presence};
use crate::working_hours::{Plan, Span, Verdict};

impl Outcome {
    /// A decision and, for people, why.
    pub fn new(decision: Decision, reason: impl Into<String>) -> Self {
        Self { decision, reason: reason.into(), tags: Vec::new() }
    }

    /// Leaves it to the next plugin, and at last to the hub's own rule.
    pub fn inherit(reason: impl Into<String>) -> Self {
        Self::new(Decision::Inherit, reason)
    }

    /// Rings these, tier after tier; tiers without anybody are left out, and no tier at all is `inherit`.
    pub fn offer(tiers: Vec<Tier>, reason: impl Into<String>) -> Self {
        let tiers: Vec<Tier> = tiers.into_iter().filter(|tier| !tier.consultants.is_empty()).collect();
        let decision = if tiers.is_empty() { Decision::Inherit } else { Decision::Offer(tiers) };
        Self::new(decision, reason)
    }

    /// Tags the chat with this word.
    pub fn tag(mut self, tag: &str) -> Self {
        self.tags.push(tag.into());
        self
    }
}

impl Tier {
    /// Some consultants, the way they ring and for how many seconds.
    pub fn new<'a>(consultants: impl IntoIterator<Item = &'a Consultant>, ring: Ring, patience: u32) -> Self {
        let consultants = consultants.into_iter().map(|consultant| consultant.id.clone()).collect();
        Self { consultants, ring, patience }
    }
}

impl Consultant {
    /// Is this one available, not in a call and below the limit of chats?
    pub fn has_room(&self) -> bool {
        self.presence == Presence::Available && !self.in_call && self.active_chats < self.max_chats
    }

    /// Does this one speak the language? Regions do not matter: who speaks `en` speaks `en-GB`.
    pub fn speaks(&self, language: &Language) -> bool {
        let wanted = primary(language);
        self.languages.iter().any(|spoken| primary(spoken).eq_ignore_ascii_case(wanted))
    }

    /// Has this one the skill? Upper and lower case do not matter.
    pub fn can(&self, skill: &str) -> bool {
        self.skills.iter().any(|own| own.eq_ignore_ascii_case(skill))
    }
}

/// The part of a language tag before the region.
fn primary(language: &str) -> &str {
    language.split(['-', '_']).next().unwrap_or(language)
}

impl Verdict {
    /// Open at these times only; a visitor sees the notice, if there is one.
    pub fn open(spans: Vec<Span>, notice: Option<String>) -> Self {
        Self::Replace(Plan { spans, notice })
    }

    /// Closed all day, and why.
    pub fn closed(notice: impl Into<String>) -> Self {
        Self::open(Vec::new(), Some(notice.into()))
    }
}

impl Finding {
    /// Lets the message through.
    pub fn pass() -> Self {
        Self { verdict: MessageVerdict::Pass, tags: Vec::new() }
    }
}

impl Attribute {
    /// A key and its value.
    pub fn new(key: &str, value: impl Into<String>) -> Self {
        Self { key: key.into(), value: value.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anna() -> Consultant {
        Consultant {
            id: "anna".into(),
            name: "Anna".into(),
            presence: Presence::Available,
            presence_for: 60,
            languages: vec!["pl".into(), "en-GB".into()],
            skills: vec!["Bread".into()],
            active_chats: 1,
            max_chats: 2,
            in_call: false,
            last_assigned: None,
            facts: Vec::new(),
        }
    }

    #[test]
    fn nobody_to_ring_is_no_offer() {
        let nobody = Outcome::offer(vec![Tier::new([], Ring::AllAtOnce, 20)], "nobody speaks French");

        assert_eq!(nobody.decision, Decision::Inherit);
    }

    #[test]
    fn who_is_away_busy_in_a_call_or_full_has_no_room() {
        assert!(anna().has_room());
        assert!(!Consultant { presence: Presence::Away, ..anna() }.has_room());
        assert!(!Consultant { in_call: true, ..anna() }.has_room());
        assert!(!Consultant { active_chats: 2, ..anna() }.has_room());
    }

    #[test]
    fn a_language_matches_without_its_region() {
        assert!(anna().speaks(&"en-US".into()));
        assert!(anna().speaks(&"PL".into()));
        assert!(!anna().speaks(&"e".into()));
    }

    #[test]
    fn a_skill_matches_in_any_case() {
        assert!(anna().can("bread"));
        assert!(!anna().can("cake"));
    }
}
