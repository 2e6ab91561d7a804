-- What concerns the installation as a whole, and therefore no single municipality.

-- One row, from the first start on.
CREATE TABLE installation (
    only_row integer NOT NULL PRIMARY KEY CHECK (only_row = 1),
    -- Version of the program that served it last.
    program text NOT NULL,
    -- A copy that came out of a backup is quiet until somebody says that this is the working server:
    -- jobs, letters and external sign-in wait while restored_ms is set.
    restored_ms bigint,
    -- When that backup was made.
    backup_ms bigint,
    activated_ms bigint
);

-- Backups that were read back whole after they were written.
CREATE TABLE backup_record (
    at_ms bigint NOT NULL PRIMARY KEY,
    verified_ms bigint NOT NULL,
    bytes bigint NOT NULL,
    row_count bigint NOT NULL,
    files bigint NOT NULL,
    database_only boolean NOT NULL,
    encrypted boolean NOT NULL
);
