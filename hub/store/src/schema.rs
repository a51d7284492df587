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
        deleted_at -> Nullable<BigInt>,
        identity_secret -> Nullable<Binary>,
    }
}

diesel::table! {
    package_versions (package_id, version) {
        package_id -> BigInt,
        version -> Integer,
        business_id -> BigInt,
        name -> Text,
        settings -> Json,
        saved_at -> BigInt,
        saved_by -> Nullable<BigInt>,
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
        sends_transcripts -> Bool,
        joined_at -> Nullable<BigInt>,
        totp_secret -> Nullable<Binary>,
        totp_step -> Nullable<BigInt>,
        most_chats -> Nullable<Integer>,
        languages -> Json,
        skills -> Json,
    }
}

diesel::table! {
    account_links (token_hash) {
        token_hash -> Binary,
        business_id -> BigInt,
        account_id -> BigInt,
        purpose -> Text,
        created_at -> BigInt,
        expires_at -> BigInt,
    }
}

diesel::table! {
    recovery_codes (account_id, code_hash) {
        account_id -> BigInt,
        code_hash -> Binary,
        business_id -> BigInt,
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

diesel::table! {
    images (digest) {
        digest -> Binary,
        format -> Text,
        width -> Integer,
        height -> Integer,
        bytes -> Binary,
    }
}

diesel::table! {
    business_images (business_id, digest) {
        business_id -> BigInt,
        digest -> Binary,
        kept_at -> BigInt,
    }
}

diesel::table! {
    callback_orders (id) {
        id -> BigInt,
        business_id -> BigInt,
        package_id -> BigInt,
        phone -> Text,
        email -> Text,
        name -> Nullable<Text>,
        note -> Nullable<Text>,
        due_at -> BigInt,
        zone -> Text,
        account_id -> Nullable<BigInt>,
        language -> Text,
        ip -> Text,
        state -> Text,
        created_at -> BigInt,
        changed_at -> Nullable<BigInt>,
        changed_by -> Nullable<BigInt>,
        client_key -> Nullable<Text>,
    }
}

diesel::table! {
    calls (id) {
        id -> BigInt,
        business_id -> BigInt,
        package_id -> BigInt,
        visitor_id -> BigInt,
        chat_id -> Nullable<BigInt>,
        account_id -> Nullable<BigInt>,
        asked_at -> BigInt,
        answered_at -> Nullable<BigInt>,
        talking_since -> Nullable<BigInt>,
        ended_at -> Nullable<BigInt>,
        reason -> Nullable<Text>,
        rings -> Json,
        visitor_mos10 -> Nullable<Integer>,
        consultant_mos10 -> Nullable<Integer>,
        rating -> Nullable<Integer>,
        visit -> Json,
    }
}

diesel::table! {
    left_messages (id) {
        id -> BigInt,
        business_id -> BigInt,
        package_id -> BigInt,
        email -> Text,
        name -> Nullable<Text>,
        phone -> Nullable<Text>,
        body -> Text,
        answers -> Json,
        language -> Text,
        ip -> Text,
        page_url -> Nullable<Text>,
        state -> Text,
        created_at -> BigInt,
        changed_at -> Nullable<BigInt>,
        changed_by -> Nullable<BigInt>,
        client_key -> Nullable<Text>,
    }
}

diesel::table! {
    audit (id) {
        id -> BigInt,
        business_id -> BigInt,
        at -> BigInt,
        account_id -> Nullable<BigInt>,
        action -> Text,
        subject -> Text,
        subject_name -> Text,
        before -> Nullable<Json>,
        after -> Nullable<Json>,
    }
}

diesel::table! {
    plugin_files (digest) {
        digest -> Binary,
        bytes -> Binary,
    }
}

diesel::table! {
    plugins (id) {
        id -> BigInt,
        business_id -> BigInt,
        kind -> Text,
        key -> Text,
        name -> Text,
        position -> Integer,
        live_version -> Nullable<Integer>,
        shadow_version -> Nullable<Integer>,
        settings -> Json,
        secrets -> Nullable<Binary>,
        packages -> Nullable<Json>,
        off_reason -> Nullable<Text>,
        created_at -> BigInt,
    }
}

diesel::table! {
    plugin_versions (plugin_id, version) {
        plugin_id -> BigInt,
        version -> Integer,
        business_id -> BigInt,
        digest -> Binary,
        label -> Text,
        about -> Json,
        hooks -> Json,
        uploaded_at -> BigInt,
        uploaded_by -> Nullable<BigInt>,
        went_live_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    decisions (id) {
        id -> BigInt,
        business_id -> BigInt,
        package_id -> BigInt,
        subject_id -> BigInt,
        hook -> Text,
        took_us -> Integer,
        has_failed -> Bool,
        record -> Json,
    }
}

diesel::joinable!(packages -> businesses (business_id));
diesel::joinable!(package_versions -> accounts (saved_by));
diesel::joinable!(plugin_versions -> plugins (plugin_id));
diesel::joinable!(plugin_versions -> plugin_files (digest));
diesel::joinable!(account_links -> accounts (account_id));
diesel::joinable!(audit -> accounts (account_id));
diesel::joinable!(accounts -> businesses (business_id));
diesel::joinable!(sign_ins -> accounts (account_id));
diesel::joinable!(messages -> chats (chat_id));
diesel::allow_tables_to_appear_in_same_query!(
    businesses,
    packages,
    package_versions,
    accounts,
    account_links,
    audit,
    sign_ins,
    visitors,
    chats,
    messages,
    plugins,
    plugin_versions,
    plugin_files,
);
