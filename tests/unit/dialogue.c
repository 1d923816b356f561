/*
 * Dialogues for tests.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/dialogue.h"

static void moved(struct dialogue *d, struct move m);

int
dialogue_setup(void **state)
{
	return dialogue_open(state, "tests/menus/menus.cfg");
}

int
dialogue_open(void **state, const char *menus)
{
	const char *folder = getenv("MLANGO_SRCDIR");
	static struct dialogue d;
	struct findings findings;

	d = (struct dialogue){ .arena = arena_new() };
	findings_init(&findings, d.arena);
	d.c = catalogue_read(arena_printf(d.arena, "%s/%s",
				 folder == NULL ? "." : folder, menus),
	    0, 0, &findings);
	if (d.c == NULL)
		findings_print(&findings, stderr);
	assert_non_null(d.c);
	d.facts = (struct facts){
		.msisdn = "255712345678",
		.operator_name = "Simu",
		.code = "*152*00#",
		.date = "2026-02-28",
		.time = "09:30",
		.septets = d.c->limits.septets,
		.ucs2 = d.c->limits.ucs2,
	};
	*state = &d;
	return 0;
}

int
dialogue_teardown(void **state)
{
	struct dialogue *d = *state;

	catalogue_free(d->c);
	arena_free(d->arena);
	return 0;
}

void
dial(struct dialogue *d, const char *dialled)
{
	moved(d, step_begin(d->c, &d->facts, d->lang, dialled, d->arena));
}

void
text(struct dialogue *d, const char *message)
{
	moved(d, step_keyword(d->c, &d->facts, d->lang, message, d->arena));
}

void
answer(struct dialogue *d, const char *input)
{
	moved(d, step_input(d->c, &d->facts, &d->session, input, d->arena));
}

void
drop(struct dialogue *d)
{
	moved(d, step_dropped(d->c, &d->facts, &d->session, d->arena));
}

void
outcome_is(struct dialogue *d, enum outcome outcome, const char *const *values)
{
	moved(d,
	    step_outcome(
		d->c, &d->facts, &d->session, outcome, values, d->arena));
}

static void
moved(struct dialogue *d, struct move m)
{
	size_t len, again;
	const struct move before = m;
	uint8_t *octets, *same;

	if (m.kind == MOVE_PROFILE)
		m = step_profile(
		    d->c, &d->facts, &before, &d->profile, d->arena);
	d->move = m;
	d->session = m.session;
	/* What is over is not kept. */
	if (m.kind == MOVE_END || m.kind == MOVE_ANEW)
		return;
	octets = session_pack(d->arena, d->c, &m.session, &len);
	assert_int_equal(
	    session_unpack(d->arena, d->c, octets, len, &d->session), 0);
	same = session_pack(d->arena, d->c, &d->session, &again);
	assert_int_equal(len, again);
	assert_memory_equal(octets, same, len);
}

void
assert_shown(const struct dialogue *d, const char *screen)
{
	assert_int_equal(d->move.kind, MOVE_SHOW);
	assert_string_equal(d->move.screen, screen);
}

void
assert_ended(const struct dialogue *d, const char *screen)
{
	assert_int_equal(d->move.kind, MOVE_END);
	assert_string_equal(d->move.screen, screen);
}

void
assert_called(const struct dialogue *d, const char *state)
{
	assert_int_equal(d->move.kind, MOVE_CALL);
	assert_string_equal(d->move.state->name, state);
}

void
play_exchanges(struct dialogue *d, const struct exchange *e, size_t count)
{
	for (; count > 0; e++, count--) {
		answer(d, e->input);
		assert_string_equal(d->move.screen, e->screen);
	}
}
