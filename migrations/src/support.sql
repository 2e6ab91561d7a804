-- A measure of the catalogue agreed with one school (мера поддержки), and what became of it.
CREATE TABLE support (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    measure text NOT NULL,
    level integer NOT NULL,
    -- The cell of the map that led to it; all three or none.
    year integer,
    subject text,
    grade integer,
    reason text NOT NULL,
    executor text NOT NULL,
    due text NOT NULL,
    state text NOT NULL,
    effect text,
    created_by uuid NOT NULL,
    created_ms bigint NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, organisation_id) REFERENCES organisation (municipality_id, id),
    FOREIGN KEY (municipality_id, created_by) REFERENCES person (municipality_id, id)
);
CREATE INDEX support_of ON support (municipality_id, organisation_id);

CREATE TABLE support_entry (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    support_id uuid NOT NULL,
    at_ms bigint NOT NULL,
    person_id uuid NOT NULL,
    step text NOT NULL,
    effect text,
    content text NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, support_id) REFERENCES support (municipality_id, id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id)
);
CREATE INDEX support_entry_of ON support_entry (municipality_id, support_id, at_ms);
