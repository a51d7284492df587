-- A deleted package keeps its row: its chats name it.
ALTER TABLE packages ADD COLUMN deleted_at INTEGER;
-- Sealed by the hub.
ALTER TABLE packages ADD COLUMN identity_secret BLOB;

-- What a package was after each change, the last one included.
CREATE TABLE package_versions (
    package_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    business_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    settings TEXT NOT NULL,
    saved_at INTEGER NOT NULL,
    saved_by INTEGER,
    PRIMARY KEY (package_id, version),
    FOREIGN KEY (business_id, package_id) REFERENCES packages (business_id, id) ON DELETE CASCADE,
    FOREIGN KEY (business_id, saved_by) REFERENCES accounts (business_id, id)
);
INSERT INTO package_versions (package_id, version, business_id, name, settings, saved_at)
SELECT id, version, business_id, name, settings, updated_at FROM packages;

ALTER TABLE accounts ADD COLUMN sends_transcripts BOOLEAN NOT NULL DEFAULT FALSE;
-- Nothing while the invitation waits. A hub of the version before knows no invitations: its accounts have joined.
ALTER TABLE accounts ADD COLUMN joined_at INTEGER DEFAULT 0;
UPDATE accounts SET joined_at = created_at;
-- Sealed by the hub; both or neither.
ALTER TABLE accounts ADD COLUMN totp_secret BLOB;
ALTER TABLE accounts ADD COLUMN totp_step INTEGER;

-- Links that set a password; one for each account at most, gone once used.
CREATE TABLE account_links (
    token_hash BLOB PRIMARY KEY NOT NULL,
    business_id INTEGER NOT NULL,
    account_id INTEGER NOT NULL UNIQUE,
    purpose TEXT NOT NULL CHECK (purpose IN ('invitation', 'reset')),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    FOREIGN KEY (business_id, account_id) REFERENCES accounts (business_id, id) ON DELETE CASCADE
);

-- Codes in place of a second factor; a used one is gone.
CREATE TABLE recovery_codes (
    account_id INTEGER NOT NULL,
    code_hash BLOB NOT NULL,
    business_id INTEGER NOT NULL,
    PRIMARY KEY (account_id, code_hash),
    FOREIGN KEY (business_id, account_id) REFERENCES accounts (business_id, id) ON DELETE CASCADE
);

-- Re-encoded logos and photos, by the digest of their bytes.
CREATE TABLE images (
    digest BLOB PRIMARY KEY NOT NULL,
    format TEXT NOT NULL CHECK (format IN ('png', 'jpeg')),
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    bytes BLOB NOT NULL
);

-- Which businesses brought which image; two may bring the same.
CREATE TABLE business_images (
    business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE CASCADE,
    digest BLOB NOT NULL REFERENCES images (digest),
    kept_at INTEGER NOT NULL,
    PRIMARY KEY (business_id, digest)
);

CREATE TABLE callback_orders (
    id INTEGER PRIMARY KEY NOT NULL,
    business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE CASCADE,
    package_id INTEGER NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    name TEXT,
    note TEXT,
    due_at INTEGER NOT NULL,
    zone TEXT NOT NULL,
    account_id INTEGER,
    language TEXT NOT NULL CHECK (language IN ('pl', 'en')),
    ip TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('new', 'taken', 'done')),
    created_at INTEGER NOT NULL,
    changed_at INTEGER,
    changed_by INTEGER,
    client_key TEXT,
    UNIQUE (package_id, client_key),
    FOREIGN KEY (business_id, package_id) REFERENCES packages (business_id, id),
    FOREIGN KEY (business_id, account_id) REFERENCES accounts (business_id, id),
    FOREIGN KEY (business_id, changed_by) REFERENCES accounts (business_id, id)
);
CREATE INDEX callback_orders_by_state ON callback_orders (business_id, state, id);

CREATE TABLE left_messages (
    id INTEGER PRIMARY KEY NOT NULL,
    business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE CASCADE,
    package_id INTEGER NOT NULL,
    email TEXT NOT NULL,
    name TEXT,
    phone TEXT,
    body TEXT NOT NULL,
    answers TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('pl', 'en')),
    ip TEXT NOT NULL,
    page_url TEXT,
    state TEXT NOT NULL CHECK (state IN ('new', 'taken', 'done')),
    created_at INTEGER NOT NULL,
    changed_at INTEGER,
    changed_by INTEGER,
    client_key TEXT,
    UNIQUE (package_id, client_key),
    FOREIGN KEY (business_id, package_id) REFERENCES packages (business_id, id),
    FOREIGN KEY (business_id, changed_by) REFERENCES accounts (business_id, id)
);
CREATE INDEX left_messages_by_state ON left_messages (business_id, state, id);

-- Who changed which setting; no account means the hub itself or its command line.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY NOT NULL,
    business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    account_id INTEGER,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_name TEXT NOT NULL,
    before TEXT,
    after TEXT,
    FOREIGN KEY (business_id, account_id) REFERENCES accounts (business_id, id)
);
CREATE INDEX audit_by_business ON audit (business_id, id);
