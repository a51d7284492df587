//! Form before the chat: what a plugin asks the visitor, and what it says to the answers.
//!
//! Promises: every field can be shown to a visitor and checked by the hub; a
//! refusal names a field that is there, so that nobody is locked out for ever.

use super::{Checked, Notes, Why, attributes};
use crate::form::{self, Place};
use crate::wit::click2callme::plugin::types::Attribute;
use crate::wit::exports::click2callme::plugin::manifest::{Field, Problem};

/// Longest answer, in characters.
pub const ANSWER_CHARS: usize = 500;

/// What a plugin says to the answers: other answers, or what is wrong with them.
pub type Verdict = Result<Vec<Attribute>, Vec<Problem>>;

/// Checks a form; a field that cannot be shown is left out, and with it what depends on it.
pub fn check_form(fields: Vec<Field>) -> Checked<Vec<Field>> {
    let mut notes = Notes::default();
    // Places in the answer stay right while fields are left out.
    let mut kept: Vec<(usize, Field)> =
        notes.first("", fields, form::MOST_VISITOR_FIELDS).into_iter().enumerate().collect();
    // Each round leaves out at least one field.
    loop {
        let fields: Vec<Field> = kept.iter().map(|(_, field)| field.clone()).collect();
        let flaws = form::check_fields(&fields, Place::Visitor);
        if flaws.is_empty() {
            return notes.with(fields);
        }
        let mut wrong: Vec<usize> = Vec::new();
        for flaw in flaws {
            let position = flaw.at.split('/').nth(1).and_then(|index| index.parse::<usize>().ok()).unwrap_or(0);
            let index = kept.get(position).map_or(position, |(index, _)| *index);
            notes.add(format!("/{index}"), Why::refused(&flaw.to_string()));
            wrong.push(position);
        }
        let mut position = 0;
        kept.retain(|_| {
            position += 1;
            !wrong.contains(&(position - 1))
        });
    }
}

/// Checks what is said to the answers; a refusal without a problem to mend accepts them.
pub fn check_submit(form: &[Field], answers: &[Attribute], told: Verdict) -> Checked<Verdict> {
    let mut notes = Notes::default();
    let problems = match told {
        Ok(changed) => {
            let changed = attributes(&mut notes, "/Ok", changed, ANSWER_CHARS);
            return notes.with(Ok(changed));
        }
        Err(problems) => problems,
    };
    let kept = super::problems(&mut notes, "/Err", problems, |key| form.iter().any(|field| field.key == key));
    if kept.is_empty() {
        notes.add("/Err", Why::refused("names nothing that the visitor could mend"));
        let answers = attributes(&mut notes, "/Ok", answers.to_vec(), ANSWER_CHARS);
        return notes.with(Ok(answers));
    }
    notes.with(Err(kept))
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::form::samples::{any_fields, field};
    use crate::samples::attribute;
    use crate::wit::exports::click2callme::plugin::manifest::{Condition, FieldKind, Localised};

    fn problem(key: &str) -> Problem {
        let text = "Look at your order".to_owned();
        Problem { key: key.to_owned(), message: vec![Localised { language: "en".to_owned(), text }] }
    }

    #[test]
    fn a_sound_form_stays_as_it_is() {
        let form = vec![field("order", FieldKind::Toggle), field("date", FieldKind::Date)];

        assert_eq!(check_form(form.clone()), Checked { value: form, notes: Vec::new() });
    }

    #[test]
    fn a_field_that_depends_on_a_dropped_one_goes_too() {
        let mut size = field("size", FieldKind::Toggle);
        size.visible_when = Some(Condition { key: "cake".to_owned(), one_of: vec!["a".to_owned()] });
        let form = vec![field("cake", FieldKind::Secret), size, field("date", FieldKind::Date)];

        let checked = check_form(form);

        assert_eq!(checked.value, [field("date", FieldKind::Date)]);
        let places: Vec<_> = checked.notes.iter().map(|note| note.at.as_str()).collect();
        assert_eq!(places, ["/0", "/1"]);
    }

    #[test]
    fn ten_thousand_fields_are_cut() {
        let form = (0..10_000).map(|index| field(&format!("f{index}"), FieldKind::Toggle)).collect();

        assert_eq!(check_form(form).value.len(), form::MOST_VISITOR_FIELDS);
    }

    #[test]
    fn a_refusal_must_name_a_field_of_the_form() {
        let form = [field("order", FieldKind::Toggle)];
        let answers = [attribute("order", "A-7")];

        let refused = check_submit(&form, &answers, Err(vec![problem("order"), problem("other")]));
        assert_eq!(refused.value, Err(vec![problem("order")]));
        let lying = check_submit(&form, &answers, Err(vec![problem("other")]));
        assert_eq!(lying.value, Ok(answers.to_vec()));
        assert_eq!(check_submit(&form, &answers, Err(Vec::new())).value, Ok(answers.to_vec()));
    }

    proptest! {
        #[test]
        fn every_checked_form_can_be_shown(form in any_fields()) {
            let checked = check_form(form);

            prop_assert!(form::check_fields(&checked.value, Place::Visitor).is_empty());
            prop_assert!(checked.value.len() <= form::MOST_VISITOR_FIELDS);
        }

        #[test]
        fn every_checked_answer_is_bounded(list in vec((any::<String>(), any::<String>()), 0..50)) {
            let told = list.iter().map(|(key, value)| attribute(key, &value.repeat(20))).collect();

            let Ok(kept) = check_submit(&[], &[], Ok(told)).value else { panic!("was accepted") };

            prop_assert!(kept.len() <= 32);
            prop_assert!(kept.iter().all(|one| !one.key.is_empty() && one.value.chars().count() <= ANSWER_CHARS));
        }
    }
}
