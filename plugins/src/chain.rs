//! Several plugins, one answer: in the owner's order, the first that does not inherit decides.
//!
//! The built-in rule comes last. Nothing is asked here; a plugin that failed
//! counts as one that inherits.

use crate::ask::Failure;
use crate::hooks::{Checked, hours, review};
use crate::wit::exports::click2callme::plugin::enrichment::Profile;
use crate::wit::exports::click2callme::plugin::manifest::Field;
use crate::wit::exports::click2callme::plugin::messages::{Finding, Message, Verdict as Judged};
use crate::wit::exports::click2callme::plugin::notifications::Plan;
use crate::wit::exports::click2callme::plugin::routing::{Decision, Outcome};
use crate::wit::exports::click2callme::plugin::working_hours::{self, Day, Verdict};

/// What one plugin of a chain said, checked, or why it said nothing.
pub type Said<T> = Result<Checked<T>, Failure>;

/// The answer of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen<T> {
    pub value: T,
    /// Whose it is: a place in the chain, or nothing for the built-in rule.
    pub by: Option<usize>,
}

/// An answer that may leave the decision to the next in the chain.
pub trait Inherits {
    /// Does this answer decide nothing?
    fn inherits(&self) -> bool;
}

impl Inherits for Outcome {
    fn inherits(&self) -> bool {
        matches!(self.decision, Decision::Inherit)
    }
}

impl Inherits for Plan {
    fn inherits(&self) -> bool {
        matches!(self, Self::Inherit)
    }
}

/// A plugin that asks nothing leaves the form to the next.
impl Inherits for Vec<Field> {
    fn inherits(&self) -> bool {
        self.is_empty()
    }
}

/// Every answer about slots is one, also that none is offered.
impl Inherits for Vec<u32> {
    fn inherits(&self) -> bool {
        false
    }
}

/// The first answer that decides, or else the built-in one.
pub fn first<T: Inherits + Clone>(chain: &[Said<T>], built_in: T) -> Chosen<T> {
    let decides = |said: &Said<T>| said.as_ref().is_ok_and(|checked| !checked.value.inherits());
    let found = chain.iter().position(decides);
    let said = found.and_then(|index| chain.get(index)).and_then(|said| said.as_ref().ok());
    match said {
        Some(checked) => Chosen { value: checked.value.clone(), by: found },
        None => Chosen { value: built_in, by: None },
    }
}

/// The plan of each day: one plugin may decide the holidays, another the rest.
pub fn days(asked: &[Day], chain: &[Said<Vec<Verdict>>]) -> Vec<Chosen<working_hours::Plan>> {
    let settle = |(index, day): (usize, &Day)| {
        let verdict =
            |said: &Said<Vec<Verdict>>| said.as_ref().ok().and_then(|checked| checked.value.get(index)).cloned();
        let decided = chain.iter().enumerate().find_map(|(place, said)| match verdict(said) {
            Some(Verdict::Replace(plan)) => Some(Chosen { value: plan, by: Some(place) }),
            Some(Verdict::Inherit) | None => None,
        });
        decided.unwrap_or_else(|| Chosen { value: hours::settled(day, &Verdict::Inherit), by: None })
    };
    asked.iter().enumerate().map(settle).collect()
}

/// What all plugins tell of a visitor; where two tell the same thing, the first is believed.
pub fn profile(chain: &[Said<Profile>]) -> Profile {
    let mut all = Profile { name: None, attributes: Vec::new(), tags: Vec::new() };
    for told in chain.iter().flatten().map(|checked| &checked.value) {
        all.name = all.name.or_else(|| told.name.clone());
        for attribute in &told.attributes {
            if all.attributes.iter().all(|known| known.key != attribute.key) {
                all.attributes.push(attribute.clone());
            }
        }
        for tag in &told.tags {
            if !all.tags.contains(tag) {
                all.tags.push(tag.clone());
            }
        }
    }
    all
}

/// A message on its way through all filters, each of which sees what the one before left.
#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    message: Message,
    refusal: Option<String>,
    tags: Vec<String>,
}

impl Review {
    pub fn new(message: Message) -> Self {
        Self { message, refusal: None, tags: Vec::new() }
    }

    /// What the next filter is asked about; nothing once a filter refused.
    pub fn next(&self) -> Option<&Message> {
        self.refusal.is_none().then_some(&self.message)
    }

    /// Takes what a filter said; one that failed lets the message pass.
    pub fn take(&mut self, said: &Said<Finding>) {
        let Ok(Checked { value: finding, notes: _ }) = said else { return };
        for tag in &finding.tags {
            if !self.tags.contains(tag) {
                self.tags.push(tag.clone());
            }
        }
        match (&finding.verdict, review::passed_on(self.message.clone(), finding)) {
            (Judged::Refuse(text), _) => self.refusal = self.refusal.take().or_else(|| Some(text.clone())),
            (_, Some(message)) => self.message = message,
            (_, None) => {}
        }
    }

    /// The word of all filters together on `original`.
    pub fn finding(self, original: &Message) -> Finding {
        let verdict = match self.refusal {
            Some(text) => Judged::Refuse(text),
            None if self.message == *original => Judged::Pass,
            None => Judged::Replace(self.message.text),
        };
        Finding { verdict, tags: self.tags }
    }
}

#[cfg(test)]
mod tests;
