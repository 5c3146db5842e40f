-- What a report says about lines that may be its outlet's own, and which of them were left out when it was read. All that is kept
-- is read again from its bytes, as in 0002. A table of its own: it is read whole by each build. An event says which one it is told
-- under, so that the timeline is made again, too.
CREATE TABLE IF NOT EXISTS lines (
    id        TEXT NOT NULL, -- as in `reports`
    digest    TEXT NOT NULL,
    marks     BLOB NOT NULL, -- numbers of 8 bytes
    own       BLOB NOT NULL, -- the same, those that were left out
    PRIMARY KEY (id, digest)
);
UPDATE reports SET reader = '', anchored = NULL;
DELETE FROM timeline;
