-- Which proxies use this database, so that what a dead one left half done can be told apart from what is under way.
CREATE TABLE instances (
    id TEXT PRIMARY KEY NOT NULL,
    seen_at INTEGER NOT NULL
);
