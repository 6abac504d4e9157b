# Mailroom.  `make demo` plays a mail day, `make check` runs every test.
CC := $(if $(filter default,$(origin CC)),$(if $(filter 1,$(SAN)),clang,gcc),$(CC))
B ?= build
CFLAGS ?= -O2 -g
# `make SAN=1 ...` builds with sanitizers, by clang, in a folder of its own; PGSQL=0 without PostgreSQL.
ifeq ($(SAN),1)
B = build-san
CFLAGS = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined \
	-fno-sanitize-recover=all
endif
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes
PKGS = sqlite3 libsodium libqrencode libutf8proc libmicrohttpd jansson libsystemd libcurl gnutls $(if $(filter 0,$(PGSQL)),,libpq)
# The one list of Debian packages: what is not installed, `make deps` installs.
DEBS = gcc clang libclang-rt-14-dev make pkg-config libsqlite3-dev libsodium-dev libhpdf-dev zlib1g-dev libmicrohttpd-dev libjansson-dev libsystemd-dev libcurl4-gnutls-dev libgnutls28-dev \
	libqrencode-dev libutf8proc-dev libzint-dev libcups2-dev libzbar-dev libpq-dev libcmocka-dev fonts-dejavu-core tzdata poppler-utils \
	zbar-tools zxing-cpp-tools qpdf valgrind mandoc expect sqlite3 \
	clang-format universal-ctags perl cups-daemon cups-client cups-ipp-utils systemd nodejs npm chromium-headless-shell postgresql-15
BENCH_DEBS = glabels wrk

ALLFLAGS = -std=c11 -D_DEFAULT_SOURCE $(CFLAGS) $(WARN) $(WERROR) -I. -MMD -MP $(if $(filter 0,$(PGSQL)),,-DMR_PGSQL) \
	$$(pkg-config --cflags $(PKGS))
LIBS = -Wl,--as-needed $$(pkg-config --libs $(PKGS)) -lhpdf -lz -lzint -lcups -lzbar -lpthread -lm

# Objects, area by area.
LIB = arena again instance tongue gap chain event mailroom status migrate op op_parse op_table request rows sql sql_sentence sql_table sql_sqlite sql_sqlite_file sql_sqlite_fill copy copy_side copy_mark copy_rows copy_hash $(if $(filter 0,$(PGSQL)),,sql_pgsql sql_pgsql_place sql_pgsql_pipe sql_pgsql_schema sql_pgsql_stmt sql_pgsql_fill) \
	blocklist code coderead lettercode payload words csv text text_fold when verdict reason dayno \
	out_csv out_json out_pick out_sink out_table out_tape out_tree out_wrap keys box vault \
	userkey signin pin invite user user_key setting recovery file backup backup_file backup_keep newdir due restore rekey site site_add site_heads op_site letter_take history_line office_init office_check op_init op_office op_backup job attention op_attention \
	op_user op_user_start badge op_badge card op_bench imb op_setting audit emit op_audit daily letter letter_emit letter_gate letter_store letter_count \
	letter_verdict receive letter_steps letter_back letter_identify letter_new letter_speak letter_group writing letter_undo letter_list \
	letter_candidates letter_refuse letter_trays letter_outgoing op_worklist pairing_exchange op_exchange op_named op_letter op_letter_staff op_letter_new op_letter_look op_station paper paper_doc paper_letter paper_stock op_form print \
	print_doc print_pile op_print seal seal_answer seal_past op_seal batch manifest op_batch history history_words \
	history_page op_history scan scan_card scan_say op_scan audit_words audit_export verify \
	verify_chain verify_rows verify_signed fid fid_read fid_register op_id pairing pairing_open pairing_import pairing_traffic letter_wait op_pairing op_pairing_show \
	facility facility_import facility_update rule rule_seed route route_say op_route price postage postage_list op_postage place import op_facility person profile \
	profile_shows profile_store address sealed countersign roster_import correspondent correspondent_step \
	op_correspondent op_correspondent_show countersign_say day day_till day_look day_numbers \
	answer bench bench_fault bench_read bench_say bench_letter bench_choose bench_card bench_table enclosure enclosure_list page page_print op_page paper_card op_card queue printer op_printer op_countersign op_day op_day_sheet op_enclosure certificate pemfile openapi
EMBED = db/schema.sql db/migrate/0002-printing.sql db/migrate/0003-people.sql db/migrate/0004-sites.sql lib/es.txt lib/page.txt lib/openapi.json
FORMS = mem pool fault keys utf8 wording layout doc font glyph unicode page ink flow qr qr_table qr_score bar guard content pdf postal cover \
	envelope insert postal_words list stock envelope_stock label shipping measure lint lint_rules manifest recovery table history_page day_sheet office_letter \
	amount id_card money_slip blank_page bench_card badge scanner ruler
FORMS_EMBED = forms/wording-en.txt forms/wording-es.txt forms/label-stock.csv forms/layout.txt forms/envelope-stock.csv
CLI = main database certificate remote remote_body replay args near table run rounds rounds_sum paper files prompt progress screen interrupt deliver help help_words \
	help_doc complete init restore copy line station station_show
CLI_EMBED = cli/complete.bash
DAEMON = main conf listen pem instance log http body strict reply queue writer crew session throttle office answer param api bench bench_view benches turn turn_print press door visit errand retype metrics move jobs page who eye photo
TESTS = $(addprefix test_,code code_million payload rates bar coded bench words tongue args paper verdict text text_fold when csv \
	out out_table out_pick rounds guard guard_search names qr stock lint postal forms facility person address import keys vault user pin invite init \
	recover office backup restore copy jobs pairing pairing_import fid verify verify_paper chain mailroomd twice http authz authz_letters conc malformed station station_again benches scanner lines photo wire certificate tls door retype session openapi \
	migrate tables sites site_add site_take op ops history scan day day_sheet enclosure letter_states letter_receive \
	letter_steps letter_ways letter_list worklist letter_undo letter_days page cards batch seal seal_old print office_forms office_letter printer apart route outside postage faults faults_open tamper)
TEST_TOOLS = draw draw_all intake failover_client $(if $(filter 0,$(PGSQL)),,test_pgsql test_pgsql_pipe test_lost test_lost_daemon) # which shell tests run
BENCH = main bench bare bare_http bare_pgsql pgsql http fill letters verify cover labels sheets pairing

objs = $(patsubst %,$(B)/%.o,$(1))
LIB_O = $(call objs,$(addprefix lib/,$(LIB)) $(addsuffix .embed,$(EMBED)))
FORMS_O = $(call objs,$(addprefix forms/,$(FORMS)) $(addsuffix .embed,$(FORMS_EMBED)))
PROGRAMS = $(B)/mailroom $(B)/mailroomd/mailroomd $(B)/test/bench/bench $(B)/test/fuzz/fuzz
TEST_B = $(addprefix $(B)/test/,$(TESTS) $(TEST_TOOLS))

PREFIX ?= /usr/local
ROOT = $(DESTDIR)$(PREFIX)

all: $(PROGRAMS) $(TEST_B)

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

$(B)/mailroom: $(call objs,$(addprefix cli/,$(CLI)) $(addsuffix .embed,$(CLI_EMBED)))
$(B)/mailroomd/mailroomd: $(call objs,$(addprefix mailroomd/,$(DAEMON)) $(addsuffix .embed,$(wildcard mailroomd/web/*.*)))
$(B)/test/bench/bench: $(call objs,$(addprefix test/bench/,$(BENCH)))
$(B)/test/fuzz/fuzz: $(call objs,$(addprefix test/fuzz/,fuzz requests codes files $(if $(FUZZING),,replay)) $(addprefix mailroomd/,param strict conf))
$(PROGRAMS): $(B)/libmailroom.a
	@echo "  LD $@"
	@$(CC) $(CFLAGS) -Wl,-z,now $(LDFLAGS) -o $@ $(filter %.o,$^) $< $(LIBS)

$(addprefix $(B)/test/test_,mailroomd twice jobs http authz authz_letters conc malformed station station_again photo wire tls door retype): | $(B)/mailroomd/mailroomd
$(addprefix $(B)/test/test_,args paper rounds): $(call objs,cli/args cli/near cli/paper cli/interrupt cli/rounds_sum)
$(addprefix $(B)/test/test_,session benches): $(call objs,mailroomd/session mailroomd/throttle mailroomd/benches mailroomd/reply)
$(TEST_B): $(B)/test/%: $(B)/test/%.o $(B)/libmailroom.a
	@echo "  LD $@"
	@$(CC) $(CFLAGS) -Wl,-z,now $(LDFLAGS) -o $@ $^ $(B)/libmailroom.a $(LIBS) -lcmocka -lzbar

deps:
	@test/deps $(DEBS)

# Make again once the packages are there.
again = +@$(MAKE) --no-print-directory -j$(or $(JOBS),2)

check: deps
	$(again) WERROR=-Werror all
	$(again) WERROR=-Werror SAN=1 CC=clang B=$(B)-san all
	@test/suites check $(B) $(TESTS) | JOBS='$(JOBS)' test/run $(B)/log

memcheck: deps
	$(again) all
	@test/suites memcheck $(B) $(TESTS) | LIMIT=7200 JOBS='$(JOBS)' test/run $(B)/log

fuzz: deps
	@test/fuzz/run $(B)

lint:
	@test/lint
	@test/layers.sh | grep -v '^ok'

# Ours beside the bare libraries; docs/bench.md says how to read it.
bench: deps
	-@test/deps $(BENCH_DEBS)
	$(again) $(B)/test/bench/bench $(B)/mailroomd/mailroomd
	@$(B)/test/bench/bench $(B)/bench

demo: deps
	$(again) $(B)/mailroom
	@test/demo.sh $(B)

# Pages that the table of operations writes.
docs: $(B)/mailroom
	$(B)/mailroom help --markdown > docs/operations.md && $(B)/mailroom help --openapi > docs/openapi.json
	$(B)/mailroom help --man | docs/put-operations.sh docs/mailroom.1

install: $(B)/mailroom $(B)/mailroomd/mailroomd
	install -D -m 755 -t $(ROOT)/bin $(B)/mailroom
	install -D -m 755 -t $(ROOT)/sbin $(B)/mailroomd/mailroomd
	install -D -m 644 -t $(ROOT)/share/man/man1 docs/mailroom.1
	install -D -m 644 -t $(ROOT)/share/man/man8 docs/mailroomd.8
	$(B)/mailroom completion bash | install -D -m 644 /dev/stdin $(ROOT)/share/bash-completion/completions/mailroom
	for unit in mailroomd.service mailroomd.socket; do sed 's|/usr/local|$(PREFIX)|' mailroomd/$$unit | \
		install -D -m 644 /dev/stdin $(ROOT)/lib/systemd/system/$$unit || exit 1; done

clean:
	rm -rf build build-*

-include $(shell find $(B) -name '*.d' 2>/dev/null)
.PHONY: all deps demo check memcheck fuzz lint bench docs install clean
.SECONDARY:
