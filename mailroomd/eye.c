/* Reads codes in a child without rights.  See eye.h. */
#define _GNU_SOURCE /* pipe2, closefrom for a child */
#include "mailroomd/eye.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <zbar.h>

#define MEMORY (256 << 20) /* of the child */
#define HEAP (96 << 20)    /* taken before it may ask for no more */

#if defined(__SANITIZE_ADDRESS__)
#define WATCHED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WATCHED 1
#endif
#endif

struct size {
	unsigned width, height;
};

/* All of it, or -1. */
static int
take(int fd, void *to, size_t len)
{
	char *at = to;
	ssize_t n = 1;

	while (len > 0 && n != 0) {
		n = read(fd, at, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		at += n;
		len -= (size_t)n;
	}
	return len == 0 ? 0 : -1;
}

static int
give(int fd, const void *from, size_t len)
{
	const char *at = from;
	ssize_t n;

	while (len > 0) {
		n = write(fd, at, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		at += n;
		len -= (size_t)n;
	}
	return 0;
}

static int
allowed(struct size size)
{
	return size.width > 0 && size.height > 0 &&
	    size.height <= EYE_PIXELS / size.width;
}

#ifdef WATCHED
/* A sanitizer needs more than a child may. */
static int
lock_in(void)
{
	return 0;
}
#else

#if defined(__x86_64__)
#define ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCH AUDIT_ARCH_AARCH64
#endif

#define ALLOW(call) \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##call, 0, 1), \
	    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define FIELD(name) \
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, name))

/* Read, write, and end.  All else fails, and the library lives with it. */
static int
give_up_rights(void)
{
#ifdef ARCH
	struct sock_filter rules[] = {
	    FIELD(arch),
	    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCH, 1, 0),
	    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
	    FIELD(nr),
	    ALLOW(read),
	    ALLOW(write),
	    ALLOW(futex),
	    ALLOW(exit),
	    ALLOW(exit_group),
	    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
	};
	struct sock_fprog filter = {sizeof(rules) / sizeof(rules[0]), rules};

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return -1;
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter);
#else
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT);
#endif
}

/*
 * The heap is taken while it may be, and so are the tables that the library
 * opens to read a text.
 */
static int
lock_in(void)
{
	static const char *const charsets[] = {
	    "ISO8859-1", "SJIS", "CP437", "UTF-8"};
	const struct rlimit memory = {MEMORY, MEMORY};
	void *heap;

	for (size_t i = 0; i < sizeof(charsets) / sizeof(charsets[0]); i++)
		if (iconv_open("UTF-8", charsets[i]) == (iconv_t)-1)
			return -1;
	mallopt(M_MMAP_MAX, 0);
	mallopt(M_TRIM_THRESHOLD, HEAP * 2);
	heap = malloc(HEAP - 4096);
	if (heap == NULL)
		return -1;
	/* Or a compiler sees that nobody uses it, and takes none. */
	explicit_bzero(heap, 1);
	free(heap);
	if (setrlimit(RLIMIT_AS, &memory) != 0)
		return -1;
	return give_up_rights();
}
#endif

static void
keep(struct eye_seen *seen, const char *text, size_t len)
{
	size_t i = 0;

	while (i < len &&
	    (isupper((unsigned char)text[i]) ||
		isdigit((unsigned char)text[i])))
		i++;
	if (len != EYE_TEXT - 1 || i < len)
		seen->others++;
	else if (seen->codes < EYE_CODES)
		memcpy(seen->code[seen->codes++], text, len);
}

static void
find(zbar_image_scanner_t *scanner, struct size size, char *pixels,
    struct eye_seen *seen)
{
	zbar_image_t *image = zbar_image_create();
	const zbar_symbol_t *symbol;

	zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
	zbar_image_set_size(image, size.width, size.height);
	zbar_image_set_data(
	    image, pixels, (unsigned long)size.width * size.height, NULL);
	zbar_scan_image(scanner, image);
	for (symbol = zbar_image_first_symbol(image); symbol != NULL;
	     symbol = zbar_symbol_next(symbol))
		keep(seen, zbar_symbol_get_data(symbol),
		    zbar_symbol_get_data_length(symbol));
	zbar_image_destroy(image);
}

/* NULL: no memory. */
static zbar_image_scanner_t *
open_eye(void)
{
	zbar_image_scanner_t *scanner = zbar_image_scanner_create();

	if (scanner == NULL)
		return NULL;
	/* Else it tells everybody on the bus what it saw. */
	zbar_image_scanner_request_dbus(scanner, 0);
	zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
	zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
	return scanner;
}

int
eye_main(void)
{
	zbar_image_scanner_t *scanner = open_eye();
	char *pixels = malloc(EYE_PIXELS);
	struct eye_seen seen = {.codes = 0};
	struct size size;
	int failed = 1;

	if (scanner != NULL && pixels != NULL && lock_in() == 0 &&
	    take(0, &size, sizeof(size)) == 0 && allowed(size) &&
	    take(0, pixels, (size_t)size.width * size.height) == 0) {
		find(scanner, size, pixels, &seen);
		failed = give(1, &seen, sizeof(seen)) != 0;
	}
	_exit(failed);
}

static int64_t
milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
}

/* What it writes until it ends.  0: all of *seen. */
static int
hear(int fd, struct eye_seen *seen)
{
	int64_t end = milliseconds() + EYE_SECONDS * 1000, left;
	struct pollfd one = {.fd = fd, .events = POLLIN};
	size_t got = 0;
	ssize_t n = 1;

	while (n > 0 && got < sizeof(*seen)) {
		left = end - milliseconds();
		if (left <= 0 || poll(&one, 1, (int)left) <= 0)
			break;
		n = read(fd, (char *)seen + got, sizeof(*seen) - got);
		got += n > 0 ? (size_t)n : 0;
	}
	return got == sizeof(*seen) ? 0 : -1;
}

static pid_t
start(int in, int out)
{
	char *const argv[] = {"mailroomd", EYE_ARGUMENT, NULL};
	/* The library would look for the bus to tell what it sees. */
	char *const environment[] = {"DBUS_SYSTEM_BUS_ADDRESS=disabled:", NULL};
	posix_spawn_file_actions_t files;
	pid_t pid = -1;

	if (posix_spawn_file_actions_init(&files) != 0)
		return -1;
	if (posix_spawn_file_actions_adddup2(&files, in, 0) != 0 ||
	    posix_spawn_file_actions_adddup2(&files, out, 1) != 0 ||
	    posix_spawn_file_actions_addopen(
		&files, 2, "/dev/null", O_WRONLY, 0) != 0 ||
	    posix_spawn_file_actions_addclosefrom_np(&files, 3) != 0 ||
	    posix_spawn(
		&pid, "/proc/self/exe", &files, NULL, argv, environment) != 0)
		pid = -1;
	posix_spawn_file_actions_destroy(&files);
	return pid;
}

/* A code is text, whoever wrote it. */
static int
sound(struct eye_seen *seen)
{
	if (seen->codes < 0 || seen->codes > EYE_CODES || seen->others < 0)
		return -1;
	for (int i = 0; i < seen->codes; i++) {
		seen->code[i][EYE_TEXT - 1] = '\0';
		for (const char *c = seen->code[i]; *c != '\0'; c++)
			if (!isupper((unsigned char)*c) &&
			    !isdigit((unsigned char)*c))
				return -1;
	}
	return 0;
}

int
eye_look(
    unsigned width, unsigned height, const char *pixels, struct eye_seen *seen)
{
	const struct size size = {width, height};
	int in[2] = {-1, -1}, out[2] = {-1, -1}, failed = -1;
	pid_t pid = -1;

	memset(seen, 0, sizeof(*seen));
	if (!allowed(size) || pipe2(in, O_CLOEXEC) != 0 ||
	    pipe2(out, O_CLOEXEC) != 0)
		goto out;
	pid = start(in[0], out[1]);
	close(in[0]);
	close(out[1]);
	in[0] = out[1] = -1;
	if (pid > 0 && give(in[1], &size, sizeof(size)) == 0 &&
	    give(in[1], pixels, (size_t)width * height) == 0)
		failed = hear(out[0], seen);
	if (failed == 0)
		failed = sound(seen);
out:
	for (int i = 0; i < 2; i++) {
		if (in[i] >= 0)
			close(in[i]);
		if (out[i] >= 0)
			close(out[i]);
	}
	if (pid > 0) {
		kill(pid, SIGKILL);
		while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
	return failed;
}
