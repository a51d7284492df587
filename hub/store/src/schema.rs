//! The tables, kept by hand; `migrations/` must agree.

diesel::table! {
    meta (key) {
        key -> Text,
        value -> Text,
    }
}

diesel::table! {
    set_up (id) {
        id -> Integer,
        token_hash -> Binary,
        created_at -> BigInt,
    }
}

diesel::table! {
    businesses (id) {
        id -> BigInt,
        name -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    packages (id) {
        id -> BigInt,
        business_id -> BigInt,
        public_key -> Text,
        name -> Text,
        settings -> Json,
        version -> Integer,
        updated_at -> BigInt,
    }
}

diesel::table! {
    accounts (id) {
        id -> BigInt,
        business_id -> BigInt,
        email -> Text,
        given_name -> Text,
        family_name -> Text,
        role -> Text,
        password -> Text,
        takes_calls -> Bool,
        photo -> Nullable<Text>,
        language -> Text,
        status -> Text,
        position -> Integer,
        created_at -> BigInt,
        disabled_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    sign_ins (token_hash) {
        token_hash -> Binary,
        account_id -> BigInt,
        created_at -> BigInt,
        seen_at -> BigInt,
        expires_at -> BigInt,
        agent -> Nullable<Text>,
        ip -> Text,
    }
}

diesel::table! {
    visitors (id) {
        id -> BigInt,
        business_id -> BigInt,
        token_hash -> Binary,
        first_seen_at -> BigInt,
        seen_at -> BigInt,
    }
}

diesel::table! {
    chats (id) {
        id -> BigInt,
        business_id -> BigInt,
        package_id -> BigInt,
        visitor_id -> BigInt,
        account_id -> Nullable<BigInt>,
        state -> Text,
        version -> Integer,
        opened_at -> BigInt,
        waiting_since -> BigInt,
        returned -> Bool,
        closed_at -> Nullable<BigInt>,
        visit -> Json,
        open_cid -> Text,
        visitor_seen -> Integer,
        consultant_seen -> Integer,
    }
}

diesel::table! {
    messages (chat_id, seq) {
        chat_id -> BigInt,
        seq -> Integer,
        author_kind -> Text,
        author_id -> Nullable<BigInt>,
        kind -> Text,
        client_key -> Nullable<Text>,
        body -> Nullable<Text>,
        meta -> Nullable<Json>,
        sent_at -> BigInt,
    }
}

diesel::joinable!(packages -> businesses (business_id));
diesel::joinable!(accounts -> businesses (business_id));
diesel::joinable!(sign_ins -> accounts (account_id));
diesel::joinable!(messages -> chats (chat_id));
diesel::allow_tables_to_appear_in_same_query!(businesses, packages, accounts, sign_ins, visitors, chats, messages);
