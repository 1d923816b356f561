/*
 * A citizen without any idea: ten thousand random answers, and what must hold
 * after each of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/gsm.h"
#include "menus/callee.h"
#include "menus/screen.h"
#include "tests/unit/dialogue.h"

#define STEPS 10000

struct walk {
	struct dialogue d;
	uint64_t seed;
	struct place place; /* of the last screen */
	char plain[1000]; /* that screen without its error */
	size_t turns[MOVE_ANEW + 1];
	size_t errors;
};

static void advance(struct walk *w);
static void dial_somewhere(struct walk *w);
static void meet_outcome(struct walk *w);
static const char *random_value(struct walk *w, const struct variable *v);
static const char *random_rows(struct walk *w);
static const char *random_input(struct walk *w);
static unsigned pick(struct walk *w, unsigned count);
static void check_screen(struct walk *w, const char *screen);
static void check_message(struct walk *w, const char *message);
static void check_pages(struct walk *w);
static void check_error(struct walk *w);
static void check_nav(struct walk *w);
static bool has_line(const char *screen, const char *key, const char *word);

static void
walk(void **state, int septets, int ucs2)
{
	struct dialogue *d = *state;
	struct walk w = { .d = *d, .seed = 20260131 };
	int i;

	w.d.facts.septets = septets;
	w.d.facts.ucs2 = ucs2;
	dial_somewhere(&w);
	for (i = 0; i < STEPS; i++) {
		advance(&w);
		if (i % 50 == 0) {
			/* What is kept of the dialogue must not outlive its
			 * arena: begin anew. */
			arena_free(w.d.arena);
			w.d.arena = arena_new();
			dial_somewhere(&w);
		}
	}
	/* It came about. */
	assert_true(w.turns[MOVE_SHOW] > STEPS / 4);
	assert_true(w.turns[MOVE_END] > STEPS / 100);
	assert_true(w.turns[MOVE_CALL] > STEPS / 100);
	assert_true(w.turns[MOVE_ANEW] > 0);
	assert_true(w.errors > STEPS / 100);
	d->arena = w.d.arena;
}

static void
advance(struct walk *w)
{
	struct dialogue *d = &w->d;

	w->turns[d->move.kind]++;
	switch (d->move.kind) {
	case MOVE_CALL:
		meet_outcome(w);
		break;
	case MOVE_APP:
		fail_msg("there is no application in tests/menus");
		break;
	case MOVE_END:
		check_screen(w, d->move.screen);
		if (d->move.sms != NULL)
			check_message(w, d->move.sms);
		dial_somewhere(w);
		break;
	case MOVE_SHOW:
		check_screen(w, d->move.screen);
		check_pages(w);
		check_error(w);
		check_nav(w);
		if (pick(w, 20) == 0 && session_may_resume(d->c, &d->session))
			drop(d);
		else
			answer(d, random_input(w));
		break;
	case MOVE_ANEW:
	case MOVE_PROFILE:
	case MOVE_FORGET:
	case MOVE_TELL:
		dial_somewhere(w);
		break;
	}
}

static void
dial_somewhere(struct walk *w)
{
	static const char *const dialled[] = { "*152*00#", "*152*00*3#",
		"*152*00*6*1*A1234567#", "*152*00*3*2*98*3#", "*150*1#",
		"*152*00*99*3*4*98#", "*153*1*1*12345678#",
		"*153*2*4*12345678#", "*153*3*1*123*1#",
		"*152*00*3*1*5000*1#" };
	static const char *const texts[] = { "DENI B76543210", "CHAGUA",
		"nauli a b", "msaada", "nauli", "kiasi 600", "what",
		"kitambulisho", "cheti changu c123", "maoni maji, tena!" };

	w->plain[0] = '\0';
	if (pick(w, 4) > 0)
		dial(&w->d, dialled[pick(w, ARRAY_SIZE(dialled))]);
	else
		text(&w->d, texts[pick(w, ARRAY_SIZE(texts))]);
}

static void
meet_outcome(struct walk *w)
{
	const struct move *m = &w->d.move;
	const struct graph *owner;
	const struct api *api = callee_api(w->d.c, m->graph, m->state, &owner);
	const char *values[8];
	size_t i;

	w->plain[0] = '\0';
	for (i = 0; i < api->take_count; i++)
		values[i] = random_value(w, &owner->vars[api->takes[i].var]);
	/* By now and then it comes late. */
	if (pick(w, 20) == 0)
		w->d.session.channel = CHANNEL_SMS;
	outcome_is(&w->d,
	    pick(w, 4) > 0 ? OUTCOME_OK : (enum outcome)pick(w, OUTCOME_COUNT),
	    values);
}

static const char *
random_value(struct walk *w, const struct variable *v)
{
	static const char *const texts[] = { "0", "1200", "99999999", "Asha",
		"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "99 1234", "",
		"Mwanahamisi binti Abdulrahman wa Kariakoo, Dar es Salaam",
		"\xd0\x94\xd0\xb0\xd0\xb9 \xe2\x82\xac\xf0\x9f\x98\x80",
		"a\xff\xc3(b\nc\xe2\x80\xae" };

	if (v->type == VAR_ROWS)
		return random_rows(w);
	return texts[pick(w, ARRAY_SIZE(texts))];
}

static const char *
random_rows(struct walk *w)
{
	static const struct variable text;
	unsigned count = pick(w, 60), i;
	char *rows = "";

	for (i = 0; i < count; i++)
		rows = arena_printf(w->d.arena, "%s%s%u\x1f%s", rows,
		    i == 0 ? "" : "\x1e", i, random_value(w, &text));
	return rows;
}

static const char *
random_input(struct walk *w)
{
	static const char *const inputs[] = { "0", "00", "98", "98", "98", "99",
		"1", "2", "3", "4", "5", "6", "7", "8", "12", "17", "1", "2",
		"A1234567", "1234", "2000000", "5000", "600", "31-12-2025",
		"tigo pesa", "", "\xd0\x94\xd0\xb0", "[]^~", "kiasi 700",
		"99999999999999999999", "moja mbili tatu nne tano sita" };

	return inputs[pick(w, ARRAY_SIZE(inputs))];
}

/* xorshift: the same walk everywhere. */
static unsigned
pick(struct walk *w, unsigned count)
{
	w->seed ^= w->seed << 13;
	w->seed ^= w->seed >> 7;
	w->seed ^= w->seed << 17;
	return (unsigned)(w->seed >> 33) % count;
}

/* ---- what must hold */

static void
check_screen(struct walk *w, const char *screen)
{
	struct gsm_room room = gsm_measure(screen, strlen(screen));

	if (w->d.session.channel == CHANNEL_SMS) {
		check_message(w, screen);
		return;
	}
	assert_null(strchr(screen, '{'));
	if (room.in_alphabet)
		assert_in_range(room.septets, 0, (size_t)w->d.facts.septets);
	else
		assert_in_range(room.ucs2, 0, (size_t)w->d.facts.ucs2);
}

static void
check_message(struct walk *w, const char *message)
{
	struct gsm_room room = gsm_measure(message, strlen(message));
	size_t parts = (size_t)w->d.c->limits.sms_parts;

	assert_null(strchr(message, '{'));
	assert_true(room.in_alphabet ? room.septets <= parts * 153
				     : room.ucs2 <= parts * 67);
}

/* Where the proof holds there are never more pages than it says. */
static void
check_pages(struct walk *w)
{
	struct dialogue *d = &w->d;
	struct scene sc = scene_of(d->arena, d->c, &d->facts, &d->session);
	struct screen_proof proof = screen_worst(d->arena, d->c, sc.graph,
	    d->session.here.state, d->session.lang, d->session.channel,
	    d->facts.septets, d->facts.ucs2);

	if (proof.fits)
		assert_in_range(screen_lay(&sc, false).pages, 1, proof.pages);
}

/* A wrong answer puts a line on top and moves nothing. */
static void
check_error(struct walk *w)
{
	const char *screen = w->d.move.screen, *at;
	const struct place *here = &w->d.session.here;

	if (w->d.move.reading == READING_WRONG && w->plain[0] != '\0' &&
	    memcmp(here, &w->place, sizeof(*here)) == 0) {
		at = strstr(screen, w->plain);
		assert_non_null(at);
		assert_true(at > screen && at[-1] == '\n');
		assert_string_equal(at, w->plain);
		w->errors++;
		return;
	}
	w->place = *here;
	/* Dialled through to an error: what it hides is not known. */
	snprintf(w->plain, sizeof(w->plain), "%s",
	    w->d.move.reading == READING_WRONG ? "" : screen);
}

static void
check_nav(struct walk *w)
{
	struct dialogue *d = &w->d;
	const struct nav *const navs[] = { &d->c->back, &d->c->home,
		&d->c->more, &d->c->lang };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(navs); i++) {
		const struct nav *nav = navs[i];
		struct move m = step_input(
		    d->c, &d->facts, &d->session, nav->key, d->arena);
		const char *word = step_words(
		    d->arena, d->c, &d->facts, d->session.lang, &nav->text);

		assert_int_equal(has_line(d->move.screen, nav->key, word),
		    m.reading == READING_NAV);
	}
}

static bool
has_line(const char *screen, const char *key, const char *word)
{
	char line[64];
	const char *at;

	snprintf(line, sizeof(line), "\n%s %s", key, word);
	at = strstr(screen, line);
	return at != NULL &&
	    (at[strlen(line)] == '\n' || at[strlen(line)] == '\0');
}

static void
all_holds_on_a_screen_as_proved(void **state)
{
	walk(state, 160, 70);
}

static void
all_holds_on_the_largest_screen(void **state)
{
	walk(state, 182, 80);
}

/* No proof holds here, but the budget does. */
static void
all_holds_on_a_screen_that_is_too_small(void **state)
{
	walk(state, 90, 80);
}

#define PLAYED(test) \
	cmocka_unit_test_setup_teardown(test, dialogue_setup, dialogue_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		PLAYED(all_holds_on_a_screen_as_proved),
		PLAYED(all_holds_on_the_largest_screen),
		PLAYED(all_holds_on_a_screen_that_is_too_small),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
