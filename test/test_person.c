/*
 * Correspondents: added, found, moved, paused, closed, revealed.  Nothing
 * sealed in any answer but reveal's, nor in any refusal.
 */
#include "test/person.h"

static void
show_holds_nothing_that_is_sealed(void **state)
{
	struct house *h = *state;

	did(h, run(h, "correspondent show", "person", "C2", NULL),
	    "\"pen_name\":\"Maria\"");
	did(h, MR_OK,
	    "\"address\":\"current\",\"since\":\"2026-11-23\","
	    "\"facility\":\"ALI\"");
	assert_null(strstr(h->answer, "Ostrander"));
	assert_null(strstr(h->answer, "Canary"));
	assert_null(strstr(h->answer, "00312"));
	did(h, run(h, "correspondent list", NULL), "C1");
	assert_null(strstr(h->answer, "Canary"));
}

static void
a_pen_name_never_shows_the_surname(void **state)
{
	struct house *h = *state;

	refused(h, add_outside(h, "Quillfeather", "Amara Quillfeather"),
	    MR_INVALID, "pen_name: a pen name may be a first name");
	refused(h, add_outside(h, "Birdie QUILLFEATHER", "Amara Quillfeather"),
	    MR_INVALID, "pen_name");
	refused(h, add_outside(h, "Munoz", "Pavel Mu\xc3\xb1oz"), MR_INVALID,
	    "pen_name");
	refused(h,
	    add_outside(h, "Garcia",
		"Ana Garc\xc3\xad"
		"a-L\xc3\xb3pez"),
	    MR_INVALID, "pen_name");
	refused(h, add_outside(h, "AmaraQuillfeather", "Amara Quillfeather"),
	    MR_INVALID, "pen_name");
	refused(h, add_outside(h, "Quill-feathers", "Amara Quillfeather"),
	    MR_INVALID, "pen_name");
	refused(h, add_outside(h, "Marsh", "Clyde Marsh, Jr."), MR_INVALID,
	    "pen_name");
	assert_null(strstr(h->error.message, "Marsh"));
	did(h, add_outside(h, "Clyde M.", "Clyde Marsh, Jr."), "C3");
	did(h, add_outside(h, "Sparrow C.", "Amara C"), "C4");
	refused(h,
	    run(h, "correspondent update", "person", "C1", "pen_name",
		"quillfeather", NULL),
	    MR_INVALID, "pen_name");
}

/* Interests stand in the clear, and the pen pal reads them. */
static void
an_interest_never_shows_who_it_is(void **state)
{
	static const char *const bad[] = {"birds; Quillfeather",
	    "Amara Quillfeather", "quillfeather amara",
	    "chess with Amara Quillfeather", "2374 Foundry Ct", "56613-2374"};
	struct house *h = *state;

	did(h, add_outside(h, "Birdie", "Amara Quillfeather"), "C3");
	did(h,
	    run(h, "correspondent move", "person", "C3", "street",
		"2374 Foundry Ct", "city", "Osseo Lake", "state", "MN", "zip",
		"56613", NULL),
	    "C3");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		refused(h,
		    run(h, "correspondent update", "person", "C3", "interests",
			bad[i], NULL),
		    MR_INVALID, "interests: an interest is no name");
		assert_null(strstr(h->error.message, "uill"));
	}
	did(h,
	    run(h, "correspondent update", "person", "C3", "interests",
		"1980s music; feathers; Amara", NULL),
	    "C3");
}

static void
what_cannot_be_written_down_is_refused_without_its_value(void **state)
{
	struct house *h = *state;
	char longname[80];

	memset(longname, 'x', 61);
	longname[61] = '\0';
	refused(h, add_outside(h, longname, "Amara Quillfeather"), MR_INVALID,
	    "pen_name: at most 60 characters");
	refused(h, add_inside(h, "Ida", "Ida Canary", "1234"), MR_INVALID,
	    "register_number: a register number has eight digits");
	assert_null(strstr(h->error.message, "1234-"));
	refused(h,
	    run(h, "correspondent add", "kind", "outside", "pen_name", "Ida",
		"legal_name", "Ida Canary", "facility", "ALI", NULL),
	    MR_INVALID, "facility: only somebody inside has a facility");
	refused(h,
	    run(h, "correspondent add", "kind", "inside", "pen_name", "Ida",
		"legal_name", "Ida Canary", "register_number", "00313999",
		"facility", "ALX", NULL),
	    MR_NOTFOUND, "there is no facility ALX");
	assert_null(strstr(h->error.message, "Canary"));
	assert_int_equal(
	    house_count(h, SQL_SCAN "SELECT COUNT(*) FROM correspondent"), 2);
	assert_int_equal(
	    house_count(h, SQL_SCAN "SELECT COUNT(*) FROM sealed"), 2);
}

static void
an_unknown_number_is_not_repeated(void **state)
{
	struct house *h = *state;

	refused(h, run(h, "correspondent show", "person", "Canary", NULL),
	    MR_NOTFOUND, "no correspondent has that number");
	assert_null(strstr(h->error.message, "Canary"));
	refused(h, run(h, "correspondent show", "person", "C99", NULL),
	    MR_NOTFOUND, "there is no correspondent C99");
}

static void
reveal_writes_its_event_with_the_reason_first(void **state)
{
	struct house *h = *state;
	int64_t before = events(h);
	struct mr_call *c;
	struct mr_event event;

	did(h,
	    run(h, "correspondent reveal", "person", "C2", "reason",
		"returned-mail", NULL),
	    "\"legal_name\":\"Maria Ostrander\","
	    "\"register_number\":\"00312-999\"");
	did(h, MR_OK,
	    "\"street\":\"11070 HIGHWAY 14\",\"unit\":\"Canary Unit\"");
	assert_int_equal(events(h), before + 1);
	c = house_begin(h);
	assert_int_equal(mr_event_load(c, before + 1, &event), MR_OK);
	assert_int_equal(event.subject, MR_CORRESPONDENT);
	assert_int_equal(event.subject_id, 2);
	assert_int_equal(event.op, 230);
	assert_int_equal(mr_event_number(&event, MR_F_REASON, 0), 2);
	house_end(c);
}

static void
reveal_without_a_reason_of_the_list_shows_nothing(void **state)
{
	struct house *h = *state;
	int64_t before = events(h);

	refused(h,
	    run(h, "correspondent reveal", "person", "C2", "reason", "nosy",
		NULL),
	    MR_INVALID, "reason: write one of delivery, returned-mail");
	refused(h, run(h, "correspondent reveal", "person", "C2", NULL),
	    MR_USAGE, "reason");
	assert_int_equal(events(h), before);
}

static void
reveal_needs_the_passphrase_and_a_coordinator(void **state)
{
	struct house *h = *state;

	h->user = "admin";
	did(h, run(h, "user add", "name", "sam", "role", "staff", NULL), "");
	h->user = NULL;
	h->user = "sam";
	refused(h,
	    run(h, "correspondent reveal", "person", "C2", "reason", "delivery",
		NULL),
	    MR_DENIED, "coordinator");
	refused(h,
	    run(h, "correspondent find", "name", "Maria Ostrander", NULL),
	    MR_LOCKED, "");
	h->user = NULL;
	h->passphrase = "not this one at all";
	refused(h,
	    run(h, "correspondent reveal", "person", "C2", "reason", "delivery",
		NULL),
	    MR_LOCKED, "");
}

static void
somebody_is_found_by_exact_name_or_number_with_an_event(void **state)
{
	struct house *h = *state;
	int64_t before;

	did(h, run(h, "correspondent find", "name", "maria OSTRANDER", NULL),
	    "[{\"correspondent\":\"C2\",\"kind\":\"inside\","
	    "\"pen_name\":\"Maria\",\"status\":\"active\","
	    "\"facility\":\"ALI\"}]");
	before = events(h);
	did(h,
	    run(h, "correspondent find", "register_number", "00312999", NULL),
	    "C2");
	assert_int_equal(events(h), before + 1);
	did(h, run(h, "correspondent find", "name", "Maria", NULL), "[]");
	assert_int_equal(events(h), before + 2);
	refused(h, run(h, "correspondent find", NULL), MR_USAGE,
	    "give either --name");
}

static void
what_was_stored_with_the_vault_closed_is_indexed_later(void **state)
{
	struct house *h = *state;

	assert_int_equal(
	    house_count(
		h, SQL_SCAN "SELECT COUNT(*) FROM sealed WHERE indexed = 0"),
	    2);
	did(h,
	    run(h, "correspondent find", "register_number", "00312-999", NULL),
	    "C2");
	assert_int_equal(
	    house_count(
		h, SQL_SCAN "SELECT COUNT(*) FROM sealed WHERE indexed = 0"),
	    0);
}

static void
a_new_name_is_found_and_the_old_one_no_more(void **state)
{
	struct house *h = *state;

	did(h,
	    run(h, "correspondent update", "person", "C1", "legal_name",
		"Amara Fenwick", "interests", "Science Fiction, chess;chess",
		NULL),
	    "\"changed\":true");
	did(h, run(h, "correspondent find", "name", "Amara Fenwick", NULL),
	    "C1");
	did(h, run(h, "correspondent find", "name", "Amara Quillfeather", NULL),
	    "[]");
	did(h,
	    run(h, "correspondent list", "interest", "science-fiction", NULL),
	    "\"interests\":\"chess;science-fiction\"");
	did(h,
	    run(h, "correspondent update", "person", "C1", "legal_name",
		"Amara Fenwick", NULL),
	    "\"changed\":false");
}

static void
two_people_cannot_have_one_register_number(void **state)
{
	struct house *h = *state;

	did(h, add_inside(h, "Ida", "Ida Canary", "00313-999"), "C3");
	did(h, run(h, "correspondent find", "name", "Ida Canary", NULL), "C3");
	refused(h,
	    run(h, "correspondent update", "person", "C3", "register_number",
		"00312 999", NULL),
	    MR_REFUSED, "C2 has that register number already");
}

/* "José Núñez" as a Mac types it, and as the rest of the world does. */
static void
names_are_kept_in_one_spelling_however_they_were_typed(void **state)
{
	static const char csv[] =
	    "ref,kind,pen_name,legal_name,register_number,facility,street,unit,"
	    "city,state,zip\n"
	    "O-7,outside,Zoe\xCC\x88,Ile\xCC\x81s Nguye\xCC\x82\xCC\x83n,,,"
	    "7 Calle Cafe\xCC\x81,,Danbury,CT,06810\n";
	struct house *h = *state;

	did(h,
	    add_outside(h, "Jose\xCC\x81",
		"Jose\xCC\x81 Nu\xCC\x81n\xCC\x83"
		"ez"),
	    "C3");
	h->csv = csv;
	did(h, run(h, "correspondent import", "file", "c.csv", NULL),
	    "\"added\":1");
	did(h, run(h, "correspondent show", "person", "C3", NULL),
	    "\"Jos\xC3\xA9\"");
	did(h, run(h, "correspondent show", "person", "C4", NULL),
	    "\"Zo\xC3\xAB\"");
	did(h,
	    run(h, "correspondent reveal", "person", "C3", "reason", "delivery",
		NULL),
	    "Jos\xC3\xA9 N\xC3\xBA\xC3\xB1"
	    "ez");
	did(h,
	    run(h, "correspondent reveal", "person", "C4", "reason", "delivery",
		NULL),
	    "Il\xC3\xA9s Nguy\xE1\xBB\x85n");
	did(h, MR_OK, "7 Calle Caf\xC3\xA9");
	did(h,
	    run(h, "correspondent find", "name",
		"Jose\xCC\x81 Nu\xCC\x81n\xCC\x83"
		"ez",
		NULL),
	    "C3");
	did(h,
	    run(h, "correspondent find", "name",
		"Il\xC3\xA9s Nguy\xE1\xBB\x85n", NULL),
	    "C4");
}

static void
a_pause_ends_by_itself_after_its_last_day(void **state)
{
	struct house *h = *state;

	did(h,
	    run(h, "correspondent pause", "person", "C1", "reason", "away",
		"until", "2026-11-25", NULL),
	    "\"status\":\"paused\",\"reason\":\"away\","
	    "\"until\":\"2026-11-25\"");
	h->now += INT64_C(2) * 86400 * 1000000;
	did(h, run(h, "correspondent show", "person", "C1", NULL),
	    "\"status\":\"paused\"");
	h->now += INT64_C(86400) * 1000000;
	did(h, run(h, "correspondent show", "person", "C1", NULL),
	    "\"status\":\"active\"");
	did(h, run(h, "correspondent list", "waiting", "yes", NULL), "C1");
}

static void
pause_resume_and_close_take_a_reason_of_their_list(void **state)
{
	struct house *h = *state;

	refused(h,
	    run(h, "correspondent pause", "person", "C1", "reason", "died",
		NULL),
	    MR_INVALID, "reason: write one of away, asked");
	refused(h,
	    run(h, "correspondent pause", "person", "C1", "reason", "away",
		"until", "2026-11-20", NULL),
	    MR_INVALID, "until: that day is over");
	did(h,
	    run(h, "correspondent close", "person", "C1", "reason", "died",
		NULL),
	    "\"status\":\"closed\",\"reason\":\"died\",\"until\":null,"
	    "\"pairings\":0,\"changed\":true");
	did(h,
	    run(h, "correspondent close", "person", "C1", "reason", "died",
		NULL),
	    "\"changed\":false");
	refused(h,
	    run(h, "correspondent pause", "person", "C1", "reason", "away",
		NULL),
	    MR_REFUSED, "C1 is closed");
	did(h, run(h, "correspondent resume", "person", "C1", NULL),
	    "\"status\":\"active\",\"reason\":null");
}

static void
waiting_means_active_with_a_free_slot(void **state)
{
	struct house *h = *state;

	did(h, run(h, "correspondent list", "waiting", "yes", NULL), "C1");
	did(h, MR_OK, "C2");
	did(h, run(h, "pairing open", "outside", "C1", "inside", "C2", NULL),
	    "P1");
	did(h, run(h, "correspondent list", "waiting", "yes", NULL), "[]");
	did(h, run(h, "correspondent list", "kind", "outside", NULL),
	    "\"slots\":1,\"pairings\":1");
}

static void
the_same_request_twice_adds_one_person(void **state)
{
	struct house *h = *state;
	char first[128];

	h->request = "add-1";
	did(h, add_outside(h, "Robin", "Opal Haddad"), "C3");
	snprintf(
	    first, sizeof(first), "%.*s", (int)sizeof(first) - 1, h->answer);
	did(h, add_outside(h, "Robin", "Opal Haddad"), "C3");
	assert_string_equal(h->answer, first);
	assert_int_equal(
	    house_count(h, SQL_SCAN "SELECT COUNT(*) FROM correspondent"), 3);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, house_teardown)
	const struct CMUnitTest tests[] = {
	    T(show_holds_nothing_that_is_sealed),
	    T(a_pen_name_never_shows_the_surname),
	    T(an_interest_never_shows_who_it_is),
	    T(what_cannot_be_written_down_is_refused_without_its_value),
	    T(an_unknown_number_is_not_repeated),
	    T(reveal_writes_its_event_with_the_reason_first),
	    T(reveal_without_a_reason_of_the_list_shows_nothing),
	    T(reveal_needs_the_passphrase_and_a_coordinator),
	    T(somebody_is_found_by_exact_name_or_number_with_an_event),
	    T(what_was_stored_with_the_vault_closed_is_indexed_later),
	    T(a_new_name_is_found_and_the_old_one_no_more),
	    T(two_people_cannot_have_one_register_number),
	    T(names_are_kept_in_one_spelling_however_they_were_typed),
	    T(a_pause_ends_by_itself_after_its_last_day),
	    T(pause_resume_and_close_take_a_reason_of_their_list),
	    T(waiting_means_active_with_a_free_slot),
	    T(the_same_request_twice_adds_one_person),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
