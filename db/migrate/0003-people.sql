-- Signing in for everybody: PINs, first codes.

-- The PIN of a volunteer, for signing in with a badge.  NULL: taken away.
CREATE TABLE pin (
        id INTEGER PRIMARY KEY REFERENCES users (id),
        salt BLOB,
        proof BLOB,                      -- keyed hash of its Argon2id
        ops INTEGER,
        mem INTEGER,                     -- bytes
        version INTEGER NOT NULL,
        event INTEGER NOT NULL
) STRICT;

-- A code with which a user signs in once, to choose the first passphrase.
-- The code itself is nowhere: the office's key and this row make it.
CREATE TABLE invite (
        id INTEGER PRIMARY KEY REFERENCES users (id),
        made INTEGER,                    -- the event; NULL: used up
        until INTEGER,                   -- microseconds UTC
        version INTEGER NOT NULL,
        event INTEGER NOT NULL
) STRICT;

-- What a program that stays does of itself: when, and how it went.  Not
-- audited: what matters of it has events of its own.
CREATE TABLE job (
        id INTEGER PRIMARY KEY,          -- site << 36 | which, named in C
        begun INTEGER NOT NULL,          -- time of the last run
        ended INTEGER NOT NULL,          -- 0: it was never heard of again
        good INTEGER NOT NULL,           -- time it last went well, 0: never
        status INTEGER NOT NULL,         -- of the last run, as in mailroom.h
        number INTEGER NOT NULL          -- what it made or found
) STRICT;

-- Numbers that a restore left out, for paper of the lost days may carry them.
-- The counter of the table goes on above the highest.
CREATE TABLE gap (
        name TEXT NOT NULL,              -- a table; 'number': day numbers
        after INTEGER NOT NULL,          -- the last id before it; the day
        upto INTEGER NOT NULL,           -- the last id in it; the number
        PRIMARY KEY (name, after)
) STRICT;
