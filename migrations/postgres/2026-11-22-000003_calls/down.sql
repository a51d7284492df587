DELETE FROM messages WHERE kind IN ('invited', 'invite_declined', 'called');
ALTER TABLE messages DROP CONSTRAINT messages_kind_check;
ALTER TABLE messages ADD CONSTRAINT messages_kind_check CHECK (kind IN ('said', 'joined', 'returned', 'closed'));
DROP TABLE calls;
