//! The settings of a plugin: what an owner filled in, with defaults and without secrets.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::flaws::{Flaw, FlawKind, Flaws, escaped};
use super::secret::{self, Hidden};
use super::values::{self, Known};
use super::{SETTINGS_BYTES, address};
use crate::wit::click2callme::plugin::types::{Attribute, Setting, SettingValue};
use crate::wit::exports::click2callme::plugin::manifest::{Field, FieldKind};

/// Settings that fit their form.
#[derive(Clone, Debug, PartialEq)]
pub struct Accepted {
    /// What plugins are given: in the order of the form, secrets as placeholders.
    pub settings: Vec<Setting>,
    /// What to keep and show again; no secret is in it.
    pub values: Map<String, Value>,
    /// Secrets that were filled in now; others stay as they are.
    pub secrets: BTreeMap<String, Hidden>,
}

/// Checks what an owner filled in, a JSON object by keys of fields.
///
/// A field that is not shown has no setting. A secret that is left out or sent
/// back as its placeholder stays as it is when its key is in `kept_secrets`.
pub fn settings(
    fields: &[Field],
    given: &Value,
    kept_secrets: &BTreeSet<String>,
    known: &Known,
) -> Result<Accepted, Vec<Flaw>> {
    let mut flaws = Flaws::default();
    let Some(given) = given.as_object() else {
        flaws.add("", FlawKind::NotA { wanted: "an object" });
        return Err(flaws.into_vec());
    };
    if Value::Object(given.clone()).to_string().len() > SETTINGS_BYTES {
        flaws.add("", FlawKind::TooMany { limit: SETTINGS_BYTES });
        return Err(flaws.into_vec());
    }
    for key in given.keys().filter(|key| !fields.iter().any(|field| field.key == **key)) {
        flaws.add(format!("/{}", escaped(key)), FlawKind::Unknown);
    }
    let mut reader = Reader {
        flaws,
        known,
        kept_secrets,
        accepted: Accepted { settings: Vec::new(), values: Map::new(), secrets: BTreeMap::new() },
    };
    for field in fields {
        if is_visible(field, &reader.accepted.settings) {
            reader.field(field, given.get(&field.key));
        }
    }
    if reader.flaws.is_empty() { Ok(reader.accepted) } else { Err(reader.flaws.into_vec()) }
}

/// What a form shows before anybody filled it in.
pub fn defaults(fields: &[Field]) -> Map<String, Value> {
    let default =
        |field: &Field| Some((field.key.clone(), values::to_json(&field.kind, &field.default.as_ref()?.value)?));
    fields.iter().filter_map(default).collect()
}

/// Checks what a visitor filled in before a chat, as the texts that `submit` is asked about.
pub fn answers(fields: &[Field], given: &Value) -> Result<Vec<Attribute>, Vec<Flaw>> {
    let accepted = settings(fields, given, &BTreeSet::new(), &Known::default())?;
    let answer = |setting: Setting| Attribute { value: spoken(&setting.value).join(", "), key: setting.key };
    Ok(accepted.settings.into_iter().map(answer).collect())
}

/// The addresses in settings that the plugin may have written to: e-mail and `https`.
pub fn own_addresses(fields: &[Field], settings: &[Setting]) -> BTreeSet<String> {
    let mut addresses = BTreeSet::new();
    for setting in settings {
        let kind = fields.iter().find(|field| field.key == setting.key).map(|field| &field.kind);
        match (kind, &setting.value) {
            (Some(FieldKind::Email), SettingValue::Text(text)) if address::is_email(text) => {
                addresses.insert(text.clone());
            }
            (Some(FieldKind::Url), SettingValue::Text(text)) if address::https_host(text).is_some() => {
                addresses.insert(text.clone());
            }
            _ => {}
        }
    }
    addresses
}

struct Reader<'a> {
    flaws: Flaws,
    known: &'a Known,
    kept_secrets: &'a BTreeSet<String>,
    accepted: Accepted,
}

impl Reader<'_> {
    fn field(&mut self, field: &Field, given: Option<&Value>) {
        if matches!(field.kind, FieldKind::Secret) {
            return self.secret(field, given.filter(|value| !is_blank(value)));
        }
        let at = format!("/{}", escaped(&field.key));
        let is_emptied = given.is_some_and(|value| is_emptied(&field.kind, value));
        let given = given.filter(|value| !is_blank(value));
        let default = field.default.as_ref().map(|default| default.value.clone());
        let value = match given {
            _ if is_emptied && field.required => {
                self.flaws.add(at, FlawKind::Missing);
                None
            }
            None if is_emptied => Some(SettingValue::Text(String::new())),
            Some(json) => values::read(&mut self.flaws, &at, &field.kind, json, self.known),
            None if default.is_some() => default,
            None if field.required => {
                self.flaws.add(at, FlawKind::Missing);
                None
            }
            None => None,
        };
        let Some(value) = value else { return };
        let written = given.cloned().or_else(|| is_emptied.then(|| Value::from("")));
        if let Some(json) = written {
            self.accepted.values.insert(field.key.clone(), json);
        }
        self.accepted.settings.push(Setting { key: field.key.clone(), value });
    }

    fn secret(&mut self, field: &Field, given: Option<&Value>) {
        let at = format!("/{}", escaped(&field.key));
        let placeholder = secret::placeholder(&field.key);
        match given.filter(|value| value.as_str() != Some(placeholder.as_str())) {
            None if self.kept_secrets.contains(&field.key) => {}
            None if field.required => return self.flaws.add(at, FlawKind::Missing),
            None => return,
            Some(json) => match json.as_str().and_then(Hidden::new) {
                None => return self.flaws.add(at, FlawKind::NotA { wanted: "one line of letters, digits and signs" }),
                Some(hidden) => {
                    self.accepted.secrets.insert(field.key.clone(), hidden);
                }
            },
        }
        let value = SettingValue::Text(placeholder);
        self.accepted.settings.push(Setting { key: field.key.clone(), value });
    }
}

/// Is there nothing in it? A form sends empty text for a field that nobody touched.
fn is_blank(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
}

/// Did somebody empty this field on purpose? Its default does not come back then.
fn is_emptied(kind: &FieldKind, value: &Value) -> bool {
    match kind {
        FieldKind::Text(_) => value.is_string() && is_blank(value),
        FieldKind::Choices(_) | FieldKind::Consultants | FieldKind::Table(_) => {
            value.as_array().is_some_and(Vec::is_empty)
        }
        _ => false,
    }
}

/// Is the field shown, given the fields above it?
fn is_visible(field: &Field, above: &[Setting]) -> bool {
    let Some(condition) = &field.visible_when else { return true };
    let setting = above.iter().find(|setting| setting.key == condition.key);
    setting.is_some_and(|setting| spoken(&setting.value).iter().any(|text| condition.one_of.contains(text)))
}

/// A value in words, one for each thing chosen.
fn spoken(value: &SettingValue) -> Vec<String> {
    match value {
        SettingValue::Text(text) => vec![text.clone()],
        SettingValue::Integer(number) => vec![number.to_string()],
        SettingValue::Number(number) => vec![number.to_string()],
        SettingValue::Toggle(is_on) => vec![is_on.to_string()],
        SettingValue::Texts(texts) => texts.clone(),
        SettingValue::Rows(rows) => rows.iter().map(|row| row.join(", ")).collect(),
    }
}

#[cfg(test)]
mod tests;
