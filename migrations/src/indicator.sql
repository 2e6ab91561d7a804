-- Values of indicators that people enter; the last one of a year counts, earlier ones stay.
CREATE TABLE indicator_value (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    indicator text NOT NULL,
    year integer NOT NULL,
    value double precision NOT NULL,
    evidence text NOT NULL,
    person_id uuid NOT NULL,
    at_ms bigint NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id)
);
CREATE INDEX indicator_value_of ON indicator_value (municipality_id, indicator, year);
