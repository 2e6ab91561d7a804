-- Programmes (программы) with their roadmaps (дорожные карты).
CREATE TABLE programme (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    title text NOT NULL,
    -- First and last day.
    first_day text NOT NULL,
    last_day text NOT NULL,
    state text NOT NULL,
    -- The order, once approved.
    order_number text,
    order_day text,
    approved_by uuid,
    approved_ms bigint,
    -- Name of the file it was read from, and the hash of its bytes.
    source text,
    source_hash text,
    -- JSON: texts on what the file left open that belongs to no line.
    notes text NOT NULL,
    created_by uuid NOT NULL,
    created_ms bigint NOT NULL,
    revision bigint NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, created_by) REFERENCES person (municipality_id, id)
);

CREATE TABLE programme_heading (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    programme_id uuid NOT NULL,
    -- Its place among headings and lines, from 0.
    place integer NOT NULL,
    code text NOT NULL,
    title text NOT NULL,
    level integer NOT NULL,
    -- Code of the system that it names.
    system text,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, programme_id) REFERENCES programme (municipality_id, id)
);
CREATE INDEX programme_heading_of_programme ON programme_heading (municipality_id, programme_id);

CREATE TABLE programme_line (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    programme_id uuid NOT NULL,
    heading_id uuid,
    -- Its place among headings and lines, from 0.
    place integer NOT NULL,
    number text NOT NULL,
    measure text NOT NULL,
    -- The term and the executors as the document has them.
    written_term text NOT NULL,
    written_executors text NOT NULL,
    -- The term in words that hold now.
    term text NOT NULL,
    -- JSON: terms that held before, each with the day on which it ended.
    earlier text NOT NULL,
    -- Executors, parted by semicolons.
    executors text NOT NULL,
    results text NOT NULL,
    -- JSON: other columns of the document, name and text.
    others text NOT NULL,
    -- JSON: texts on what was strange about its cells.
    notes text NOT NULL,
    revision bigint NOT NULL,
    removed_ms bigint,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, programme_id) REFERENCES programme (municipality_id, id),
    FOREIGN KEY (municipality_id, heading_id) REFERENCES programme_heading (municipality_id, id)
);
CREATE INDEX programme_line_of_programme ON programme_line (municipality_id, programme_id);

-- What was changed in a line, on what ground; never changed itself.
CREATE TABLE programme_change (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    programme_id uuid NOT NULL,
    line_id uuid NOT NULL,
    at_ms bigint NOT NULL,
    person_id uuid NOT NULL,
    reason text NOT NULL,
    -- JSON: fields with their old and new words.
    fields text NOT NULL,
    is_removal boolean NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, line_id) REFERENCES programme_line (municipality_id, id)
);
CREATE INDEX programme_change_of_line ON programme_change (municipality_id, line_id);

-- Days given to lines whose term does not say when.
CREATE TABLE programme_date (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    line_id uuid NOT NULL,
    from_day text NOT NULL,
    to_day text NOT NULL,
    person_id uuid NOT NULL,
    at_ms bigint NOT NULL,
    cancelled_ms bigint,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, line_id) REFERENCES programme_line (municipality_id, id)
);
CREATE INDEX programme_date_of_line ON programme_date (municipality_id, line_id);

-- What was reported for periods of lines; never changed, the last one counts.
CREATE TABLE programme_report (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    line_id uuid NOT NULL,
    -- The school it is for; absent for the office.
    organisation_id uuid,
    from_day text NOT NULL,
    to_day text NOT NULL,
    outcome text NOT NULL,
    content text NOT NULL,
    document_id uuid,
    person_id uuid NOT NULL,
    at_ms bigint NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, line_id) REFERENCES programme_line (municipality_id, id),
    FOREIGN KEY (municipality_id, organisation_id) REFERENCES organisation (municipality_id, id),
    FOREIGN KEY (municipality_id, document_id) REFERENCES document (municipality_id, id)
);
CREATE INDEX programme_report_of_line ON programme_report (municipality_id, line_id);

-- Conclusions on the effect of blocks.
CREATE TABLE programme_review (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    programme_id uuid NOT NULL,
    heading_id uuid NOT NULL,
    state_before text NOT NULL,
    state_after text NOT NULL,
    conclusion text NOT NULL,
    content text NOT NULL,
    person_id uuid NOT NULL,
    at_ms bigint NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, programme_id) REFERENCES programme (municipality_id, id),
    FOREIGN KEY (municipality_id, heading_id) REFERENCES programme_heading (municipality_id, id)
);
CREATE INDEX programme_review_of_programme ON programme_review (municipality_id, programme_id);
