-- The first schema. One text for SQLite and PostgreSQL: SQLite derives storage from these type names
-- and keeps uuid and bytea values as blobs.
--
-- Every table that belongs to a municipality has municipality_id first in its keys, so that the
-- whole database can be partitioned by it. Instants are milliseconds since 1970 UTC (*_ms), dates
-- are 'YYYY-MM-DD', documents are JSON as text, because their bytes are hashed.

CREATE TABLE municipality (
    id uuid NOT NULL PRIMARY KEY,
    name_ru text NOT NULL,
    name_en text NOT NULL,
    -- Invented data: pages say so, and a demo installation may offer entry by a tap.
    demo boolean NOT NULL,
    -- Minutes east of UTC; zones of Russia have no summer time.
    zone_minutes integer NOT NULL,
    created_ms bigint NOT NULL
);

-- Ends of the two logs of a municipality. The row is the municipality's write lock on PostgreSQL.
CREATE TABLE head (
    municipality_id uuid NOT NULL PRIMARY KEY REFERENCES municipality (id),
    audit_sequence bigint NOT NULL,
    audit_hash text NOT NULL,
    live_sequence bigint NOT NULL
);

CREATE TABLE organisation (
    municipality_id uuid NOT NULL REFERENCES municipality (id),
    id uuid NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    short_name text NOT NULL,
    kind text NOT NULL,
    cluster text NOT NULL,
    grades text NOT NULL,
    small_school boolean NOT NULL,
    rural boolean NOT NULL,
    pupils integer NOT NULL,
    capacity integer,
    settlement text NOT NULL,
    latitude double precision,
    longitude double precision,
    parent_id uuid,
    changed_ms bigint NOT NULL,
    PRIMARY KEY (municipality_id, id),
    UNIQUE (municipality_id, code),
    FOREIGN KEY (municipality_id, parent_id) REFERENCES organisation (municipality_id, id)
);

CREATE TABLE organisation_change (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    date text NOT NULL,
    kind text NOT NULL,
    other_id uuid,
    order_reference text,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, organisation_id) REFERENCES organisation (municipality_id, id),
    FOREIGN KEY (municipality_id, other_id) REFERENCES organisation (municipality_id, id)
);
CREATE INDEX organisation_change_of ON organisation_change (municipality_id, organisation_id);

CREATE TABLE person (
    municipality_id uuid NOT NULL REFERENCES municipality (id),
    id uuid NOT NULL,
    name text NOT NULL,
    phone text,
    language text NOT NULL,
    active boolean NOT NULL,
    -- What a person of the demo can show; absent for everybody else.
    about_ru text,
    about_en text,
    PRIMARY KEY (municipality_id, id)
);

-- The directory of sign-ins. A login is typed before the municipality is known, so this table alone
-- is keyed without it.
CREATE TABLE login (
    login_key text NOT NULL PRIMARY KEY,
    municipality_id uuid NOT NULL,
    person_id uuid NOT NULL,
    login text NOT NULL,
    password_hash text NOT NULL,
    changed_ms bigint NOT NULL,
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id)
);
CREATE UNIQUE INDEX login_of ON login (municipality_id, person_id);

CREATE TABLE procedure (
    municipality_id uuid NOT NULL REFERENCES municipality (id),
    id uuid NOT NULL,
    kind text NOT NULL,
    level text NOT NULL,
    title_ru text NOT NULL,
    title_en text NOT NULL,
    year integer NOT NULL,
    opens text NOT NULL,
    closes text NOT NULL,
    PRIMARY KEY (municipality_id, id)
);
CREATE INDEX procedure_year ON procedure (municipality_id, year, kind);

CREATE TABLE event (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    procedure_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    date text NOT NULL,
    start text NOT NULL,
    duration_minutes integer NOT NULL,
    subject text NOT NULL,
    grade integer NOT NULL,
    class text NOT NULL,
    room text NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, procedure_id) REFERENCES procedure (municipality_id, id),
    FOREIGN KEY (municipality_id, organisation_id) REFERENCES organisation (municipality_id, id)
);
CREATE INDEX event_of_organisation ON event (municipality_id, organisation_id, date);
CREATE INDEX event_of_procedure ON event (municipality_id, procedure_id, subject, grade);

CREATE TABLE role_grant (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    role text NOT NULL,
    -- Neither: the municipality. At most one of the two is set.
    organisation_id uuid,
    event_id uuid,
    order_reference text,
    granted_ms bigint NOT NULL,
    revoked_ms bigint,
    PRIMARY KEY (municipality_id, id),
    CHECK (organisation_id IS NULL OR event_id IS NULL),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id),
    FOREIGN KEY (municipality_id, organisation_id) REFERENCES organisation (municipality_id, id),
    FOREIGN KEY (municipality_id, event_id) REFERENCES event (municipality_id, id)
);
CREATE INDEX role_grant_of ON role_grant (municipality_id, person_id);

CREATE TABLE invitation (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    event_id uuid NOT NULL,
    -- SHA-256 of the secret; the secret itself is shown once.
    token_hash bytea NOT NULL,
    created_by uuid NOT NULL,
    created_ms bigint NOT NULL,
    expires_ms bigint NOT NULL,
    used_ms bigint,
    -- SHA-256 of the secret kept by the first tablet that used it.
    device_hash bytea,
    PRIMARY KEY (municipality_id, id),
    UNIQUE (municipality_id, token_hash),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id),
    FOREIGN KEY (municipality_id, event_id) REFERENCES event (municipality_id, id)
);
CREATE INDEX invitation_of_event ON invitation (municipality_id, event_id);

CREATE TABLE session (
    municipality_id uuid NOT NULL,
    -- SHA-256 of the secret in the cookie.
    token_hash bytea NOT NULL,
    person_id uuid NOT NULL,
    created_ms bigint NOT NULL,
    seen_ms bigint NOT NULL,
    idle_ms bigint NOT NULL,
    ends_ms bigint NOT NULL,
    PRIMARY KEY (municipality_id, token_hash),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id)
);
CREATE INDEX session_of ON session (municipality_id, person_id);

-- Failures of sign-in, by a hash of the login or of the address: unknown logins have no owner.
CREATE TABLE sign_in_attempt (
    key text NOT NULL PRIMARY KEY,
    failures integer NOT NULL,
    window_ms bigint NOT NULL,
    blocked_until_ms bigint NOT NULL
);

CREATE TABLE paper (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    procedure_id uuid NOT NULL,
    year integer NOT NULL,
    subject text NOT NULL,
    grade integer NOT NULL,
    -- JSON: [{code, max, difficulty}].
    items text NOT NULL,
    max_score integer NOT NULL,
    -- JSON: lowest raw scores of the marks 3, 4, 5; absent when no scale is known.
    cuts text,
    cuts_source text,
    PRIMARY KEY (municipality_id, id),
    UNIQUE (municipality_id, procedure_id, subject, grade),
    FOREIGN KEY (municipality_id, procedure_id) REFERENCES procedure (municipality_id, id)
);

CREATE TABLE result_import (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    file_name text NOT NULL,
    bytes bigint NOT NULL,
    -- SHA-256 of the file.
    content_hash bytea NOT NULL,
    state text NOT NULL,
    person_id uuid,
    at_ms bigint NOT NULL,
    confirmed_ms bigint,
    undone_ms bigint,
    structure text,
    preview text,
    problems text NOT NULL,
    problem_count integer NOT NULL,
    error_count integer NOT NULL,
    row_count integer NOT NULL,
    -- The rows as read, compressed, until they are confirmed.
    payload bytea,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id)
);
CREATE INDEX result_import_content ON result_import (municipality_id, content_hash);

-- One pupil-work a row. The code of a pupil comes from the school's own list; names are refused.
CREATE TABLE result (
    municipality_id uuid NOT NULL,
    import_id uuid NOT NULL,
    row_number integer NOT NULL,
    paper_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    class text NOT NULL,
    pupil text NOT NULL,
    booklet text,
    -- One byte an item in the order of the paper; 255 is blank or not taken.
    items bytea NOT NULL,
    raw integer,
    mark integer,
    register_mark integer,
    prior_score double precision,
    PRIMARY KEY (municipality_id, import_id, row_number),
    FOREIGN KEY (municipality_id, import_id) REFERENCES result_import (municipality_id, id),
    FOREIGN KEY (municipality_id, paper_id) REFERENCES paper (municipality_id, id),
    FOREIGN KEY (municipality_id, organisation_id) REFERENCES organisation (municipality_id, id)
);
CREATE INDEX result_of_paper ON result (municipality_id, paper_id, organisation_id);

CREATE TABLE context_passport (
    municipality_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    year integer NOT NULL,
    -- JSON: factor to value, named as in the instrument.
    factors text NOT NULL,
    context_index double precision,
    enrolled integer,
    -- JSON: [{subject, grade, enrolled}].
    enrolled_by text,
    PRIMARY KEY (municipality_id, organisation_id, year),
    FOREIGN KEY (municipality_id, organisation_id) REFERENCES organisation (municipality_id, id)
);

-- Federal and regional lists of schools with signs; imported, never recomputed.
CREATE TABLE external_list (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    year integer NOT NULL,
    subject text,
    grade integer,
    source text NOT NULL,
    name text NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, organisation_id) REFERENCES organisation (municipality_id, id)
);
CREATE INDEX external_list_year ON external_list (municipality_id, year);

CREATE TABLE form (
    municipality_id uuid NOT NULL REFERENCES municipality (id),
    id text NOT NULL,
    version text NOT NULL,
    title_ru text NOT NULL,
    title_en text NOT NULL,
    purpose text NOT NULL,
    -- JSON: kinds of procedures it is made for.
    procedure_kinds text NOT NULL,
    questions integer NOT NULL,
    document text NOT NULL,
    -- SHA-256 of the document, hex.
    hash text NOT NULL,
    published_ms bigint NOT NULL,
    PRIMARY KEY (municipality_id, id, version)
);

CREATE TABLE assignment (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    event_id uuid NOT NULL,
    person_id uuid NOT NULL,
    role text NOT NULL,
    form_id text,
    form_version text,
    PRIMARY KEY (municipality_id, id),
    UNIQUE (municipality_id, event_id, person_id, role),
    FOREIGN KEY (municipality_id, event_id) REFERENCES event (municipality_id, id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id),
    FOREIGN KEY (municipality_id, form_id, form_version) REFERENCES form (municipality_id, id, version)
);
CREATE INDEX assignment_of_person ON assignment (municipality_id, person_id);

CREATE TABLE campaign (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    title_ru text NOT NULL,
    title_en text NOT NULL,
    form_id text NOT NULL,
    form_version text NOT NULL,
    opens text NOT NULL,
    closes text NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, form_id, form_version) REFERENCES form (municipality_id, id, version)
);

CREATE TABLE campaign_school (
    municipality_id uuid NOT NULL,
    campaign_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    PRIMARY KEY (municipality_id, campaign_id, organisation_id),
    FOREIGN KEY (municipality_id, campaign_id) REFERENCES campaign (municipality_id, id),
    FOREIGN KEY (municipality_id, organisation_id) REFERENCES organisation (municipality_id, id)
);

CREATE TABLE submission (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    -- Either an assignment and its event, or a campaign.
    assignment_id uuid,
    event_id uuid,
    campaign_id uuid,
    organisation_id uuid NOT NULL,
    form_id text NOT NULL,
    form_version text NOT NULL,
    state text NOT NULL,
    -- Operations held; each operation carries the number it got.
    revision bigint NOT NULL,
    prefill text NOT NULL,
    opened_by uuid NOT NULL,
    opened_ms bigint NOT NULL,
    changed_ms bigint NOT NULL,
    submitted_ms bigint,
    submitted_by uuid,
    incomplete_reason text,
    -- Figures of the last fold, for lists and the live map.
    answered integer NOT NULL,
    answerable integer NOT NULL,
    -- JSON: names of the critical items answered as a violation, and how many.
    critical_items text NOT NULL,
    critical integer NOT NULL,
    overall double precision,
    PRIMARY KEY (municipality_id, id),
    UNIQUE (municipality_id, assignment_id),
    UNIQUE (municipality_id, campaign_id, organisation_id),
    CHECK ((assignment_id IS NULL) <> (campaign_id IS NULL)),
    FOREIGN KEY (municipality_id, assignment_id) REFERENCES assignment (municipality_id, id),
    FOREIGN KEY (municipality_id, event_id) REFERENCES event (municipality_id, id),
    FOREIGN KEY (municipality_id, campaign_id, organisation_id)
        REFERENCES campaign_school (municipality_id, campaign_id, organisation_id),
    FOREIGN KEY (municipality_id, organisation_id) REFERENCES organisation (municipality_id, id),
    FOREIGN KEY (municipality_id, form_id, form_version) REFERENCES form (municipality_id, id, version)
);
CREATE INDEX submission_of_event ON submission (municipality_id, event_id);

-- Append only: nothing that a device sent is changed or removed.
CREATE TABLE operation (
    municipality_id uuid NOT NULL,
    submission_id uuid NOT NULL,
    id uuid NOT NULL,
    device_id uuid NOT NULL,
    sequence bigint NOT NULL,
    revision bigint NOT NULL,
    person_id uuid NOT NULL,
    received_ms bigint NOT NULL,
    base_revision bigint NOT NULL,
    at_ms bigint NOT NULL,
    zone_minutes integer NOT NULL,
    form_version text NOT NULL,
    change text NOT NULL,
    -- Why it is kept but not folded.
    set_aside text,
    -- Received after the submission was submitted.
    correction boolean NOT NULL,
    PRIMARY KEY (municipality_id, submission_id, id),
    UNIQUE (municipality_id, submission_id, revision),
    FOREIGN KEY (municipality_id, submission_id) REFERENCES submission (municipality_id, id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id)
);
CREATE INDEX operation_of_device ON operation (municipality_id, submission_id, device_id, sequence);

-- A new version with each submission and each later correction.
CREATE TABLE submission_score (
    municipality_id uuid NOT NULL,
    submission_id uuid NOT NULL,
    version integer NOT NULL,
    revision bigint NOT NULL,
    person_id uuid NOT NULL,
    at_ms bigint NOT NULL,
    sheet text NOT NULL,
    PRIMARY KEY (municipality_id, submission_id, version),
    FOREIGN KEY (municipality_id, submission_id) REFERENCES submission (municipality_id, id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id)
);

CREATE TABLE objectivity_run (
    municipality_id uuid NOT NULL REFERENCES municipality (id),
    id uuid NOT NULL,
    state text NOT NULL,
    progress double precision NOT NULL,
    requested_ms bigint NOT NULL,
    finished_ms bigint,
    reason text NOT NULL,
    engine_version text NOT NULL,
    parameters text NOT NULL,
    data_version text NOT NULL,
    seed bigint NOT NULL,
    works bigint NOT NULL,
    cells integer NOT NULL,
    result_hash text,
    error text,
    PRIMARY KEY (municipality_id, id)
);
CREATE INDEX objectivity_run_finished ON objectivity_run (municipality_id, state, finished_ms);

CREATE TABLE objectivity_cell (
    municipality_id uuid NOT NULL,
    run_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    procedure_kind text NOT NULL,
    year integer NOT NULL,
    subject text NOT NULL,
    grade integer NOT NULL,
    state text NOT NULL,
    n integer NOT NULL,
    first_reason text,
    posterior double precision,
    local_fdr double precision,
    mean double precision,
    shrunk_mean double precision,
    -- The evidence: deflated JSON.
    detail bytea NOT NULL,
    PRIMARY KEY (municipality_id, run_id, procedure_kind, year, organisation_id, subject, grade),
    FOREIGN KEY (municipality_id, run_id) REFERENCES objectivity_run (municipality_id, id),
    FOREIGN KEY (municipality_id, organisation_id) REFERENCES organisation (municipality_id, id)
);

CREATE TABLE job (
    municipality_id uuid NOT NULL REFERENCES municipality (id),
    id uuid NOT NULL,
    kind text NOT NULL,
    payload text NOT NULL,
    state text NOT NULL,
    attempts integer NOT NULL,
    run_after_ms bigint NOT NULL,
    -- A worker that died loses its job when this passes.
    locked_until_ms bigint NOT NULL,
    created_ms bigint NOT NULL,
    finished_ms bigint,
    error text,
    PRIMARY KEY (municipality_id, id)
);
CREATE INDEX job_due ON job (state, run_after_ms);

CREATE TABLE live_change (
    municipality_id uuid NOT NULL REFERENCES municipality (id),
    sequence bigint NOT NULL,
    at_ms bigint NOT NULL,
    -- Whom it concerns; neither means the municipality.
    organisation_id uuid,
    event_id uuid,
    change text NOT NULL,
    PRIMARY KEY (municipality_id, sequence)
);

CREATE TABLE audit (
    municipality_id uuid NOT NULL REFERENCES municipality (id),
    sequence bigint NOT NULL,
    at_ms bigint NOT NULL,
    person_id uuid,
    action text NOT NULL,
    object text NOT NULL,
    details text NOT NULL,
    hash text NOT NULL,
    PRIMARY KEY (municipality_id, sequence)
);
