-- Which proxies use this database, so that what a dead one left half done can be told apart from what is under way.
CREATE TABLE instances (
    id TEXT PRIMARY KEY,
    seen_at BIGINT NOT NULL
);
-- The key that seals, where none is configured: all instances must have the same.
CREATE TABLE keys (
    name TEXT PRIMARY KEY,
    value BYTEA NOT NULL
);
