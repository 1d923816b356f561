/*
 * Check 5 of what the gateway itself asks: whether to go on with a dialogue
 * that was dropped, to use a value of before, to keep a new one.
 */
#include "menus/check_parts.h"
#include "menus/screen.h"

static void check_dropped(const struct proof *p);
static void check_asked(const struct proof *p);
static void check_ask(const struct proof *p, uint16_t state);
static void check_phase(
    const struct proof *p, uint16_t state, enum phase phase, const char *what);

void
check_offers(const struct proof *p)
{
	uint16_t i;

	if (p->g == p->c->root)
		return;
	check_dropped(p);
	check_asked(p);
	for (i = 0; i < p->g->state_count; i++)
		if (p->g->states[i].kind == STATE_ASK)
			check_ask(p, i);
}

/* Its only part that an institution writes is its title. */
static void
check_dropped(const struct proof *p)
{
	const struct limits *l = &p->c->limits;
	struct screen_proof proof;
	struct arena *a = arena_new();
	uint8_t lang;

	for (lang = 0; lang < p->c->lang_count && l->resume_s > 0; lang++) {
		proof = screen_worst_dropped(
		    a, p->c, p->g, lang, l->septets, l->ucs2);
		if (!proof.fits)
			proof_wrong(p, CHECK_ROOM, p->g->title.line, NULL,
			    "with this title in '%s' the offer to go on with "
			    "a dropped dialogue is %zu %s too long for a "
			    "screen: shorten it",
			    p->c->langs[lang], proof.over,
			    proof.over_ucs2 ? "characters (UCS-2)" : "septets");
	}
	arena_free(a);
}

/* Only an ask fills a variable from a profile, or keeps it there. */
static void
check_asked(const struct proof *p)
{
	const struct variable *v = p->g->vars;
	uint16_t i;
	size_t st;

	for (i = 0; i < p->g->var_count; i++, v++) {
		if (v->keep_s == 0 && v->reads == NULL)
			continue;
		for (st = 0; st < p->g->state_count; st++)
			if (p->g->states[st].kind == STATE_ASK &&
			    p->g->states[st].into == i)
				break;
		if (st == p->g->state_count)
			proof_doubt(p, CHECK_VARIABLES, v->line, NULL,
			    "'%s' says '%s', but no ask asks for it", v->name,
			    v->keep_s > 0 ? "keep" : "reads");
	}
}

static void
check_ask(const struct proof *p, uint16_t state)
{
	const struct state *st = &p->g->states[state];
	const struct variable *v = &p->g->vars[st->into];

	if (v->secret)
		return;
	if (v->keep_s > 0 || v->reads != NULL)
		check_phase(p, state, PHASE_USE,
		    "the question whether to use the value of before");
	if (v->keep_s > 0)
		check_phase(p, state, PHASE_KEEP,
		    "the question whether to keep the value");
}

static void
check_phase(
    const struct proof *p, uint16_t state, enum phase phase, const char *what)
{
	const struct limits *l = &p->c->limits;
	const struct state *st = &p->g->states[state];
	struct screen_proof proof;
	struct arena *a = arena_new();
	uint8_t lang;

	for (lang = 0; lang < p->c->lang_count; lang++) {
		proof = screen_worst_phase(
		    a, p->c, p->g, state, lang, phase, l->septets, l->ucs2);
		if (!proof.fits)
			proof_wrong(p, CHECK_ROOM, st->line, st,
			    "%s in '%s' is %zu %s too long for a screen: "
			    "shorten the words of the menus file",
			    what, p->c->langs[lang], proof.over,
			    proof.over_ucs2 ? "characters (UCS-2)" : "septets");
	}
	arena_free(a);
}
