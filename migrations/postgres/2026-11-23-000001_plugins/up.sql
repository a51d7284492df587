-- What the rules may choose consultants by. Claims by hand know no limit.
ALTER TABLE accounts ADD COLUMN most_chats INTEGER CHECK (most_chats BETWEEN 1 AND 50);
ALTER TABLE accounts ADD COLUMN languages JSON NOT NULL DEFAULT '[]';
ALTER TABLE accounts ADD COLUMN skills JSON NOT NULL DEFAULT '[]';

-- Uploaded plugins and saved rule tables by the SHA-256 of their bytes; machine code is never kept here.
CREATE TABLE plugin_files (
    digest BYTEA PRIMARY KEY NOT NULL CHECK (octet_length(digest) = 32),
    bytes BYTEA NOT NULL
);

-- `live_version` decides, `shadow_version` runs beside it; without both it is a draft. `off_reason` says why it rests.
CREATE TABLE plugins (
    id BIGINT PRIMARY KEY NOT NULL,
    business_id BIGINT NOT NULL REFERENCES businesses (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('wasm', 'table')),
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    live_version INTEGER,
    shadow_version INTEGER,
    settings JSON NOT NULL,
    secrets BYTEA,
    packages JSON,
    off_reason TEXT,
    created_at BIGINT NOT NULL,
    UNIQUE (business_id, key),
    UNIQUE (business_id, id)
);

CREATE TABLE plugin_versions (
    plugin_id BIGINT NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    business_id BIGINT NOT NULL,
    digest BYTEA NOT NULL REFERENCES plugin_files (digest),
    label TEXT NOT NULL,
    about JSON NOT NULL,
    hooks JSON NOT NULL,
    uploaded_at BIGINT NOT NULL,
    uploaded_by BIGINT,
    went_live_at BIGINT,
    PRIMARY KEY (plugin_id, version),
    FOREIGN KEY (business_id, plugin_id) REFERENCES plugins (business_id, id) ON DELETE CASCADE,
    FOREIGN KEY (business_id, uploaded_by) REFERENCES accounts (business_id, id)
);
CREATE INDEX plugin_versions_by_digest ON plugin_versions (digest);

-- Why each visitor was given to whom: what went in, what each plugin said. The subject is a chat or a call.
CREATE TABLE decisions (
    id BIGINT PRIMARY KEY NOT NULL,
    business_id BIGINT NOT NULL REFERENCES businesses (id) ON DELETE CASCADE,
    package_id BIGINT NOT NULL,
    subject_id BIGINT NOT NULL,
    hook TEXT NOT NULL,
    took_us INTEGER NOT NULL,
    has_failed BOOLEAN NOT NULL,
    record JSON NOT NULL
);
CREATE INDEX decisions_by_business ON decisions (business_id, id);
CREATE INDEX decisions_by_subject ON decisions (business_id, subject_id);
