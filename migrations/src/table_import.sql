-- Lists of the office brought as its own spreadsheet (загрузка списка).
CREATE TABLE table_import (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    -- Which list: `organisations`.
    register text NOT NULL,
    file_name text NOT NULL,
    -- SHA-256 of the file, hex.
    content_hash text NOT NULL,
    -- The file, until it is confirmed or forgotten.
    content bytea,
    -- JSON: [{header, field}].
    columns text NOT NULL,
    state text NOT NULL,
    created_by uuid NOT NULL,
    created_ms bigint NOT NULL,
    -- JSON: [new, changed, same, left_out].
    counts text NOT NULL,
    -- JSON: what stood before and what stands after, until it is undone.
    effect text,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, created_by) REFERENCES person (municipality_id, id)
);
