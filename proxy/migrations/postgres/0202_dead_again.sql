-- What was given up and is to be sent once more, because somebody asked for it.
ALTER TABLE inbox_dead ADD COLUMN again BOOLEAN NOT NULL DEFAULT FALSE;
