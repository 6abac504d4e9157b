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
INSERT INTO site VALUES(0,X'5e9e500a3c088ad959cd12b4b2434d33','Bridge Letters','PO BOX 1138','Danbury','CT','06810','America/New_York',X'51a4da06bb4ef8d45cb6ee96ebfaa86707be1d940fddb1f661e05995f71e9f1b',1,X'07dd26175fa3e9ac1833552c3d28e2081fd2363d878215bf48c786187768c816d7e63f345315824660b75eebc0be929951cf5fc252f070ab1fcf7a67ae30eb9b8e210b5e75b25ab998a0d99a1cc1cb6e5711eecab645a6ac2c1fbd9bc012ca2300e7e67aec8674dff2edcfab933ed44d',X'e863a9ed9a7ed1c881e17d750459d697dc5099d96113be1eb2a656087cc6dee1',X'a7aedbf7a1b3219878e80ea2b9a0a37bcf82344272cd0c09ff8daf5b0b7c2342',X'8f38a22b1f0af07731ed4382dc609b311b4a32ddcc4484f0c570b2387d2585003d871b302ee441b425551b5bf3907f982f35c885cc9d6a189acffdc73a03a8f52246496dc2f882bfc6ea270a1e4559290ed1ec6695abaa1f6ec543ade6225e0042599e9d0a33fcf7a54c23f51852e19574b8cd9ccc3de98f78a909a220f79cb7cca8bc4b0c6c56c1cd45fcef3f878809b5d2a6f6c1ee9bf6eeacf49d4bbfb8d38f3b89e62cd2b92737172af36483b662d8b6d031e26e13444e9914ef5ff1408f65cb46ae3d351f29de7f822813fe9c912229ee791c734b727fcd7ad740e27a5b',1,9);
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
INSERT INTO users VALUES(1,'ruth',4,1,X'84d3756e2df36213e939ca3e608a4039d1a3a8e3a704e6cccbb9d4b17a26bb78',X'3959d6d571e467ba77147857f99d50045ae014623f3ff96b085c209573adc5a550a0ef4d825d2330bc0e8cd99ed8a8ecc7a0ad69e79dbc8af580886f17ba22fd9e7a5ffb8c6a2a0f',X'248d3fc952628e17135819df94d4d893',3,67108864,X'ee9a98a62ac23afe72007e0e0cc156fbdf3a002b42490167668778e4d8dd9954aaa6b4f39d99424dfe3b217e61da4e79d2b068f39be223e8f06f128e10d9e25cea0301d209e241d6265f0d6344facb398cb09e39047815afa1c461e11707e93ee56c9e4918cc3a768601b691e8cbdc99',1,3,5);
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
INSERT INTO letter VALUES(1,NULL,NULL,NULL,0,1,0,20780,4259841,NULL,1,0,NULL,1,0,0,0,NULL,NULL,NULL,NULL,65,1795462786909266,1,8);
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
INSERT INTO station VALUES(65,20780,1,1,NULL,1795462786909266);
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
INSERT INTO event VALUES(1,X'010000000000000001000660f6c19c8a8600000000000000004100820100000000000000000000000000000000000201106db0580be561c2f952cc1c700d9b3336020101',NULL,X'0b8acc351403c3779b87b2239ff293505ffff9c16b75d3c55fb6beae4e91644c');
INSERT INTO event VALUES(2,X'010000000000000002000660f6c19c8a86000000000000000041008203000000000000000100000000000000000003011045f4061e10102def2872ab82f07f77300201011b0104',NULL,X'07d19438e9638a55256771ba303bc59a74e4e52bfc8d1d89e58ba7842c66c1ed');
INSERT INTO event VALUES(3,X'010000000000000003000660f6c19c8a8600000000000000004100820300000000000000020000000000000000000301102ed7ece3da14fa04276e42c76739f8cc0201011b0108',NULL,X'2df18a04c9e9a56211e92d62d943c74cf074244418e24816c8fbc6b77b1fdbd3');
INSERT INTO event VALUES(4,X'010000000000000004000660f6c19c8a8600000000000000004100820300000000000000010000000000000002000201101ca3d07f6a619ddb1dd6c90a830a8e8b020102',NULL,X'c76487e248ab9a4715802c8cb13671818604a874017bcfbffd59b165a4345916');
INSERT INTO event VALUES(5,X'010000000000000005000660f6c19c8a860000000000000000410082030000000000000001000000000000000400030110af6cdb4d741b8833d8e8d74cba784ac1020103160101',NULL,X'3bd8854188622faf2f7f9d4698d544f5c169526eca3d80a0e45d3ca1d42db7cf');
INSERT INTO event VALUES(6,X'010000000000000006000660f6c19eb00b00000000000000024100640300000000000000030000000000000000000301106e83cf069f9cc12a4e7540c94a07b8490201011b0101',NULL,X'021622f655f13dbf4c20e095095128a8724d16e64aaa5aefdf8286ee818898f9');
INSERT INTO event VALUES(7,X'010000000000000007000660f6c19ed97500000000000000014101720e000000000000512c0000000000000000000501106a128f35e328881e581116227cf9e3780201010401011101021600',NULL,X'fd4997f0f3a9119424980a181ddc90763fd79481ae8ce2401900f09312133175');
INSERT INTO event VALUES(8,X'010000000000000008000660f6c19f0452000000000000000141012c0b00000000000000010000000000000000000501109e78902bed8d9aeed742a7940da52f8b0201010401012803410001100101',NULL,X'b9e7129a07cdc08f24b0480ba76be2bc27521b7fb670e60508cf845658fd796c');
INSERT INTO event VALUES(9,X'010000000000000009000660f6c19f2e3400000000000000014101910100000000000000000000000000000001000201106db0580be561c2f952cc1c700d9b3336020101',NULL,X'755ce446f7995b7ad48540ddc345a3f43c0ff1d89f5d98964b64cf7218ad0918');
CREATE TABLE checkpoint (
        id INTEGER PRIMARY KEY,
        hash BLOB NOT NULL,
        signature BLOB NOT NULL,         -- Ed25519
        at INTEGER NOT NULL
) STRICT;
INSERT INTO checkpoint VALUES(5,X'3bd8854188622faf2f7f9d4698d544f5c169526eca3d80a0e45d3ca1d42db7cf',X'b763fab3bacfb569e54d69689294698172a1fabb6eeefe2c570f4bcb66c3627beb1f0235e6ecf8b009716a89ef616316d317b3c95946882e5c564b2d45a8c909',1795462786747014);
INSERT INTO checkpoint VALUES(9,X'755ce446f7995b7ad48540ddc345a3f43c0ff1d89f5d98964b64cf7218ad0918',X'0218fd7b2bc08c45f720a65a0ef8e5fc0d2e4edcbbcb82c33b8d58825cd7ec6d3b3b57647589e85cc97abf9fe6aea23a1831ddad4342974cf731fdeb46950609',1795462786919988);
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
CREATE TABLE instance (
        id INTEGER PRIMARY KEY,          -- the site
        run BLOB NOT NULL,               -- 16 random bytes, of this run of it
        machine BLOB NOT NULL,           -- hash of machine and processes
        host TEXT NOT NULL,              -- the machine's name
        process INTEGER NOT NULL,
        since INTEGER NOT NULL,          -- time, by its own clock
        beats INTEGER NOT NULL           -- grows every few seconds
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
CREATE INDEX letter_open ON letter ((number >> 24), state, id) WHERE state < 7;
CREATE INDEX letter_stranger ON letter ((number >> 24), day)
        WHERE (number >> 24) <> (id >> 36);
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
