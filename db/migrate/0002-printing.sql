-- Printing: prices and the postage ledger, printers, pages for a day without
-- power, badges, and what our own letters speak of.

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
