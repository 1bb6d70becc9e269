-- What the sandbox of the Portal and of eHealth knows. It is for made-up data only.
CREATE TABLE programmes (
    program_number TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    status TEXT NOT NULL,
    comment TEXT NOT NULL DEFAULT ''
);
CREATE TABLE cycles (
    id TEXT PRIMARY KEY NOT NULL,
    programme TEXT NOT NULL,
    status TEXT NOT NULL,
    confirmed INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE applications (
    cycle_id TEXT NOT NULL,
    request_number TEXT NOT NULL,
    result_status TEXT,
    comment TEXT,
    PRIMARY KEY (cycle_id, request_number)
);
CREATE TABLE contracts (
    contract_number TEXT PRIMARY KEY NOT NULL,
    status TEXT NOT NULL,
    is_suspended INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE contract_requests (
    id TEXT PRIMARY KEY NOT NULL,
    contract_number TEXT NOT NULL
);
CREATE TABLE tokens (
    access TEXT PRIMARY KEY NOT NULL,
    refresh TEXT,
    expires_at INTEGER NOT NULL
);
CREATE TABLE received (
    path TEXT PRIMARY KEY NOT NULL,
    body BLOB NOT NULL,
    times INTEGER NOT NULL
);
