-- The office database.  A new office runs this text as it stands; an older one
-- comes to it through migrate/.  New columns go last.
--
-- One text for two engines: INTEGER is 64 bits wide, BLOB is bytes, STRICT
-- refuses a value of another type; the driver of another engine has its own
-- words for these three.
--
-- ids are 42-bit integers made in C: site << 36 | counter of that site.
-- Times are microseconds UTC, days are days since 1970-01-01 in the site's
-- zone.  Code lists (state, reason, kind ...) are integers named in C.
-- Every row with version and event agrees with that event: the event holds a
-- digest of all columns before `event`, which therefore stands last but for
-- columns that later migrations add.

-- This office.  One row a site; our own address is public.
CREATE TABLE site (
        id INTEGER PRIMARY KEY CHECK (id BETWEEN 0 AND 63),
        office BLOB NOT NULL,            -- 16 random bytes, the office's id
        name TEXT NOT NULL,
        street TEXT NOT NULL,
        city TEXT NOT NULL,
        state TEXT NOT NULL,
        zip TEXT NOT NULL,
        zone TEXT NOT NULL,              -- IANA name
        vault_public BLOB NOT NULL,      -- anyone may seal with it
        vault_version INTEGER NOT NULL,  -- counts rekeys
        blind_box BLOB NOT NULL,         -- blind index key, sealed to the vault
        sign_public BLOB NOT NULL,       -- checks checkpoint signatures
        recovery_public BLOB NOT NULL,
        recovery_box BLOB NOT NULL,      -- office keys and vault secret, sealed
        version INTEGER NOT NULL,
        event INTEGER NOT NULL
) STRICT;

CREATE TABLE setting (
        id INTEGER PRIMARY KEY,          -- number of the setting in C
        value TEXT NOT NULL,
        version INTEGER NOT NULL,
        event INTEGER NOT NULL
) STRICT;

-- People who work here.  No passphrase and no hash of one: it opens
-- secret_box, or it does not.
CREATE TABLE users (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        role INTEGER NOT NULL,
        status INTEGER NOT NULL,         -- 1 active, 2 disabled
        public BLOB,                     -- X25519, NULL until a passphrase is set
        secret_box BLOB,                 -- its secret half, under the passphrase
        salt BLOB,
        ops INTEGER,                     -- Argon2id cost, as it was when set
        mem INTEGER,
        grant_box BLOB,                  -- vault secret, sealed to public
        grant_version INTEGER,           -- vault_version it belongs to
        version INTEGER NOT NULL,
        event INTEGER NOT NULL
) STRICT;

CREATE TABLE facility (
        id INTEGER PRIMARY KEY,
        code TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        security TEXT NOT NULL,
        gender TEXT NOT NULL,
        has_camp INTEGER NOT NULL CHECK (has_camp IN (0, 1)),
        street TEXT NOT NULL,
        city TEXT NOT NULL,
        state TEXT NOT NULL,
        zip TEXT NOT NULL,
        population INTEGER,
        source TEXT NOT NULL,            -- where the facts are from
        checked INTEGER NOT NULL,        -- day they were checked
        status INTEGER NOT NULL,         -- 1 takes mail 2 closed 3 an office
        version INTEGER NOT NULL,
        event INTEGER NOT NULL
) STRICT;

-- What a facility asks of mail, from a day on.  Never overwritten: a later
-- row of the same rule takes over from its day.
CREATE TABLE facility_rule (
        id INTEGER PRIMARY KEY,
        facility INTEGER NOT NULL REFERENCES facility (id),
        rule INTEGER NOT NULL,           -- which rule, named in C
        from_day INTEGER NOT NULL,
        value INTEGER NOT NULL,          -- 0/1, or a limit
        source TEXT NOT NULL,
        version INTEGER NOT NULL,
        event INTEGER NOT NULL,
        UNIQUE (facility, rule, from_day)
) STRICT;

-- A person who writes.  Names, numbers and streets are in sealed and address.
CREATE TABLE correspondent (
        id INTEGER PRIMARY KEY,
        kind INTEGER NOT NULL CHECK (kind IN (1, 2)),  -- 1 inside, 2 outside
        ref TEXT UNIQUE,                 -- the office's own number, for imports
        pen_name TEXT NOT NULL,
        language TEXT NOT NULL,
        slots INTEGER NOT NULL,          -- how many pen pals they would take
        status INTEGER NOT NULL,         -- 1 active, 2 paused, 3 closed
        reason INTEGER NOT NULL,         -- why paused or closed, 0: neither
        interests TEXT NOT NULL,         -- sorted words, joined by ';'
        until INTEGER,                   -- day a pause ends by itself
        version INTEGER NOT NULL,
        event INTEGER NOT NULL
) STRICT;

-- The same words, one a row, to look people up by.
CREATE TABLE interest (
        word TEXT NOT NULL,
        person INTEGER NOT NULL REFERENCES correspondent (id),
        PRIMARY KEY (word, person)
) STRICT;

-- Where somebody lives from a day on.  Rows are never overwritten, only
-- their status changes; box is sealed, its hash names it in the chain.
CREATE TABLE address (
        id INTEGER PRIMARY KEY,
        person INTEGER NOT NULL REFERENCES correspondent (id),
        from_day INTEGER NOT NULL,
        status INTEGER NOT NULL,         -- 1 pending 2 current 3 suspect 4 former
        facility INTEGER REFERENCES facility (id),  -- inside only
        box BLOB NOT NULL,
        hash BLOB NOT NULL,              -- BLAKE2b-256 of box
        version INTEGER NOT NULL,
        event INTEGER NOT NULL
) STRICT;
CREATE INDEX address_by_person ON address (person, from_day);
CREATE INDEX address_by_facility ON address (facility, status)
        WHERE facility IS NOT NULL;

-- Sealed records of a person: 1 legal name and register number, 2 story and
-- notes.
CREATE TABLE sealed (
        id INTEGER PRIMARY KEY,
        person INTEGER NOT NULL REFERENCES correspondent (id),
        kind INTEGER NOT NULL CHECK (kind IN (1, 2)),
        box BLOB NOT NULL,
        hash BLOB NOT NULL,
        indexed INTEGER NOT NULL CHECK (indexed IN (0, 1)),  -- blind done
        version INTEGER NOT NULL,
        event INTEGER NOT NULL,
        UNIQUE (person, kind)
) STRICT;
CREATE INDEX sealed_to_index ON sealed (id) WHERE indexed = 0;

-- Exact look-up without the value: keyed hash of a folded legal name (1) or
-- of the digits of a register number (2).
CREATE TABLE blind (
        tag BLOB NOT NULL,
        kind INTEGER NOT NULL,
        person INTEGER NOT NULL REFERENCES correspondent (id),
        PRIMARY KEY (tag, kind, person)
) STRICT;
CREATE INDEX blind_by_person ON blind (person);

CREATE TABLE pairing (
        id INTEGER PRIMARY KEY,
        outside INTEGER NOT NULL REFERENCES correspondent (id),
        inside INTEGER NOT NULL REFERENCES correspondent (id),
        status INTEGER NOT NULL,         -- 1 proposed 2 active 3 paused 4 ended
        reason INTEGER NOT NULL,         -- why paused or ended, 0: neither
        opened INTEGER NOT NULL,         -- day
        until INTEGER,                   -- day a pause ends by itself
        version INTEGER NOT NULL,
        event INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX pairing_once ON pairing (outside, inside)
        WHERE status < 4;
CREATE INDEX pairing_by_outside ON pairing (outside);
CREATE INDEX pairing_by_inside ON pairing (inside);

-- What a writer puts on the envelope instead of an address.  A row stays for
-- ever, so that no ID is issued twice.
CREATE TABLE forwarding_id (
        id INTEGER PRIMARY KEY,
        code INTEGER NOT NULL UNIQUE,    -- its data symbols as a number
        pairing INTEGER NOT NULL REFERENCES pairing (id),
        writer INTEGER NOT NULL REFERENCES correspondent (id),
        status INTEGER NOT NULL,         -- 1 active 2 blocked 3 retired
        reason INTEGER NOT NULL,
        since INTEGER NOT NULL,          -- day
        route_until INTEGER,             -- retired: mail still goes until then
        version INTEGER NOT NULL,
        event INTEGER NOT NULL
) STRICT;
CREATE INDEX forwarding_id_by_pairing ON forwarding_id (pairing, writer);

-- Every code of forwarding_id once more, 512 to a row as 8 bytes each, so that
-- a new one can be compared with all of them in a millisecond.
CREATE TABLE id_chunk (
        id INTEGER PRIMARY KEY,
        count INTEGER NOT NULL,
        codes BLOB NOT NULL
) STRICT;

-- What leaves together.
CREATE TABLE batch (
        id INTEGER PRIMARY KEY,
        day INTEGER NOT NULL,            -- opened
        state INTEGER NOT NULL,          -- 1 open, 2 closed
        letters INTEGER NOT NULL,        -- posted with it, 0 while open
        checkpoint INTEGER,              -- the one its manifest shows
        version INTEGER NOT NULL,
        event INTEGER NOT NULL
) STRICT;
CREATE INDEX batch_open ON batch (id) WHERE state = 1;

-- One piece to be sent on.  Narrow, and its wide indexes stand on columns that
-- do not change once it is known whose it is.
CREATE TABLE letter (
        id INTEGER PRIMARY KEY,          -- the letter code is computed from it
        forwarding_id INTEGER REFERENCES forwarding_id (id),
        pairing INTEGER REFERENCES pairing (id),
        person INTEGER REFERENCES correspondent (id),
                -- without a pairing: the known writer; office letter: to whom
        direction INTEGER NOT NULL,      -- 0 unknown, 1 to inside, 2 to outside
        way INTEGER NOT NULL,            -- 1 forward, 2 back, 3 office letter
        form INTEGER NOT NULL,           -- office letter: which, else 0
        day INTEGER NOT NULL,            -- received
        number INTEGER NOT NULL,
                -- site << 24 | station << 16 | count: A17 of where it lies
        parent INTEGER REFERENCES letter (id),  -- same envelope as
        state INTEGER NOT NULL,
        reason INTEGER NOT NULL,         -- of hold, close or return; 0: none
        until INTEGER,                   -- day a hold is looked at again
        sheets INTEGER,                  -- NULL: not counted
        marks INTEGER NOT NULL,          -- what was seen, bits named in C
        sheet_copy INTEGER NOT NULL,     -- newest cover sheet, 0: none
        envelope_copy INTEGER NOT NULL,  -- newest envelope or label, 0: none
        envelope_address INTEGER REFERENCES address (id),
        envelope_id INTEGER REFERENCES forwarding_id (id),
        batch INTEGER REFERENCES batch (id),
        stamps INTEGER,
        station INTEGER NOT NULL,        -- of the last step
        stepped INTEGER NOT NULL,        -- time of the last step
        version INTEGER NOT NULL,
        event INTEGER NOT NULL
) STRICT;
CREATE INDEX letter_by_pairing ON letter (pairing, id, direction, day)
        WHERE pairing IS NOT NULL;
CREATE INDEX letter_by_person ON letter (person, id) WHERE person IS NOT NULL;
CREATE INDEX letter_by_batch ON letter (batch) WHERE batch IS NOT NULL;
-- The worklist of a site: all that is neither posted (7) nor closed (8).
CREATE INDEX letter_open ON letter ((number >> 24), state, id) WHERE state < 7;
-- What lies at another site than the one that logged it, newest last.
CREATE INDEX letter_stranger ON letter ((number >> 24), day)
        WHERE (number >> 24) <> (id >> 36);

CREATE TABLE enclosure (
        id INTEGER PRIMARY KEY,
        letter INTEGER NOT NULL REFERENCES letter (id),
        kind INTEGER NOT NULL,           -- money, photo, stamps, object
        count INTEGER NOT NULL,
        cents INTEGER,
        disposition INTEGER NOT NULL,    -- 1 held 2 forward 3 return 4 bank 5 destroyed,
                -- 6 noted by mistake
        by INTEGER NOT NULL REFERENCES users (id),
        second INTEGER REFERENCES users (id),  -- who signed as second person
        day INTEGER NOT NULL,
        version INTEGER NOT NULL,
        event INTEGER NOT NULL
) STRICT;
CREATE INDEX enclosure_by_letter ON enclosure (letter);
CREATE INDEX enclosure_open ON enclosure (id)
        WHERE disposition = 1 OR second IS NULL;

-- What waits for a second person's signature (money, addresses, safety).
CREATE TABLE countersign (
        id INTEGER PRIMARY KEY,
        what INTEGER NOT NULL,           -- kind of subject
        subject INTEGER NOT NULL,
        first INTEGER NOT NULL REFERENCES users (id),
        day INTEGER NOT NULL,
        second INTEGER REFERENCES users (id),
        version INTEGER NOT NULL,
        event INTEGER NOT NULL
) STRICT;
CREATE INDEX countersign_open ON countersign (id) WHERE second IS NULL;
CREATE UNIQUE INDEX countersign_once ON countersign (what, subject)
        WHERE second IS NULL;

-- A mail day of a site: id is site << 36 | day.
CREATE TABLE day (
        id INTEGER PRIMARY KEY,
        state INTEGER NOT NULL,          -- 1 open, 2 closed
        brought INTEGER NOT NULL,        -- letters in the house at opening
        pieces INTEGER NOT NULL,         -- counted in the box by hand
        sealed INTEGER,                  -- counted by hand at the close
        stubs INTEGER,
        red INTEGER,
        yellow INTEGER,
        blue INTEGER,
        bench INTEGER,
        carried INTEGER,                 -- letters in the house at the close
        difference INTEGER,              -- the till's, with a reason if not 0
        reason INTEGER NOT NULL,
        version INTEGER NOT NULL,
        event INTEGER NOT NULL
) STRICT;

-- Roll-ups, kept in the transaction of the step that they count.
CREATE TABLE day_count (
        day INTEGER NOT NULL,            -- site << 36 | day
        what INTEGER NOT NULL,           -- named in C
        count INTEGER NOT NULL,
        PRIMARY KEY (day, what)
) STRICT;

-- The last letter that a station logged: its day number and the bounce rule.
CREATE TABLE station (
        id INTEGER PRIMARY KEY,          -- site << 36 | letter of the alphabet
        day INTEGER NOT NULL,
        count INTEGER NOT NULL,
        letter INTEGER,
        forwarding_id INTEGER,
        at INTEGER NOT NULL
) STRICT;

-- Every paper that was made: what, of which letter, which copy, where to.
CREATE TABLE print (
        id INTEGER PRIMARY KEY,
        letter INTEGER NOT NULL REFERENCES letter (id),
        what INTEGER NOT NULL,           -- 1 sheet 2 envelope 3 label
        copy INTEGER NOT NULL,
        address INTEGER REFERENCES address (id),
        forwarding_id INTEGER REFERENCES forwarding_id (id),
        event INTEGER NOT NULL
) STRICT;
CREATE INDEX print_by_letter ON print (letter);

-- The audit chain.  id is site << 36 | seq and the only key, so no fork is
-- possible.  hash = BLAKE2b-256(hash before | seq | BLAKE2b-256(body)).
CREATE TABLE event (
        id INTEGER PRIMARY KEY,
        body BLOB,                       -- NULL once retention dropped it
        digest BLOB,                     -- then its BLAKE2b-256 stays here
        hash BLOB NOT NULL
) STRICT;

-- Signed positions in the chain; id is the event's.
CREATE TABLE checkpoint (
        id INTEGER PRIMARY KEY,
        hash BLOB NOT NULL,
        signature BLOB NOT NULL,         -- Ed25519
        at INTEGER NOT NULL
) STRICT;

-- Request keys of the last days: asked again, the same answer.
CREATE TABLE request (
        key BLOB PRIMARY KEY,            -- BLAKE2b-128 of user, operation, key
        input BLOB NOT NULL,             -- keyed BLAKE2b-128 of the parameters
        first INTEGER NOT NULL,          -- its first event
        count INTEGER NOT NULL,          -- and how many
        at INTEGER NOT NULL
) STRICT;
CREATE INDEX request_by_time ON request (at);

-- What the post office asks, from a day on.  Never overwritten: a later row
-- of the same kind takes over from its day.
CREATE TABLE price (
        id INTEGER PRIMARY KEY,
        kind INTEGER NOT NULL,           -- 1 letter, 2 large envelope
        from_day INTEGER NOT NULL,
        first INTEGER NOT NULL,          -- cents up to the first ounce
        more INTEGER NOT NULL,           -- cents for each ounce begun after it
        most INTEGER NOT NULL,           -- hundredths of an ounce it may weigh
        source TEXT NOT NULL,
        version INTEGER NOT NULL,
        event INTEGER NOT NULL,
        UNIQUE (kind, from_day)
) STRICT;

-- The postage ledger: what a letter cost when it was sealed.
CREATE TABLE postage (
        id INTEGER PRIMARY KEY REFERENCES letter (id),
        day INTEGER NOT NULL,            -- sealed
        price INTEGER REFERENCES price (id),
        weight INTEGER NOT NULL,         -- tenths of a gram
        weighed INTEGER NOT NULL CHECK (weighed IN (0, 1)),
                -- 0: reckoned from its sheets
        cents INTEGER NOT NULL,
        stamps INTEGER NOT NULL,
        version INTEGER NOT NULL,
        event INTEGER NOT NULL
) STRICT;
CREATE INDEX postage_by_day ON postage (day);

-- A printer and how far off it prints.
CREATE TABLE printer (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,       -- of its queue
        use INTEGER NOT NULL,            -- bits: what it prints, named in C
        shift_x INTEGER NOT NULL,        -- hundredths of a mm to the right
        shift_y INTEGER NOT NULL,        -- and down
        scale_x INTEGER NOT NULL,        -- millionths; 1000000 is true
        scale_y INTEGER NOT NULL,
        version INTEGER NOT NULL,
        event INTEGER NOT NULL
) STRICT;

-- Sheets that were printed before their letters came, for a day without
-- power.  The letter that is keyed in later takes the id, and so the code.
CREATE TABLE page (
        id INTEGER PRIMARY KEY,          -- of the letter it may become
        day INTEGER NOT NULL,            -- printed
        status INTEGER NOT NULL,         -- 1 printed, 2 used, 3 given up
        number INTEGER NOT NULL,         -- that is printed on it
        version INTEGER NOT NULL,
        event INTEGER NOT NULL
) STRICT;

-- The newest badge of a user; older copies open nothing.
CREATE TABLE badge (
        id INTEGER PRIMARY KEY REFERENCES users (id),
        copy INTEGER NOT NULL,
        version INTEGER NOT NULL,
        event INTEGER NOT NULL
) STRICT;

-- What a letter of ours speaks of.
CREATE TABLE writing (
        id INTEGER PRIMARY KEY REFERENCES letter (id),
        pairing INTEGER REFERENCES pairing (id),
        about INTEGER REFERENCES letter (id),
        enclosure INTEGER REFERENCES enclosure (id),
        form TEXT NOT NULL,              -- its name in the wording
        reason INTEGER NOT NULL,         -- of what it speaks of, 0: none
        day INTEGER,                     -- that reached us
        until INTEGER,                   -- last day to object
        copy INTEGER NOT NULL,           -- newest page, 0: none
        version INTEGER NOT NULL,
        event INTEGER NOT NULL
) STRICT;

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
