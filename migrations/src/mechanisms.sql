-- Evidence with its documents and files, assessment of mechanisms, and what a school records about itself.
--
-- Nothing here is overwritten: answers and records are versions, the newest counts, the older ones are history.

-- A file somebody brought. Its content lies in the object store under the hash; the same content is kept once.
CREATE TABLE file_upload (
    municipality_id uuid NOT NULL REFERENCES municipality (id),
    id uuid NOT NULL,
    -- SHA-256, hex.
    content_hash text NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL,
    bytes bigint NOT NULL,
    -- Has the configured scanner seen it?
    scanned boolean NOT NULL,
    person_id uuid,
    at_ms bigint NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id)
);

-- The register of documents; without an organisation it is the municipality's own.
CREATE TABLE document (
    municipality_id uuid NOT NULL REFERENCES municipality (id),
    id uuid NOT NULL,
    organisation_id uuid,
    kind text NOT NULL,
    title text NOT NULL,
    number text,
    date text,
    link text,
    file_id uuid,
    -- Who answers for it: a position or a name, in words.
    owner text,
    person_id uuid,
    at_ms bigint NOT NULL,
    archived_ms bigint,
    archived_by uuid,
    archive_reason text,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, organisation_id) REFERENCES organisation (municipality_id, id),
    FOREIGN KEY (municipality_id, file_id) REFERENCES file_upload (municipality_id, id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id)
);
CREATE INDEX document_of ON document (municipality_id, organisation_id);

-- One assessment of the municipality's mechanisms a year, pinned to a version of the criteria.
CREATE TABLE mechanism_assessment (
    municipality_id uuid NOT NULL REFERENCES municipality (id),
    id uuid NOT NULL,
    year integer NOT NULL,
    form_id text NOT NULL,
    form_version text NOT NULL,
    state text NOT NULL,
    opened_by uuid,
    opened_ms bigint NOT NULL,
    submitted_by uuid,
    submitted_ms bigint,
    concluded_by uuid,
    concluded_ms bigint,
    PRIMARY KEY (municipality_id, id),
    UNIQUE (municipality_id, year),
    FOREIGN KEY (municipality_id, form_id, form_version) REFERENCES form (municipality_id, id, version)
);

CREATE TABLE mechanism_answer (
    municipality_id uuid NOT NULL,
    -- Made by the client, so that a repetition is recognised.
    id uuid NOT NULL,
    assessment_id uuid NOT NULL,
    -- Order of arrival inside the assessment.
    sequence bigint NOT NULL,
    cell text NOT NULL,
    -- Who judges: self, expert, agreed.
    side text NOT NULL,
    level integer,
    comment text,
    person_id uuid,
    at_ms bigint NOT NULL,
    PRIMARY KEY (municipality_id, id),
    UNIQUE (municipality_id, assessment_id, sequence),
    FOREIGN KEY (municipality_id, assessment_id) REFERENCES mechanism_assessment (municipality_id, id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id)
);

CREATE TABLE evidence (
    municipality_id uuid NOT NULL REFERENCES municipality (id),
    id uuid NOT NULL,
    -- What it proves: a question of a submission, or a cell of the mechanisms.
    submission_id uuid,
    assessment_id uuid,
    item text NOT NULL,
    kind text NOT NULL,
    title text NOT NULL,
    link text,
    document_id uuid,
    file_id uuid,
    -- The piece of an earlier year that was taken over.
    reused_from uuid,
    person_id uuid,
    at_ms bigint NOT NULL,
    removed_ms bigint,
    removed_by uuid,
    remove_reason text,
    PRIMARY KEY (municipality_id, id),
    CHECK ((submission_id IS NULL) <> (assessment_id IS NULL)),
    FOREIGN KEY (municipality_id, submission_id) REFERENCES submission (municipality_id, id),
    FOREIGN KEY (municipality_id, assessment_id) REFERENCES mechanism_assessment (municipality_id, id),
    FOREIGN KEY (municipality_id, document_id) REFERENCES document (municipality_id, id),
    FOREIGN KEY (municipality_id, file_id) REFERENCES file_upload (municipality_id, id),
    FOREIGN KEY (municipality_id, reused_from) REFERENCES evidence (municipality_id, id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id)
);
CREATE INDEX evidence_of_submission ON evidence (municipality_id, submission_id);
CREATE INDEX evidence_of_assessment ON evidence (municipality_id, assessment_id);

-- What a school records about itself: context, SWOT, risks, changes. The newest version of a key counts.
CREATE TABLE school_record (
    municipality_id uuid NOT NULL,
    -- Made by the client, so that a repetition is recognised.
    id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    -- Order of arrival inside the school.
    sequence bigint NOT NULL,
    kind text NOT NULL,
    -- Calendar year; 0 where a record goes on over years.
    year integer NOT NULL,
    key text NOT NULL,
    -- JSON; absent when the thing was removed.
    document text,
    person_id uuid,
    at_ms bigint NOT NULL,
    PRIMARY KEY (municipality_id, id),
    UNIQUE (municipality_id, organisation_id, sequence),
    FOREIGN KEY (municipality_id, organisation_id) REFERENCES organisation (municipality_id, id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id)
);
CREATE INDEX school_record_kind ON school_record (municipality_id, kind, organisation_id);

-- A frozen report of a school's changes; a correction is a further version with its reason.
CREATE TABLE change_report (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    -- Year and month of the window: '2026-11'.
    report_window text NOT NULL,
    version integer NOT NULL,
    reason text,
    -- JSON of the changes as they stood, and its SHA-256, hex.
    document text NOT NULL,
    content_hash text NOT NULL,
    person_id uuid,
    at_ms bigint NOT NULL,
    PRIMARY KEY (municipality_id, id),
    UNIQUE (municipality_id, organisation_id, report_window, version),
    FOREIGN KEY (municipality_id, organisation_id) REFERENCES organisation (municipality_id, id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id)
);

-- How factors of context act in this territory: its own finding, in versions.
CREATE TABLE context_finding (
    municipality_id uuid NOT NULL REFERENCES municipality (id),
    id uuid NOT NULL,
    version integer NOT NULL,
    -- JSON: factor to direction.
    directions text NOT NULL,
    reason text NOT NULL,
    person_id uuid,
    at_ms bigint NOT NULL,
    PRIMARY KEY (municipality_id, id),
    UNIQUE (municipality_id, version),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id)
);
