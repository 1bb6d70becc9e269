-- What a person said of a submission of which nobody knew: accepted or refused; who, when, and a note, sealed.
ALTER TABLE journal ADD COLUMN person_said TEXT;
ALTER TABLE journal ADD COLUMN person TEXT;
ALTER TABLE journal ADD COLUMN person_at BIGINT;
ALTER TABLE journal ADD COLUMN person_note BLOB;
-- How many entries there are of each state is asked every few seconds.
CREATE INDEX journal_by_state ON journal (state);
