//! What a visitor types into an order or a message, checked.

use std::collections::BTreeMap;

use actors::protocol::{Answer, Cid};
use actors::text::{PlainText, TextError};
use hub_store::{Form, FormField};

use crate::http::error::ApiError;
use crate::http::packages::limits::FIELD_LABEL;
use crate::sign_in::fields::email_address;

/// Longest name, in characters: two names of an account and a space.
const NAME: usize = 81;
/// Longest note to an order, in characters.
const NOTE: usize = 500;
/// Longest message, in characters: as long as one of a chat.
const BODY: usize = actors::text::BODY_CHARS;
/// Longest answer, in characters: as in a chat.
const ANSWER: usize = 500;

pub(super) fn email(text: &str) -> Result<String, ApiError> {
    email_address(text).ok_or_else(|| ApiError::invalid("/email", "is not an e-mail address"))
}

pub(super) fn name(text: Option<&str>) -> Result<Option<String>, ApiError> {
    optional("/name", text.map(|text| PlainText::line(text, NAME)))
}

pub(super) fn note(text: Option<&str>) -> Result<Option<String>, ApiError> {
    optional("/note", text.map(|text| PlainText::lines(text, NOTE)))
}

pub(super) fn body(text: &str) -> Result<String, ApiError> {
    PlainText::lines(text, BODY).map(String::from).map_err(|problem| ApiError::invalid("/body", problem))
}

/// The visitor agreed, where the business asks for it.
pub(super) fn consent(form: &Form, has_consented: bool) -> Result<(), ApiError> {
    if form.consent.is_empty() || has_consented { Ok(()) } else { Err(ApiError::invalid("/consented", "is missing")) }
}

/// What the browser calls its request.
pub(super) fn cid(name: Option<&str>) -> Result<Option<Cid>, ApiError> {
    let wrong = || ApiError::invalid("/cid", "must be 1 to 64 visible ASCII characters");
    name.map(|name| Cid::new(name).ok_or_else(wrong)).transpose()
}

/// The answers to what the package asks, in its order; others are not looked at.
///
/// None is required: the questions stand before a chat, and whoever finds nobody there may not have seen them.
pub(super) fn answers(form: &Form, given: &BTreeMap<String, String>) -> Result<Vec<Answer>, ApiError> {
    let answer = |field: &FormField| {
        let pointer = format!("/answers/{}", field.id);
        let value = PlainText::lines(given.get(&field.id).map(String::as_str).unwrap_or_default(), ANSWER);
        match (value, PlainText::cut(&field.label, FIELD_LABEL)) {
            (Ok(value), Some(label)) => Ok(Some(Answer { label, value })),
            (Err(TextError::Empty), _) | (Ok(_), None) => Ok(None),
            (Err(problem @ TextError::TooLong), _) => Err(ApiError::invalid(&pointer, problem)),
        }
    };
    form.fields.iter().filter_map(|field| answer(field).transpose()).collect()
}

/// A field left empty is one that was not filled in.
fn optional(pointer: &str, text: Option<Result<PlainText, TextError>>) -> Result<Option<String>, ApiError> {
    match text {
        None | Some(Err(TextError::Empty)) => Ok(None),
        Some(Ok(text)) => Ok(Some(text.into())),
        Some(Err(problem @ TextError::TooLong)) => Err(ApiError::invalid(pointer, problem)),
    }
}

#[cfg(test)]
mod tests {
    use hub_store::FieldKind;

    use super::*;

    fn pointer<T>(outcome: Result<T, ApiError>) -> String {
        match outcome {
            Err(ApiError::Invalid { pointer, .. }) => pointer,
            Err(other) => panic!("{other}"),
            Ok(_) => "taken".to_owned(),
        }
    }

    fn form() -> Form {
        let field = |id: &str, is_required| FormField {
            id: id.to_owned(),
            kind: FieldKind::Text,
            label: id.to_uppercase(),
            is_required,
        };
        Form { fields: vec![field("order", true), field("city", false)], consent: "Agree?".to_owned() }
    }

    #[test]
    fn each_text_has_up_to_its_limit() {
        let chars = |count| "ż".repeat(count);

        assert_eq!(pointer(name(Some(&chars(81)))), "taken");
        assert_eq!(pointer(name(Some(&chars(82)))), "/name");
        assert_eq!(pointer(note(Some(&chars(500)))), "taken");
        assert_eq!(pointer(note(Some(&chars(501)))), "/note");
        assert_eq!(pointer(body(&chars(4_000))), "taken");
        assert_eq!(pointer(body(&chars(4_001))), "/body");
        assert_eq!(pointer(body(" \n")), "/body");
        assert_eq!(name(Some("  ")).unwrap(), None);
    }

    #[test]
    fn answers_come_in_order_and_none_is_required() {
        let given = |pairs: &[(&str, &str)]| {
            answers(&form(), &pairs.iter().map(|(id, text)| ((*id).to_owned(), (*text).to_owned())).collect())
        };

        let taken = given(&[("city", "Gdynia"), ("order", "7"), ("other", "x")]).unwrap();
        let shown: Vec<_> = taken.iter().map(|one| (one.label.as_str(), one.value.as_str())).collect();
        assert_eq!(shown, [("ORDER", "7"), ("CITY", "Gdynia")]);
        assert_eq!(pointer(given(&[("city", "Gdynia")])), "taken");
        assert_eq!(pointer(given(&[("order", &"x".repeat(501))])), "/answers/order");
        assert_eq!(pointer(given(&[("order", &"x".repeat(500))])), "taken");
    }

    #[test]
    fn consent_is_asked_only_where_there_is_a_text() {
        assert_eq!(pointer(consent(&form(), false)), "/consented");
        assert!(consent(&form(), true).is_ok() && consent(&Form::default(), false).is_ok());
    }
}
