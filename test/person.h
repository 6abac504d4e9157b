/* Two people of a test office, with what is sealed of them. */
#ifndef TEST_PERSON_H
#define TEST_PERSON_H

#include "test/house.h"

#include "lib/address.h"
#include "lib/profile.h"
#include "lib/sealed.h"

#define PLACES "code,name,kind,security,street,city,state,zip\n"
#define ALI "ALI,FCI Aliceville,FCI,Low,11070 HIGHWAY 14,ALICEVILLE,AL,35442\n"
#define ALD "ALD,FPC Alderson,FPC,Minimum,GLEN RAY RD,ALDERSON,WV,24910\n"

static inline enum mr_status
add_outside(struct house *h, const char *pen, const char *legal)
{
	return run(h, "correspondent add", "kind", "outside", "pen_name", pen,
	    "legal_name", legal, "street", "9 Canary Street", "city", "Danbury",
	    "state", "ct", "zip", "06810", NULL);
}

static inline enum mr_status
add_inside(
    struct house *h, const char *pen, const char *legal, const char *number)
{
	return run(h, "correspondent add", "kind", "inside", "pen_name", pen,
	    "legal_name", legal, "register_number", number, "facility", "ali",
	    "unit", "Canary Unit", NULL);
}

/* C1 Wren outside, C2 Maria inside. */
static inline int
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
	    "\"status\":\"active\",\"note\":null}");
	did(h, add_inside(h, "Maria", "Maria Ostrander", "00312-999"), "C2");
	return 0;
}

static inline int64_t
events(struct house *h)
{
	return house_count(h, "SELECT id FROM event ORDER BY id DESC LIMIT 1");
}

#endif
