-- What the rules may choose consultants by. Claims by hand know no limit.
ALTER TABLE accounts ADD COLUMN most_chats INTEGER CHECK (most_chats BETWEEN 1 AND 50);
ALTER TABLE accounts ADD COLUMN languages TEXT NOT NULL DEFAULT '[]';
ALTER TABLE accounts ADD COLUMN skills TEXT NOT NULL DEFAULT '[]';

-- Uploaded plugins and saved rule tables by the SHA-256 of their bytes; machine code is never kept here.
CREATE TABLE plugin_files (
    digest BLOB PRIMARY KEY NOT NULL CHECK (length(digest) = 32),
    bytes BLOB NOT NULL
);

-- `live_version` decides, `shadow_version` runs beside it; without both it is a draft. `off_reason` says why it rests.
CREATE TABLE plugins (
    id INTEGER PRIMARY KEY NOT NULL,
    business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('wasm', 'table')),
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    live_version INTEGER,
    shadow_version INTEGER,
    settings TEXT NOT NULL,
    secrets BLOB,
    packages TEXT,
    off_reason TEXT,
    created_at INTEGER NOT NULL,
    UNIQUE (business_id, key),
    UNIQUE (business_id, id)
);

CREATE TABLE plugin_versions (
    plugin_id INTEGER NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    business_id INTEGER NOT NULL,
    digest BLOB NOT NULL REFERENCES plugin_files (digest),
    label TEXT NOT NULL,
    about TEXT NOT NULL,
    hooks TEXT NOT NULL,
    uploaded_at INTEGER NOT NULL,
    uploaded_by INTEGER,
    went_live_at INTEGER,
    PRIMARY KEY (plugin_id, version),
    FOREIGN KEY (business_id, plugin_id) REFERENCES plugins (business_id, id) ON DELETE CASCADE,
    FOREIGN KEY (business_id, uploaded_by) REFERENCES accounts (business_id, id)
);
CREATE INDEX plugin_versions_by_digest ON plugin_versions (digest);

-- Why each visitor was given to whom: what went in, what each plugin said. The subject is a chat or a call.
CREATE TABLE decisions (
    id INTEGER PRIMARY KEY NOT NULL,
    business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE CASCADE,
    package_id INTEGER NOT NULL,
    subject_id INTEGER NOT NULL,
    hook TEXT NOT NULL,
    took_us INTEGER NOT NULL,
    has_failed INTEGER NOT NULL CHECK (has_failed IN (0, 1)),
    record TEXT NOT NULL
);
CREATE INDEX decisions_by_business ON decisions (business_id, id);
CREATE INDEX decisions_by_subject ON decisions (business_id, subject_id);
