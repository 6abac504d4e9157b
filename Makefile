# Mailroom.  `make demo` plays a mail day, `make check` runs every test.
CC ?= gcc
B ?= build
CFLAGS ?= -O2 -g
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes
PKGS = sqlite3 libsodium libqrencode
# The one list of Debian packages: what is not installed, `make deps` installs.
DEBS = gcc clang make pkg-config libsqlite3-dev libsodium-dev libhpdf-dev \
	libqrencode-dev libcmocka-dev fonts-dejavu-core tzdata poppler-utils \
	zbar-tools qpdf valgrind mandoc expect sqlite3 clang-format \
	libclang-rt-14-dev

ALLFLAGS = -std=c11 -D_DEFAULT_SOURCE $(CFLAGS) $(WARN) -I. -MMD -MP \
	$$(pkg-config --cflags $(PKGS))
LIBS = $$(pkg-config --libs $(PKGS)) -lhpdf -lpthread -lm

LIB = arena code coderead blocklist lettercode words payload \
	text text_fold csv when \
	out_sink out_tree out_wrap out_json out_csv out_table out_tape
FORMS =
CLI =
TESTS = test_code test_text

objs = $(patsubst %,$(B)/%.o,$(1))
LIB_O = $(call objs,$(addprefix lib/,$(LIB)))
FORMS_O = $(call objs,$(addprefix forms/,$(FORMS)))
TEST_B = $(addprefix $(B)/test/,$(TESTS))

all: $(TEST_B)

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALLFLAGS) -c -o $@ $<

# Any text file becomes an object with its bytes, NUL-terminated, under a
# symbol made of its path: db/schema.sql is embed_db_schema_sql[].
$(B)/%.embed.o: %
	@mkdir -p $(@D)
	@s=embed_$$(echo $* | tr './-' '___'); printf \
	'.section .rodata\n.globl %s\n%s: .incbin "%s"\n.byte 0\n.section .note.GNU-stack,"",@progbits\n' \
	$$s $$s $< | $(CC) -x assembler -c -o $@ -

$(B)/libmailroom.a: $(LIB_O) $(FORMS_O)
	rm -f $@ && ar rcs $@ $^

$(TEST_B): $(B)/test/%: $(B)/test/%.o $(B)/libmailroom.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS) -lcmocka

clean:
	rm -rf build build-*

-include $(shell find $(B) -name '*.d' 2>/dev/null)

.PHONY: all deps demo check memcheck lint bench docs install clean
.SECONDARY:
