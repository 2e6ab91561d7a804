ALTER TABLE person ADD COLUMN position text NOT NULL DEFAULT '';
ALTER TABLE person ADD COLUMN email text;
-- When the person was let go: the card stays, the login is free.
ALTER TABLE person ADD COLUMN left_ms bigint;

-- First and last day of a role, local dates; absent: from the moment it was given, and without an end.
ALTER TABLE role_grant ADD COLUMN from_day text;
ALTER TABLE role_grant ADD COLUMN until_day text;

-- Words of the browser about itself, to tell one's sessions apart.
ALTER TABLE session ADD COLUMN device text NOT NULL DEFAULT '';

-- Links by which somebody sets a login and a password (ссылка для входа).
CREATE TABLE entry_link (
    municipality_id uuid NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    -- SHA-256 of the secret; the secret itself is shown once.
    token_hash bytea NOT NULL,
    created_by uuid NOT NULL,
    created_ms bigint NOT NULL,
    expires_ms bigint NOT NULL,
    used_ms bigint,
    -- Another one was issued, or it was taken back.
    replaced_ms bigint,
    PRIMARY KEY (municipality_id, id),
    UNIQUE (municipality_id, token_hash),
    FOREIGN KEY (municipality_id, person_id) REFERENCES person (municipality_id, id),
    FOREIGN KEY (municipality_id, created_by) REFERENCES person (municipality_id, id)
);
CREATE INDEX entry_link_of ON entry_link (municipality_id, person_id);
