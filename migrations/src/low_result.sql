-- Schools with low results as a rule found them on a date (идентификация школ с низкими результатами).
CREATE TABLE low_result_identification (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    at_ms bigint NOT NULL,
    person_id uuid NOT NULL,
    year integer NOT NULL,
    -- JSON: the rule with its parameters.
    rule text NOT NULL,
    -- The run whose states told which results are reliable.
    run_id uuid,
    judged integer NOT NULL,
    -- JSON: schools found, with what their standing rests on.
    schools text NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id),
    FOREIGN KEY (municipality_id, run_id) REFERENCES objectivity_run (municipality_id, id)
);
