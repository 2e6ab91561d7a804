-- What a procedure is about: its entry of the catalogue, subjects and grade levels (JSON), the form of its observers.
ALTER TABLE procedure ADD COLUMN entry text NOT NULL DEFAULT '';
ALTER TABLE procedure ADD COLUMN subjects text NOT NULL DEFAULT '[]';
ALTER TABLE procedure ADD COLUMN grades text NOT NULL DEFAULT '[]';
ALTER TABLE procedure ADD COLUMN checklist text;

-- Events planned at once (события, внесённые вместе).
CREATE TABLE event_batch (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    procedure_id uuid NOT NULL,
    -- JSON: what was asked for.
    request text NOT NULL,
    planned integer NOT NULL,
    created_by uuid NOT NULL,
    created_ms bigint NOT NULL,
    undone_by uuid,
    undone_ms bigint,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, procedure_id) REFERENCES procedure (municipality_id, id),
    FOREIGN KEY (municipality_id, created_by) REFERENCES person (municipality_id, id)
);
CREATE INDEX event_batch_of_procedure ON event_batch (municipality_id, procedure_id);

-- How an event came into the plan, and the days between which its school chooses.
CREATE TABLE event_plan (
    municipality_id uuid NOT NULL,
    event_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    -- First and last day; absent where the day was fixed.
    opens text,
    closes text,
    -- When the day was chosen.
    chosen_ms bigint,
    PRIMARY KEY (municipality_id, event_id),
    FOREIGN KEY (municipality_id, event_id) REFERENCES event (municipality_id, id),
    FOREIGN KEY (municipality_id, batch_id) REFERENCES event_batch (municipality_id, id)
);
CREATE INDEX event_plan_of_batch ON event_plan (municipality_id, batch_id);
