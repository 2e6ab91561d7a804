-- Campaigns run by a coordinator, approval by the head, talk of colleagues, experts and agreement.
-- Everything but the plan of a campaign is append-only.

CREATE TABLE campaign_plan (
    municipality_id uuid NOT NULL,
    campaign_id uuid NOT NULL,
    -- none, blind or open.
    expert text NOT NULL,
    -- The experts' own campaign by the same form: an expert's assessment of a school is that school's
    -- submission in it, so that one engine fills, folds and scores both.
    expert_campaign_id uuid,
    -- JSON: dates, ascending.
    reminders text NOT NULL,
    created_by uuid,
    created_ms bigint NOT NULL,
    changed_ms bigint NOT NULL,
    PRIMARY KEY (municipality_id, campaign_id),
    UNIQUE (municipality_id, expert_campaign_id),
    FOREIGN KEY (municipality_id, campaign_id) REFERENCES campaign (municipality_id, id),
    FOREIGN KEY (municipality_id, expert_campaign_id) REFERENCES campaign (municipality_id, id)
);

CREATE TABLE campaign_step (
    municipality_id uuid NOT NULL,
    campaign_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    -- 1, 2, 3 … of this school in this campaign.
    number integer NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    submission_id uuid,
    person_id uuid,
    -- Name as shown or signed then.
    name text NOT NULL,
    at_ms bigint NOT NULL,
    reason text,
    until text,
    revision bigint,
    state_hash text,
    late boolean NOT NULL,
    PRIMARY KEY (municipality_id, campaign_id, organisation_id, number),
    UNIQUE (municipality_id, id),
    FOREIGN KEY (municipality_id, campaign_id, organisation_id)
        REFERENCES campaign_school (municipality_id, campaign_id, organisation_id),
    FOREIGN KEY (municipality_id, submission_id) REFERENCES submission (municipality_id, id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id)
);

CREATE TABLE question_comment (
    municipality_id uuid NOT NULL,
    submission_id uuid NOT NULL,
    -- 1, 2, 3 … of this submission.
    number integer NOT NULL,
    id uuid NOT NULL,
    thread_id uuid NOT NULL,
    question text NOT NULL,
    kind text NOT NULL,
    body text NOT NULL,
    -- JSON: ids of people.
    mentions text NOT NULL,
    person_id uuid NOT NULL,
    at_ms bigint NOT NULL,
    received_ms bigint NOT NULL,
    PRIMARY KEY (municipality_id, submission_id, number),
    UNIQUE (municipality_id, id),
    FOREIGN KEY (municipality_id, submission_id) REFERENCES submission (municipality_id, id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id)
);

CREATE TABLE expert_assignment (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    campaign_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    person_id uuid NOT NULL,
    assigned_by uuid,
    assigned_ms bigint NOT NULL,
    -- At most one assignment of a school in a campaign is not withdrawn.
    withdrawn_ms bigint,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, campaign_id, organisation_id)
        REFERENCES campaign_school (municipality_id, campaign_id, organisation_id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id)
);
CREATE INDEX expert_assignment_of ON expert_assignment (municipality_id, campaign_id, organisation_id);
CREATE INDEX expert_assignment_by ON expert_assignment (municipality_id, person_id);

CREATE TABLE expert_interest (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    kind text NOT NULL,
    at_ms bigint NOT NULL,
    PRIMARY KEY (municipality_id, id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id),
    FOREIGN KEY (municipality_id, organisation_id) REFERENCES organisation (municipality_id, id)
);
CREATE INDEX expert_interest_of ON expert_interest (municipality_id, person_id);

CREATE TABLE agreement_entry (
    municipality_id uuid NOT NULL,
    campaign_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    -- 1, 2, 3 … of this school in this campaign.
    number integer NOT NULL,
    id uuid NOT NULL,
    item text NOT NULL,
    kind text NOT NULL,
    side text NOT NULL,
    value double precision,
    status text,
    body text NOT NULL,
    person_id uuid NOT NULL,
    at_ms bigint NOT NULL,
    PRIMARY KEY (municipality_id, campaign_id, organisation_id, number),
    UNIQUE (municipality_id, id),
    FOREIGN KEY (municipality_id, campaign_id, organisation_id)
        REFERENCES campaign_school (municipality_id, campaign_id, organisation_id),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id)
);
