//! What a visitor is asked before the first message.

use actors::text::PlainText;
use hub_store::{Form, FormField};

use super::{Problem, Wrong, at_most, limits, line, unique};

pub(super) fn form(form: Form) -> Result<Form, Wrong> {
    at_most("/form/fields", &form.fields, limits::FIELDS)?;
    let fields = form.fields.into_iter().enumerate().map(|(at, field)| {
        let pointer = format!("/form/fields/{at}");
        if !is_id(&field.id) {
            return Err(Wrong::new(format!("{pointer}/id"), Problem::FieldId));
        }
        let label = PlainText::line(&field.label, limits::FIELD_LABEL);
        let label = label.map_err(|problem| Wrong::new(format!("{pointer}/label"), problem))?.into();
        Ok(FormField { label, ..field })
    });
    let fields: Vec<_> = fields.collect::<Result<_, _>>()?;
    let ids: Vec<_> = fields.iter().map(|field| &field.id).collect();
    unique("/form/fields", &ids).map_err(|Wrong { pointer, problem }| Wrong::new(pointer + "/id", problem))?;
    Ok(Form { fields, consent: line("/form/consent", &form.consent, limits::CONSENT)? })
}

fn is_id(text: &str) -> bool {
    (1..=limits::FIELD_ID).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}
