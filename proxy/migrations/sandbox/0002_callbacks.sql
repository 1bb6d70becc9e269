-- What the sandbox's Portal tells the organisation's system, and what it got as answer. It is for made-up data only.
CREATE TABLE callbacks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    service TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER NOT NULL,
    status INTEGER,
    answer TEXT,
    error TEXT
);
CREATE INDEX callbacks_waiting ON callbacks (state, next_at);
ALTER TABLE applications ADD COLUMN request_id TEXT;
ALTER TABLE applications ADD COLUMN snils TEXT;
ALTER TABLE applications ADD COLUMN state TEXT NOT NULL DEFAULT 'actual';
