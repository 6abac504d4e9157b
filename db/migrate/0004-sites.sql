-- Several sites on one database: what lies in the house is asked by site.
-- A day number begins with its site: site << 24 | station << 16 | count.

DROP INDEX letter_open;
CREATE INDEX letter_open ON letter ((number >> 24), state, id) WHERE state < 7;

-- What lies at another site than the one that logged it, newest last.
CREATE INDEX letter_stranger ON letter ((number >> 24), day)
        WHERE (number >> 24) <> (id >> 36);

-- The daemon that serves a site, so that a second one does not begin beside
-- it.  No row: none does.  Not audited: it says nothing about a letter.
CREATE TABLE instance (
        id INTEGER PRIMARY KEY,          -- the site
        run BLOB NOT NULL,               -- 16 random bytes, of this run of it
        machine BLOB NOT NULL,           -- hash of machine and processes
        host TEXT NOT NULL,              -- the machine's name
        process INTEGER NOT NULL,
        since INTEGER NOT NULL,          -- time, by its own clock
        beats INTEGER NOT NULL           -- grows every few seconds
) STRICT;
