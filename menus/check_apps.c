/*
 * Applications and planned calls.
 *
 * What an application says is cut and paged when it comes; of its screens only
 * the frame can be proved (check 5), and that it is met where it can be talked
 * to, in time (check 8).
 */
#include <string.h>

#include "base/gsm.h"
#include "menus/check_parts.h"
#include "menus/limits.h"

/* So many septets or characters of a page are the application's at least. */
#define PAGE_LEAST 40
#define UCS2_LEAST 15

static void check_app(const struct proof *p, uint16_t state);
static void check_times(const struct proof *p, const struct state *st);
static void check_frame(const struct proof *p, const struct state *st);
static void check_plan(const struct proof *p, const struct state *st);

void
check_apps(const struct proof *p)
{
	uint16_t i;

	for (i = 0; i < p->g->state_count; i++) {
		if (p->g->states[i].kind == STATE_APP)
			check_app(p, i);
		if (p->g->states[i].reminds)
			check_plan(p, &p->g->states[i]);
	}
}

static void
check_app(const struct proof *p, uint16_t state)
{
	const struct state *st = &p->g->states[state];

	check_times(p, st);
	check_frame(p, st);
	if (ways_reach(p->ways, state, LAYER_SMS))
		proof_wrong(p, CHECK_SAFETY, st->line, st,
		    "a keyword leads here, and an application is talked to on "
		    "the screen only: lead to an 'end' when channel == 'sms'");
	else if (ways_reach(p->ways, state, LAYER_LATE))
		proof_wrong(p, CHECK_SAFETY, st->line, st,
		    "a call's late answer, which is told by SMS, leads here, "
		    "and an application is talked to on the screen only: lead "
		    "to an 'end' when channel == 'sms'");
}

/* Who waits longer than a turn's budget is led elsewhere, and the citizen is
 * always answered by the application, or by `fail`. */
static void
check_times(const struct proof *p, const struct state *st)
{
	const struct app *app = &p->g->apps[st->app];
	int turn = p->c->limits.turn_ms;

	if (app->api.timeout_ms >= turn)
		proof_wrong(p, CHECK_SAFETY, app->line, st,
		    "'%s' may take %d ms, and a citizen waits %d "
		    "(limits.turn): let the timeout be shorter",
		    app->name, app->api.timeout_ms, turn);
}

/* A page of a long text has the line `more`. */
static void
check_frame(const struct proof *p, const struct state *st)
{
	const struct catalogue *c = p->c;
	const struct limits l = limits_at(c, st);
	size_t lang, key = strlen(c->more.key) + 2; /* a space, a line feed */

	for (lang = 0; lang < c->lang_count; lang++) {
		const struct template *t = &c->more.text.in[lang];
		struct gsm_room room = {
			.septets = key, .ucs2 = key, .in_alphabet = true
		};
		size_t i;

		for (i = 0; i < t->count; i++) {
			struct gsm_room more;

			if (t->pieces[i].literal == NULL)
				continue;
			more =
			    gsm_measure(t->pieces[i].literal, t->pieces[i].len);
			room.septets += more.septets;
			room.ucs2 += more.ucs2;
		}
		if (room.septets + PAGE_LEAST <= (size_t)l.septets &&
		    room.ucs2 + UCS2_LEAST <= (size_t)l.ucs2)
			continue;
		proof_wrong(p, CHECK_ROOM, st->line, st,
		    "beside the line 'more' in '%s' an application has hardly "
		    "room for a word: shorten words.more, or lower the limits "
		    "less",
		    c->langs[lang]);
		return;
	}
}

/* It lies in the store until its time comes. */
static void
check_plan(const struct proof *p, const struct state *st)
{
	const struct api *api = &p->g->apis[st->reminder.api];
	uint64_t sent = proof_template_vars(&api->url);
	size_t i;

	for (i = 0; i < api->body_count; i++)
		sent |= proof_template_vars(&api->body[i].value);
	for (i = 0; i < p->g->var_count; i++)
		if (p->g->vars[i].secret && sent & ways_bit((uint16_t)i))
			proof_wrong(p, CHECK_SAFETY, st->reminder.line, st,
			    "'%s' is secret and may not lie in a planned call",
			    p->g->vars[i].name);
}
