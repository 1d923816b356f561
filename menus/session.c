/*
 * Sessions as octets.
 *
 *	version, flags, code, here, tries, depth, back..., vars..., dialled,
 *	visit (in an app)
 *
 * Numbers that may be NOWHERE are one more, so that this is 0. A place is its
 * graph, its state and its page; most take three octets. Nothing that comes
 * back is believed before it was looked up in the catalogue.
 */
#include <string.h>

#include "base/pack.h"
#include "base/text.h"
#include "menus/limits.h"
#include "menus/session.h"

#define SESSION_VERSION 1

/* The flags, with the language among them. */
#define FLAG_SMS     0x01u
#define LANG_SHIFT   1
#define LANG_MASK    0x06u
#define FLAG_DROPPED 0x08u
#define FLAG_PROFILE 0x10u /* phase, consent and offer stand at the end */
#define FLAG_FORGETS 0x20u
#define FLAGS_KNOWN \
	(FLAG_SMS | LANG_MASK | FLAG_DROPPED | FLAG_PROFILE | FLAG_FORGETS)

static uint8_t flags_of(const struct session *s);
static bool knows_profile(const struct session *s);
static void unpack_profile(
    struct unpack *u, const struct catalogue *c, struct session *s);
static void pack_place(struct pack *p, const struct place *at);
static void pack_vars(
    struct pack *p, const struct graph *g, const struct session *s);
static bool is_left_out(
    const struct graph *g, const struct session *s, size_t var);
static bool unpack_flags(
    struct unpack *u, const struct catalogue *c, struct session *s);
static void unpack_place(
    struct unpack *u, const struct catalogue *c, struct place *at);
static bool is_sound(const struct catalogue *c, const struct session *s);
static bool stands_in_app(const struct catalogue *c, const struct session *s);
static const struct state *state_at(
    const struct catalogue *c, const struct place *at);
static void unpack_vars(
    struct unpack *u, const struct graph *g, struct session *s);
static const char *unpack_text(struct unpack *u);
static size_t unpack_index(struct unpack *u, size_t count);
static const struct graph *graph_of(const struct catalogue *c, uint16_t number);

const struct graph *
session_graph(const struct catalogue *c, const struct session *s)
{
	return graph_of(c, s->here.graph);
}

bool
session_waits_at(const struct state *st)
{
	switch (st->kind) {
	case STATE_MENU:
	case STATE_ASK:
	case STATE_LIST:
	case STATE_SAY:
	case STATE_APP:
		return true;
	case STATE_CALL:
	case STATE_ROUTE:
	case STATE_SUB:
	case STATE_END:
		break;
	}
	return false;
}

int64_t
session_life_ms(const struct catalogue *c, const struct session *s)
{
	const struct state *st = state_at(c, &s->here);
	int life_s = limits_at(c, st).session_s;

	if (st->kind == STATE_APP && st->lowered.wait_s == 0 &&
	    session_graph(c, s)->apps[st->app].session_s > 0)
		life_s = session_graph(c, s)->apps[st->app].session_s;
	return life_s * INT64_C(1000);
}

bool
session_may_resume(const struct catalogue *c, const struct session *s)
{
	const struct state *st = state_at(c, &s->here);

	return s->channel == CHANNEL_USSD && s->here.graph != NOWHERE &&
	    session_waits_at(st) && st->kind != STATE_APP && st->resume &&
	    !st->secret && !session_holds_secret(c, s);
}

uint8_t *
session_pack(struct arena *a, const struct catalogue *c,
    const struct session *s, size_t *len)
{
	bool loses =
	    session_graph(c, s)->states[s->here.state].kind == STATE_CALL &&
	    session_holds_secret(c, s);
	struct pack p;
	size_t i;

	pack_init(&p, a);
	pack_u8(&p, SESSION_VERSION);
	pack_u8(&p, flags_of(s));
	pack_number(&p, (uint16_t)(s->code + 1));
	pack_place(&p, &s->here);
	pack_u8(&p, s->tries);
	/* Where the secret was there it would be missing now. */
	pack_u8(&p, loses ? 0 : s->depth);
	for (i = 0; i < s->depth && !loses; i++)
		pack_place(&p, &s->back[i]);
	pack_vars(&p, session_graph(c, s), s);
	pack_string(&p, s->dialled);
	if (stands_in_app(c, s))
		visit_pack(&p, s->visit);
	if (knows_profile(s)) {
		pack_u8(&p, (uint8_t)s->phase);
		pack_u8(&p, (uint8_t)s->consent);
		pack_string(&p, s->offered);
	}
	*len = p.len;
	return p.octets;
}

static uint8_t
flags_of(const struct session *s)
{
	unsigned flags = (unsigned)s->lang << LANG_SHIFT;

	if (s->channel == CHANNEL_SMS)
		flags |= FLAG_SMS;
	if (s->dropped)
		flags |= FLAG_DROPPED;
	if (s->forgets)
		flags |= FLAG_FORGETS;
	if (knows_profile(s))
		flags |= FLAG_PROFILE;
	return (uint8_t)flags;
}

static bool
knows_profile(const struct session *s)
{
	return s->phase != PHASE_ASK || s->consent != CONSENT_UNKNOWN;
}

static void
pack_place(struct pack *p, const struct place *at)
{
	pack_number(p, (uint16_t)(at->graph + 1));
	pack_number(p, at->state);
	pack_u8(p, at->page);
}

/* Each by its number plus one, the last followed by a 0. */
static void
pack_vars(struct pack *p, const struct graph *g, const struct session *s)
{
	size_t i;

	for (i = 0; i < g->var_count; i++)
		if (s->vars[i] != NULL && !is_left_out(g, s, i)) {
			pack_number(p, i + 1);
			pack_octets(p, s->vars[i], strlen(s->vars[i]));
		}
	pack_number(p, 0);
}

static bool
is_left_out(const struct graph *g, const struct session *s, size_t var)
{
	return g->vars[var].secret &&
	    g->states[s->here.state].kind == STATE_CALL;
}

bool
session_holds_secret(const struct catalogue *c, const struct session *s)
{
	const struct graph *g = session_graph(c, s);
	size_t i;

	for (i = 0; i < g->var_count; i++)
		if (g->vars[i].secret && s->vars[i] != NULL)
			return true;
	return false;
}

int
session_unpack(struct arena *a, const struct catalogue *c,
    const uint8_t *octets, size_t len, struct session *out)
{
	struct unpack u;
	bool has_profile;
	size_t i;

	memset(out, 0, sizeof(*out));
	unpack_init(&u, a, octets, len);
	if (unpack_u8(&u) != SESSION_VERSION)
		return -1;
	has_profile = unpack_flags(&u, c, out);
	out->code = (uint16_t)(unpack_index(&u, c->code_count + 1) - 1);
	unpack_place(&u, c, &out->here);
	out->tries = unpack_u8(&u);
	out->depth = unpack_u8(&u);
	if (out->depth > SESSION_BACK_MAX)
		return -1;
	for (i = 0; i < out->depth; i++)
		unpack_place(&u, c, &out->back[i]);
	if (u.bad || !is_sound(c, out))
		return -1;
	unpack_vars(&u, session_graph(c, out), out);
	out->dialled = unpack_text(&u);
	if (out->dialled != NULL && strlen(out->dialled) > SESSION_DIALLED_MAX)
		return -1;
	if (stands_in_app(c, out))
		out->visit = visit_unpack(&u);
	if (has_profile)
		unpack_profile(&u, c, out);
	return unpack_end(&u);
}

/* Only an ask on a screen speaks of it. */
static void
unpack_profile(struct unpack *u, const struct catalogue *c, struct session *s)
{
	uint8_t phase = unpack_u8(u), consent = unpack_u8(u);

	s->offered = unpack_text(u);
	s->phase = (enum phase)phase;
	s->consent = (enum consent)consent;
	if (phase > PHASE_KEEP || consent > CONSENT_SHARED ||
	    s->channel != CHANNEL_USSD ||
	    state_at(c, &s->here)->kind != STATE_ASK ||
	    (s->phase == PHASE_USE) != (s->offered != NULL))
		u->bad = 1;
}

/* True when there is more at the end. */
static bool
unpack_flags(struct unpack *u, const struct catalogue *c, struct session *s)
{
	uint8_t flags = unpack_u8(u);

	s->channel = flags & FLAG_SMS ? CHANNEL_SMS : CHANNEL_USSD;
	s->dropped = (flags & FLAG_DROPPED) != 0;
	s->forgets = (flags & FLAG_FORGETS) != 0;
	s->lang = (uint8_t)((flags & LANG_MASK) >> LANG_SHIFT);
	if (s->lang >= c->lang_count || (flags & ~FLAGS_KNOWN) != 0)
		u->bad = 1;
	return (flags & FLAG_PROFILE) != 0;
}

static void
unpack_place(struct unpack *u, const struct catalogue *c, struct place *at)
{
	size_t graph = unpack_index(u, c->graph_count + 1);

	at->graph = (uint16_t)(graph - 1);
	at->state =
	    (uint16_t)unpack_index(u, graph_of(c, at->graph)->state_count);
	at->page = unpack_u8(u);
}

/* Only what we showed can be gone back to; a dialogue by USSD has a home; and
 * nobody ever stands in a route or a sub. */
static bool
is_sound(const struct catalogue *c, const struct session *s)
{
	enum state_kind kind = state_at(c, &s->here)->kind;
	size_t i;

	for (i = 0; i < s->depth; i++)
		if (!session_waits_at(state_at(c, &s->back[i])) ||
		    state_at(c, &s->back[i])->kind == STATE_APP)
			return false;
	if (s->dropped &&
	    (s->channel == CHANNEL_SMS || s->here.graph == NOWHERE ||
		!session_waits_at(state_at(c, &s->here))))
		return false;
	if (s->forgets && s->channel != CHANNEL_SMS)
		return false;
	return kind != STATE_ROUTE && kind != STATE_SUB &&
	    (s->channel == CHANNEL_SMS || s->code != NOWHERE);
}

static bool
stands_in_app(const struct catalogue *c, const struct session *s)
{
	return state_at(c, &s->here)->kind == STATE_APP;
}

static const struct state *
state_at(const struct catalogue *c, const struct place *at)
{
	return &graph_of(c, at->graph)->states[at->state];
}

static void
unpack_vars(struct unpack *u, const struct graph *g, struct session *s)
{
	size_t var, len;
	const char *value;

	while (!u->bad && (var = unpack_index(u, g->var_count + 1)) > 0) {
		value = (const char *)unpack_octets(u, &len);
		if (s->vars[var - 1] != NULL || strlen(value) != len ||
		    !text_is_utf8(value, len))
			u->bad = 1;
		s->vars[var - 1] = value;
	}
}

static const char *
unpack_text(struct unpack *u)
{
	const char *text = unpack_string(u);

	if (text != NULL && !text_is_utf8(text, strlen(text)))
		u->bad = 1;
	return text;
}

/* Below COUNT, or all is bad. */
static size_t
unpack_index(struct unpack *u, size_t count)
{
	uint64_t n = unpack_number(u);

	if (n < count)
		return (size_t)n;
	u->bad = 1;
	return 0;
}

static const struct graph *
graph_of(const struct catalogue *c, uint16_t number)
{
	return number == NOWHERE ? c->root : c->graphs[number];
}
