-- Photos and files of submissions, known by the hash of their content. They come in chunks; a chunk is
-- stored in the transaction that counts it, so what is counted is there.
CREATE TABLE attachment (
    municipality_id uuid NOT NULL,
    submission_id uuid NOT NULL,
    -- Hex of SHA-256 over the content.
    hash text NOT NULL,
    question text NOT NULL,
    content_type text NOT NULL,
    bytes bigint NOT NULL,
    received bigint NOT NULL,
    at_ms bigint NOT NULL,
    person_id uuid NOT NULL,
    created_ms bigint NOT NULL,
    -- When all of it was there and its hash was the announced one.
    completed_ms bigint,
    PRIMARY KEY (municipality_id, submission_id, hash),
    FOREIGN KEY (municipality_id, submission_id) REFERENCES submission (municipality_id, id)
);

CREATE TABLE attachment_chunk (
    municipality_id uuid NOT NULL,
    submission_id uuid NOT NULL,
    hash text NOT NULL,
    start_byte bigint NOT NULL,
    content bytea NOT NULL,
    PRIMARY KEY (municipality_id, submission_id, hash, start_byte),
    FOREIGN KEY (municipality_id, submission_id, hash) REFERENCES attachment (municipality_id, submission_id, hash)
);
