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
INSERT INTO site VALUES(0,X'9ef77b3bd0d6c37d21d88f51709f8930','Bridge Letters','PO BOX 1138','Danbury','CT','06810','America/New_York',X'd8d01d24da3e0986b873a8d355eaf5d4f934b22ee86f9d6da4966bf854eec07f',1,X'9b1817b8c25e86f7598d7d257ad200b82444555b034256290287c1e5e8d59c3505cc2be8325f0971e97706bdc871b4c4e9d29e4f4920e84fcb1b228d230292675b85a33c3d4e614330c0bcb288bcfe3e8c87b5c279aab1f1a2d114ef29c8d373d08c07c77f438402ad7882c46b4a3e4e',X'5983e9ea583bc492fedac4d38e88340cce97972e428a2ecc9310d8267da0ea3a',X'52f81850d3218ef0987ed3613816a8d256d502c9ad64b594ce9ef21d68805544',X'bce4605299bd2d2f194bdee14d1e90979f4cca513654ce050908d3caac1cf27f99873096f63a602b19ec41ee52fa6db3995cc3197161c43c950db32805136eba12cc67098d6c6cdab8043e60d43a09786cbcb91ef45333442168ae37d03203d50dd7297cc4200c77a9a0d3e8d3ddeee98080087d329a9ac98117074526e147efa1ab67bca1df0ebf31b985564d5737eb2cb4b5b620c2cb2723009d2df94210f1dce547025a4f18cdee5c8c7ffbc3d7733ee9b85a1f230da11e928200109df02550962f651a1d07ab53f888922c140c4d6b5c04e60bb3edb253b51e27dbdd2749',1,9);
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
INSERT INTO users VALUES(1,'ruth',4,1,X'7841fd3ed9ff4fc4f87847bd33fd4ba8427ff4d65186ccc3ae34d6b83172920c',X'261a60fa13293a736e176c31ddeb303174cd6868e8668c0fa13475620d1d744056bfd9dc0c1d1e715d166ca6cdbafbad69aa06672c83cb8ba1be55e87f7ea6937355d984eebb5cbc',X'b9d677fc0b0aa7eba59536c760f1a7e2',3,67108864,X'2f6cf21ed3eae5c6e333dbac683ed16c1249bad924ca3ffb940c1c38d7f9af10c06e3693ae5e2a8875c88ebff4cb07a37e6a559069312326a3a3ab1450396b4c34e2ebdb8c53c17f854048e1b172f2d8b1dea666790732798fd2d03a9636409c6e0a933a4d932dc30f70dab1de81ed72',1,3,5);
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
INSERT INTO letter VALUES(3,NULL,NULL,NULL,0,1,0,20780,4259841,NULL,1,0,NULL,1,0,0,0,NULL,NULL,NULL,NULL,65,1795426894578415,1,8);
CREATE TABLE enclosure (
        id INTEGER PRIMARY KEY,
        letter INTEGER NOT NULL REFERENCES letter (id),
        kind INTEGER NOT NULL,           -- money, photo, stamps, object
        count INTEGER NOT NULL,
        cents INTEGER,
        disposition INTEGER NOT NULL,    -- 1 held 2 forward 3 return 4 bank 5 destroyed
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
INSERT INTO station VALUES(65,20780,1,3,NULL,1795426894578415);
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
INSERT INTO event VALUES(1,X'010000000000000001000660ee664313a70000000000000000410082010000000000000000000000000000000000020110e534eba943a525e800b98fab147dad0e020101',NULL,X'abd50df138024c1fdbc2f635726517595f4390192cacac6dabbe5525a75de9c9');
INSERT INTO event VALUES(2,X'010000000000000002000660ee664313a7000000000000000041008203000000000000000100000000000000000003011045f4061e10102def2872ab82f07f77300201011b0104',NULL,X'1bb7e625efdd3c3a37b37c55a87c5c9e1cab30d4cee35fdcdabd410270e901a2');
INSERT INTO event VALUES(3,X'010000000000000003000660ee664313a700000000000000004100820300000000000000020000000000000000000301102ed7ece3da14fa04276e42c76739f8cc0201011b0108',NULL,X'90c77aa78c2051d4d82732f4844f83ae9d8388736ba87f294fa0532ede95be64');
INSERT INTO event VALUES(4,X'010000000000000004000660ee664313a700000000000000004100820300000000000000010000000000000002000201104da0eaf999ea4b1299e508fceba92eb6020102',NULL,X'660e13f76d39915a931c534a17ea898b0f62dca7ddf23a69d7faa1b6fd098b99');
INSERT INTO event VALUES(5,X'010000000000000005000660ee664313a70000000000000000410082030000000000000001000000000000000400030110e6fa85ed552225e2b816822be8e1a07f020103160101',NULL,X'3b7f5a04a14a6d4f9272d30b49ba7765f294884783f30842d96d439f685e81ed');
INSERT INTO event VALUES(6,X'010000000000000006000660ee6645665800000000000000024100640300000000000000030000000000000000000301106e83cf069f9cc12a4e7540c94a07b8490201011b0101',NULL,X'7eaf01ae6af26d00d98969a88177071ab686cea0c7533b0cf63fc28fefe4bb80');
INSERT INTO event VALUES(7,X'010000000000000007000660ee664574d600000000000000014101720e000000000000512c0000000000000000000501106a128f35e328881e581116227cf9e3780201010401011101021600',NULL,X'29b086bc8967ab22414290fe7900f58c85438ffeeea9ddffcbc54b5fd81dfc93');
INSERT INTO event VALUES(8,X'010000000000000008000660ee664582ef000000000000000141012c0b0000000000000003000000000000000000050110ef9ff235324c3e411483d4b1f0a244be0201010401012803410001100101',NULL,X'4a3ceb86f80f612f7408b6cb9ea3d219cb65de1f1b7b11bd3f99a3f2bc59d823');
INSERT INTO event VALUES(9,X'010000000000000009000660ee664592090000000000000001410191010000000000000000000000000000000100020110e534eba943a525e800b98fab147dad0e020101',NULL,X'baccaf684ca277b22ffbca37b97ad6adc778279fe809186695cdc5f06320a0ff');
CREATE TABLE checkpoint (
        id INTEGER PRIMARY KEY,
        hash BLOB NOT NULL,
        signature BLOB NOT NULL,         -- Ed25519
        at INTEGER NOT NULL
) STRICT;
INSERT INTO checkpoint VALUES(5,X'3b7f5a04a14a6d4f9272d30b49ba7765f294884783f30842d96d439f685e81ed',X'5d0c822d0a984112c8ec9c6ba9649990b69bcb30595b83f673f35d819b8a3014d5fdb0ec6dce48fefb02f90e5574a473bb024f952a76334d02d570fc073bbe0d',1795426894418855);
INSERT INTO checkpoint VALUES(9,X'baccaf684ca277b22ffbca37b97ad6adc778279fe809186695cdc5f06320a0ff',X'dd62458be10737107443e99542dc3279e2a8da3bfcc4e9de37477c804c152d58afd0f38e751508f859cdac9ae99ab47873a05ab3ea2c0633b543fb7078e55106',1795426894582281);
CREATE TABLE request (
        key BLOB PRIMARY KEY,            -- BLAKE2b-128 of user, operation, key
        input BLOB NOT NULL,             -- keyed BLAKE2b-128 of the parameters
        first INTEGER NOT NULL,          -- its first event
        count INTEGER NOT NULL,          -- and how many
        at INTEGER NOT NULL
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
COMMIT;
