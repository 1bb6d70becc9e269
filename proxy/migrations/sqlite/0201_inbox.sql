-- The newest number in the inbox. Whoever adds a notice holds this row until it is committed, so that notices become
-- visible in the order of their numbers.
CREATE TABLE inbox_newest (
    one INTEGER PRIMARY KEY NOT NULL CHECK (one = 1),
    newest INTEGER NOT NULL
);
INSERT INTO inbox_newest (one, newest) VALUES (1, 0);
-- What the Portal has sent. `same` is a keyed digest of what makes two notices the same, and is taken away where the
-- same would be something new; `content` is sealed.
CREATE TABLE inbox (
    id INTEGER PRIMARY KEY NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    programme BLOB NOT NULL,
    same BLOB UNIQUE,
    answer TEXT NOT NULL,
    content BLOB NOT NULL,
    acknowledged_at INTEGER
);
CREATE INDEX inbox_acknowledged ON inbox (acknowledged_at);
CREATE INDEX inbox_at ON inbox (at);
CREATE INDEX inbox_programme ON inbox (programme);
-- The programmes and cycles that the information system has, as digests; and which of the two lists it has given.
CREATE TABLE inbox_known (
    list TEXT NOT NULL,
    id BLOB NOT NULL,
    programme BLOB,
    PRIMARY KEY (list, id)
);
CREATE TABLE inbox_lists (
    list TEXT PRIMARY KEY NOT NULL,
    items INTEGER NOT NULL,
    at INTEGER NOT NULL
);
-- How far the webhook is. One instance at a time delivers, as long as it renews its lease.
CREATE TABLE inbox_webhook (
    one INTEGER PRIMARY KEY NOT NULL CHECK (one = 1),
    position INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    failing_since INTEGER,
    next_at INTEGER NOT NULL,
    last TEXT,
    leased_by TEXT,
    leased_until INTEGER NOT NULL
);
INSERT INTO inbox_webhook (one, position, attempts, next_at, leased_until) VALUES (1, 0, 0, 0, 0);
-- What the webhook's receiver never took.
CREATE TABLE inbox_dead (
    id INTEGER PRIMARY KEY NOT NULL,
    at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    last TEXT
);
