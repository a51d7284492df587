//! The checker: lost, doubled, reordered, missing, invented or different lines.
//!
//! Linear in the number of steps and lines: the hub gives numbers, nothing has to be searched.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Line, Step, Truth};

/// A broken promise, with what is needed to find it in the saved history.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// Acknowledged, but not kept at that place.
    Lost { cid: String, chat: String, seq: u64 },
    /// One request made two lines.
    Doubled { cid: String },
    /// Acknowledged before the other was sent, yet it stands behind it.
    Reordered { chat: String, seq: u64 },
    /// The kept lines are not numbered 1, 2, 3, ….
    Gap { chat: String, after: u64 },
    /// A participant was told a line and never the one before it.
    Skipped { who: String, chat: String, seq: u64 },
    /// A participant was told an older line after a newer one.
    Backwards { who: String, chat: String, seq: u64 },
    /// A participant was told something else than what was kept.
    Disagreement { who: String, chat: String, seq: u64 },
    /// Kept, but nobody sent it.
    Invented { cid: String },
    /// Refused for good, and kept nevertheless.
    KeptRefused { cid: String },
    /// A participant never learned of this line.
    Missed { who: String, chat: String, seq: u64 },
}

/// What a healthy run consisted of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub kept: usize,
    pub unknown: usize,
    pub told: usize,
}

#[derive(Default)]
struct Request<'a> {
    who: &'a str,
    body: &'a str,
    invoked: usize,
    kept: Option<usize>,
    is_refused: bool,
}

struct Checker<'a> {
    truth: &'a Truth,
    requests: HashMap<&'a str, Request<'a>>,
    views: BTreeMap<(&'a str, &'a str), BTreeSet<u64>>,
    newest: HashMap<(&'a str, &'a str), u64>,
    faults: BTreeSet<Fault>,
    summary: Summary,
}

/// Checks the steps of a run against what the hub kept.
pub fn check(steps: &[Step], truth: &Truth) -> Result<Summary, Vec<Fault>> {
    let mut checker = Checker {
        truth,
        requests: HashMap::new(),
        views: BTreeMap::new(),
        newest: HashMap::new(),
        faults: BTreeSet::new(),
        summary: Summary::default(),
    };
    for (time, step) in steps.iter().enumerate() {
        checker.take(time, step);
    }
    for (chat, lines) in truth {
        checker.numbers(chat, lines);
        checker.order(chat, lines);
    }
    checker.origins();
    checker.completeness();
    checker.summary.unknown =
        checker.requests.values().filter(|request| request.kept.is_none() && !request.is_refused).count();
    if checker.faults.is_empty() { Ok(checker.summary) } else { Err(checker.faults.into_iter().collect()) }
}

impl<'a> Checker<'a> {
    fn take(&mut self, time: usize, step: &'a Step) {
        match step {
            Step::Invoked { who, cid, body } => {
                let request = Request { who, body, invoked: time, ..Request::default() };
                self.requests.insert(cid, request);
            }
            Step::Kept { who, cid, chat, seq } => self.kept(time, (who, chat), cid, *seq),
            Step::Refused { cid, .. } => {
                if let Some(request) = self.requests.get_mut(cid.as_str()) {
                    request.is_refused = true;
                }
            }
            Step::Told { who, chat, seq, line, live } => self.told((who, chat), *seq, line, *live),
            Step::Forgot { who, chat } => {
                self.views.insert((who, chat), BTreeSet::new());
                self.newest.remove(&(who.as_str(), chat.as_str()));
            }
        }
    }

    fn kept(&mut self, time: usize, view: (&'a str, &'a str), cid: &'a str, seq: u64) {
        let is_there = matches!(self.line(view.1, seq), Some(Line::Said { cid: found, .. }) if found.as_str() == cid);
        if !is_there {
            self.faults.insert(Fault::Lost { cid: cid.to_owned(), chat: view.1.to_owned(), seq });
        }
        self.views.entry(view).or_default().insert(seq);
        if let Some(request) = self.requests.get_mut(cid) {
            request.kept.get_or_insert(time);
        }
        self.summary.kept += 1;
    }

    fn told(&mut self, view: (&'a str, &'a str), seq: u64, line: &Line, live: bool) {
        let (who, chat) = view;
        let name = || (who.to_owned(), chat.to_owned());
        if self.line(chat, seq).is_some_and(|kept| kept != line) {
            let (who, chat) = name();
            self.faults.insert(Fault::Disagreement { who, chat, seq });
        }
        if self.line(chat, seq).is_none() {
            let (who, chat) = name();
            self.faults.insert(Fault::Lost { cid: format!("told to {who}"), chat, seq });
        }
        let newest = self.newest.get(&view).copied().unwrap_or_default();
        if live && seq > newest {
            // What the participant said itself comes back as an acknowledgement, not as an event.
            let skipped = (newest + 1..seq).find(|missing| !self.knows_or_said(view, *missing));
            if let Some(missing) = skipped {
                let (who, chat) = name();
                self.faults.insert(Fault::Skipped { who, chat, seq: missing });
            }
        }
        if live && seq < newest && !self.views.get(&view).is_some_and(|known| known.contains(&seq)) {
            let (who, chat) = name();
            self.faults.insert(Fault::Backwards { who, chat, seq });
        }
        self.newest.insert(view, newest.max(seq));
        self.views.entry(view).or_default().insert(seq);
        self.summary.told += 1;
    }

    fn knows_or_said(&self, view: (&'a str, &'a str), seq: u64) -> bool {
        let knows = self.views.get(&view).is_some_and(|known| known.contains(&seq));
        knows || self.said_by(view.0, view.1, seq)
    }

    fn said_by(&self, who: &str, chat: &str, seq: u64) -> bool {
        let Some(Line::Said { cid, .. }) = self.line(chat, seq) else { return false };
        self.requests.get(cid.as_str()).is_some_and(|request| request.who == who)
    }

    fn line(&self, chat: &str, seq: u64) -> Option<&'a Line> {
        let place = usize::try_from(seq).ok()?.checked_sub(1)?;
        self.truth.get(chat)?.get(place).map(|(_, line)| line)
    }

    fn numbers(&mut self, chat: &str, lines: &[(u64, Line)]) {
        let wrong = (1..).zip(lines).find(|(expected, (seq, _))| expected != seq);
        if let Some((expected, _)) = wrong {
            self.faults.insert(Fault::Gap { chat: chat.to_owned(), after: expected - 1 });
        }
    }

    /// From the end: nothing may have been sent after something behind it was acknowledged.
    fn order(&mut self, chat: &str, lines: &[(u64, Line)]) {
        let mut kept_earliest = usize::MAX;
        for (seq, line) in lines.iter().rev() {
            let Line::Said { cid, .. } = line else { continue };
            let Some(request) = self.requests.get(cid.as_str()) else { continue };
            if request.invoked > kept_earliest {
                self.faults.insert(Fault::Reordered { chat: chat.to_owned(), seq: *seq });
            }
            kept_earliest = kept_earliest.min(request.kept.unwrap_or(usize::MAX));
        }
    }

    fn origins(&mut self) {
        let mut seen = BTreeSet::new();
        for (chat, lines) in self.truth {
            for (seq, line) in lines {
                let Line::Said { cid, body } = line else { continue };
                if !seen.insert(cid) {
                    self.faults.insert(Fault::Doubled { cid: cid.clone() });
                }
                match self.requests.get(cid.as_str()) {
                    None => _ = self.faults.insert(Fault::Invented { cid: cid.clone() }),
                    Some(request) if request.is_refused => {
                        self.faults.insert(Fault::KeptRefused { cid: cid.clone() });
                    }
                    Some(request) if request.body != body => {
                        let (who, chat) = (request.who.to_owned(), chat.clone());
                        self.faults.insert(Fault::Disagreement { who, chat, seq: *seq });
                    }
                    Some(_) => {}
                }
            }
        }
    }

    fn completeness(&mut self) {
        for ((who, chat), known) in &self.views {
            for (seq, _) in self.truth.get(*chat).into_iter().flatten() {
                if !known.contains(seq) {
                    let (who, chat) = ((*who).to_owned(), (*chat).to_owned());
                    self.faults.insert(Fault::Missed { who, chat, seq: *seq });
                }
            }
        }
    }
}
