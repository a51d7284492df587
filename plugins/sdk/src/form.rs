//! Builds a description and its form of settings.

use std::ops::RangeInclusive;

use crate::manifest::{
    About, Capability, CellKind, ChoiceOption, Column, Condition, Field, FieldKind, IntegerRule, Localised, Problem,
    TextRule,
};
use crate::types::{Setting, SettingValue};

/// A text in one language, given as a BCP 47 tag.
pub fn localised(language: &str, text: &str) -> Localised {
    Localised { language: language.into(), text: text.into() }
}

impl About {
    /// A plugin without settings. The id never changes; the version is the one of the crate.
    pub fn new(id: &str, version: &str) -> Self {
        Self {
            id: id.into(),
            name: Vec::new(),
            summary: Vec::new(),
            version: version.into(),
            author: String::new(),
            homepage: None,
            license: None,
            capabilities: Vec::new(),
            hosts: Vec::new(),
            fields: Vec::new(),
        }
    }

    /// Adds the name in one language.
    pub fn name(mut self, language: &str, text: &str) -> Self {
        self.name.push(localised(language, text));
        self
    }

    /// Adds one sentence that says what it does, in one language.
    pub fn summary(mut self, language: &str, text: &str) -> Self {
        self.summary.push(localised(language, text));
        self
    }

    /// Says who wrote it.
    pub fn author(self, author: &str) -> Self {
        Self { author: author.into(), ..self }
    }

    /// Asks for something that an owner has to allow.
    pub fn needs(mut self, capability: Capability) -> Self {
        self.capabilities.push(capability);
        self
    }

    /// Names a host to which requests may go; asks for HTTP as well.
    pub fn host(mut self, host: &str) -> Self {
        if !self.capabilities.contains(&Capability::HttpFetch) {
            self.capabilities.push(Capability::HttpFetch);
        }
        self.hosts.push(host.into());
        self
    }

    /// Adds a field to the form.
    pub fn field(mut self, field: Field) -> Self {
        self.fields.push(field);
        self
    }
}

impl Field {
    /// A field of any kind, without a label so far.
    pub fn new(key: &str, kind: FieldKind) -> Self {
        Self {
            key: key.into(),
            label: Vec::new(),
            help: Vec::new(),
            section: None,
            kind,
            required: false,
            default: None,
            visible_when: None,
        }
    }

    /// A switch, off or on at first.
    pub fn toggle(key: &str, at_first: bool) -> Self {
        Self::new(key, FieldKind::Toggle).at_first(SettingValue::Toggle(at_first))
    }

    /// A whole number in a range.
    pub fn integer(key: &str, range: RangeInclusive<i32>, at_first: i32) -> Self {
        let rule = IntegerRule { min: *range.start(), max: *range.end(), step: 1, unit: None };
        Self::new(key, FieldKind::Integer(rule)).at_first(SettingValue::Integer(at_first))
    }

    /// A number of seconds.
    pub fn seconds(key: &str, range: RangeInclusive<i32>, at_first: i32) -> Self {
        let rule = IntegerRule { min: *range.start(), max: *range.end(), step: 1, unit: Some("s".into()) };
        Self::new(key, FieldKind::Integer(rule)).at_first(SettingValue::Integer(at_first))
    }

    /// One line of text with at most this many characters.
    pub fn line(key: &str, max_length: u32, at_first: &str) -> Self {
        let rule = TextRule { max_length, multiline: false, pattern: None };
        Self::new(key, FieldKind::Text(rule)).at_first(SettingValue::Text(at_first.into()))
    }

    /// A time of day, at first as given: `12:30`.
    pub fn time(key: &str, at_first: &str) -> Self {
        Self::new(key, FieldKind::TimeOfDay).at_first(SettingValue::Text(at_first.into()))
    }

    /// A choice of one; the first option is the default.
    pub fn choice(key: &str, options: Vec<ChoiceOption>) -> Self {
        let at_first = options.first().map(|option| SettingValue::Text(option.value.clone()));
        let field = Self::new(key, FieldKind::Choice(options));
        match at_first {
            Some(value) => field.at_first(value),
            None => field,
        }
    }

    /// A table with these columns, empty at first.
    pub fn table(key: &str, columns: Vec<Column>) -> Self {
        Self::new(key, FieldKind::Table(columns))
    }

    /// Adds the label in one language.
    pub fn label(mut self, language: &str, text: &str) -> Self {
        self.label.push(localised(language, text));
        self
    }

    /// Adds a sentence below the field, in one language.
    pub fn help(mut self, language: &str, text: &str) -> Self {
        self.help.push(localised(language, text));
        self
    }

    /// Sets the value a new form starts with.
    pub fn at_first(mut self, value: SettingValue) -> Self {
        self.default = Some(Setting { key: self.key.clone(), value });
        self
    }

    /// Makes an empty field a problem.
    pub fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// Shows the field only while another one has one of these values; a switch is `true` or `false`.
    pub fn only_when(self, key: &str, one_of: &[&str]) -> Self {
        let one_of = one_of.iter().map(|value| (*value).into()).collect();
        Self { visible_when: Some(Condition { key: key.into(), one_of }), ..self }
    }
}

impl Column {
    /// A column without a label so far.
    pub fn new(key: &str, kind: CellKind) -> Self {
        Self { key: key.into(), label: Vec::new(), kind }
    }

    /// Adds the label in one language.
    pub fn label(mut self, language: &str, text: &str) -> Self {
        self.label.push(localised(language, text));
        self
    }
}

impl ChoiceOption {
    /// An option without a label so far.
    pub fn new(value: &str) -> Self {
        Self { value: value.into(), label: Vec::new() }
    }

    /// Adds the label in one language.
    pub fn label(mut self, language: &str, text: &str) -> Self {
        self.label.push(localised(language, text));
        self
    }
}

impl Problem {
    /// Something wrong with the field of this key, said in English.
    pub fn new(key: &str, text: &str) -> Self {
        Self { key: key.into(), message: vec![localised("en", text)] }
    }

    /// Adds the same in another language.
    pub fn also(mut self, language: &str, text: &str) -> Self {
        self.message.push(localised(language, text));
        self
    }
}
