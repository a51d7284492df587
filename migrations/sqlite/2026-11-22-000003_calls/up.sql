-- One row for each call a visitor asked for. Neither the visitor nor the chat is a foreign key: a visitor is kept with
-- the first message, so many who call have no row, and the record of a call outlives its chat.
CREATE TABLE calls (
    id INTEGER PRIMARY KEY NOT NULL,
    business_id INTEGER NOT NULL REFERENCES businesses (id) ON DELETE CASCADE,
    package_id INTEGER NOT NULL,
    visitor_id INTEGER NOT NULL,
    chat_id INTEGER,
    account_id INTEGER,
    asked_at INTEGER NOT NULL,
    answered_at INTEGER,
    talking_since INTEGER,
    ended_at INTEGER,
    reason TEXT CHECK (reason IN (
        'visitor_hangup', 'consultant_hangup', 'declined', 'cancelled', 'no_answer', 'busy', 'outside_hours',
        'connect_failed', 'peer_lost', 'mic_denied', 'transferred', 'time_limit', 'server_shutdown', 'error'
    )),
    rings TEXT NOT NULL,
    visitor_mos10 INTEGER,
    consultant_mos10 INTEGER,
    rating INTEGER CHECK (rating BETWEEN 1 AND 5),
    visit TEXT NOT NULL,
    CHECK ((reason IS NULL) = (ended_at IS NULL)),
    FOREIGN KEY (business_id, package_id) REFERENCES packages (business_id, id),
    FOREIGN KEY (business_id, account_id) REFERENCES accounts (business_id, id)
);
CREATE INDEX calls_by_business ON calls (business_id, id);
CREATE INDEX calls_by_missing ON calls (business_id, id) WHERE ended_at IS NOT NULL AND answered_at IS NULL;
-- The few calls that go on, however many were.
CREATE INDEX calls_by_openness ON calls (id) WHERE ended_at IS NULL;

-- A chat knows of invitations and calls. SQLite changes a CHECK only together with its table.
CREATE TABLE other_messages (
    chat_id INTEGER NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL CHECK (seq > 0),
    author_kind TEXT NOT NULL CHECK (author_kind IN ('visitor', 'consultant', 'hub')),
    author_id INTEGER,
    kind TEXT NOT NULL CHECK (kind IN ('said', 'joined', 'returned', 'invited', 'invite_declined', 'called', 'closed')),
    client_key TEXT,
    body TEXT,
    meta TEXT,
    sent_at INTEGER NOT NULL,
    PRIMARY KEY (chat_id, seq),
    UNIQUE (chat_id, client_key)
);
INSERT INTO other_messages SELECT * FROM messages;
DROP TABLE messages;
ALTER TABLE other_messages RENAME TO messages;
