/*
 * Talks: what is reported of a dialogue that differs from its script, and the
 * sample institutions' own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "gateway/answer.h"
#include "menus/catalogue.h"
#include "menus/talk.h"

struct world {
	struct arena *arena;
	struct findings findings;
	struct catalogue *c;
	char heard[4000];
};

static int
setup(void **state)
{
	static struct world w;

	w = (struct world){ .arena = arena_new() };
	findings_init(&w.findings, w.arena);
	*state = &w;
	return 0;
}

static int
teardown(void **state)
{
	struct world *w = *state;

	catalogue_free(w->c);
	arena_free(w->arena);
	return 0;
}

static void
open_menus(struct world *w, const char *path)
{
	const char *folder = getenv("MLANGO_SRCDIR");

	w->c = catalogue_read(arena_printf(w->arena, "%s/%s",
				  folder == NULL ? "." : folder, path),
	    0, 0, &w->findings);
	assert_non_null(w->c);
}

/* ---- canned answers */

static char *
read_file(struct arena *a, const char *path, size_t *len)
{
	char octets[4096];
	FILE *file = fopen(path, "r");

	if (file == NULL)
		return NULL;
	*len = fread(octets, 1, sizeof(octets), file);
	fclose(file);
	return arena_copy(a, octets, *len);
}

static enum outcome
read_canned(void *arg, struct arena *a, const struct graph *g,
    const struct api *api, const struct canned *canned,
    const char *const **values, const char **why)
{
	const char *slash = strrchr(g->file, '/'), *body = "";
	struct answer answer;
	size_t len = 0;

	(void)arg;
	if (canned->body != NULL)
		body = read_file(a,
		    arena_printf(a, "%.*s/%s", (int)(slash - g->file), g->file,
			canned->body),
		    &len);
	if (body == NULL) {
		*why = "no such file";
		return OUTCOME_FAIL;
	}
	answer = answer_read(a, api, canned->status, body, len);
	*values = answer.values;
	return answer.outcome;
}

/* ---- the talks of the samples */

static void
the_talks_of_the_sample_institutions_pass(void **state)
{
	static const struct talk_world world = { .answer = read_canned };
	struct world *w = *state;
	size_t i, j, played = 0;

	open_menus(w, "config/menus.cfg");
	for (i = 0; i < w->c->graph_count; i++)
		for (j = 0; j < w->c->graphs[i]->talk_count; j++, played++)
			(void)talk_play(w->c, w->c->graphs[i],
			    &w->c->graphs[i]->talks[j], &world, &w->findings);
	findings_print(&w->findings, stderr);
	assert_int_equal(w->findings.errors, 0);
	assert_in_range(played, 10, 1000);
}

/* ---- what is reported */

#define TALK(...)                                    \
	{                                            \
		.name = "it", .line = 7, __VA_ARGS__ \
	}

static void
hear(void *arg, char kind, const char *text)
{
	struct world *w = arg;
	size_t len = strlen(w->heard);

	snprintf(w->heard + len, sizeof(w->heard) - len, "%c %s\n", kind, text);
}

static void
a_talk_that_differs_is_reported_with_what_was_shown(void **state)
{
	static const struct canned given[] = {
		{ .api = "bill", .status = 404, .body = NULL, .line = 5 },
		{ .api = "places",
		    .status = 200,
		    .body = "nothing.json",
		    .line = 7 }
	};
	const struct {
		struct talk talk;
		const char *says; /* NULL: it passes */
	} cases[] = {
		{ TALK(.dial = "*152*00*6#",
		      .say = (const char *const[]){ "<Uliza deni", "< 1 Uliza",
			  "> 1", "<akaunti", NULL }),
		    NULL },
		{ TALK(.dial = "*152*00*6#",
		      .say = (const char *const[]){ ">1", "<Karibu", NULL }),
		    "talk \"it\": after \"1\" nothing has \"Karibu\": the "
		    "screen "
		    "is \"Ingiza namba ya akaunti ya maji (mf. A1234567)\\n"
		    "0 Rudi\\n00 Mwanzo\"" },
		{ TALK(.dial = "*152*00*6*1*A1234567#",
		      .say = (const char *const[]){ NULL }),
		    "talk \"it\": after \"*152*00*6*1*A1234567#\" the service "
		    "bill is asked, for which no answer is given" },
		{ TALK(.dial = "*152*00*6#", .given = given, .given_count = 2,
		      .say = (const char *const[]){ NULL }),
		    "talk \"it\": nothing.json: no such file" },
		{ TALK(.text = "DENI A1234567", .given = given,
		      .given_count = 1, .lang = "en",
		      .say = (const char *const[]){ "<was not found", NULL }),
		    NULL },
		{ TALK(.dial = "*152*00*6*1*A1234567#", .given = given,
		      .given_count = 1,
		      .say = (const char *const[]){ ">1", NULL }),
		    "talk \"it\": \"1\" is sent, but the dialogue is over "
		    "after "
		    "\"Akaunti A1234567 haijapatikana. Hakiki namba.\"" },
	};
	static const struct talk_world world = { .answer = read_canned };
	struct world *w = *state;
	const struct graph *maji;
	size_t i;

	open_menus(w, "tests/menus/menus.cfg");
	maji = w->c->graphs[0];
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		size_t before = w->findings.count;
		bool passed =
		    talk_play(w->c, maji, &cases[i].talk, &world, &w->findings);

		assert_int_equal(passed, cases[i].says == NULL);
		assert_int_equal(w->findings.count, before + !passed);
		if (passed)
			continue;
		assert_string_equal(
		    w->findings.list[before].says, cases[i].says);
		assert_int_equal(w->findings.list[before].line, 7);
		assert_non_null(
		    strstr(w->findings.list[before].file, "maji.cfg"));
	}
}

static void
a_dialogue_can_be_listened_to(void **state)
{
	static const struct canned given[] = {
		{ .api = "bill", .status = 0, .body = NULL, .line = 7 }
	};
	const struct talk talk =
	    TALK(.dial = "*152*00*6*1#", .given = given, .given_count = 1,
		.say = (const char *const[]){ ">A1234567", "<SMS", NULL });
	struct world *w = *state;
	struct talk_world world = { .line = hear, .arg = w };

	open_menus(w, "tests/menus/menus.cfg");
	assert_true(
	    talk_play(w->c, w->c->graphs[0], &talk, &world, &w->findings));
	assert_string_equal(w->heard,
	    "> *152*00*6*1#\n"
	    "< Ingiza namba ya akaunti ya maji (mf. A1234567)\n0 Rudi\n"
	    "00 Mwanzo\n"
	    "> A1234567\n"
	    "= bill\n"
	    "$ Mfumo una shughuli nyingi. Utapata jibu kwa SMS.\n");
}

static void
time_passes_in_a_talk_without_waiting(void **state)
{
	static const struct {
		struct canned given[3];
		const char *dial, *text;
		const char *const say[8];
		const char *says; /* NULL: it passes */
	} cases[] = {
		/* Who comes back in time, or too late. */
		{ .dial = "*152*00*6#",
		    .say = { "+ 119s", "> 1", "< akaunti" } },
		{ .dial = "*152*00*6#",
		    .say = { "+ 121s", "> 1", "< Muda umekwisha" } },
		{ .dial = "*152*00*6#",
		    .say = { "+ 100s", "> 1", "+ 100s", "> 0", "< Uliza" } },
		{ .dial = "*152*00*6#",
		    .say = { "+ 121s", "> 1", "> 1" },
		    .says = "talk \"it\": \"1\" is sent, but the dialogue is "
			    "over after \"Muda umekwisha. Tafadhali piga tena "
			    "*152*00#.\"" },
		{ .dial = "*152*00*6*1#",
		    .say = { "+ 3m", "> *152*00#", "< Ulikuwa: Huduma za Maji",
			"> 1", "< akaunti" } },
		{ .dial = "*152*00*6*1#",
		    .say = { "+ 3m", "> *152*00#", "> 2", "< Serikali" } },
		{ .dial = "*152*00*6*1#",
		    .say = { "+ 8m", "> *152*00#", "< Serikali" } },
		{ .dial = "*152*00*6*1#",
		    .say = { "> *152*00*6#", "< Uliza deni" } },
		{ .dial = "*152*00*6*1#",
		    .say = { "> *152*00#", "< Ulikuwa" } },
		/* A service that takes its time: limits.turn is 4 s, its own
		 * timeout 9. */
		{ { { .api = "bill", .status = 404, .after_ms = 3000 } },
		    .dial = "*152*00*6*1*A1234567#",
		    .say = { "< haijapatikana" } },
		{ { { .api = "bill", .status = 404, .after_ms = 5000 } },
		    .dial = "*152*00*6*1*A1234567#",
		    .say = { "< jibu kwa SMS", "+ 4s", "< jibu kwa SMS", "+ 1s",
			"< haijapatikana" } },
		{ { { .api = "bill", .status = 404, .after_ms = 5000 } },
		    .dial = "*152*00*6*1*A1234567#",
		    .say = { "+ 4s", "< haijapatikana" },
		    .says = "talk \"it\": after \"*152*00*6*1*A1234567#\" "
			    "nothing has \"haijapatikana\": the screen is "
			    "\"Mfumo una shughuli nyingi. Utapata jibu kwa "
			    "SMS.\"" },
		{ { { .api = "bill", .status = 404, .after_ms = 10000 } },
		    .dial = "*152*00*6*1*A1234567#",
		    .say = { "< jibu kwa SMS", "+ 9s", "< Samahani" } },
		{ { { .api = "bill" } }, .dial = "*152*00*6*1*A1234567#",
		    .say = { "< jibu kwa SMS", "+ 9s", "< Samahani" } },
		{ { { .api = "bill", .slow = true } },
		    .dial = "*152*00*6*1*A1234567#",
		    .say = { "< jibu kwa SMS", "+ 1h", "< Samahani" } },
		/* Its timeout of 2 s is shorter than a turn. */
		{ { { .api = "places" } }, .dial = "*152*00*6*2#",
		    .say = { "< Samahani" } },
		/* By SMS one waits. */
		{ { { .api = "bill", .status = 404, .after_ms = 5000 } },
		    .text = "DENI A1234567", .say = { "< haijapatikana" } },
		/* One answer after another; the last goes on. */
		{ { { .api = "bill", .status = 500 },
		      { .api = "bill", .status = 404 } },
		    .text = "DENI A1234567",
		    .say = { "< Samahani", "> DENI A1234567", "< haijapatikana",
			"> DENI B1234567", "< B1234567 haijapatikana" } },
	};
	static const struct talk_world world = { .answer = read_canned };
	struct world *w = *state;
	size_t i, before;

	open_menus(w, "tests/menus/menus.cfg");
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct talk talk = TALK(.dial = cases[i].dial,
		    .text = cases[i].text, .given = cases[i].given,
		    .given_count = 3, .say = cases[i].say);

		while (talk.given_count > 0 &&
		    cases[i].given[talk.given_count - 1].api == NULL)
			talk.given_count--;
		before = w->findings.count;
		if (!talk_play(
			w->c, w->c->graphs[0], &talk, &world, &w->findings))
			assert_string_equal(w->findings.list[before].says,
			    cases[i].says == NULL ? "" : cases[i].says);
		else
			assert_null(cases[i].says);
	}
}

static void
a_line_says_how_long_it_lets_pass(void **state)
{
	static const struct {
		const char *line;
		bool is_span;
		int64_t ms;
	} cases[] = { { "+ 5m", true, 300000 }, { "+300s", true, 300000 },
		{ "+ 2h", true, 7200000 }, { "+ 1d", true, 86400000 },
		{ "+ 7", true, 7000 }, { "+", false, 0 },
		{ "+ soon", false, 0 }, { "+ 5 minutes", false, 0 },
		{ "+ -5s", false, 0 }, { "+ 400d", true, INT64_C(34560000000) },
		{ "+ 401d", false, 0 } };
	int64_t ms;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		assert_int_equal(
		    talk_span(cases[i].line, &ms), cases[i].is_span);
		if (cases[i].is_span)
			assert_int_equal(ms, cases[i].ms);
	}
}

#define PLAYED(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		PLAYED(the_talks_of_the_sample_institutions_pass),
		PLAYED(a_talk_that_differs_is_reported_with_what_was_shown),
		PLAYED(a_dialogue_can_be_listened_to),
		PLAYED(time_passes_in_a_talk_without_waiting),
		cmocka_unit_test(a_line_says_how_long_it_lets_pass),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
