-- What came in and what was read out of it. A record that changed under its own id keeps both rows; the later one counts.
CREATE TABLE reports (
    id        TEXT   NOT NULL, -- the record's own, else `digest`
    digest    TEXT   NOT NULL, -- SHA-256 of the bytes received, hex
    path      TEXT   NOT NULL, -- as the user gave it; of several, the first by bytes
    record    BIGINT,          -- number in its file
    format    TEXT   NOT NULL, -- what `bytes` is: text, markdown, html, json, csv
    head      BLOB,            -- header row of a CSV file
    bytes     BLOB   NOT NULL, -- as received, zstd
    partial   BIGINT NOT NULL, -- 1 where `bytes` is only the beginning
    given     TEXT,            -- what --retrieved said
    retrieved TEXT,            -- what is known of when it was collected
    reader    TEXT   NOT NULL, -- program version and packs that read it
    text      BLOB   NOT NULL, -- the clean text, zstd
    document  BLOB   NOT NULL, -- all that was read out of it but the text, postcard, zstd
    anchored  BLOB,            -- the same, read again against the date that its story gave it
    PRIMARY KEY (id, digest)
);

-- The timeline of all reports that count, and of which set of reports it was made.
CREATE TABLE timeline (
    slot BIGINT PRIMARY KEY,
    made_of TEXT NOT NULL,
    body BLOB NOT NULL
);
