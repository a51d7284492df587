-- One row for each call a visitor asked for. Neither the visitor nor the chat is a foreign key: a visitor is kept with
-- the first message, so many who call have no row, and the record of a call outlives its chat.
CREATE TABLE calls (
    id BIGINT PRIMARY KEY NOT NULL,
    business_id BIGINT NOT NULL REFERENCES businesses (id) ON DELETE CASCADE,
    package_id BIGINT NOT NULL,
    visitor_id BIGINT NOT NULL,
    chat_id BIGINT,
    account_id BIGINT,
    asked_at BIGINT NOT NULL,
    answered_at BIGINT,
    talking_since BIGINT,
    ended_at BIGINT,
    reason TEXT CHECK (reason IN (
        'visitor_hangup', 'consultant_hangup', 'declined', 'cancelled', 'no_answer', 'busy', 'outside_hours',
        'connect_failed', 'peer_lost', 'mic_denied', 'transferred', 'time_limit', 'server_shutdown', 'error'
    )),
    rings JSON NOT NULL,
    visitor_mos10 INTEGER,
    consultant_mos10 INTEGER,
    rating INTEGER CHECK (rating BETWEEN 1 AND 5),
    visit JSON NOT NULL,
    CHECK ((reason IS NULL) = (ended_at IS NULL)),
    FOREIGN KEY (business_id, package_id) REFERENCES packages (business_id, id),
    FOREIGN KEY (business_id, account_id) REFERENCES accounts (business_id, id)
);
CREATE INDEX calls_by_business ON calls (business_id, id);
CREATE INDEX calls_by_missing ON calls (business_id, id) WHERE ended_at IS NOT NULL AND answered_at IS NULL;
-- The few calls that go on, however many were.
CREATE INDEX calls_by_openness ON calls (id) WHERE ended_at IS NULL;

-- A chat knows of invitations and calls.
ALTER TABLE messages DROP CONSTRAINT messages_kind_check;
ALTER TABLE messages ADD CONSTRAINT messages_kind_check CHECK (kind IN ('said', 'joined', 'returned', 'invited', 'invite_declined', 'called', 'closed'));
