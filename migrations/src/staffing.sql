-- Who may take part in an event and is ready to: staffing, readiness, the observers' register, acts and cases.
-- One text for SQLite and PostgreSQL, as in foundation.sql.

-- A part offered to a person who has not yet declared that nothing stands against it.
CREATE TABLE staffing_request (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    event_id uuid NOT NULL,
    person_id uuid NOT NULL,
    role text NOT NULL,
    asked_by uuid NOT NULL,
    asked_ms bigint NOT NULL,
    declined_ms bigint,
    PRIMARY KEY (municipality_id, id),
    UNIQUE (municipality_id, event_id, person_id, role),
    FOREIGN KEY (municipality_id, event_id) REFERENCES event (municipality_id, id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id)
);
CREATE INDEX staffing_request_of ON staffing_request (municipality_id, person_id);

-- The declaration that nothing stands against taking part in this very event.
CREATE TABLE interest_declaration (
    municipality_id uuid NOT NULL,
    event_id uuid NOT NULL,
    person_id uuid NOT NULL,
    signed_ms bigint NOT NULL,
    -- Number and date of a declaration on paper; absent when the person signed here.
    paper_reference text,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (municipality_id, event_id, person_id),
    FOREIGN KEY (municipality_id, event_id) REFERENCES event (municipality_id, id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id)
);

-- Confidential: read by the rules and by the person alone; never listed to anybody else.
CREATE TABLE family_tie (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    tie text NOT NULL,
    organisation_id uuid NOT NULL,
    -- Both for a pupil; neither for a member of the staff.
    grade integer,
    class text,
    declared_ms bigint NOT NULL,
    withdrawn_ms bigint,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id),
    FOREIGN KEY (municipality_id, organisation_id) REFERENCES organisation (municipality_id, id)
);
CREATE INDEX family_tie_of ON family_tie (municipality_id, person_id);

CREATE TABLE employment (
    municipality_id uuid NOT NULL,
    person_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    PRIMARY KEY (municipality_id, person_id, organisation_id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id),
    FOREIGN KEY (municipality_id, organisation_id) REFERENCES organisation (municipality_id, id)
);

-- Who teaches which subject in which class.
CREATE TABLE teaching_load (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    subject text NOT NULL,
    grade integer NOT NULL,
    class text NOT NULL,
    PRIMARY KEY (municipality_id, id),
    UNIQUE (municipality_id, person_id, organisation_id, subject, grade, class),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id),
    FOREIGN KEY (municipality_id, organisation_id) REFERENCES organisation (municipality_id, id)
);
CREATE INDEX teaching_load_at ON teaching_load (municipality_id, organisation_id);

-- A warning that the coordinator overrode, with the reason.
CREATE TABLE staffing_override (
    municipality_id uuid NOT NULL,
    event_id uuid NOT NULL,
    person_id uuid NOT NULL,
    role text NOT NULL,
    -- JSON: codes of the rules.
    rules text NOT NULL,
    reason text NOT NULL,
    decided_by uuid NOT NULL,
    decided_ms bigint NOT NULL,
    PRIMARY KEY (municipality_id, event_id, person_id, role),
    FOREIGN KEY (municipality_id, event_id) REFERENCES event (municipality_id, id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id)
);

-- The four obligatory sections of a procedure's passport.
CREATE TABLE procedure_passport (
    municipality_id uuid NOT NULL,
    procedure_id uuid NOT NULL,
    section text NOT NULL,
    content text NOT NULL,
    changed_by uuid NOT NULL,
    changed_ms bigint NOT NULL,
    PRIMARY KEY (municipality_id, procedure_id, section),
    FOREIGN KEY (municipality_id, procedure_id) REFERENCES procedure (municipality_id, id)
);

-- Orders on dates, responsible persons and rules; of the municipality when no organisation is named.
CREATE TABLE procedure_order (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    procedure_id uuid NOT NULL,
    organisation_id uuid,
    number text NOT NULL,
    date text NOT NULL,
    title text NOT NULL,
    added_by uuid NOT NULL,
    added_ms bigint NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, procedure_id) REFERENCES procedure (municipality_id, id),
    FOREIGN KEY (municipality_id, organisation_id) REFERENCES organisation (municipality_id, id)
);
CREATE INDEX procedure_order_of ON procedure_order (municipality_id, procedure_id);

-- The checkers agreed on the approach to marking.
CREATE TABLE marking_agreement (
    municipality_id uuid NOT NULL,
    event_id uuid NOT NULL,
    date text NOT NULL,
    participants text NOT NULL,
    decisions text NOT NULL,
    recorded_by uuid NOT NULL,
    recorded_ms bigint NOT NULL,
    PRIMARY KEY (municipality_id, event_id),
    FOREIGN KEY (municipality_id, event_id) REFERENCES event (municipality_id, id)
);

CREATE TABLE event_readiness (
    municipality_id uuid NOT NULL,
    event_id uuid NOT NULL,
    ready_ms bigint NOT NULL,
    decided_by uuid NOT NULL,
    -- JSON: codes of the steps that were open, and why the event goes on without them.
    gaps text NOT NULL,
    reason text,
    PRIMARY KEY (municipality_id, event_id),
    FOREIGN KEY (municipality_id, event_id) REFERENCES event (municipality_id, id)
);

-- Where the recording of an event lies; the product keeps the reference, never the film.
CREATE TABLE event_video (
    municipality_id uuid NOT NULL,
    event_id uuid NOT NULL,
    reference text NOT NULL,
    changed_by uuid NOT NULL,
    changed_ms bigint NOT NULL,
    PRIMARY KEY (municipality_id, event_id),
    FOREIGN KEY (municipality_id, event_id) REFERENCES event (municipality_id, id)
);

-- Applications from the public page. Contacts are kept until the decision and for the register.
CREATE TABLE observer_application (
    municipality_id uuid NOT NULL REFERENCES municipality (id),
    id uuid NOT NULL,
    name text NOT NULL,
    phone text NOT NULL,
    settlement text NOT NULL,
    languages text NOT NULL,
    about text NOT NULL,
    interests text NOT NULL,
    consent_ms bigint NOT NULL,
    state text NOT NULL,
    decided_by uuid,
    decided_ms bigint,
    reason text,
    person_id uuid,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id)
);

CREATE TABLE observer_profile (
    municipality_id uuid NOT NULL,
    person_id uuid NOT NULL,
    settlement text NOT NULL,
    languages text NOT NULL,
    accreditation_number text,
    accredited_from text,
    accredited_until text,
    registered_ms bigint NOT NULL,
    PRIMARY KEY (municipality_id, person_id),
    UNIQUE (municipality_id, accreditation_number),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id)
);

CREATE TABLE training_attempt (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    at_ms bigint NOT NULL,
    -- Instrument and version.
    quiz text NOT NULL,
    -- JSON: question to chosen options.
    answers text NOT NULL,
    correct integer NOT NULL,
    questions integer NOT NULL,
    passed boolean NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id)
);
CREATE INDEX training_attempt_of ON training_attempt (municipality_id, person_id, at_ms);

CREATE TABLE training_certificate (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    number text NOT NULL,
    issued text NOT NULL,
    valid_until text NOT NULL,
    correct integer NOT NULL,
    questions integer NOT NULL,
    PRIMARY KEY (municipality_id, id),
    UNIQUE (municipality_id, number),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id)
);
CREATE INDEX training_certificate_of ON training_certificate (municipality_id, person_id);

CREATE TABLE act_signature (
    municipality_id uuid NOT NULL,
    submission_id uuid NOT NULL,
    person_id uuid NOT NULL,
    name text NOT NULL,
    -- JSON: strokes on a sheet of 600 × 200.
    drawing text NOT NULL,
    revision bigint NOT NULL,
    signed_ms bigint NOT NULL,
    PRIMARY KEY (municipality_id, submission_id, person_id),
    FOREIGN KEY (municipality_id, submission_id) REFERENCES submission (municipality_id, id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id)
);

-- The school's explanation to an act; a later one is added, none is changed.
CREATE TABLE act_explanation (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    submission_id uuid NOT NULL,
    person_id uuid NOT NULL,
    at_ms bigint NOT NULL,
    content text NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, submission_id) REFERENCES submission (municipality_id, id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id)
);
CREATE INDEX act_explanation_of ON act_explanation (municipality_id, submission_id);

-- A critical item that an observer signed (карточка разбора).
CREATE TABLE violation_case (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    submission_id uuid NOT NULL,
    event_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    item text NOT NULL,
    item_ru text NOT NULL,
    item_en text NOT NULL,
    note text,
    state text NOT NULL,
    reported_by uuid NOT NULL,
    reported_ms bigint NOT NULL,
    answer_due text NOT NULL,
    answered_ms bigint,
    resolved_ms bigint,
    resolution text,
    PRIMARY KEY (municipality_id, id),
    UNIQUE (municipality_id, submission_id, item),
    FOREIGN KEY (municipality_id, submission_id) REFERENCES submission (municipality_id, id),
    FOREIGN KEY (municipality_id, event_id) REFERENCES event (municipality_id, id),
    FOREIGN KEY (municipality_id, organisation_id) REFERENCES organisation (municipality_id, id)
);
CREATE INDEX violation_case_at ON violation_case (municipality_id, organisation_id);

CREATE TABLE case_entry (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    case_id uuid NOT NULL,
    at_ms bigint NOT NULL,
    person_id uuid,
    kind text NOT NULL,
    content text NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, case_id) REFERENCES violation_case (municipality_id, id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id)
);
CREATE INDEX case_entry_of ON case_entry (municipality_id, case_id, at_ms);

-- Terms a municipality sets; defaults hold while there is no row.
CREATE TABLE observation_policy (
    municipality_id uuid NOT NULL PRIMARY KEY REFERENCES municipality (id),
    silent_minutes integer NOT NULL,
    explanation_days integer NOT NULL,
    report_hours integer NOT NULL,
    changed_by uuid NOT NULL,
    changed_ms bigint NOT NULL
);
