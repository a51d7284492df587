//! Accounts as owners send and see them.

use actors::ids::AccountId;
use hub_store::{Account, Language, Role};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::accounts::maybe_secret;
use crate::http::links::Link;
use crate::http::profile::{Photo, given};

/// An account to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NewAccountBody {
    #[schema(max_length = 64)]
    pub email: String,
    #[schema(max_length = 40)]
    pub given_name: String,
    #[schema(max_length = 40)]
    pub family_name: String,
    pub role: Role,
    pub takes_calls: bool,
    pub sends_transcripts: bool,
    pub language: Language,
    /// Address of an image of the business.
    pub photo: Option<String>,
    /// Without one the account is invited by a link.
    #[schema(value_type = Option<String>, min_length = 12, max_length = 256)]
    #[serde(default, deserialize_with = "maybe_secret")]
    pub password: Option<SecretString>,
}

/// What shall change; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct AccountBody {
    #[schema(max_length = 64)]
    pub email: Option<String>,
    #[schema(max_length = 40)]
    pub given_name: Option<String>,
    #[schema(max_length = 40)]
    pub family_name: Option<String>,
    pub role: Option<Role>,
    pub takes_calls: Option<bool>,
    pub sends_transcripts: Option<bool>,
    pub language: Option<Language>,
    /// Address of an image of the business; `null` takes the photo away.
    #[schema(value_type = Option<String>)]
    #[serde(default, deserialize_with = "given")]
    pub photo: Option<Photo>,
    /// Chats at once before the rules pass by, 1 to 50; `null` lifts the limit. Claims by hand are free.
    #[schema(value_type = Option<u32>, minimum = 1, maximum = 50)]
    #[serde(default, deserialize_with = "given")]
    pub most_chats: Option<MostChats>,
    /// BCP 47 languages spoken.
    #[schema(max_items = 10)]
    pub languages: Option<Vec<String>>,
    /// What the rules may choose by, 1 to 30 characters each.
    #[schema(max_items = 20)]
    pub skills: Option<Vec<String>>,
    /// Not for the own account: that needs the current password.
    #[schema(value_type = Option<String>, min_length = 12, max_length = 256)]
    #[serde(default, deserialize_with = "maybe_secret")]
    pub password: Option<SecretString>,
}

/// How many chats at once an account is to get; nothing lifts the limit.
#[derive(Deserialize)]
pub(in crate::http) struct MostChats(pub Option<u32>);

/// All accounts in their new order.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct OrderBody {
    pub accounts: Vec<AccountId>,
}

/// An account as owners see it.
#[derive(Serialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "each is a field of the answer")]
pub(in crate::http) struct AccountView {
    pub id: AccountId,
    pub email: String,
    pub given_name: String,
    pub family_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub photo: Option<String>,
    pub role: Role,
    pub takes_calls: bool,
    pub sends_transcripts: bool,
    pub language: Language,
    /// False while the invitation waits.
    pub has_joined: bool,
    pub has_second_factor: bool,
    /// Chats at once before the rules pass by.
    pub most_chats: Option<u32>,
    /// BCP 47 languages spoken.
    pub languages: Vec<String>,
    /// What the rules may choose by.
    pub skills: Vec<String>,
}

/// The accounts in their order.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct AccountList {
    pub accounts: Vec<AccountView>,
}

/// An account that was made.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct MadeAccount {
    pub account: AccountView,
    /// Where an account without a password chooses one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<Link>,
}

impl From<Account> for AccountView {
    fn from(account: Account) -> Self {
        Self {
            id: account.id,
            email: account.email,
            given_name: account.given_name,
            family_name: account.family_name,
            photo: account.photo,
            role: account.role,
            takes_calls: account.takes_calls,
            sends_transcripts: account.sends_transcripts,
            language: account.language,
            has_joined: account.has_joined,
            has_second_factor: account.has_second_factor,
            most_chats: account.most_chats,
            languages: account.languages,
            skills: account.skills,
        }
    }
}
