//! Are the fields that a plugin declares fit to be drawn, filled in and checked?

use super::about::texts;
use super::flaws::{Flaw, FlawKind, Flaws};
use super::values::{self, Known};
use super::{HELP_CHARS, KEY_BYTES, LABEL_CHARS, MOST_FIELDS, MOST_VISITOR_FIELDS, kinds};
use crate::wit::exports::click2callme::plugin::manifest::{Condition, Field, FieldKind};

/// Most values of a condition.
const MOST_VALUES: usize = 50;

/// Where a form is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the admin, to owners.
    Settings,
    /// Before a chat, to visitors: nothing that tells the inside of the business.
    Visitor,
}

/// Checks fields; they are sane when there is no flaw. Places are relative to the list.
pub fn check_fields(fields: &[Field], place: Place) -> Vec<Flaw> {
    let mut flaws = Flaws::default();
    into(&mut flaws, "", fields, place);
    flaws.into_vec()
}

pub(super) fn into(flaws: &mut Flaws, at: &str, fields: &[Field], place: Place) {
    let most = match place {
        Place::Settings => MOST_FIELDS,
        Place::Visitor => MOST_VISITOR_FIELDS,
    };
    flaws.more_than(at, fields.len(), most);
    for (index, field) in fields.iter().enumerate().take(most) {
        let above = fields.get(..index).unwrap_or_default();
        check(flaws, &format!("{at}/{index}"), field, above, place);
    }
}

fn check(flaws: &mut Flaws, at: &str, field: &Field, above: &[Field], place: Place) {
    if !is_key(&field.key) {
        flaws.rule(format!("{at}/key"), "must be letters, digits, _ and -, at most 64, beginning with a letter");
    } else if above.iter().any(|other| other.key == field.key) {
        flaws.add(format!("{at}/key"), FlawKind::Twice);
    }
    if field.label.is_empty() {
        flaws.add(format!("{at}/label"), FlawKind::Missing);
    }
    texts(flaws, &format!("{at}/label"), &field.label, LABEL_CHARS);
    texts(flaws, &format!("{at}/help"), &field.help, HELP_CHARS);
    flaws.text(&format!("{at}/section"), field.section.as_deref().unwrap_or_default(), LABEL_CHARS);
    if place == Place::Visitor && is_inside(&field.kind) {
        flaws.rule(format!("{at}/kind"), "cannot be asked of a visitor");
    }
    let before = flaws.len();
    kinds::check(flaws, &format!("{at}/kind"), &field.kind);
    if flaws.len() == before {
        default(flaws, &format!("{at}/default"), field);
    }
    if let Some(condition) = &field.visible_when {
        visible(flaws, &format!("{at}/visible_when"), condition, above);
    }
}

/// Kinds that would tell a visitor the inside of the business, or take a secret from them.
fn is_inside(kind: &FieldKind) -> bool {
    use FieldKind::{Consultant, Consultants, Queue, Secret, Skill, Table};

    matches!(kind, Consultant | Consultants | Queue | Secret | Skill | Table(_))
}

/// A default must be what the field itself would take.
fn default(flaws: &mut Flaws, at: &str, field: &Field) {
    use FieldKind::{Consultant, Consultants, Queue, Secret, Skill};

    let Some(default) = &field.default else { return };
    if default.key != field.key {
        flaws.rule(format!("{at}/key"), "must be the key of the field");
    }
    let at = format!("{at}/value");
    if matches!(field.kind, Consultant | Consultants | Queue | Secret | Skill) {
        flaws.rule(at, "a plugin cannot know a value of this kind");
    } else if let Some(json) = values::to_json(&field.kind, &default.value) {
        values::read(flaws, &at, &field.kind, &json, &Known::default());
    } else {
        flaws.add(at, FlawKind::NotA { wanted: "of the kind of the field" });
    }
}

/// A condition looks at a field above, so that none waits for itself.
fn visible(flaws: &mut Flaws, at: &str, condition: &Condition, above: &[Field]) {
    if condition.one_of.is_empty() {
        flaws.add(format!("{at}/one_of"), FlawKind::Missing);
    }
    flaws.more_than(&format!("{at}/one_of"), condition.one_of.len(), MOST_VALUES);
    let Some(field) = above.iter().find(|field| field.key == condition.key) else {
        flaws.rule(format!("{at}/key"), "must name a field above this one");
        return;
    };
    for (index, value) in condition.one_of.iter().enumerate().take(MOST_VALUES) {
        let can_be = match &field.kind {
            FieldKind::Toggle => matches!(value.as_str(), "true" | "false"),
            FieldKind::Choice(options) | FieldKind::Choices(options) => {
                options.iter().any(|option| option.value == *value)
            }
            FieldKind::Text(_) | FieldKind::Integer(_) | FieldKind::Language => true,
            _ => false,
        };
        if !can_be {
            flaws.rule(format!("{at}/one_of/{index}"), "the field above can never have this value");
        }
    }
}

pub(super) fn is_key(key: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    key.len() <= KEY_BYTES && key.starts_with(|c: char| c.is_ascii_alphabetic()) && key.chars().all(is_part)
}
