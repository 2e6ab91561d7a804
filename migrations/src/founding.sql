-- One-time addresses for founding; a municipality does not exist yet, so this table is keyed without it.
CREATE TABLE setup_code (
    -- SHA-256 of the code, hex; the code itself stands in the log of the server alone.
    code_hash text NOT NULL PRIMARY KEY,
    created_ms bigint NOT NULL,
    expires_ms bigint NOT NULL,
    used_ms bigint,
    -- A newer one was issued.
    replaced_ms bigint
);
