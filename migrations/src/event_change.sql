-- An event that was moved or called off: what stood before, and the reason that everybody concerned reads.
CREATE TABLE event_change (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    event_id uuid NOT NULL,
    kind text NOT NULL,
    at_ms bigint NOT NULL,
    person_id uuid NOT NULL,
    reason text NOT NULL,
    date_before text NOT NULL,
    start_before text NOT NULL,
    room_before text NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, event_id) REFERENCES event (municipality_id, id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id)
);
CREATE INDEX event_change_of ON event_change (municipality_id, event_id, at_ms);

-- When whoever was offered a part and has not answered was last reminded.
ALTER TABLE staffing_request ADD COLUMN reminded_ms bigint;
