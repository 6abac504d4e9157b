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
INSERT INTO site VALUES(0,X'b0b4cb25ec7e3af58db4d23fabb16c3a','Bridge Letters','PO BOX 1138','Danbury','CT','06810','America/New_York',X'12ffaefb7a57a47b85d140981061b74835279399944ee8cb5691a6bce02d335d',1,X'a3ecdd2b0173022fcff7e9f0a63bab06a4c8d01d7840f3b42bbddb553934a3409a58b3da7e0c7e54f0870863da8df9c594eae20bd964890aad74531b9564011da7b8e596ad743de649923c6fe79cd08f045256f11b1d73724a9a98ee7ede373896a3bfa0e14a46cadcbd90f97fce3bce',X'44a2416ae3dc561187134264059c744d5d8c8778e8879f32d2ca00e74be6486b',X'a91242397f4d4025a4dd579e2b9d8f08829d0236cace870ac5e7c561bf149915',X'e885f311ebc4c73d08c8bfa778dc217ab409555111e8b494d1b6560881ac1c63cc2bfdfed99351c13c182a5441848bc1296827b1b0e27b229f9cddd484faaaceb719fe22d8ff9f2ca5b8c1c99ad2ec75ddfcfd30bdf85f29fc070dc225160748400620a4fd11ed3ac9a8c37e0baf7f3049ea00064696ee53f723d41c0853e584f93bd5384af2fddc38fb70da80aeb22b085b2ae5b72d85dfbf853d78f80942438eb25c22916705dd11dfb3a37a635581596a0c42eb2d49b2717cae11601cc2613e3bbc17d2fae15d8d39faf59c7fb35d2cc49e03b85c644cbc708bae2f2e422d',1,9);
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
INSERT INTO users VALUES(1,'ruth',4,1,X'7b94555965b9977fd09ff20b9cbe8103485ac5c854ca8a3d5c0eab1363b3831d',X'eb9731e465abb6a1a731a770dea39e229ec4bf8239fa968711985aaf4143da12d7e15877a522725efb0237d3cf8dd5ec0f0d32111151410676aadacd9a46cbb42c3902d52436f3ef',X'b65e45d141b5ddb202493ff8c121ecf0',3,67108864,X'39a92723dd92364f4e85926e3ce40c2fe5694eb2e98d60d18b83f23223630d4b9e2e4f0f8f85b9086f208abe0dbede807aed388d842b9bdd527dc88fa518c00af7b0039bdfc4779414e445956ce84c96d19be652d175c540dee01e2cd2fbd8ee39f79e688744ee51259bcb68eba17355',1,3,5);
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
INSERT INTO letter VALUES(1,NULL,NULL,NULL,0,1,0,20780,4259841,NULL,1,0,NULL,1,0,0,0,NULL,NULL,NULL,NULL,65,1795434238717584,1,8);
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
INSERT INTO station VALUES(65,20780,1,1,NULL,1795434238717584);
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
INSERT INTO event VALUES(1,X'010000000000000001000660f01c01cb1f00000000000000004100820100000000000000000000000000000000000201103b45f48f8e43efb3a6436a29778d2ab1020101',NULL,X'e8ba210a17b4296800b6b8ac9af666983245461c2c77332a5d7d0076b22eb9f7');
INSERT INTO event VALUES(2,X'010000000000000002000660f01c01cb1f000000000000000041008203000000000000000100000000000000000003011045f4061e10102def2872ab82f07f77300201011b0104',NULL,X'12cd20904c730e8c75140292112c4f03ac88061effb5ebcbd2ae527ab1245a5a');
INSERT INTO event VALUES(3,X'010000000000000003000660f01c01cb1f00000000000000004100820300000000000000020000000000000000000301102ed7ece3da14fa04276e42c76739f8cc0201011b0108',NULL,X'f35ece7c9e8eaf017a348ac5696477f1c00c10bad0818b62deaea5d88b5a2cc9');
INSERT INTO event VALUES(4,X'010000000000000004000660f01c01cb1f00000000000000004100820300000000000000010000000000000002000201100a224f200b68929f2afc23c08d2ce402020102',NULL,X'1504a2df4295c59addfafba9a5c3cea2ea3bb7cde534b41091e806f2ff617088');
INSERT INTO event VALUES(5,X'010000000000000005000660f01c01cb1f0000000000000000410082030000000000000001000000000000000400030110806a6d8a7e01ba8d3407457f8425c47b020103160101',NULL,X'ad2034ec1aa75ef9183e7896f759e5a022b489d43d38b75f8217d778c467356a');
INSERT INTO event VALUES(6,X'010000000000000006000660f01c040e7500000000000000024100640300000000000000030000000000000000000301106e83cf069f9cc12a4e7540c94a07b8490201011b0101',NULL,X'2b36c64985cc48da561b15dd03207cc96ac63bd8c8a177e041218c39aedcef95');
INSERT INTO event VALUES(7,X'010000000000000007000660f01c041fb400000000000000014101720e000000000000512c0000000000000000000501106a128f35e328881e581116227cf9e3780201010401011101021600',NULL,X'8890edeb9ed1817c4b6e74f8c870467f624ab3495e27c33670fffa6ad6626c8e');
INSERT INTO event VALUES(8,X'010000000000000008000660f01c042e90000000000000000141012c0b00000000000000010000000000000000000501100c39c015a95d419e4da6cf44005cf6d00201010401012803410001100101',NULL,X'17b5d807463620b6373781602fbdf33e89b5abd063ee40a26f8d0bb10c2272e8');
INSERT INTO event VALUES(9,X'010000000000000009000660f01c043f1b00000000000000014101910100000000000000000000000000000001000201103b45f48f8e43efb3a6436a29778d2ab1020101',NULL,X'c88b95a6529537eefdffcd488d36e436e77a4f5caca38516ff016312f0c9becd');
CREATE TABLE checkpoint (
        id INTEGER PRIMARY KEY,
        hash BLOB NOT NULL,
        signature BLOB NOT NULL,         -- Ed25519
        at INTEGER NOT NULL
) STRICT;
INSERT INTO checkpoint VALUES(5,X'ad2034ec1aa75ef9183e7896f759e5a022b489d43d38b75f8217d778c467356a',X'09d6d83b2edecf1774cc7dfdcd67350c3f70921a2268aa3d2ce20bde020806e70652a04c4e578641e60084ab450b0d1a9f4f964404584e148bd6abdda720c009',1795434238561055);
INSERT INTO checkpoint VALUES(9,X'c88b95a6529537eefdffcd488d36e436e77a4f5caca38516ff016312f0c9becd',X'7e2ccf4e7edd69213807c407a69eb18f7c7b4462d9e38784445ae78d90960ca1a3cc3e51dc757d06f0dcf803141bf3d112b6d1aee0babe18afe73624b11a750c',1795434238721819);
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
        version INTEGER NOT NULL,
        event INTEGER NOT NULL
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
