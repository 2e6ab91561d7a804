-- A review of signs (разбор): a school, what it grows out of, and the step that somebody has to end.
CREATE TABLE review (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    -- Counts in the municipality from 1.
    number integer NOT NULL,
    kind text NOT NULL,
    organisation_id uuid NOT NULL,
    -- The cell of the map; all or none.
    procedure_kind text,
    year integer,
    subject text,
    grade integer,
    state text,
    stage text NOT NULL,
    due text,
    outcome text,
    -- When the school was asked: from then on it sees the review.
    asked_ms bigint,
    revision integer NOT NULL,
    -- What it rests on, as it stood when the review was opened: JSON, never changed.
    grounds text NOT NULL,
    opened_ms bigint NOT NULL,
    opened_by uuid NOT NULL,
    closed_ms bigint,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, organisation_id) REFERENCES organisation (municipality_id, id),
    FOREIGN KEY (municipality_id, opened_by) REFERENCES person (municipality_id, id)
);
CREATE UNIQUE INDEX review_number ON review (municipality_id, number);
-- One open review of a cell.
CREATE UNIQUE INDEX review_open ON review (municipality_id, organisation_id, year, subject, grade)
    WHERE closed_ms IS NULL;

-- What happened in a review; nothing is changed or deleted.
CREATE TABLE review_entry (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    review_id uuid NOT NULL,
    -- Place in the review, from 1.
    place integer NOT NULL,
    at_ms bigint NOT NULL,
    person_id uuid NOT NULL,
    role text NOT NULL,
    side text NOT NULL,
    act text NOT NULL,
    content text NOT NULL,
    -- Term, finding, effect and the like: JSON.
    facts text NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, review_id) REFERENCES review (municipality_id, id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id)
);
CREATE UNIQUE INDEX review_entry_place ON review_entry (municipality_id, review_id, place);

-- Second marks of a recheck, by the school's own codes of works.
CREATE TABLE review_mark (
    municipality_id uuid NOT NULL,
    entry_id uuid NOT NULL,
    place integer NOT NULL,
    code text NOT NULL,
    first_score integer NOT NULL,
    second_score integer NOT NULL,
    PRIMARY KEY (municipality_id, entry_id, place),
    FOREIGN KEY (municipality_id, entry_id) REFERENCES review_entry (municipality_id, id)
);

-- The review in which a measure was agreed.
ALTER TABLE support ADD COLUMN review_id uuid;
