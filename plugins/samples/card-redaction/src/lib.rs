//! Card numbers do not reach consultants, transcripts or the database.

mod cards;

use click2callme_plugin::manifest::{About, ChoiceOption, Field};
use click2callme_plugin::messages::{Author, Finding, Message, Verdict};
use click2callme_plugin::types::{Context, Visitor};
use click2callme_plugin::{Messages, Plugin, Settings, export};

/// The tag a chat gets when a number was found in it.
const TAG: &str = "card-number";

struct CardRedaction;

export!(CardRedaction: messages);

impl Plugin for CardRedaction {
    fn describe() -> About {
        let actions = vec![
            ChoiceOption::new("redact")
                .label("en", "Hide all but four digits")
                .label("pl", "Ukryj poza czterema cyframi"),
            ChoiceOption::new("refuse").label("en", "Do not accept the message").label("pl", "Nie przyjmuj wiadomości"),
        ];
        About::new("card-redaction", env!("CARGO_PKG_VERSION"))
            .name("en", "No card numbers")
            .name("pl", "Bez numerów kart")
            .summary("en", "Hides numbers of payment cards before a message is stored.")
            .summary("pl", "Ukrywa numery kart płatniczych, zanim wiadomość zostanie zapisana.")
            .author("Click2CallMe")
            .field(
                Field::choice("action", actions)
                    .label("en", "When a number is found")
                    .label("pl", "Gdy znajdzie się numer"),
            )
            .field(
                Field::line("refusal", 200, "For your own safety, please do not send card numbers.")
                    .label("en", "What the visitor reads then")
                    .label("pl", "Co wtedy czyta gość")
                    .only_when("action", &["refuse"]),
            )
            .field(
                Field::toggle("consultants", true)
                    .label("en", "Consultants' messages too")
                    .label("pl", "Także wiadomości konsultantów"),
            )
    }
}

impl Messages for CardRedaction {
    fn review(ctx: &Context, _visitor: &Visitor, message: &Message) -> Finding {
        if message.author != Author::Visitor && !ctx.is_on("consultants") {
            return Finding::pass();
        }
        let Some(redacted) = cards::redact(&message.text) else { return Finding::pass() };
        let verdict = match ctx.text("action") {
            Some("refuse") => Verdict::Refuse(ctx.text("refusal").unwrap_or("Please do not send card numbers.").into()),
            _ => Verdict::Replace(redacted),
        };
        Finding { verdict, tags: vec![TAG.into()] }
    }
}

#[cfg(test)]
mod tests {
    use click2callme_plugin::example::{context, visitor};
    use click2callme_plugin::types::{Setting, SettingValue};

    use super::*;

    fn review(author: Author, settings: Vec<Setting>) -> Finding {
        let ctx = Context { settings, ..context() };
        CardRedaction::review(&ctx, &visitor(), &Message { author, text: "4111 1111 1111 1111".into() })
    }

    fn setting(key: &str, value: SettingValue) -> Vec<Setting> {
        vec![Setting { key: key.into(), value }]
    }

    #[test]
    fn a_number_is_hidden_and_the_chat_tagged() {
        let finding = review(Author::Visitor, Vec::new());

        assert_eq!(finding.verdict, Verdict::Replace("[card •••• 1111]".into()));
        assert_eq!(finding.tags, [TAG]);
    }

    #[test]
    fn an_owner_can_have_it_refused() {
        let finding = review(Author::Visitor, setting("action", SettingValue::Text("refuse".into())));

        assert!(matches!(finding.verdict, Verdict::Refuse(_)));
    }

    #[test]
    fn consultants_are_checked_if_wanted() {
        assert_eq!(review(Author::Consultant, Vec::new()), Finding::pass());
        let checked = review(Author::Consultant, setting("consultants", SettingValue::Toggle(true)));
        assert_ne!(checked, Finding::pass());
    }
}
