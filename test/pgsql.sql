-- What the tests ask of a server so that an office is made once and not for
-- each test anew: making and dropping its tables is dearer than most tests.
-- test/schema.h calls these.
CREATE SCHEMA again;

-- Tables, indexes and what hangs on them: another answer once any was changed.
CREATE FUNCTION again.shape(place name) RETURNS text LANGUAGE sql AS $$
	WITH ours AS (SELECT oid, relname, xmin::text AS made FROM pg_class
		WHERE relnamespace = place::text::regnamespace)
	SELECT md5(string_agg(relname || oid || made, ' ' ORDER BY oid))
		|| ' ' || (SELECT count(*) FROM pg_attribute
			JOIN ours ON attrelid = ours.oid
			WHERE NOT attisdropped)
		|| ' ' || (SELECT count(*) FROM pg_trigger
			JOIN ours ON tgrelid = ours.oid)
		|| ' ' || (SELECT count(*) FROM pg_constraint
			JOIN ours ON conrelid = ours.oid)
		|| ' ' || (SELECT count(*) FROM pg_rewrite
			JOIN ours ON ev_class = ours.oid)
	FROM ours
$$;

-- In every table of one place the rows that the other place has, and no more.
-- A reference that is wrong half-way is right at the end.
CREATE FUNCTION again.rows(source name, place name) RETURNS void
LANGUAGE plpgsql SET session_replication_role = replica AS $$
DECLARE
	t name;
BEGIN
	FOR t IN SELECT relname FROM pg_class WHERE relkind = 'r'
		AND relnamespace = place::text::regnamespace
	LOOP
		EXECUTE format('DELETE FROM %I.%I', place, t);
		IF to_regclass(format('%I.%I', source, t)) IS NOT NULL THEN
			EXECUTE format('INSERT INTO %I.%I SELECT * FROM %I.%I',
				place, t, source, t);
		END IF;
	END LOOP;
END
$$;

-- Remember the rows of a place, in a place beside it ...
CREATE FUNCTION again.keep(place name) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	beside name := place || '_kept';
	t name;
	any_row boolean;
BEGIN
	EXECUTE format('CREATE SCHEMA %I', beside);
	FOR t IN SELECT relname FROM pg_class WHERE relkind = 'r'
		AND relnamespace = place::text::regnamespace
	LOOP
		EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I.%I)', place, t)
			INTO any_row;
		IF any_row THEN
			EXECUTE format('CREATE TABLE %I.%I AS TABLE %I.%I',
				beside, t, place, t);
		END IF;
	END LOOP;
	EXECUTE format('COMMENT ON SCHEMA %I IS %L', beside,
		again.shape(place));
END
$$;

-- ... and bring them back: an error if its tables are not what they were.
CREATE FUNCTION again.restore(place name) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	beside name := place || '_kept';
BEGIN
	IF again.shape(place) IS DISTINCT FROM
		obj_description(beside::text::regnamespace, 'pg_namespace')
	THEN
		RAISE EXCEPTION 'its tables are others now';
	END IF;
	PERFORM again.rows(beside, place);
END
$$;
