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

# Objects, an area a line.
LIB = arena chain event mailroom migrate op op_parse op_table request rows sql sql_sqlite
LIB += blocklist code coderead lettercode payload words
LIB += csv text text_fold when verdict reason
LIB += out_csv out_json out_pick out_sink out_table out_tape out_tree out_wrap
LIB += keys box vault userkey user user_key setting recovery rekey
LIB += office_init office_check op_init op_office op_user op_setting
LIB += audit emit op_audit
LIB += letter letter_emit letter_gate letter_store letter_verdict receive letter_steps
LIB += letter_back letter_identify letter_undo letter_list letter_candidates
LIB += op_letter op_letter_staff op_letter_look op_station paper print print_doc op_print
LIB += seal op_seal batch manifest op_batch
LIB += history history_words history_page op_history scan scan_say op_scan
LIB += audit_words audit_export verify verify_chain verify_rows verify_signed
LIB += fid fid_read fid_register op_id
LIB += pairing pairing_open pairing_import pairing_traffic letter_wait
LIB += op_pairing op_pairing_show
LIB += facility facility_import facility_update rule place import op_facility
LIB += person profile profile_store address sealed countersign roster_import
LIB += correspondent correspondent_step op_correspondent op_correspondent_show
LIB += countersign_say day day_till day_look day_numbers enclosure enclosure_list
LIB += op_countersign op_day op_day_sheet op_enclosure
EMBED = db/schema.sql
FORMS = mem pool fault utf8 wording doc font glyph page ink flow qr guard pdf
FORMS += postal cover envelope stock label manifest recovery
FORMS += table history_page day_sheet office_letter
FORMS_EMBED = forms/wording-en.txt forms/wording-es.txt forms/label-stock.csv
CLI = main args near table run paper files prompt progress screen interrupt
CLI += help help_words help_doc complete init answer line station station_read
CLI += station_do station_table station_show
CLI_EMBED = cli/complete.bash
TESTS = test_code test_code_million test_payload test_words \
	test_args test_paper test_verdict test_text test_when test_csv test_out test_out_table \
	test_guard test_stock test_forms \
	test_facility test_person test_import \
	test_keys test_vault test_user test_init test_recover test_office \
	test_pairing test_fid
TESTS += test_verify
TESTS += test_day test_enclosure
# Programs that shell tests run.
TEST_TOOLS = draw bench_pairing bench_cover

objs = $(patsubst %,$(B)/%.o,$(1))
LIB_O = $(call objs,$(addprefix lib/,$(LIB)) $(addsuffix .embed,$(EMBED)))
FORMS_O = $(call objs,$(addprefix forms/,$(FORMS)) $(addsuffix .embed,$(FORMS_EMBED)))
CLI_O = $(call objs,$(addprefix cli/,$(CLI)) $(addsuffix .embed,$(CLI_EMBED)))
TEST_B = $(addprefix $(B)/test/,$(TESTS) $(TEST_TOOLS))

PREFIX ?= /usr/local
ROOT = $(DESTDIR)$(PREFIX)

all: $(B)/mailroom $(TEST_B)

$(B)/%.o: %.c
	@mkdir -p $(@D)
	@echo "  CC $<"
	@$(CC) $(ALLFLAGS) -c -o $@ $<

# Any text file becomes an object with its bytes, NUL-terminated, under a
# symbol made of its path: db/schema.sql is embed_db_schema_sql[].
$(B)/%.embed.o: %
	@mkdir -p $(@D)
	@s=embed_$$(echo $* | tr './-' '___'); printf \
	'.section .rodata\n.globl %s\n%s: .incbin "%s"\n.byte 0\n.section .note.GNU-stack,"",@progbits\n' \
	$$s $$s $< | $(CC) -x assembler -c -o $@ -

$(B)/libmailroom.a: $(LIB_O) $(FORMS_O)
	@rm -f $@ && ar rcs $@ $^

$(B)/mailroom: $(CLI_O) $(B)/libmailroom.a
	@echo "  LD $@"
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(B)/test/test_args: $(call objs,cli/args cli/near cli/station_read)
$(B)/test/test_paper: $(call objs,cli/paper cli/interrupt)
$(TEST_B): $(B)/test/%: $(B)/test/%.o $(B)/libmailroom.a
	@echo "  LD $@"
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(B)/libmailroom.a $(LIBS) -lcmocka

# Pages that the table of operations writes.
docs: $(B)/mailroom
	$(B)/mailroom help --markdown > docs/operations.md
	$(B)/mailroom help --man | docs/put-operations.sh docs/mailroom.1

install: $(B)/mailroom
	install -D -m 755 -t $(ROOT)/bin $(B)/mailroom
	install -D -m 644 -t $(ROOT)/share/man/man1 docs/mailroom.1
	install -d $(ROOT)/share/bash-completion/completions
	$(B)/mailroom completion bash \
		> $(ROOT)/share/bash-completion/completions/mailroom

clean:
	rm -rf build build-*

-include $(shell find $(B) -name '*.d' 2>/dev/null)

.PHONY: all deps demo check memcheck lint bench docs install clean
.SECONDARY:
