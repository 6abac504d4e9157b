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
INSERT INTO site VALUES(0,X'fed4b3b7a7a9565667ba5ead2132ed41','Bridge Letters','PO BOX 1138','Danbury','CT','06810','America/New_York',X'020a6ebf1dcd47b2dfd3de81840b2348735beab5783eceda6ef1c49b7a236328',1,X'c64307df9c9fbe4bb31d673c68e85d00bdf85cd0a1280940243405644bed00131abcee5c49b31a73239bc6e2453e3d5f32662d345551693255303609575a5c9f4f58884f88e496cb80042a7c06c4347e6dec3861043b5a805c9fa63783c8104db2367fadccbde20d7bcccafad602a4a8',X'975021cb84af381972db0ceb3396b07efb709e48c21e8ce6d6690ae302d15ddb',X'7c987805f2d6ba35310830ce16546bd6450d16e91ab4a444750409e991835937',X'7be0482f0abbc5c5bf94adf787073b60dbadd2159defbc9fa24d05a82743b9626d9916a91ac83b4993788113c31fe3c5f95a8b34bcaccf32920bf5f2fd2d8bf362d0a9166995bb651eb3112a95719b25bd21424737044d991228e75a39b70eb1124f79b5f74ade44d160ace07727d6434cb2676b019515602746a447edd24877a77f8be824465a6ad349af4c993a0530a8da94137fc8633d44372a1663be6c35ca8377ca2220adfea2104e838d687143381600b1fbd266d0ec1040e5a64859b89a435e75b6b9a74dcb3e0d148eba30714f1286d7dde110d1a36d5f4a11ae8f5a',1,9);
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
INSERT INTO users VALUES(1,'ruth',4,1,X'4880541ee425af95fcb72fcf087f7b9e4595f5efc166c281d65fe914aff97d69',X'24c4022102a7ae2af284026c587ce732156451dea1cd56ef01e62f5677fd2eda5968b86cf3dfcdaaaf9dfd7d07dc50dec9e94e151032e203c483b40c2f39f9bb054577d41a82110b',X'cffc76bf1ce9712410b2e5dd762a0074',3,67108864,X'9bd4fb711146e863034236e0afc2277347772e1e5c8e11bcb455c10bfe1fc3578c5717c26c98db572a106b531ab8fe44ab2ae88fd2bcdfb1a13d194bb5c1e31dd1225efa5967e170591f5fb2f3dd84076bf6815a2fe9bda5732e7937b0144bfd145c769607ff99bd3316f1706566acaf',1,3,5);
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
INSERT INTO letter VALUES(1,NULL,NULL,NULL,0,1,0,20780,4259841,NULL,1,0,NULL,1,0,0,0,NULL,NULL,NULL,NULL,65,1795435658797556,1,8);
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
INSERT INTO station VALUES(65,20780,1,1,NULL,1795435658797556);
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
INSERT INTO event VALUES(1,X'010000000000000001000660f070a6165d00000000000000004100820100000000000000000000000000000000000201107155b28683ee22e478df11c196ec194d020101',NULL,X'1688ee44635e785ad4a884fff11f9180ff1e18e7f078fa091a890f0d4ec6e295');
INSERT INTO event VALUES(2,X'010000000000000002000660f070a6165d000000000000000041008203000000000000000100000000000000000003011045f4061e10102def2872ab82f07f77300201011b0104',NULL,X'52f76334f88cb9b69684e5d7b46e6d68c42d970b5306e05883e5f6d66592224d');
INSERT INTO event VALUES(3,X'010000000000000003000660f070a6165d00000000000000004100820300000000000000020000000000000000000301102ed7ece3da14fa04276e42c76739f8cc0201011b0108',NULL,X'3eb3ff7f0de1b6144adac973a12e95a1dc4d3c295437ca3b924320999f4254f2');
INSERT INTO event VALUES(4,X'010000000000000004000660f070a6165d0000000000000000410082030000000000000001000000000000000200020110c8d45acbef64bc412448e93add5b4ec8020102',NULL,X'dd54865d811f939e5a071ed8fda93a8ae98252c0c0e1b9d7f992a07cfa6c9893');
INSERT INTO event VALUES(5,X'010000000000000005000660f070a6165d00000000000000004100820300000000000000010000000000000004000301101e64e867f86ed24ffa740fa51d7e9546020103160101',NULL,X'98f5564a44dd87e3db910f884efda4a62a78a5972fad0cc52d3b7bcd8e13e10c');
INSERT INTO event VALUES(6,X'010000000000000006000660f070a8b49600000000000000024100640300000000000000030000000000000000000301106e83cf069f9cc12a4e7540c94a07b8490201011b0101',NULL,X'2f99209256adfe4bc34f6d03b209239f0281476c59331d06bb2bd3fd9404d471');
INSERT INTO event VALUES(7,X'010000000000000007000660f070a8cb8400000000000000014101720e000000000000512c0000000000000000000501106a128f35e328881e581116227cf9e3780201010401011101021600',NULL,X'9e6312f8abc5594dd067ee33de0654569b7e22706320a7199d31053940941cd2');
INSERT INTO event VALUES(8,X'010000000000000008000660f070a8e1f4000000000000000141012c0b0000000000000001000000000000000000050110256d8c7276c8035da74e7d6a629e796f0201010401012803410001100101',NULL,X'5c2e3503bd99cf245e491ea0cde9bc51183e654fa083e4aea8b949d53f229ae7');
INSERT INTO event VALUES(9,X'010000000000000009000660f070a8f97f00000000000000014101910100000000000000000000000000000001000201107155b28683ee22e478df11c196ec194d020101',NULL,X'354b94b718f668d5516b1fc1bb3d09399fe817f348d54a73c9e1b3548a82e7a0');
CREATE TABLE checkpoint (
        id INTEGER PRIMARY KEY,
        hash BLOB NOT NULL,
        signature BLOB NOT NULL,         -- Ed25519
        at INTEGER NOT NULL
) STRICT;
INSERT INTO checkpoint VALUES(5,X'98f5564a44dd87e3db910f884efda4a62a78a5972fad0cc52d3b7bcd8e13e10c',X'19700dbd72d7f37db4146dc6572b78cc17f67418371701106220ada7c46c919643f533ced3dff746ba9b7530ae085dc61e59ba2600e846ff48b088618d72e309',1795435658614365);
INSERT INTO checkpoint VALUES(9,X'354b94b718f668d5516b1fc1bb3d09399fe817f348d54a73c9e1b3548a82e7a0',X'71c5ecb867c26135b8647d8a6b0572f467ff98bc8898c5862982dff2c6188c2dcaffbf078e5c71d2945f3a886a56589d0fe31459b5d289cb52de561efe2dcf05',1795435658803583);
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
