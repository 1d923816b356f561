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
		body = read_file(a, arena_printf(a, "%.*s/%s",
		    (int)(slash - g->file), g->file, canned->body), &len);
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

#define TALK(...)                                                            \
	{                                                                    \
		.name = "it", .line = 7, __VA_ARGS__                          \
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
	static const struct canned given[] = { { "bill", 404, NULL, 5 },
		{ "places", 200, "nothing.json", 7 } };
	const struct {
		struct talk talk;
		const char *says; /* NULL: it passes */
	} cases[] = {
		{ TALK(.dial = "*152*00*6#", .say = (const char *const[]){
		      "<Uliza deni", "< 1 Uliza", "> 1", "<akaunti", NULL }),
		    NULL },
		{ TALK(.dial = "*152*00*6#", .say = (const char *const[]){
		      ">1", "<Karibu", NULL }),
		    "talk \"it\": after \"1\" nothing has \"Karibu\": the screen "
		    "is \"Ingiza namba ya akaunti ya maji (mf. A1234567)\\n"
		    "0 Rudi\\n00 Mwanzo\"" },
		{ TALK(.dial = "*152*00*6*1*A1234567#",
		      .say = (const char *const[]){ NULL }),
		    "talk \"it\": after \"*152*00*6*1*A1234567#\" the service "
		    "bill is asked, for which no answer is given" },
		{ TALK(.dial = "*152*00*6#", .given = given,
		      .given_count = 2, .say = (const char *const[]){ NULL }),
		    "talk \"it\": nothing.json: no such file" },
		{ TALK(.text = "DENI A1234567", .given = given,
		      .given_count = 1, .lang = "en",
		      .say = (const char *const[]){ "<was not found", NULL }),
		    NULL },
		{ TALK(.text = "DENI A1234567", .given = given,
		      .given_count = 1,
		      .say = (const char *const[]){ ">1", NULL }),
		    "talk \"it\": \"1\" is sent, but the dialogue is over after "
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
		bool passed = talk_play(w->c, maji, &cases[i].talk, &world,
		    &w->findings);

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
	static const struct canned given[] = { { "bill", 0, NULL, 7 } };
	const struct talk talk = TALK(.dial = "*152*00*6*1#",
	    .given = given, .given_count = 1,
	    .say = (const char *const[]){ ">A1234567", "<SMS", NULL });
	struct world *w = *state;
	struct talk_world world = { .line = hear, .arg = w };

	open_menus(w, "tests/menus/menus.cfg");
	assert_true(talk_play(
	    w->c, w->c->graphs[0], &talk, &world, &w->findings));
	assert_string_equal(w->heard,
	    "> *152*00*6*1#\n"
	    "< Ingiza namba ya akaunti ya maji (mf. A1234567)\n0 Rudi\n"
	    "00 Mwanzo\n"
	    "> A1234567\n"
	    "= bill\n"
	    "< Mfumo una shughuli nyingi. Utapata jibu kwa SMS.\n");
}

#define PLAYED(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		PLAYED(the_talks_of_the_sample_institutions_pass),
		PLAYED(a_talk_that_differs_is_reported_with_what_was_shown),
		PLAYED(a_dialogue_can_be_listened_to),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
