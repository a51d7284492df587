-- A deleted package keeps its row: its chats name it.
ALTER TABLE packages ADD COLUMN deleted_at BIGINT;
-- Sealed by the hub.
ALTER TABLE packages ADD COLUMN identity_secret BYTEA;

-- What a package was after each change, the last one included.
CREATE TABLE package_versions (
    package_id BIGINT NOT NULL,
    version INTEGER NOT NULL,
    business_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    settings JSON NOT NULL,
    saved_at BIGINT NOT NULL,
    saved_by BIGINT,
    PRIMARY KEY (package_id, version),
    FOREIGN KEY (business_id, package_id) REFERENCES packages (business_id, id) ON DELETE CASCADE,
    FOREIGN KEY (business_id, saved_by) REFERENCES accounts (business_id, id)
);
INSERT INTO package_versions (package_id, version, business_id, name, settings, saved_at)
SELECT id, version, business_id, name, settings, updated_at FROM packages;

ALTER TABLE accounts ADD COLUMN sends_transcripts BOOLEAN NOT NULL DEFAULT FALSE;
-- Nothing while the invitation waits. A hub of the version before knows no invitations: its accounts have joined.
ALTER TABLE accounts ADD COLUMN joined_at BIGINT DEFAULT 0;
UPDATE accounts SET joined_at = created_at;
-- Sealed by the hub; both or neither.
ALTER TABLE accounts ADD COLUMN totp_secret BYTEA;
ALTER TABLE accounts ADD COLUMN totp_step BIGINT;

-- Links that set a password; one for each account at most, gone once used.
CREATE TABLE account_links (
    token_hash BYTEA PRIMARY KEY NOT NULL,
    business_id BIGINT NOT NULL,
    account_id BIGINT NOT NULL UNIQUE,
    purpose TEXT NOT NULL CHECK (purpose IN ('invitation', 'reset')),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    FOREIGN KEY (business_id, account_id) REFERENCES accounts (business_id, id) ON DELETE CASCADE
);

-- Codes in place of a second factor; a used one is gone.
CREATE TABLE recovery_codes (
    account_id BIGINT NOT NULL,
    code_hash BYTEA NOT NULL,
    business_id BIGINT NOT NULL,
    PRIMARY KEY (account_id, code_hash),
    FOREIGN KEY (business_id, account_id) REFERENCES accounts (business_id, id) ON DELETE CASCADE
);

-- Re-encoded logos and photos, by the digest of their bytes.
CREATE TABLE images (
    digest BYTEA PRIMARY KEY NOT NULL,
    format TEXT NOT NULL CHECK (format IN ('png', 'jpeg')),
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    bytes BYTEA NOT NULL
);

-- Which businesses brought which image; two may bring the same.
CREATE TABLE business_images (
    business_id BIGINT NOT NULL REFERENCES businesses (id) ON DELETE CASCADE,
    digest BYTEA NOT NULL REFERENCES images (digest),
    kept_at BIGINT NOT NULL,
    PRIMARY KEY (business_id, digest)
);

CREATE TABLE callback_orders (
    id BIGINT PRIMARY KEY NOT NULL,
    business_id BIGINT NOT NULL REFERENCES businesses (id) ON DELETE CASCADE,
    package_id BIGINT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    name TEXT,
    note TEXT,
    due_at BIGINT NOT NULL,
    zone TEXT NOT NULL,
    account_id BIGINT,
    language TEXT NOT NULL CHECK (language IN ('pl', 'en')),
    ip TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('new', 'taken', 'done')),
    created_at BIGINT NOT NULL,
    changed_at BIGINT,
    changed_by BIGINT,
    client_key TEXT,
    UNIQUE (package_id, client_key),
    FOREIGN KEY (business_id, package_id) REFERENCES packages (business_id, id),
    FOREIGN KEY (business_id, account_id) REFERENCES accounts (business_id, id),
    FOREIGN KEY (business_id, changed_by) REFERENCES accounts (business_id, id)
);
CREATE INDEX callback_orders_by_state ON callback_orders (business_id, state, id);

CREATE TABLE left_messages (
    id BIGINT PRIMARY KEY NOT NULL,
    business_id BIGINT NOT NULL REFERENCES businesses (id) ON DELETE CASCADE,
    package_id BIGINT NOT NULL,
    email TEXT NOT NULL,
    name TEXT,
    phone TEXT,
    body TEXT NOT NULL,
    answers JSON NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('pl', 'en')),
    ip TEXT NOT NULL,
    page_url TEXT,
    state TEXT NOT NULL CHECK (state IN ('new', 'taken', 'done')),
    created_at BIGINT NOT NULL,
    changed_at BIGINT,
    changed_by BIGINT,
    client_key TEXT,
    UNIQUE (package_id, client_key),
    FOREIGN KEY (business_id, package_id) REFERENCES packages (business_id, id),
    FOREIGN KEY (business_id, changed_by) REFERENCES accounts (business_id, id)
);
CREATE INDEX left_messages_by_state ON left_messages (business_id, state, id);

-- Who changed which setting; no account means the hub itself or its command line.
CREATE TABLE audit (
    id BIGINT PRIMARY KEY NOT NULL,
    business_id BIGINT NOT NULL REFERENCES businesses (id) ON DELETE CASCADE,
    at BIGINT NOT NULL,
    account_id BIGINT,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_name TEXT NOT NULL,
    before JSON,
    after JSON,
    FOREIGN KEY (business_id, account_id) REFERENCES accounts (business_id, id)
);
CREATE INDEX audit_by_business ON audit (business_id, id);
