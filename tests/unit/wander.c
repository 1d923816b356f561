/*
 * A wanderer, step by step.
 */
#include <string.h>

#include "base/gsm.h"
#include "menus/app.h"
#include "menus/callee.h"
#include "menus/condition.h"
#include "menus/limits.h"
#include "menus/rows.h"
#include "menus/screen.h"
#include "tests/unit/wander.h"

#define STEPS_AN_ARENA 30

struct wanderer {
	const struct catalogue *c;
	struct arena *arena;
	struct facts facts;
	uint64_t seed;
	struct session session; /* as it was kept */
	struct move move;
	struct wandered so_far;
};

static void begin(struct wanderer *w);
static void text_a_keyword(struct wanderer *w);
static void advance(struct wanderer *w);
static void answer(struct wanderer *w);
static const char *random_input(struct wanderer *w, const struct state *st);
static const char *typed_value(struct wanderer *w, const struct variable *v);
static void meet_outcome(struct wanderer *w);
static void meet_app(struct wanderer *w);
static const char *given_value(struct wanderer *w, const struct variable *v);
static const char *given_rows(struct wanderer *w, const struct variable *v);
static const char *given_text(
    struct wanderer *w, const struct variable *v, size_t width);
static char *repeated(struct wanderer *w, const char *unit, size_t times);
static void moved(struct wanderer *w, struct move m);
static struct profile some_profile(struct wanderer *w);
static void keep(struct wanderer *w);
static void check_screen(struct wanderer *w);
static void check_room(const struct wanderer *w, const char *text, bool by_sms);
static struct limits limits_here(const struct wanderer *w);
static void check_pages(struct wanderer *w);
static void check_values(struct wanderer *w);
static void check_words(const struct wanderer *w, const struct words *words);
static void check_call(const struct wanderer *w);
static void check_template(const struct wanderer *w, const struct template *t);
static unsigned pick(struct wanderer *w, unsigned count);

struct wandered
wander(const struct catalogue *c, uint64_t seed, int steps)
{
	struct wanderer w = { .c = c, .seed = seed };

	w.facts = (struct facts){ .msisdn = "255712345678901",
		.operator_name = "Mtandao wa Simu Wote",
		.code = "*152*00#",
		.date = "2026-02-28",
		.time = "09:30",
		.septets = c->limits.septets,
		.ucs2 = c->limits.ucs2 };
	for (; steps > 0; steps--) {
		if (steps % STEPS_AN_ARENA == 0 || w.arena == NULL) {
			arena_free(w.arena);
			w.arena = arena_new();
			begin(&w);
		}
		advance(&w);
	}
	arena_free(w.arena);
	return w.so_far;
}

static void
begin(struct wanderer *w)
{
	const struct code *code;
	uint8_t lang = (uint8_t)pick(w, (unsigned)w->c->lang_count);

	if (pick(w, 3) == 0) {
		text_a_keyword(w);
		return;
	}
	code = &w->c->codes[pick(w, (unsigned)w->c->code_count)];
	moved(w, step_begin(w->c, &w->facts, lang, code->code, w->arena));
}

static void
text_a_keyword(struct wanderer *w)
{
	uint8_t lang = (uint8_t)pick(w, (unsigned)w->c->lang_count);
	const struct graph *g;
	const struct keyword *k;
	const char *text = "nini hii";
	size_t args, i;

	if (w->c->graph_count > 0) {
		g = w->c->graphs[pick(w, (unsigned)w->c->graph_count)];
		if (g->keyword_count > 0) {
			k = &g->keywords[pick(
			    w, (unsigned)(g->keyword_count + g->alias_count))];
			text = k->word;
			args = k->least +
			    pick(w, (unsigned)(k->arg_count - k->least) + 1);
			for (i = 0; i < args; i++)
				text = arena_printf(w->arena, "%s %s", text,
				    typed_value(w, &g->vars[k->args[i]]));
		}
	}
	w->so_far.texts++;
	moved(w, step_keyword(w->c, &w->facts, lang, text, w->arena));
}

static void
advance(struct wanderer *w)
{
	switch (w->move.kind) {
	case MOVE_SHOW:
		w->so_far.shown++;
		if (pick(w, 25) == 0 && session_may_resume(w->c, &w->session))
			moved(w,
			    step_dropped(
				w->c, &w->facts, &w->session, w->arena));
		else
			answer(w);
		break;
	case MOVE_CALL:
		w->so_far.called++;
		meet_outcome(w);
		break;
	case MOVE_APP:
		w->so_far.visited++;
		meet_app(w);
		break;
	case MOVE_ANEW:
	case MOVE_PROFILE:
	case MOVE_FORGET:
	case MOVE_TELL:
	case MOVE_END:
		w->so_far.ended++;
		begin(w);
		break;
	}
}

/* ---- what a citizen sends */

static void
answer(struct wanderer *w)
{
	const struct graph *g = session_graph(w->c, &w->session);
	const char *input = random_input(w, &g->states[w->session.here.state]);

	moved(w, step_input(w->c, &w->facts, &w->session, input, w->arena));
}

static const char *
random_input(struct wanderer *w, const struct state *st)
{
	static const char *const inputs[] = { "0", "0", "00", "98", "98", "99",
		"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "",
		"\xd0\x94\xd0\xb0 \xf0\x9f\x98\x80", "[]^~{}", "neno tupu" };
	const struct graph *g = session_graph(w->c, &w->session);

	if (st->kind == STATE_ASK && pick(w, 3) > 0)
		return typed_value(w, &g->vars[st->into]);
	if (st->kind == STATE_MENU && pick(w, 3) > 0)
		return st->options[pick(w, (unsigned)st->option_count)].key;
	return inputs[pick(w, ARRAY_SIZE(inputs))];
}

/* The samples' rules are met by the last few. */
static const char *
typed_value(struct wanderer *w, const struct variable *v)
{
	static const char *const samples[] = { "A1234567", "s0334/0556/2019",
		"dar", "arusha", "csee" };

	if (v->match != NULL && pick(w, 3) > 0)
		return samples[pick(w, ARRAY_SIZE(samples))];
	return given_value(w, v);
}

/* ---- what a service answers */

/* A node may die meanwhile: another one knows only what was kept, and lets a
 * call fail whose secret is lost. */
static void
meet_outcome(struct wanderer *w)
{
	const struct move *m = &w->move;
	const struct graph *owner;
	const struct api *api = callee_api(w->c, m->graph, m->state, &owner);
	const char **values =
	    arena_array(w->arena, api->take_count, sizeof(*values));
	bool late = (m->state->later || m->state->once) && pick(w, 4) == 0;
	struct session s = m->session;
	enum outcome outcome = OUTCOME_OK;
	size_t i;

	for (i = 0; i < api->take_count; i++)
		values[i] = given_value(w, &owner->vars[api->takes[i].var]);
	if (pick(w, 3) == 0)
		outcome = (enum outcome)pick(w, OUTCOME_COUNT);
	if (pick(w, 8) == 0) {
		s = w->session;
		if (session_holds_secret(w->c, &m->session))
			outcome = OUTCOME_FAIL;
	}
	if (late)
		s.channel = CHANNEL_SMS;
	moved(w, step_outcome(w->c, &w->facts, &s, outcome, values, w->arena));
	if (late && w->move.kind != MOVE_CALL)
		begin(w);
}

/* An application says what it likes. */
static void
meet_app(struct wanderer *w)
{
	static const struct variable anything = { .cut = true };
	const struct session s = pick(w, 8) == 0 ? w->session : w->move.session;
	struct app_answer answer = { .action = (enum app_action)pick(w, 3) };

	if (pick(w, 4) > 0)
		answer.text.in[pick(w, (unsigned)w->c->lang_count)] =
		    given_text(w, &anything, pick(w, 1000));
	moved(w,
	    step_app(w->c, &w->facts, &s, pick(w, 6) == 0 ? NULL : &answer,
		w->arena));
}

static const char *
given_value(struct wanderer *w, const struct variable *v)
{
	switch (v->type) {
	case VAR_TEXT:
		return given_text(w, v, v->max);
	case VAR_DIGITS:
	case VAR_PIN:
	case VAR_NUMBER:
		return repeated(w, "9", pick(w, (unsigned)v->max + 2));
	case VAR_MONEY:
		return pick(w, 3) == 0 ? "0"
				       : repeated(w, "8", 1 + v->max * 3 / 4);
	case VAR_DATE:
		return "2025-12-31";
	case VAR_CHOICE:
		return v->choices[0];
	case VAR_ROWS:
		return given_rows(w, v);
	}
	return "";
}

static const char *
given_rows(struct wanderer *w, const struct variable *v)
{
	const char column[] = { ROWS_COLUMN, '\0' };
	const char row[] = { ROWS_ROW, '\0' };
	size_t count = pick(w, (unsigned)v->max + 3), i, col;
	const char *rows = "", *before = "";

	for (i = 0; i < count; i++, before = row)
		for (col = 0; v->cols[col] != NULL; col++, before = column)
			rows = arena_printf(w->arena, "%s%s%s", rows, before,
			    given_text(w, v, v->width));
	return rows;
}

static const char *
given_text(struct wanderer *w, const struct variable *v, size_t width)
{
	switch (pick(w, 6)) {
	case 0:
		return repeated(w, "[", width / 2);
	case 1:
		return repeated(w, "\xd0\x94", width);
	case 2:
		return repeated(w, "\xf0\x9f\x98\x80", width / 2);
	case 3:
		return v->cut ? repeated(w, "m ", width) : "a\xff\n{acct}";
	default:
		return repeated(w, "W", width);
	}
}

static char *
repeated(struct wanderer *w, const char *unit, size_t times)
{
	size_t len = strlen(unit);
	char *text = arena_alloc(w->arena, len * times + 1), *at = text;

	for (; times > 0; times--, at += len)
		memcpy(at, unit, len);
	return text;
}

/* ---- what must hold */

static void
moved(struct wanderer *w, struct move m)
{
	const struct move before = m;

	if (m.kind == MOVE_PROFILE) {
		const struct profile profile = some_profile(w);

		m = step_profile(w->c, &w->facts, &before, &profile, w->arena);
		w->so_far.offered += m.session.phase == PHASE_USE;
	}
	w->so_far.kept += m.keeps != NULL;
	w->move = m;
	w->session = m.session;
	switch (m.kind) {
	case MOVE_SHOW:
		keep(w);
		check_screen(w);
		check_pages(w);
		check_values(w);
		break;
	case MOVE_CALL:
		check_call(w);
		keep(w);
		break;
	case MOVE_APP:
		keep(w);
	case MOVE_ANEW:
	case MOVE_PROFILE:
	case MOVE_FORGET:
	case MOVE_TELL:
		break;
	case MOVE_END:
		check_screen(w);
		/* Unless it is a sentence of the catalogue's own, or of a
		 * keyword whose state was not entered. */
		if (m.trail != NULL &&
		    session_graph(w->c, &m.session)
			    ->states[m.session.here.state]
			    .kind == STATE_END)
			check_values(w);
		break;
	}
}

/* Of whom something is known, or nothing; also what no rule would allow. */
static struct profile
some_profile(struct wanderer *w)
{
	static const char *const values[] = { "1", "A1234567",
		"a value that is much wider than most", "" };
	static const enum consent said[] = { CONSENT_NO, CONSENT_YES,
		CONSENT_SHARED };
	struct known *list = arena_array(w->arena, 2, sizeof(*list));

	list[0] = (struct known){ .institution = "maji",
		.name = "a",
		.value = values[pick(w, ARRAY_SIZE(values))],
		.consent = said[pick(w, ARRAY_SIZE(said))] };
	list[1] = list[0];
	list[1].institution = "latra";
	list[1].name = "t";
	return (struct profile){ list, pick(w, 3) };
}

static void
keep(struct wanderer *w)
{
	size_t len;
	uint8_t *octets = session_pack(w->arena, w->c, &w->move.session, &len);

	CHECK(session_unpack(w->arena, w->c, octets, len, &w->session) == 0);
}

static void
check_screen(struct wanderer *w)
{
	check_room(w, w->move.screen, w->session.channel == CHANNEL_SMS);
	if (w->move.sms != NULL)
		check_room(w, w->move.sms, true);
}

static void
check_room(const struct wanderer *w, const char *text, bool by_sms)
{
	struct gsm_room room = gsm_measure(text, strlen(text));
	const struct limits l = limits_here(w);
	size_t parts = (size_t)l.sms_parts;
	size_t septets = (size_t)l.septets;
	size_t ucs2 = (size_t)l.ucs2;

	if (by_sms) {
		septets = parts == 1 ? 160 : parts * 153;
		ucs2 = parts == 1 ? 70 : parts * 67;
	}
	CHECK(room.in_alphabet ? room.septets <= septets : room.ucs2 <= ucs2);
}

/* A last screen may be a sentence of the catalogue's own. */
static struct limits
limits_here(const struct wanderer *w)
{
	const struct graph *g = session_graph(w->c, &w->session);

	if (w->move.kind == MOVE_SHOW)
		return limits_at(w->c, &g->states[w->session.here.state]);
	return w->c->limits;
}

static void
check_pages(struct wanderer *w)
{
	struct scene sc = scene_of(w->arena, w->c, &w->facts, &w->session);

	if (w->session.channel == CHANNEL_USSD)
		CHECK(
		    screen_lay(&sc, false).pages <= (size_t)w->c->limits.pages);
}

/* The session as it was kept is enough for all that is shown. */
static void
check_values(struct wanderer *w)
{
	struct scene sc = scene_of(w->arena, w->c, &w->facts, &w->session);
	const struct state *st = scene_state(&sc);
	size_t i;

	check_words(w, &st->text);
	check_words(w, &st->sms);
	check_words(w, &st->bad);
	for (i = 0; i < st->option_count; i++)
		if (condition_holds(&sc, &st->options[i].when))
			check_words(w, &st->options[i].text);
}

static void
check_words(const struct wanderer *w, const struct words *words)
{
	size_t lang;

	for (lang = 0; lang < w->c->lang_count; lang++)
		check_template(w, &words->in[lang]);
}

/* What is sent is still there when it is sent. */
static void
check_call(const struct wanderer *w)
{
	const struct state *st = w->move.state;
	const struct api *api = callee_api(w->c, w->move.graph, st, NULL);
	struct session theirs;
	size_t i;

	CHECK(callee_session(w->arena, w->c, &w->move.session, &theirs));
	if (st->borrowed != NULL)
		return;
	check_template(w, &api->url);
	for (i = 0; i < api->body_count; i++)
		check_template(w, &api->body[i].value);
}

static void
check_template(const struct wanderer *w, const struct template *t)
{
	size_t i;

	for (i = 0; i < t->count; i++)
		if (t->pieces[i].literal == NULL &&
		    t->pieces[i].var < BUILTIN_BASE)
			CHECK(w->session.vars[t->pieces[i].var] != NULL);
}

static unsigned
pick(struct wanderer *w, unsigned count)
{
	return wander_pick(&w->seed, count);
}

unsigned
wander_pick(uint64_t *seed, unsigned count)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return (unsigned)(*seed >> 33) % count;
}
