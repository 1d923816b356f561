/*
 * A visit to an application, step by step and without any: what it answers is
 * a value here.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "menus/app.h"
#include "menus/catalogue.h"
#include "menus/talk.h"

static const char menus[] =
    "langs = [ \"sw\", \"en\" ];\n"
    "limits = { pages = 3; };\n"
    "codes = ( { code = \"*152*00#\"; root = \"root\"; } );\n"
    "root = { text = { sw = \"Huduma\"; en = \"Services\"; };\n"
    "  menu = ( { sw = \"Duka\"; en = \"Shop\"; next = \"duka\"; } ); };\n";
static const char duka[] =
    "duka: { title = { sw = \"Duka\"; en = \"Shop\"; };\n"
    "  doors = { ussd = \"home\"; };\n"
    "  vars = { pin = { type = \"pin\"; max = 4; min_length = 4; }; };\n"
    "  apps = { near = { post = \"http://127.0.0.1/\"; timeout = 2000;\n"
    "      sms = true; session = 180; };\n"
    "    far = { post = \"http://127.0.0.1/\"; timeout = 2000;\n"
    "      speaks = \"africastalking\"; }; };\n"
    "  states = {\n"
    "    home = { text = { sw = \"Kaunta\"; en = \"Counter\"; };\n"
    "      menu = ( { sw = \"Karibu\"; en = \"Near\"; next = \"near\"; },\n"
    "        { sw = \"Mbali\"; en = \"Far\"; next = \"far\"; },\n"
    "        { sw = \"Siri\"; en = \"Secret\"; next = \"ask\"; } ); };\n"
    "    ask = { text = { sw = \"PIN?\"; en = \"Your PIN?\"; };\n"
    "      ask = { into = \"pin\"; secret = true; tries = 3;\n"
    "        bad = { sw = \"Siyo.\"; en = \"No.\"; }; fail = \"sorry\"; };\n"
    "      next = \"near\"; };\n"
    "    near = { app = \"near\"; next = \"home\"; fail = \"sorry\"; };\n"
    "    far = { app = \"far\"; fail = \"sorry\"; };\n"
    "    sorry = { end = { sw = \"Samahani.\"; en = \"Sorry.\"; }; };\n"
    "  }; };\n";

#define COUNTER                                             \
	"Kaunta\n1 Karibu\n2 Mbali\n3 Siri\n0 Rudi\n00 Mwanzo" \
	"\n99 English"

struct guest {
	struct arena *arena;
	struct catalogue *c;
	struct facts facts;
	struct session session; /* as it came back from the store */
	struct move move;
	size_t packed;
};

static int
setup(void **state)
{
	static const struct source both[] = { { "duka.cfg", duka,
	    sizeof(duka) - 1 } };
	struct arena *a = arena_new();
	struct guest *t = arena_alloc(a, sizeof(*t));
	struct findings f;

	t->arena = a;
	findings_init(&f, a);
	t->c = catalogue_compile(
	    (struct source){ "menus.cfg", menus, sizeof(menus) - 1 }, both, 1,
	    0, 0, &f);
	assert_int_equal(f.count, 0);
	assert_non_null(t->c);
	t->facts = (struct facts){ .msisdn = "255712345678",
		.operator_name = "voda",
		.code = "*152*00#",
		.date = "2026-01-31",
		.time = "12:00",
		.septets = 160,
		.ucs2 = 70 };
	*state = t;
	return 0;
}

static int
teardown(void **state)
{
	struct guest *t = *state;

	catalogue_free(t->c);
	arena_free(t->arena);
	return 0;
}

/* Between two steps it goes through its octets. */
static void
moved(struct guest *t, struct move m)
{
	uint8_t *octets =
	    session_pack(t->arena, t->c, &m.session, &t->packed);

	t->move = m;
	assert_int_equal(session_unpack(t->arena, t->c, octets, t->packed,
			     &t->session),
	    0);
}

static void
dial(struct guest *t, const char *dialled)
{
	moved(t, step_begin(t->c, &t->facts, 0, dialled, t->arena));
}

static void
send(struct guest *t, const char *input)
{
	moved(t, step_input(t->c, &t->facts, &t->session, input, t->arena));
}

/* NAMES_AND_VALUES as app_take wants them; NULL: no answer. */
static void
answers(struct guest *t, const char *const *names_and_values)
{
	struct app_answer answer;
	const struct app_answer *good = NULL;

	assert_int_equal(t->move.kind, MOVE_APP);
	if (names_and_values != NULL &&
	    app_take(t->c, names_and_values, &answer))
		good = &answer;
	moved(t, step_app(t->c, &t->facts, &t->session, good, t->arena));
}

#define ANSWERS(t, ...) answers(t, (const char *const[]){ __VA_ARGS__, NULL })

static void
shows(const struct guest *t, const char *screen)
{
	assert_int_equal(t->move.kind, MOVE_SHOW);
	assert_string_equal(t->move.screen, screen);
}

static void
ends(const struct guest *t, const char *screen)
{
	assert_int_equal(t->move.kind, MOVE_END);
	assert_string_equal(t->move.screen, screen);
}

/* ---- what an application is asked */

static void
a_visit_begins_with_what_was_dialled_through(void **state)
{
	struct guest *t = *state;

	dial(t, "*152*00*1*1#");
	assert_int_equal(t->move.kind, MOVE_APP);
	assert_int_equal(t->session.visit->turn, 1);
	assert_string_equal(t->session.visit->inputs, "");
	dial(t, "*152*00*1*2*7*Ali#");
	assert_string_equal(t->move.state->name, "far");
	/* Its institution asks for a secret, which may have been dialled. */
	assert_string_equal(t->session.visit->inputs, "");
	assert_null(t->session.dialled);
}

static void
the_convention_joins_what_was_typed_and_natively_only_the_last_counts(
    void **state)
{
	struct guest *t = *state;
	const char *app[] = { "*152*00*1*1#", "*152*00*1*2#" };
	const char *third[] = { "c", "a*b*c" };
	size_t i;

	for (i = 0; i < 2; i++) {
		dial(t, app[i]);
		ANSWERS(t, "action", "prompt", "text", "Moja");
		send(t, "a");
		ANSWERS(t, "action", "prompt", "text", "Mbili");
		send(t, "b");
		ANSWERS(t, "action", "prompt", "text", "Tatu");
		send(t, "c");
		assert_string_equal(t->session.visit->inputs, third[i]);
		assert_int_equal(t->session.visit->turn, 4);
	}
}

static void
what_nobody_could_keep_fails(void **state)
{
	char input[182];
	struct guest *t = *state;

	memset(input, '1', sizeof(input) - 1);
	input[sizeof(input) - 1] = '\0';
	dial(t, "*152*00*1*2#");
	ANSWERS(t, "action", "prompt", "text", "Moja");
	send(t, input);
	ANSWERS(t, "action", "prompt", "text", "Mbili");
	send(t, input);
	ANSWERS(t, "action", "prompt", "text", "Tatu");
	send(t, input);
	ends(t, "Samahani.");
	assert_true(t->move.left_failed);
}

static void
a_secret_is_forgotten_at_the_door(void **state)
{
	struct guest *t = *state;

	dial(t, "*152*00*1*3#");
	send(t, "1234");
	assert_int_equal(t->move.kind, MOVE_APP);
	assert_false(session_holds_secret(t->c, &t->move.session));
	ANSWERS(t, "action", "menu");
	/* Where it was asked for nobody comes back to. */
	assert_int_equal(t->session.depth, 0);
}

/* ---- what it answers */

static void
data_stays_until_it_is_changed_or_forgotten(void **state)
{
	struct guest *t = *state;

	dial(t, "*152*00*1*1#");
	ANSWERS(t, "action", "prompt", "text", "Moja", "data", "[1]");
	assert_string_equal(t->session.visit->data, "[1]");
	send(t, "1");
	ANSWERS(t, "action", "prompt", "text", "Mbili");
	assert_string_equal(t->session.visit->data, "[1]");
	send(t, "1");
	ANSWERS(t, "action", "prompt", "text", "Tatu", "data", "");
	assert_null(t->session.visit->data);
}

static void
a_text_is_shown_in_the_citizens_language_or_in_any(void **state)
{
	struct guest *t = *state;

	dial(t, "*152*00*1*1#");
	ANSWERS(t, "action", "prompt", "text:en", "Yes", "text:sw", "Ndiyo");
	shows(t, "Ndiyo");
	send(t, "1");
	ANSWERS(t, "action", "prompt", "text:en", "Yes");
	shows(t, "Yes");
	send(t, "1");
	ANSWERS(t, "action", "prompt", "text:fr", "Oui");
	ends(t, "Samahani.");
}

static void
its_last_word_is_read_before_the_dialogue_goes_on(void **state)
{
	struct guest *t = *state;

	dial(t, "*152*00*1*1#");
	ANSWERS(t, "action", "end", "text", "Asante.");
	shows(t, "Asante.\n98 Zaidi");
	assert_string_equal(t->move.left->text, "Asante.");
	assert_false(t->move.left_failed);
	send(t, "chochote");
	shows(t, COUNTER);
	assert_null(t->move.left);
	assert_null(t->session.visit);

	dial(t, "*152*00*1*2#");
	ANSWERS(t, "action", "end", "text", "Asante.");
	ends(t, "Asante.");
}

static void
nobody_goes_back_into_it(void **state)
{
	struct guest *t = *state;

	dial(t, "*152*00*1*1#");
	ANSWERS(t, "action", "menu");
	shows(t, COUNTER);
	send(t, "0");
	shows(t, "Huduma\n1 Duka\n99 English");
}

static void
messages_go_out_with_the_screen(void **state)
{
	struct guest *t = *state;

	dial(t, "*152*00*1*1#");
	ANSWERS(t, "action", "prompt", "text", "Moja", "message", "", "text",
	    "Kwako", "message", "", "text:sw", "Tena", "text:en", "Again");
	shows(t, "Moja");
	assert_int_equal(t->move.message_count, 2);
	assert_string_equal(t->move.messages[0], "Kwako");
	assert_string_equal(t->move.messages[1], "Tena");
	/* Who may not send any said nothing good. */
	dial(t, "*152*00*1*2#");
	ANSWERS(t, "action", "prompt", "text", "Moja", "message", "", "text",
	    "Kwako");
	ends(t, "Samahani.");
	assert_int_equal(t->move.message_count, 0);
}

static void
what_makes_no_sense_fails(void **state)
{
	static const char *const nonsense[][5] = {
		{ NULL },
		{ "text", "Moja", NULL },
		{ "action", "dance", "text", "Moja", NULL },
		{ "action", "prompt", NULL },
		{ "action", "prompt", "text", " \n", NULL },
	};
	struct guest *t = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(nonsense); i++) {
		dial(t, "*152*00*1*1#");
		answers(t, nonsense[i]);
		ends(t, "Samahani.");
		assert_true(t->move.left_failed);
		assert_string_equal(t->move.left_state->name, "near");
	}
	dial(t, "*152*00*1*2#");
	ANSWERS(t, "action", "menu", "text", "Nyumbani");
	ends(t, "Samahani.");
	dial(t, "*152*00*1*2#");
	answers(t, NULL);
	ends(t, "Samahani.");
}

/* ---- pages */

static void
no_page_breaks_an_option(void **state)
{
	struct guest *t = *state;
	const char *text = "Chagua:", *line;
	char *screen, *rest;
	int i, page;

	for (i = 1; i <= 16; i++)
		text = arena_printf(
		    t->arena, "%s\n%d. Kifurushi cha wiki", text, i);
	dial(t, "*152*00*1*1#");
	ANSWERS(t, "action", "prompt", "text", text);
	for (i = 1, page = 0; page < 3; page++) {
		screen = arena_string(t->arena, t->move.screen);
		for (line = strtok_r(screen, "\n", &rest); line != NULL;
		     line = strtok_r(NULL, "\n", &rest)) {
			if (strcmp(line, "Chagua:") == 0 ||
			    strcmp(line, "98 Zaidi") == 0)
				continue;
			assert_string_equal(line,
			    arena_printf(t->arena, "%d. Kifurushi cha wiki",
				i++));
		}
		send(t, "98");
	}
	assert_int_equal(i, 17);
	/* On the last page there is no such line, so it is an answer. */
	assert_int_equal(t->move.kind, MOVE_APP);
}

static void
a_page_is_full_to_the_last_septet(void **state)
{
	struct guest *t = *state;
	char text[162];

	memset(text, 'a', 160);
	text[160] = '\0';
	dial(t, "*152*00*1*1#");
	ANSWERS(t, "action", "prompt", "text", text);
	shows(t, text);
	send(t, "1");
	text[160] = 'a';
	text[161] = '\0';
	ANSWERS(t, "action", "prompt", "text", text);
	assert_int_equal(strlen(t->move.screen), 160);
	assert_non_null(strstr(t->move.screen, "\n98 Zaidi"));
}

/* ---- the store */

static void
a_session_in_an_application_is_bounded(void **state)
{
	struct guest *t = *state;
	char *text = arena_alloc(t->arena, 8001);
	char *data = arena_alloc(t->arena, VISIT_DATA_MAX + 1);
	size_t i;

	for (i = 0; i < 8000; i += 2)
		memcpy(text + i, "\xc3\xb1", 2);
	memset(data, '1', VISIT_DATA_MAX);
	dial(t, "*152*00*1*1#");
	ANSWERS(t, "action", "prompt", "text", text, "data", data);
	send(t, "98");
	assert_true(t->packed > VISIT_DATA_MAX);
	assert_true(t->packed < 4096);
	/* And outside of one, as large as ever. */
	dial(t, "*152*00*1#");
	assert_true(t->packed < 32);
}

static void
in_an_application_its_own_time_counts(void **state)
{
	struct guest *t = *state;

	dial(t, "*152*00*1*1#");
	assert_int_equal(session_life_ms(t->c, &t->session), 180000);
	dial(t, "*152*00*1*2#");
	assert_int_equal(session_life_ms(t->c, &t->session), 120000);
	assert_false(session_may_resume(t->c, &t->session));
}

/* ---- talks */

static enum outcome
answer_as_canned(void *arg, struct arena *a, const struct graph *g,
    const struct api *api, const struct canned *canned,
    const char *const **values, const char **why)
{
	static const char *const asks[] = { "action", "prompt", "text",
		"Ngapi?", NULL };
	static const char *const thanks[] = { "action", "end", "text",
		"Asante.", "message", "", "text", "Moja", "message", "",
		"text", "Mbili", NULL };

	(void)arg, (void)a, (void)g, (void)why;
	assert_int_equal(api->speech, SPEECH_NATIVE);
	*values = strcmp(canned->body, "asks") == 0 ? asks : thanks;
	return OUTCOME_OK;
}

static void
a_talk_plays_an_application_turn_by_turn(void **state)
{
	static const struct canned given[] = {
		{ .api = "near", .status = 200, .body = "asks" },
		{ .api = "near", .status = 200, .body = "thanks" },
	};
	const struct talk talk = { .name = "a visit",
		.dial = "*152*00*1*1#",
		.given = given,
		.given_count = ARRAY_SIZE(given),
		.say = (const char *const[]){ "<Ngapi?", ">2", "<Asante.",
		    "<Moja", "<Mbili", ">98", "<Kaunta", NULL } };
	const struct talk_world world = { .answer = answer_as_canned };
	struct guest *t = *state;
	struct findings f;

	findings_init(&f, t->arena);
	assert_true(talk_play(t->c, t->c->graphs[0], &talk, &world, &f));
	assert_int_equal(f.count, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_visit_begins_with_what_was_dialled_through),
		TEST(the_convention_joins_what_was_typed_and_natively_only_the_last_counts),
		TEST(what_nobody_could_keep_fails),
		TEST(a_secret_is_forgotten_at_the_door),
		TEST(data_stays_until_it_is_changed_or_forgotten),
		TEST(a_text_is_shown_in_the_citizens_language_or_in_any),
		TEST(its_last_word_is_read_before_the_dialogue_goes_on),
		TEST(nobody_goes_back_into_it),
		TEST(messages_go_out_with_the_screen),
		TEST(what_makes_no_sense_fails),
		TEST(no_page_breaks_an_option),
		TEST(a_page_is_full_to_the_last_septet),
		TEST(a_session_in_an_application_is_bounded),
		TEST(in_an_application_its_own_time_counts),
		TEST(a_talk_plays_an_application_turn_by_turn),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
