-- The newest number in the inbox. Whoever adds a notice holds this row until it is committed, so that notices become
-- visible in the order of their numbers.
CREATE TABLE inbox_newest (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    newest BIGINT NOT NULL
);
INSERT INTO inbox_newest (one, newest) VALUES (1, 0);
-- What the Portal has sent. `same` is a keyed digest of what makes two notices the same, and is taken away where the
-- same would be something new; `content` is sealed.
CREATE TABLE inbox (
    id BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    programme BYTEA NOT NULL,
    same BYTEA UNIQUE,
    answer TEXT NOT NULL,
    content BYTEA NOT NULL,
    acknowledged_at BIGINT
);
CREATE INDEX inbox_acknowledged ON inbox (acknowledged_at);
CREATE INDEX inbox_at ON inbox (at);
CREATE INDEX inbox_programme ON inbox (programme);
-- The programmes and cycles that the information system has, as digests; and which of the two lists it has given.
CREATE TABLE inbox_known (
    list TEXT NOT NULL,
    id BYTEA NOT NULL,
    programme BYTEA,
    PRIMARY KEY (list, id)
);
CREATE TABLE inbox_lists (
    list TEXT PRIMARY KEY,
    items BIGINT NOT NULL,
    at BIGINT NOT NULL
);
-- How far the webhook is. One instance at a time delivers, as long as it renews its lease.
CREATE TABLE inbox_webhook (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    position BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    failing_since BIGINT,
    next_at BIGINT NOT NULL,
    last TEXT,
    leased_by TEXT,
    leased_until BIGINT NOT NULL
);
INSERT INTO inbox_webhook (one, position, attempts, next_at, leased_until) VALUES (1, 0, 0, 0, 0);
-- What the webhook's receiver never took.
CREATE TABLE inbox_dead (
    id BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    last TEXT
);
