//! `Body`: the JSON body of a write, bounded in size, errors by field. Its time is bounded at the listener.

mod strict;

use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::{FromRequest, HttpRequest};
use futures_util::{FutureExt as _, StreamExt as _};
use serde::de::DeserializeOwned;

use super::error::ApiError;
use strict::Strict;

/// Most bodies of this API have a few fields of a line each.
const USUAL_BYTES: usize = 16 * 1024;

/// A body that was JSON of the form `T`, no field more, none less.
pub(crate) struct Body<T, const MAX_BYTES: usize = USUAL_BYTES>(pub T);

impl<T: DeserializeOwned + 'static, const MAX_BYTES: usize> FromRequest for Body<T, MAX_BYTES> {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(_: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let payload = payload.take();
        async move { parse(&gather(payload, MAX_BYTES).await?).map(Self) }.boxed_local()
    }
}

async fn gather(mut payload: Payload, max_bytes: usize) -> Result<Vec<u8>, ApiError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| match error {
            PayloadError::Overflow => ApiError::TooBig,
            _ => ApiError::invalid("", "the body ended early"),
        })?;
        if bytes.len() + chunk.len() > max_bytes {
            return Err(ApiError::TooBig);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let parsed = serde_path_to_error::deserialize(Strict(&mut json)).map_err(|error| {
        let pointer = pointer(error.path(), &error.inner().to_string());
        ApiError::Invalid { pointer, problem: problem(error.inner()) }
    })?;
    json.end().map_err(|_cause| ApiError::invalid("", "there is something behind the JSON"))?;
    Ok(parsed)
}

/// The JSON pointer (RFC 6901) of the field an error speaks of.
fn pointer(path: &serde_path_to_error::Path, message: &str) -> String {
    use serde_path_to_error::Segment;

    let mut pointer = String::new();
    for segment in path {
        let step = match segment {
            Segment::Seq { index } => index.to_string(),
            Segment::Map { key } => key.clone(),
            Segment::Enum { variant } => variant.clone(),
            Segment::Unknown => continue,
        };
        pointer.push('/');
        pointer.push_str(&step.replace('~', "~0").replace('/', "~1"));
    }
    // A field that is missing or stands twice has no place; serde names it between backticks.
    let named = message.strip_prefix("missing field `").or_else(|| message.strip_prefix("duplicate field `"));
    if let Some(name) = named.and_then(|rest| rest.split('`').next()) {
        pointer.push('/');
        pointer.push_str(name);
    }
    pointer
}

/// What is wrong, without the value: it may be a password.
fn problem(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let words = match error.classify() {
        serde_json::error::Category::Data if message.starts_with("unknown field") => "there is no such field",
        serde_json::error::Category::Data if message.starts_with("missing field") => "this field is missing",
        serde_json::error::Category::Data if message.starts_with("duplicate field") => "this field stands twice",
        serde_json::error::Category::Data => "this field has a value of the wrong kind",
        serde_json::error::Category::Syntax | serde_json::error::Category::Eof | serde_json::error::Category::Io => {
            "the body is not JSON"
        }
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct SignIn {
        email: String,
        password: String,
    }

    fn refusal(body: &str) -> (String, String) {
        match parse::<SignIn>(body.as_bytes()) {
            Err(ApiError::Invalid { pointer, problem }) => (pointer, problem),
            other => panic!("{body} gave {other:?}"),
        }
    }

    #[test]
    fn a_problem_names_the_field() {
        assert_eq!(refusal(r#"{"email":"a","password":"b","role":"owner"}"#).0, "/role");
        assert_eq!(refusal(r#"{"email":"a"}"#).0, "/password");
        assert_eq!(refusal(r#"{"email":1,"password":"b"}"#).0, "/email");
        assert_eq!(refusal(r#"{"email":"a","email":"b","password":"c"}"#).0, "/email");
    }

    #[test]
    fn a_body_that_is_not_json_has_no_field() {
        for body in ["", "{", "email=a&password=b", r#"{"email":"a","password":"b"} {}"#] {
            assert_eq!(refusal(body).0, "", "{body}");
        }
    }

    #[test]
    fn fields_without_their_names_are_no_body() {
        #[derive(Debug, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        #[derive(Default)]
        struct Setting {
            labels: Vec<String>,
        }
        #[derive(Debug, Deserialize)]
        struct Save {
            setting: Option<Setting>,
        }
        let save = |body: &str| parse::<Save>(body.as_bytes());

        assert_eq!(refusal(r#"["a","b"]"#).0, "");
        for body in [r#"{"setting":[]}"#, r#"{"setting":[["a"]]}"#, r#"{"setting":"a"}"#, r#"{"setting":0}"#] {
            let Err(ApiError::Invalid { pointer, .. }) = save(body) else { panic!("{body} was taken") };
            assert_eq!(pointer, "/setting", "{body}");
        }
        let labels = save(r#"{"setting":{"labels":["a"]}}"#).unwrap().setting.unwrap().labels;
        assert_eq!(labels, ["a"]);
        assert!(save(r#"{"setting":null}"#).unwrap().setting.is_none());
    }

    #[test]
    fn a_problem_never_repeats_the_value() {
        let (_, problem) = refusal(r#"{"email":"a","password":{"canary":"canary"}}"#);

        assert!(!problem.contains("canary"), "{problem}");
    }
}
