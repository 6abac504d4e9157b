PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
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
INSERT INTO site VALUES(0,X'255502de9152b49fd58a5d1707fb45e7','Bridge Letters','PO BOX 1138','Danbury','CT','06810','America/New_York',X'b6465d922bd82cff1a13d67d7596b59e7568898034314c3c965ffd840531b47b',1,X'bd5ce9a9df6c51827acff35bc1d562e93624712c40de276acc0d55d8e5c35635686f7699cdd1fc3a12f5cb6d017b75f1c1ac770f373bf70bfefd402bf8b7fb158b9653dfb134c45ab7a325a81a7db9fecad8bed5c01cf89482077834b86304d4e833f7ee256bc32e0f370bfc47192f30',X'20ff61e32116472d1b0571d551dabb3bffcee78fbc5649ff08a7843cefaa6a1a',X'e6b619f8939910b66accdf9975ba3f2ca8cb5c437bb4badaeb21b7620b735c22',X'0361f3f107f09a823c380718e2044cb87a9df31397b39ba8d27fd1ffefb9c83f5fc2504ca5f6cfa26c5a044ceea0ac5d1996483c8843ef072b6eb68324e25c2b152bace629637bdc176c7971fd6656bade2181dc8f51112e68968c325f814d547a3011e9906e022485d70988990a81120a03a7c64cc532fec7d2e0f9a11a1bdf274f458f1c50f1f755d3e9cb52cdc495fdfb837ea0169b500e5ea8ee5c47b13f70416c1369ec6e2b2f15681c72f7a58ec4159bbd71cf006b13d31e87d69632068111a9a09b70dbad36499e3816536a7fcc8c755080fc82168315f1f9f9746b3f',1,9);
CREATE TABLE setting (
        id INTEGER PRIMARY KEY,          -- number of the setting in C
        value TEXT NOT NULL,
        version INTEGER NOT NULL,
        event INTEGER NOT NULL
) STRICT;
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
INSERT INTO users VALUES(1,'ruth',4,1,X'06d7151a7e5fb367525cedc394109d0ac55c0874e5681de28dae627c0f218178',X'386153b511274206986d1b8afc0ea29f4d27cf742c3acaffd1250c60427c44e20dde43c3f10641f8bf136a5e312ccb767dfe70a606a03ae477eac50294654bef349305510e7ffe97',X'6ef4c09edf9e71fcf7b67c3f6c057ad5',3,67108864,X'35f36d8c5243fd4917f264b3a48b096175acbdc1e095a3456dc93d2cb23dce72de24db99d9fe6410c03a131bd273fcafbe6bccf64b45421a59eb248c85f2cfd910f9efe269eadeaa38b0312730b2cec780bc5db8246a0701a8cd9911bdd10fdcde509ed4b89a6a682041ee4fe6aecb77',1,3,5);
INSERT INTO users VALUES(2,'admin',8,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,3);
INSERT INTO users VALUES(3,'vera',1,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,6);
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
CREATE TABLE interest (
        word TEXT NOT NULL,
        person INTEGER NOT NULL REFERENCES correspondent (id),
        PRIMARY KEY (word, person)
) STRICT;
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
CREATE TABLE blind (
        tag BLOB NOT NULL,
        kind INTEGER NOT NULL,
        person INTEGER NOT NULL REFERENCES correspondent (id),
        PRIMARY KEY (tag, kind, person)
) STRICT;
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
CREATE TABLE id_chunk (
        id INTEGER PRIMARY KEY,
        count INTEGER NOT NULL,
        codes BLOB NOT NULL
) STRICT;
CREATE TABLE batch (
        id INTEGER PRIMARY KEY,
        day INTEGER NOT NULL,            -- opened
        state INTEGER NOT NULL,          -- 1 open, 2 closed
        letters INTEGER NOT NULL,        -- posted with it, 0 while open
        checkpoint INTEGER,              -- the one its manifest shows
        version INTEGER NOT NULL,
        event INTEGER NOT NULL
) STRICT;
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
        number INTEGER NOT NULL,         -- station << 16 | count: A17
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
INSERT INTO letter VALUES(1,NULL,NULL,NULL,0,1,0,20780,4259841,NULL,1,0,NULL,1,0,0,0,NULL,NULL,NULL,NULL,65,1795450188862946,1,8);
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
INSERT INTO day VALUES(20780,1,0,2,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,1,7);
CREATE TABLE day_count (
        day INTEGER NOT NULL,            -- site << 36 | day
        what INTEGER NOT NULL,           -- named in C
        count INTEGER NOT NULL,
        PRIMARY KEY (day, what)
) STRICT;
INSERT INTO day_count VALUES(20780,1,1);
CREATE TABLE station (
        id INTEGER PRIMARY KEY,          -- site << 36 | letter of the alphabet
        day INTEGER NOT NULL,
        count INTEGER NOT NULL,
        letter INTEGER,
        forwarding_id INTEGER,
        at INTEGER NOT NULL
) STRICT;
INSERT INTO station VALUES(65,20780,1,1,NULL,1795450188862946);
CREATE TABLE print (
        id INTEGER PRIMARY KEY,
        letter INTEGER NOT NULL REFERENCES letter (id),
        what INTEGER NOT NULL,           -- 1 sheet 2 envelope 3 label
        copy INTEGER NOT NULL,
        address INTEGER REFERENCES address (id),
        forwarding_id INTEGER REFERENCES forwarding_id (id),
        event INTEGER NOT NULL
) STRICT;
CREATE TABLE event (
        id INTEGER PRIMARY KEY,
        body BLOB,                       -- NULL once retention dropped it
        digest BLOB,                     -- then its BLAKE2b-256 stays here
        hash BLOB NOT NULL
) STRICT;
INSERT INTO event VALUES(1,X'010000000000000001000660f3d2b1d30a00000000000000004100820100000000000000000000000000000000000201101b9ae343c415ed5be695077a61d53dce020101',NULL,X'5ec42d7ffeab688106c9a9613bbaff1f648f88382f7ce7ece211fc95bb03303f');
INSERT INTO event VALUES(2,X'010000000000000002000660f3d2b1d30a000000000000000041008203000000000000000100000000000000000003011045f4061e10102def2872ab82f07f77300201011b0104',NULL,X'b6aa4be2ed757643e7bc2ee7e3f374ad6361b74b7025c2c03b687a5a1b17deae');
INSERT INTO event VALUES(3,X'010000000000000003000660f3d2b1d30a00000000000000004100820300000000000000020000000000000000000301102ed7ece3da14fa04276e42c76739f8cc0201011b0108',NULL,X'f3b236b4994cba6d504fd8ba7c0d5e6e75a494f2f51ef25ee16516792c11112a');
INSERT INTO event VALUES(4,X'010000000000000004000660f3d2b1d30a0000000000000000410082030000000000000001000000000000000200020110ae398ca682d03f17fac298ed427ee8ab020102',NULL,X'071d86cb7322b471e09672c5f0a5c4949b2132935e1f442b47fe926947af03ce');
INSERT INTO event VALUES(5,X'010000000000000005000660f3d2b1d30a00000000000000004100820300000000000000010000000000000004000301109eb6abe6498db4719ab4800c780fbd87020103160101',NULL,X'b37c3884a4996b12e80987e768ad8d9fa068b97459463a63d554657d2715cdd9');
INSERT INTO event VALUES(6,X'010000000000000006000660f3d2b6f02100000000000000024100640300000000000000030000000000000000000301106e83cf069f9cc12a4e7540c94a07b8490201011b0101',NULL,X'f789aa421d93afe77edafafa1c2b5efa6ccaf020d9b769abe4d98343bb3aeac4');
INSERT INTO event VALUES(7,X'010000000000000007000660f3d2b7869400000000000000014101720e000000000000512c0000000000000000000501106a128f35e328881e581116227cf9e3780201010401011101021600',NULL,X'544fa2df13a7ff2541dc1107ab6fa6cb60a2afde2814ebc1dabadd88e56a3065');
INSERT INTO event VALUES(8,X'010000000000000008000660f3d2b815e2000000000000000141012c0b0000000000000001000000000000000000050110f1a56c16be978ce7f9b2cbeeff1390250201010401012803410001100101',NULL,X'4c0cb6299c587d49cf91705dbd0c58d93037b8213cf723531f7568b3ed66e833');
INSERT INTO event VALUES(9,X'010000000000000009000660f3d2b8a2d900000000000000014101910100000000000000000000000000000001000201101b9ae343c415ed5be695077a61d53dce020101',NULL,X'4532bd29d8ace67d800376be71f792cdd95766f81f4f0446ddd61d3a2a121c04');
CREATE TABLE checkpoint (
        id INTEGER PRIMARY KEY,
        hash BLOB NOT NULL,
        signature BLOB NOT NULL,         -- Ed25519
        at INTEGER NOT NULL
) STRICT;
INSERT INTO checkpoint VALUES(5,X'b37c3884a4996b12e80987e768ad8d9fa068b97459463a63d554657d2715cdd9',X'789f1b324b16dbe768dea0cb8086cfcfedb57c27a0e89a1b98367ec336c3f0ecc815d0e3debea598b1290d0fab48668f13e339fb626bc2291904c7bffc093a0c',1795450188452618);
INSERT INTO checkpoint VALUES(9,X'4532bd29d8ace67d800376be71f792cdd95766f81f4f0446ddd61d3a2a121c04',X'fcb9586d3e3de4b00f2f8bfbead7bebea3553ee1d0517c4d7e6c5ebc4ba1ed9d0f6838d53487db770a9dc04671e734a6dca3398059b0f6f97ac84eebac9cf608',1795450188899033);
CREATE TABLE request (
        key BLOB PRIMARY KEY,            -- BLAKE2b-128 of user, operation, key
        input BLOB NOT NULL,             -- keyed BLAKE2b-128 of the parameters
        first INTEGER NOT NULL,          -- its first event
        count INTEGER NOT NULL,          -- and how many
        at INTEGER NOT NULL
) STRICT;
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
CREATE TABLE page (
        id INTEGER PRIMARY KEY,          -- of the letter it may become
        day INTEGER NOT NULL,            -- printed
        status INTEGER NOT NULL,         -- 1 printed, 2 used, 3 given up
        number INTEGER NOT NULL,         -- that is printed on it
        version INTEGER NOT NULL,
        event INTEGER NOT NULL
) STRICT;
CREATE TABLE badge (
        id INTEGER PRIMARY KEY REFERENCES users (id),
        copy INTEGER NOT NULL,
        version INTEGER NOT NULL,
        event INTEGER NOT NULL
) STRICT;
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
CREATE TABLE pin (
        id INTEGER PRIMARY KEY REFERENCES users (id),
        salt BLOB,
        proof BLOB,                      -- keyed hash of its Argon2id
        ops INTEGER,
        mem INTEGER,                     -- bytes
        version INTEGER NOT NULL,
        event INTEGER NOT NULL
) STRICT;
CREATE TABLE invite (
        id INTEGER PRIMARY KEY REFERENCES users (id),
        made INTEGER,                    -- the event; NULL: used up
        until INTEGER,                   -- microseconds UTC
        version INTEGER NOT NULL,
        event INTEGER NOT NULL
) STRICT;
CREATE TABLE job (
        id INTEGER PRIMARY KEY,          -- site << 36 | which, named in C
        begun INTEGER NOT NULL,          -- time of the last run
        ended INTEGER NOT NULL,          -- 0: it was never heard of again
        good INTEGER NOT NULL,           -- time it last went well, 0: never
        status INTEGER NOT NULL,         -- of the last run, as in mailroom.h
        number INTEGER NOT NULL          -- what it made or found
) STRICT;
CREATE TABLE gap (
        name TEXT NOT NULL,              -- a table; 'number': day numbers
        after INTEGER NOT NULL,          -- the last id before it; the day
        upto INTEGER NOT NULL,           -- the last id in it; the number
        PRIMARY KEY (name, after)
) STRICT;
CREATE INDEX address_by_person ON address (person, from_day);
CREATE INDEX address_by_facility ON address (facility, status)
        WHERE facility IS NOT NULL;
CREATE INDEX sealed_to_index ON sealed (id) WHERE indexed = 0;
CREATE INDEX blind_by_person ON blind (person);
CREATE UNIQUE INDEX pairing_once ON pairing (outside, inside)
        WHERE status < 4;
CREATE INDEX pairing_by_outside ON pairing (outside);
CREATE INDEX pairing_by_inside ON pairing (inside);
CREATE INDEX forwarding_id_by_pairing ON forwarding_id (pairing, writer);
CREATE INDEX batch_open ON batch (id) WHERE state = 1;
CREATE INDEX letter_by_pairing ON letter (pairing, id, direction, day)
        WHERE pairing IS NOT NULL;
CREATE INDEX letter_by_person ON letter (person, id) WHERE person IS NOT NULL;
CREATE INDEX letter_by_batch ON letter (batch) WHERE batch IS NOT NULL;
CREATE INDEX letter_open ON letter (state, id) WHERE state < 7;
CREATE INDEX enclosure_by_letter ON enclosure (letter);
CREATE INDEX enclosure_open ON enclosure (id)
        WHERE disposition = 1 OR second IS NULL;
CREATE INDEX countersign_open ON countersign (id) WHERE second IS NULL;
CREATE UNIQUE INDEX countersign_once ON countersign (what, subject)
        WHERE second IS NULL;
CREATE INDEX print_by_letter ON print (letter);
CREATE INDEX request_by_time ON request (at);
CREATE INDEX postage_by_day ON postage (day);
COMMIT;
