-- Forms being written: the cells of a workbook, until they are published as a version of a form.
CREATE TABLE form_draft (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    file_name text NOT NULL,
    -- JSON: sheets with their rows of cells.
    workbook text NOT NULL,
    -- Grows with each change.
    revision bigint NOT NULL,
    -- Id of the last change: a repeated one is recognised.
    change_id uuid,
    person_id uuid NOT NULL,
    created_ms bigint NOT NULL,
    changed_ms bigint NOT NULL,
    -- What it was published as, the last time.
    published_form text,
    published_version text,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id)
);
