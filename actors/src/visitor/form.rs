//! The rules of the form before the first message: what was asked, and what was answered.

use std::collections::BTreeMap;

use crate::ports::{FormFieldRecord, PackageRecord};
use crate::protocol::{Answer, Code};
use crate::text::PlainText;

/// Longest answer, in characters.
pub(crate) const ANSWER_CHARS: usize = 500;

/// A form as the visitor sent it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilledForm {
    /// The answers by the ids of their fields.
    pub answers: BTreeMap<String, String>,
    /// The visitor agreed to the consent text.
    pub consented: bool,
}

/// A form that was filled in well.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filled {
    pub(crate) answers: Vec<Answer>,
    /// The visitor's name, when it was asked.
    pub(crate) name: Option<PlainText>,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unfilled {
    pub(crate) code: Code,
    pub(crate) field: String,
}

/// Takes the answers to what the package asks, in its order; others are not looked at.
pub(crate) fn check(package: &PackageRecord, form: &FilledForm) -> Result<Filled, Unfilled> {
    let mut filled = Filled::default();
    for field in &package.fields {
        let Some(value) = answer(field, form)? else { continue };
        if field.is_name {
            filled.name = Some(value.preview(ANSWER_CHARS));
        }
        filled.answers.push(Answer { label: field.label.clone(), value });
    }
    if package.needs_consent && !form.consented {
        return Err(Unfilled { code: Code::Empty, field: "consented".to_owned() });
    }
    Ok(filled)
}

fn answer(field: &FormFieldRecord, form: &FilledForm) -> Result<Option<PlainText>, Unfilled> {
    use crate::text::TextError;

    let given = form.answers.get(&field.id).map(String::as_str).unwrap_or_default();
    let refused = |code| Unfilled { code, field: format!("answers/{}", field.id) };
    match PlainText::lines(given, ANSWER_CHARS) {
        Ok(value) => Ok(Some(value)),
        Err(TextError::Empty) if field.is_required => Err(refused(Code::Empty)),
        Err(TextError::Empty) => Ok(None),
        Err(TextError::TooLong) => Err(refused(Code::TooLong)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hours::{Hours, Zone};
    use crate::ids::PackageId;
    use crate::ports::PublicKey;

    fn field(id: &str, is_required: bool) -> FormFieldRecord {
        let label = PlainText::line(id, 60).unwrap();
        FormFieldRecord { id: id.to_owned(), label, is_required, is_name: id == "name" }
    }

    fn asks(needs_consent: bool) -> PackageRecord {
        PackageRecord {
            id: PackageId::from(1),
            key: PublicKey("shop".to_owned()),
            name: "Shop".to_owned(),
            is_deleted: false,
            version: 1,
            hours: Hours::default(),
            zone: Zone::named("UTC").unwrap(),
            consultants: None,
            fields: vec![field("name", true), field("order", false)],
            needs_consent,
            has_voice: true,
            identity_secret: None,
        }
    }

    fn form(answers: &[(&str, &str)], consented: bool) -> FilledForm {
        let answers = answers.iter().map(|(id, value)| ((*id).to_owned(), (*value).to_owned())).collect();
        FilledForm { answers, consented }
    }

    #[test]
    fn the_answers_come_in_the_order_of_the_questions() {
        let filled = check(&asks(false), &form(&[("order", "A-7"), ("name", "Vera"), ("other", "x")], false)).unwrap();

        let shown: Vec<_> = filled.answers.iter().map(|one| (one.label.as_str(), one.value.as_str())).collect();
        assert_eq!(shown, [("name", "Vera"), ("order", "A-7")]);
        assert_eq!(filled.name.unwrap().as_str(), "Vera");
    }

    #[test]
    fn what_is_required_must_be_there() {
        let unfilled = check(&asks(false), &form(&[("name", "  ")], false)).unwrap_err();

        assert_eq!((unfilled.code, unfilled.field.as_str()), (Code::Empty, "answers/name"));
        assert!(check(&asks(false), &form(&[("name", "Vera")], false)).is_ok());
    }

    #[test]
    fn a_long_answer_is_refused_at_its_limit() {
        assert!(check(&asks(false), &form(&[("name", &"ż".repeat(ANSWER_CHARS))], false)).is_ok());
        let unfilled = check(&asks(false), &form(&[("name", &"ż".repeat(ANSWER_CHARS + 1))], false)).unwrap_err();
        assert_eq!(unfilled.code, Code::TooLong);
    }

    #[test]
    fn consent_is_asked_only_where_there_is_a_text() {
        let unfilled = check(&asks(true), &form(&[("name", "Vera")], false)).unwrap_err();

        assert_eq!((unfilled.code, unfilled.field.as_str()), (Code::Empty, "consented"));
        assert!(check(&asks(true), &form(&[("name", "Vera")], true)).is_ok());
    }
}
