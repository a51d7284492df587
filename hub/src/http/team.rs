//! The accounts of a business, as its owners keep them.

pub(super) mod access;
pub(super) mod forms;
mod talents;

use actix_web::HttpResponse;
use actix_web::web::{Data, Json, Path};
use actors::hub::SignedIn;
use actors::ids::AccountId;
use hub_store::{Account, AccountChange, By, NewAccount, StoreError};
use secrecy::SecretString;

use super::State;
use super::body::Body;
use super::error::ApiError;
use super::links::Link;
use super::owner::Owner;
use super::profile::{Photo, changed_photo, own_photo};
use crate::sign_in::fields::Person;
use forms::{AccountBody, AccountList, AccountView, MadeAccount, NewAccountBody, OrderBody};

/// Accounts of one business: every desk is told of each of them, and their order fits in one body.
const MOST_ACCOUNTS: usize = 500;

/// Lists the accounts of the business, the invited ones too.
#[utoipa::path(
    get, path = "/v1/accounts", tag = "accounts",
    responses(
        (status = 200, description = "in their order", body = AccountList),
        (status = 401, description = "signed_out"),
        (status = 403, description = "owners_only"),
    ),
)]
pub(super) async fn list(state: Data<State>, Owner(owner): Owner) -> Result<Json<AccountList>, ApiError> {
    listed(&state, owner.who()).await
}

/// Makes an account: with a password, or with a link that invites.
#[utoipa::path(
    post, path = "/v1/accounts", tag = "accounts", request_body = NewAccountBody,
    responses(
        (status = 201, description = "made", body = MadeAccount),
        (status = 400, description = "a field is wrong"),
        (status = 401, description = "signed_out"),
        (status = 403, description = "owners_only"),
        (status = 409, description = "email_taken or too_many_accounts"),
    ),
)]
pub(super) async fn add(
    state: Data<State>,
    Owner(owner): Owner,
    Body(body): Body<NewAccountBody>,
) -> Result<HttpResponse, ApiError> {
    let business = owner.business;
    let person = Person::new(&body.email, &body.given_name, &body.family_name)?;
    let password = hashed(&state, owner.who(), &person, body.password).await?;
    let photo = match body.photo {
        Some(photo) => Some(own_photo(&state, business, photo).await?),
        None => None,
    };
    if state.store.accounts(business).await?.len() >= MOST_ACCOUNTS {
        return Err(ApiError::TooManyAccounts(MOST_ACCOUNTS));
    }
    let new = NewAccount {
        email: person.email,
        given_name: person.given_name,
        family_name: person.family_name,
        role: body.role,
        password,
        takes_calls: body.takes_calls,
        sends_transcripts: body.sends_transcripts,
        photo,
        language: body.language,
    };
    let by = By::account(owner.account, state.now());
    let id = state.store.create_account(business, new, by).await.map_err(refused)?;
    let account = state.store.account(business, id).await?;
    let link = if account.has_joined { None } else { Some(state.sign_ins.make_link(&account, by).await?) };
    let link = link.map(|made| Link::of(&made, &state));
    state.reload(business).await;
    Ok(HttpResponse::Created().json(MadeAccount { account: account.into(), link }))
}

/// Changes an account. With another password or role it is signed out everywhere at once.
#[utoipa::path(
    patch, path = "/v1/accounts/{account}", tag = "accounts", request_body = AccountBody,
    params(("account" = AccountId, Path,)),
    responses(
        (status = 200, description = "the account as it is now", body = AccountView),
        (status = 400, description = "a field is wrong"),
        (status = 401, description = "signed_out"),
        (status = 403, description = "owners_only"),
        (status = 404, description = "unknown_account"),
        (status = 409, description = "email_taken, last_owner, or yourself (a password without the current one)"),
    ),
)]
pub(super) async fn change(
    state: Data<State>,
    Owner(owner): Owner,
    path: Path<String>,
    Body(body): Body<AccountBody>,
) -> Result<Json<AccountView>, ApiError> {
    let before = find(&state, owner.who(), &path).await?;
    if before.id == owner.account && body.password.is_some() {
        return Err(ApiError::Yourself);
    }
    let person = Person::new(
        body.email.as_deref().unwrap_or(&before.email),
        body.given_name.as_deref().unwrap_or(&before.given_name),
        body.family_name.as_deref().unwrap_or(&before.family_name),
    )?;
    let change = AccountChange {
        photo: changed_photo(&state, &before, body.photo).await?.map(|Photo(photo)| photo),
        password: hashed(&state, owner.who(), &person, body.password).await?,
        email: body.email.map(|_typed| person.email),
        given_name: body.given_name.map(|_typed| person.given_name),
        family_name: body.family_name.map(|_typed| person.family_name),
        role: body.role,
        takes_calls: body.takes_calls,
        sends_transcripts: body.sends_transcripts,
        language: body.language,
        most_chats: body.most_chats.map(talents::most_chats).transpose()?,
        languages: body.languages.map(talents::languages).transpose()?,
        skills: body.skills.map(talents::skills).transpose()?,
    };
    let has_new_password = change.password.is_some();
    let by = By::account(owner.account, state.now());
    let after = state.store.change_account(before.business, before.id, change, by).await.map_err(refused)?;
    if has_new_password || after.role != before.role {
        shut_out(&state, &after);
    }
    state.reload(after.business).await;
    Ok(Json(after.into()))
}

/// Deletes an account; it is signed out at once, its old chats stay readable.
#[utoipa::path(
    delete, path = "/v1/accounts/{account}", tag = "accounts",
    params(("account" = AccountId, Path,)),
    responses(
        (status = 204, description = "deleted"),
        (status = 401, description = "signed_out"),
        (status = 403, description = "owners_only"),
        (status = 404, description = "unknown_account"),
        (status = 409, description = "yourself or last_owner"),
    ),
)]
pub(super) async fn delete(
    state: Data<State>,
    Owner(owner): Owner,
    path: Path<String>,
) -> Result<HttpResponse, ApiError> {
    let account = find(&state, owner.who(), &path).await?;
    if account.id == owner.account {
        return Err(ApiError::Yourself);
    }
    let by = By::account(owner.account, state.now());
    state.store.delete_account(account.business, account.id, by).await.map_err(refused)?;
    shut_out(&state, &account);
    state.reload(account.business).await;
    Ok(HttpResponse::NoContent().finish())
}

/// Puts the accounts in another order: the order in which visitors see who takes calls.
#[utoipa::path(
    put, path = "/v1/accounts/order", tag = "accounts", request_body = OrderBody,
    responses(
        (status = 200, description = "in their order", body = AccountList),
        (status = 400, description = "not a list of ids"),
        (status = 401, description = "signed_out"),
        (status = 403, description = "owners_only"),
        (status = 409, description = "stale: not exactly the accounts there are"),
    ),
)]
pub(super) async fn order(
    state: Data<State>,
    Owner(owner): Owner,
    Body(body): Body<OrderBody>,
) -> Result<Json<AccountList>, ApiError> {
    state.store.order_accounts(owner.business, body.accounts, By::account(owner.account, state.now())).await?;
    state.reload(owner.business).await;
    listed(&state, owner.who()).await
}

/// The account of the address; one of another business does not exist.
async fn find(state: &State, owner: SignedIn, path: &str) -> Result<Account, ApiError> {
    let id: AccountId = path.parse().map_err(|_cause| ApiError::UnknownAccount)?;
    state.store.account(owner.business, id).await.map_err(refused)
}

/// Closes every desk of an account whose sign-ins are over.
fn shut_out(state: &State, account: &Account) {
    state.sign_ins.forget_tickets(account.id);
    state.hub.close_desks(SignedIn { business: account.business, account: account.id });
}

async fn listed(state: &State, owner: SignedIn) -> Result<Json<AccountList>, ApiError> {
    let accounts = state.store.accounts(owner.business).await?;
    Ok(Json(AccountList { accounts: accounts.into_iter().map(AccountView::from).collect() }))
}

async fn hashed(
    state: &State,
    owner: SignedIn,
    person: &Person,
    password: Option<SecretString>,
) -> Result<Option<String>, ApiError> {
    let Some(password) = password else { return Ok(None) };
    person.check_password(&password, &state.store.business(owner.business).await?.name)?;
    Ok(Some(state.sign_ins.hash(password).await?))
}

fn refused(error: StoreError) -> ApiError {
    match error {
        StoreError::NotFound => ApiError::UnknownAccount,
        StoreError::Conflict { .. } => ApiError::EmailTaken,
        error => error.into(),
    }
}
