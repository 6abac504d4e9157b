/*
 * Correspondents: added, found, moved, paused, closed, revealed.  Nothing
 * sealed in any answer but reveal's, nor in any refusal.
 */
#include "test/house.h"

#include "lib/address.h"
#include "lib/profile.h"
#include "lib/sealed.h"

#define PLACES "code,name,kind,security,street,city,state,zip\n"
#define ALI "ALI,FCI Aliceville,FCI,Low,11070 HIGHWAY 14,ALICEVILLE,AL,35442\n"
#define ALD "ALD,FPC Alderson,FPC,Minimum,GLEN RAY RD,ALDERSON,WV,24910\n"

static enum mr_status
add_outside(struct house *h, const char *pen, const char *legal)
{
	return run(h, "correspondent add", "kind", "outside", "pen_name", pen,
	    "legal_name", legal, "street", "9 Canary Street", "city", "Danbury",
	    "state", "ct", "zip", "06810", NULL);
}

static enum mr_status
add_inside(
    struct house *h, const char *pen, const char *legal, const char *number)
{
	return run(h, "correspondent add", "kind", "inside", "pen_name", pen,
	    "legal_name", legal, "register_number", number, "facility", "ali",
	    "unit", "Canary Unit", NULL);
}

/* C1 Wren outside, C2 Maria inside. */
static int
setup(void **state)
{
	struct house *h;

	if (house_setup(state) != 0)
		return -1;
	h = *state;
	h->passphrase = HOUSE_PASSPHRASE;
	h->csv = PLACES ALI ALD;
	did(h, run(h, "facility import", "file", "f.csv", NULL), "\"added\":2");
	did(h, add_outside(h, "Wren", "Amara Quillfeather"),
	    "{\"correspondent\":\"C1\",\"kind\":\"outside\","
	    "\"status\":\"active\"}");
	did(h, add_inside(h, "Maria", "Maria Ostrander", "00312-999"), "C2");
	return 0;
}

static int64_t
events(struct house *h)
{
	return house_count(h, "SELECT id FROM event ORDER BY id DESC LIMIT 1");
}

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

static enum mr_status
move_inside(struct house *h, const char *facility, const char *from)
{
	return run(h, "correspondent move", "person", "C2", "facility",
	    facility, "unit", "SHU", "from", from, NULL);
}

static void
the_address_that_counts_depends_on_the_day(void **state)
{
	struct house *h = *state;
	struct mr_address a;
	struct mr_call *c;
	int64_t today;

	did(h, move_inside(h, "ALD", "2026-11-30"),
	    "{\"correspondent\":\"C2\",\"address\":\"current\","
	    "\"from\":\"2026-11-30\"}");
	c = house_begin(h);
	today = c->today;
	assert_int_equal(mr_address_on(c, 2, (int)today - 1, &a), MR_NOTFOUND);
	assert_int_equal(mr_address_on(c, 2, (int)today, &a), MR_OK);
	assert_int_equal(a.facility, 1);
	assert_int_equal(a.status, MR_ADDRESS_CURRENT);
	assert_int_equal(mr_address_on(c, 2, (int)today + 7, &a), MR_OK);
	assert_int_equal(a.facility, 2);
	house_end(c);
	did(h, run(h, "correspondent list", "facility", "ALI", NULL), "C2");
	did(h, run(h, "correspondent list", "facility", "ALD", NULL), "[]");
	h->now += INT64_C(7) * 86400 * 1000000;
	did(h, run(h, "correspondent list", "facility", "ALD", NULL), "C2");
	did(h, run(h, "correspondent list", "facility", "ALI", NULL), "[]");
}

static void
a_move_of_today_makes_the_old_row_former_and_keeps_it(void **state)
{
	struct house *h = *state;
	struct mr_address_text text;
	struct mr_call *c;

	did(h, move_inside(h, "ALD", "2026-11-23"), "current");
	assert_int_equal(house_count(h,
			     SQL_SCAN "SELECT COUNT(*) FROM address "
				      "WHERE person = 2 AND status = 4"),
	    1);
	refused(h, move_inside(h, "ALD", "2026-11-23"), MR_REFUSED,
	    "that is the address of C2 already");
	refused(h, move_inside(h, "ALX", "2026-11-24"), MR_NOTFOUND, "ALX");
	c = house_begin(h);
	c->vault = h->mr->vault;
	assert_int_equal(mr_address_lines(c, 2, &text), MR_OK);
	assert_string_equal(text.unit, "Canary Unit");
	assert_string_equal(text.street, "11070 HIGHWAY 14");
	assert_string_equal(text.legal_name, "Maria Ostrander");
	c->vault = NULL;
	assert_int_equal(mr_address_lines(c, 2, &text), MR_LOCKED);
	house_end(c);
}

static void
a_suspect_address_stays_so_until_the_next(void **state)
{
	struct house *h = *state;
	struct mr_call *c = house_begin(h);

	assert_int_equal(
	    mr_address_set_status(c, 2, MR_ADDRESS_SUSPECT), MR_OK);
	house_end(c);
	did(h, run(h, "correspondent show", "person", "C2", NULL),
	    "\"address\":\"suspect\"");
	did(h, move_inside(h, "ALI", "2026-11-23"), "current");
	did(h, run(h, "correspondent show", "person", "C2", NULL),
	    "\"address\":\"current\"");
}

static void
a_second_person_signs_a_move_and_not_the_first(void **state)
{
	struct house *h = *state;

	did(h, move_inside(h, "ALD", "2026-11-23"), "current");
	refused(h, run(h, "correspondent confirm", "person", "C2", NULL),
	    MR_REFUSED, "ask somebody else");
	refused(h, run(h, "correspondent confirm", "person", "C1", NULL),
	    MR_REFUSED, "no address of C1 waits");
	h->user = "admin";
	did(h, run(h, "user add", "name", "sam", "role", "staff", NULL), "");
	h->user = NULL;
	h->user = "sam";
	did(h, run(h, "correspondent confirm", "person", "C2", NULL),
	    "\"from\":\"2026-11-23\"");
	refused(h, run(h, "correspondent confirm", "person", "C2", NULL),
	    MR_REFUSED, "no address of C2 waits");
}

static void
where_two_are_needed_at_once_a_move_is_pending(void **state)
{
	struct house *h = *state;

	h->user = "admin";
	did(h,
	    run(h, "setting set", "name", "second_person", "value", "now",
		NULL),
	    "");
	h->user = NULL;
	did(h, move_inside(h, "ALD", "2026-11-23"), "\"address\":\"pending\"");
	did(h, run(h, "correspondent show", "person", "C2", NULL),
	    "\"facility\":\"ALI\",\"next_address\":{\"status\":\"pending\","
	    "\"from\":\"2026-11-23\",\"facility\":\"ALD\"}");
	h->user = "admin";
	did(h, run(h, "user add", "name", "sam", "role", "staff", NULL), "");
	h->user = NULL;
	h->user = "sam";
	did(h, run(h, "correspondent confirm", "person", "C2", NULL), "C2");
	did(h, run(h, "correspondent show", "person", "C2", NULL),
	    "\"facility\":\"ALD\",\"next_address\":null");
}

static void
a_box_moved_to_another_row_does_not_open(void **state)
{
	struct house *h = *state;
	struct mr_address_text text;
	struct mr_call *c;

	did(h, move_inside(h, "ALD", "2026-11-24"), "");
	c = house_begin(h);
	c->vault = h->mr->vault;
	assert_int_equal(sql_done(sql_prepare(c,
			     "UPDATE address "
			     "SET box = (SELECT box FROM address WHERE id = 1) "
			     "WHERE id = 2")),
	    MR_OK);
	assert_int_equal(mr_address_lines(c, 1, &text), MR_OK);
	assert_int_equal(mr_address_lines(c, 2, &text), MR_DAMAGED);
	assert_null(strstr(h->error.message, "Canary"));
	house_end(c);
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
	    T(what_cannot_be_written_down_is_refused_without_its_value),
	    T(an_unknown_number_is_not_repeated),
	    T(reveal_writes_its_event_with_the_reason_first),
	    T(reveal_without_a_reason_of_the_list_shows_nothing),
	    T(reveal_needs_the_passphrase_and_a_coordinator),
	    T(somebody_is_found_by_exact_name_or_number_with_an_event),
	    T(what_was_stored_with_the_vault_closed_is_indexed_later),
	    T(a_new_name_is_found_and_the_old_one_no_more),
	    T(two_people_cannot_have_one_register_number),
	    T(the_address_that_counts_depends_on_the_day),
	    T(a_move_of_today_makes_the_old_row_former_and_keeps_it),
	    T(a_suspect_address_stays_so_until_the_next),
	    T(a_second_person_signs_a_move_and_not_the_first),
	    T(where_two_are_needed_at_once_a_move_is_pending),
	    T(a_box_moved_to_another_row_does_not_open),
	    T(a_pause_ends_by_itself_after_its_last_day),
	    T(pause_resume_and_close_take_a_reason_of_their_list),
	    T(waiting_means_active_with_a_free_slot),
	    T(the_same_request_twice_adds_one_person),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
