/* Which file is whose path.  See page.h. */
#include "mailroomd/page.h"

#include <string.h>

#include "mailroomd/answer.h"

/* Names of pages, each with an HTML and a module of its own; one symbol of
 * the embedded text a file. */
#define PAGES(X) \
	X(station, "station") \
	X(outgoing, "outgoing") \
	X(trays, "trays") \
	X(history, "history") \
	X(today, "today") \
	X(desk, "desk") \
	X(admin, "admin") \
	X(sign_in, "sign-in")

/* What they share: symbol, name, type. */
#define PARTS(X) \
	X(app_css, "app.css", "text/css") \
	X(station_css, "station.css", "text/css") \
	X(act_js, "act.js", "text/javascript") \
	X(admin_words_js, "admin-words.js", "text/javascript") \
	X(api_js, "api.js", "text/javascript") \
	X(attention_js, "attention.js", "text/javascript") \
	X(bench_js, "bench.js", "text/javascript") \
	X(work_css, "work.css", "text/css") \
	X(history_words_js, "history-words.js", "text/javascript") \
	X(trays_words_js, "trays-words.js", "text/javascript") \
	X(outgoing_words_js, "outgoing-words.js", "text/javascript") \
	X(letter_js, "letter.js", "text/javascript") \
	X(exchange_js, "exchange.js", "text/javascript") \
	X(code_js, "code.js", "text/javascript") \
	X(desk_audit_js, "desk-audit.js", "text/javascript") \
	X(desk_facilities_js, "desk-facilities.js", "text/javascript") \
	X(desk_imports_js, "desk-imports.js", "text/javascript") \
	X(desk_keys_js, "desk-keys.js", "text/javascript") \
	X(desk_pairings_js, "desk-pairings.js", "text/javascript") \
	X(desk_people_js, "desk-people.js", "text/javascript") \
	X(desk_words_js, "desk-words.js", "text/javascript") \
	X(dom_js, "dom.js", "text/javascript") \
	X(kept_js, "kept.js", "text/javascript") \
	X(looks_js, "looks.js", "text/javascript") \
	X(mark_svg, "mark.svg", "image/svg+xml") \
	X(office_words_js, "office-words.js", "text/javascript") \
	X(paper_js, "paper.js", "text/javascript") \
	X(photo_js, "photo.js", "text/javascript") \
	X(say_js, "say.js", "text/javascript") \
	X(shell_js, "shell.js", "text/javascript") \
	X(sites_js, "sites.js", "text/javascript") \
	X(sites_words_js, "sites-words.js", "text/javascript") \
	X(sound_js, "sound.js", "text/javascript") \
	X(station_words_js, "station-words.js", "text/javascript") \
	X(till_js, "till.js", "text/javascript") \
	X(today_words_js, "today-words.js", "text/javascript") \
	X(verdict_js, "verdict.js", "text/javascript") \
	X(wedge_js, "wedge.js", "text/javascript") \
	X(words_js, "words.js", "text/javascript") \
	X(write_js, "write.js", "text/javascript")

#define X(symbol, name) \
	extern const char embed_mailroomd_web_##symbol##_html[]; \
	extern const char embed_mailroomd_web_##symbol##_js[];
PAGES(X)
#undef X
#define X(symbol, name, type) extern const char embed_mailroomd_web_##symbol[];
PARTS(X)
#undef X
extern const char embed_mailroomd_web_page_html[];

static const struct {
	const char *name, *html;
} pages[] = {
#define X(symbol, name) {name, embed_mailroomd_web_##symbol##_html},
    PAGES(X)
#undef X
};

static const struct {
	const char *name, *type, *text;
} parts[] = {
#define X(symbol, name) \
	{name ".js", "text/javascript", embed_mailroomd_web_##symbol##_js},
    PAGES(X)
#undef X
#define X(symbol, name, type) {name, type, embed_mailroomd_web_##symbol},
	PARTS(X)
#undef X
};

/* page.html with {page} as the name and {main} as the page's own HTML. */
static void
put_page(struct reply *reply, const char *name, const char *html)
{
	const char *at = embed_mailroomd_web_page_html, *brace;

	reply->status = 200;
	reply->type = "text/html; charset=utf-8";
	while ((brace = strchr(at, '{')) != NULL) {
		reply_write(reply, at, (size_t)(brace - at));
		if (strncmp(brace, "{page}", 6) == 0)
			reply_write(reply, name, strlen(name));
		else
			reply_write(reply, html, strlen(html));
		at = brace + 6;
	}
	reply_write(reply, at, strlen(at));
}

static int
serve_part(struct reply *reply, const char *name)
{
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (strcmp(parts[i].name, name) != 0)
			continue;
		reply_text(reply, 200, parts[i].type, parts[i].text);
		return 1;
	}
	return 0;
}

static int
serve_page(struct reply *reply, const char *name)
{
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		if (strcmp(pages[i].name, name) != 0)
			continue;
		put_page(reply, pages[i].name, pages[i].html);
		return 1;
	}
	return 0;
}

int
page_serve(struct http_request *request)
{
	struct reply *reply = &request->reply;
	const char *path = request->path;
	int found;

	if (strcmp(path, "/") == 0) {
		reply_text(reply, 303, "text/plain", "");
		reply_header(reply, "Location", "/sign-in");
		return 1;
	}
	found = strncmp(path, "/web/", 5) == 0 ? serve_part(reply, path + 5)
					       : serve_page(reply, path + 1);
	if (!found || strcmp(request->method, "GET") == 0 ||
	    strcmp(request->method, "HEAD") == 0)
		return found;
	reply_clear(reply);
	answer_problem(reply, 405, MR_USAGE, "a page is asked for with GET");
	reply_header(reply, "Allow", "GET");
	return 1;
}
