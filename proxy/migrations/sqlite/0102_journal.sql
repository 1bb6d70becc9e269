-- What was submitted, by whom, and what became of it. Nothing personal stands here unsealed, but the user's name.
CREATE TABLE journal (
    id BIGINT PRIMARY KEY,
    -- Grows with every change of the row, over all rows, in the order in which the changes can be seen.
    place BIGINT NOT NULL,
    submitter TEXT NOT NULL,
    key TEXT NOT NULL,
    payload TEXT NOT NULL,
    -- A keyed digest of path and body.
    fingerprint BLOB NOT NULL,
    -- received, sent, not_sent, unknown
    state TEXT NOT NULL,
    -- While it is received: whether anything of it may have left the proxy.
    sending BOOLEAN NOT NULL,
    -- The instance that sends it, or was the last to do so.
    instance TEXT NOT NULL,
    request_id TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    settled_at BIGINT,
    -- The proxy's own code, where it answered itself.
    error TEXT,
    -- The upstream's answer: its status, whether it accepted, one of the documented reasons, and the answer itself, sealed.
    status BIGINT,
    accepted BOOLEAN,
    reason TEXT,
    answer BLOB,
    -- Sealed, and only where bodies are kept.
    body BLOB,
    UNIQUE (submitter, key)
);
CREATE UNIQUE INDEX journal_by_place ON journal (place);
CREATE INDEX journal_by_time ON journal (received_at);
CREATE INDEX journal_under_way ON journal (instance) WHERE state = 'received';
CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO counters (name, value) VALUES ('journal', 0);
