CREATE TABLE meta (
    key TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
);

-- The one-time token of the first start; at most one row.
CREATE TABLE set_up (
    id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    token_hash BYTEA NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE businesses (
    id BIGINT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE packages (
    id BIGINT PRIMARY KEY NOT NULL,
    business_id BIGINT NOT NULL REFERENCES businesses (id) ON DELETE CASCADE,
    public_key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    settings JSON NOT NULL,
    version INTEGER NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (business_id, id)
);

CREATE TABLE accounts (
    id BIGINT PRIMARY KEY NOT NULL,
    business_id BIGINT NOT NULL REFERENCES businesses (id) ON DELETE CASCADE,
    email TEXT NOT NULL UNIQUE,
    given_name TEXT NOT NULL,
    family_name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('owner', 'consultant')),
    password TEXT NOT NULL,
    takes_calls BOOLEAN NOT NULL,
    photo TEXT,
    language TEXT NOT NULL CHECK (language IN ('pl', 'en')),
    status TEXT NOT NULL CHECK (status IN ('available', 'busy', 'away')),
    position INTEGER NOT NULL,
    created_at BIGINT NOT NULL,
    disabled_at BIGINT,
    UNIQUE (business_id, id)
);
CREATE INDEX accounts_by_business ON accounts (business_id, position);

CREATE TABLE sign_ins (
    token_hash BYTEA PRIMARY KEY NOT NULL,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    agent TEXT,
    ip TEXT NOT NULL
);
CREATE INDEX sign_ins_by_account ON sign_ins (account_id);

CREATE TABLE visitors (
    id BIGINT PRIMARY KEY NOT NULL,
    business_id BIGINT NOT NULL REFERENCES businesses (id) ON DELETE CASCADE,
    token_hash BYTEA NOT NULL,
    first_seen_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    UNIQUE (business_id, token_hash),
    UNIQUE (business_id, id)
);

CREATE TABLE chats (
    id BIGINT PRIMARY KEY NOT NULL,
    business_id BIGINT NOT NULL REFERENCES businesses (id) ON DELETE CASCADE,
    package_id BIGINT NOT NULL,
    visitor_id BIGINT NOT NULL,
    account_id BIGINT,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'open', 'closed')),
    version INTEGER NOT NULL,
    opened_at BIGINT NOT NULL,
    waiting_since BIGINT NOT NULL,
    returned BOOLEAN NOT NULL,
    closed_at BIGINT,
    visit JSON NOT NULL,
    open_cid TEXT NOT NULL,
    visitor_seen INTEGER NOT NULL,
    consultant_seen INTEGER NOT NULL,
    UNIQUE (visitor_id, open_cid),
    CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
    FOREIGN KEY (business_id, package_id) REFERENCES packages (business_id, id),
    FOREIGN KEY (business_id, visitor_id) REFERENCES visitors (business_id, id),
    FOREIGN KEY (business_id, account_id) REFERENCES accounts (business_id, id)
);
CREATE INDEX chats_by_visitor ON chats (business_id, visitor_id, opened_at);
-- The few chats that are not closed, however many are.
CREATE INDEX chats_by_openness ON chats (business_id, opened_at) WHERE closed_at IS NULL;

CREATE TABLE messages (
    chat_id BIGINT NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL CHECK (seq > 0),
    author_kind TEXT NOT NULL CHECK (author_kind IN ('visitor', 'consultant', 'hub')),
    author_id BIGINT,
    kind TEXT NOT NULL CHECK (kind IN ('said', 'joined', 'returned', 'closed')),
    client_key TEXT,
    body TEXT,
    meta JSON,
    sent_at BIGINT NOT NULL,
    PRIMARY KEY (chat_id, seq),
    UNIQUE (chat_id, client_key)
);
