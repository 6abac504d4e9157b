/*
 * Photos of stubs and envelopes on a real daemon: pages as the office prints
 * them, the way a camera sees them; and what is no photo at all.
 */
#include "test/daemon.h"
#include "test/image.h"
#include "test/mail.h"

#include <math.h>

const char *daemon_path;
static struct daemon d;
static struct asker val;

#define PIXELS 2000000

static int
setup(void **state)
{
	if (mail_setup(state) != 0)
		return -1;
	daemon_start(&d, *state);
	val = (struct asker){.daemon = &d};
	assert_int_equal(sign_in(&val, "val", MAIL_STAFF), 200);
	val.type = "application/octet-stream";
	return 0;
}

static int
teardown(void **state)
{
	int status = daemon_stop(&d, SIGTERM);

	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	return house_teardown(state);
}

static long
post(unsigned w, unsigned h, const void *bytes, size_t len)
{
	char path[80];

	snprintf(path, sizeof(path), "/api/photo?width=%u&height=%u", w, h);
	val.bytes = len;
	return ask(&val, "POST", path, bytes);
}

/* Held askew, in poor light, with grain: within the bounds of a photo. */
static struct image
photographed(const struct image *page, double degrees)
{
	double turn = degrees * 3.14159265358979 / 180;
	double c = cos(turn), s = sin(turn), scale;
	uint64_t seed = 20261123;
	struct image out;
	int w = (int)(page->w * c + page->h * s) + 1;
	int h = (int)(page->w * s + page->h * c) + 1;

	scale =
	    fmax(1, fmax(fmax(w, h) / 1600.0, sqrt((double)w * h / PIXELS)));
	out = image_new((int)(w / scale), (int)(h / scale));
	for (int y = 0; y < out.h; y++)
		for (int x = 0; x < out.w; x++) {
			double fx = x * scale - w / 2.0;
			double fy = y * scale - h / 2.0;
			int grey = image_at(page,
			    (int)(fx * c + fy * s + page->w / 2.0),
			    (int)(fy * c - fx * s + page->h / 2.0));

			grey = 30 + grey * 170 / 255 + 30 * x / out.w +
			    image_between(&seed, -20, 20);
			image_put(&out, x, y,
			    grey < 0         ? 0
				: grey > 255 ? 255
					     : grey);
		}
	return out;
}

/* All codes of what was printed last are read from a photo of it. */
static void
is_read(const char *what, int dpi)
{
	struct image page =
	    image_page(mail_paper.bytes, mail_paper.len, 1, dpi);
	struct image photo;
	struct seen seen[4];
	int n;

	assert_non_null(page.p);
	n = image_read(&page, ZBAR_QRCODE, seen, 4);
	assert_true(n > 0);
	photo = photographed(&page, 10);
	post((unsigned)photo.w, (unsigned)photo.h, photo.p,
	    (size_t)photo.w * (size_t)photo.h);
	answers(&val, 200, "\"others\":0}");
	while (n-- > 0)
		if (strstr(val.answer, seen[n].text) == NULL)
			fail_msg("%s at %d dpi: %s", what, dpi, val.answer);
	image_free(&photo);
	image_free(&page);
}

static void
a_stub_and_an_envelope_are_read_askew_and_in_poor_light(void **state)
{
	struct house *h = *state;
	char number[64];

	mail_receive(h, 1, MR_INSIDE, number);
	did(h, run(h, "sheet print", "letter", number, NULL), "");
	is_read("sheet", 150);
	did(h, run(h, "envelope print", "letter", number, NULL), "");
	is_read("envelope", 100);
	is_read("envelope", 150);
}

/* Grain, a chessboard, black and white dots. */
static int
noise(int kind, unsigned w, size_t i, uint64_t *seed)
{
	if (kind == 0)
		return image_between(seed, 0, 255);
	if (kind == 1)
		return (i / 7 + i / w / 7) % 2 == 0 ? 0 : 255;
	return image_between(seed, 0, 1) * 255;
}

static void
noise_is_no_code_and_no_way_in(void **state)
{
	unsigned char *bytes = malloc(PIXELS);
	uint64_t seed = 42;

	(void)state;
	assert_non_null(bytes);
	for (int round = 0; round < 6; round++) {
		unsigned w = round % 2 == 0 ? 1600 : 1, h = PIXELS / w;

		for (size_t i = 0; i < PIXELS; i++)
			bytes[i] = (unsigned char)noise(round / 2, w, i, &seed);
		post(w, h, bytes, (size_t)w * h);
		answers(&val, 200, "{\"codes\":[],\"others\":0}");
	}
	free(bytes);
}

static void
what_is_no_photo_is_refused(void **state)
{
	unsigned char *bytes = calloc(1, 3 << 20);
	struct asker nobody = {.daemon = &d, .type = val.type, .bytes = 100};

	(void)state;
	assert_non_null(bytes);
	post(10, 11, bytes, 100);
	answers(&val, 400, "width times height");
	post(0, 0, bytes, 100);
	answers(&val, 400, "width times height");
	post(4294967295u, 4294967295u, bytes, 1);
	answers(&val, 400, "width times height");
	val.bytes = 100;
	ask(&val, "POST", "/api/photo?width=-10&height=-10", (char *)bytes);
	answers(&val, 400, "width times height");
	post(1500, 1500, bytes, 1500 * 1500);
	assert_int_equal(val.status, 413);
	val.bytes = 0;
	ask(&val, "GET", "/api/photo?width=10&height=10", NULL);
	answers(&val, 405, "POST");
	ask(&nobody, "POST", "/api/photo?width=10&height=10", (char *)bytes);
	answers(&nobody, 401, "sign in");
	val.type = "text/plain";
	post(10, 10, bytes, 100);
	answers(&val, 415, "");
	val.type = "application/octet-stream";
	val.no_token = 1;
	post(10, 10, bytes, 100);
	assert_int_equal(val.status, 403);
	val.no_token = 0;
	free(bytes);
}

/* Whoever sends pictures to break the reader breaks a child of its own. */
static void
the_child_alone_ends_when_it_is_given_half_a_picture(void **state)
{
	unsigned sizes[][2] = {{1000, 1000}, {0, 0}, {65536, 65536}};

	(void)state;
	for (int i = 0; i < 3; i++) {
		int in[2], status;
		pid_t pid;

		assert_int_equal(pipe(in), 0);
		pid = fork();
		assert_true(pid >= 0);
		if (pid == 0) {
			dup2(in[0], 0);
			close(in[1]);
			execl(daemon_path, "mailroomd", "--eye", (char *)NULL);
			_exit(126);
		}
		close(in[0]);
		assert_int_equal(
		    write(in[1], sizes[i], sizeof(sizes[i])), sizeof(sizes[i]));
		close(in[1]);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 1);
	}
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		a_stub_and_an_envelope_are_read_askew_and_in_poor_light),
	    cmocka_unit_test(noise_is_no_code_and_no_way_in),
	    cmocka_unit_test(what_is_no_photo_is_refused),
	    cmocka_unit_test(
		the_child_alone_ends_when_it_is_given_half_a_picture),
	};
	static char path[512];

	(void)argc;
	snprintf(path, sizeof(path), "%.*smailroomd/mailroomd",
	    (int)(strlen(argv[0]) - strlen("test/test_photo")), argv[0]);
	daemon_path = path;
	return cmocka_run_group_tests(tests, setup, teardown);
}
