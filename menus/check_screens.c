/*
 * Check 5: every page of every state fits, in every language, with every value
 * at its greatest width; and so does every SMS.
 *
 * It is the layout itself that is asked (menus/screen.h), so that what is
 * proved here is what a citizen gets.
 */
#include <string.h>

#include "base/gsm.h"
#include "base/text.h"
#include "menus/check_parts.h"
#include "menus/edges.h"
#include "menus/keyword.h"
#include "menus/limits.h"
#include "menus/screen.h"

#define LONGEST_KEYWORD "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW"

static void check_state(const struct proof *p, uint16_t state);
static void check_screen(
    const struct proof *p, uint16_t state, uint8_t lang, enum channel channel);
static void name_misfit(const struct proof *p, const struct state *st,
    uint8_t lang, enum channel channel, const struct screen_proof *proof);
static int line_of_misfit(const struct state *st, enum channel channel,
    const struct screen_proof *proof);
static const char *what_is_too_long(const struct proof *p,
    const struct state *st, const struct screen_proof *proof);
static const char *excess(
    const struct proof *p, const struct screen_proof *proof, const char *why);
static const char *first_stranger(struct arena *a, const struct template *t);
static void name_pages(
    const struct proof *p, const struct state *st, uint8_t lang, size_t pages);
static void check_choices(const struct proof *p);
static void check_own_words(const struct proof *p);
static void check_suggestion(const struct proof *p);
static void check_keyword(const struct proof *p, const struct keyword *k);
static void check_usage(const struct proof *p, const struct keyword *k,
    const char *name, const struct words *wrong);
static const struct words *wrong_words(const struct proof *p, uint16_t var);
static void put_words(
    const struct proof *p, struct words *w, const struct words *more);
static void put_text(const struct proof *p, struct words *w, const char *text);
static struct template joined(
    struct arena *a, const struct template *t, const struct template *more);
static void check_sentence(const struct proof *p, const char *name,
    const struct words *w, enum channel channel);

void
check_screens(const struct proof *p)
{
	uint16_t i;

	for (i = 0; i < p->g->state_count; i++)
		check_state(p, i);
	check_choices(p);
	if (p->g == p->c->root)
		check_own_words(p);
	for (i = 0; i < p->g->keyword_count; i++)
		check_keyword(p, &p->g->keywords[i]);
}

/* ---- states */

static void
check_state(const struct proof *p, uint16_t state)
{
	enum channel channel;
	uint8_t lang;

	for (lang = 0; lang < p->c->lang_count; lang++)
		for (channel = CHANNEL_USSD; channel <= CHANNEL_SMS; channel++)
			if (proof_is_seen(p->ways, state, channel))
				check_screen(p, state, lang, channel);
}

bool
proof_is_seen(const struct ways *w, uint16_t state, enum channel channel)
{
	const struct state *st = &w->graph->states[state];
	bool by_sms = ways_reach(w, state, LAYER_SMS) ||
	    ways_reach(w, state, LAYER_LATE);

	if (!edges_has_screen(st->kind))
		return false;
	if (channel == CHANNEL_SMS)
		return by_sms || st->has_sms;
	return !by_sms || ways_reach(w, state, LAYER_USSD);
}

static void
check_screen(
    const struct proof *p, uint16_t state, uint8_t lang, enum channel channel)
{
	const struct state *st = &p->g->states[state];
	const struct limits l = limits_at(p->c, st);
	struct arena *a = arena_new();
	struct screen_proof proof = screen_worst(
	    a, p->c, p->g, state, lang, channel, l.septets, l.ucs2);

	if (!proof.fits)
		name_misfit(p, st, lang, channel, &proof);
	else if (channel == CHANNEL_USSD && proof.pages > (size_t)l.pages)
		name_pages(p, st, lang, proof.pages);
	arena_free(a);
}

static void
name_misfit(const struct proof *p, const struct state *st, uint8_t lang,
    enum channel channel, const struct screen_proof *proof)
{
	int line = line_of_misfit(st, channel, proof);
	const char *what = what_is_too_long(p, st, proof);
	const char *by = excess(p, proof, proof_stranger(p->arena, st, lang));

	if (channel == CHANNEL_SMS)
		proof_wrong(p, CHECK_ROOM, line, st,
		    "sent by SMS, the text in '%s' is %s longer than %d parts "
		    "hold: shorten it",
		    p->c->langs[lang], by, p->c->limits.sms_parts);
	else
		proof_wrong(p, CHECK_ROOM, line, st,
		    "%s in '%s' is %s too long for a screen%s: shorten it",
		    what, p->c->langs[lang], by,
		    st->kind == STATE_END ? ""
					  : " with all that stands beside it");
}

static int
line_of_misfit(const struct state *st, enum channel channel,
    const struct screen_proof *proof)
{
	if (channel == CHANNEL_SMS)
		return st->has_sms ? st->sms.line : st->text.line;
	if (st->kind == STATE_MENU && proof->misfit != SCREEN_HEAD)
		return st->options[proof->misfit].line;
	return st->text.line;
}

static const char *
what_is_too_long(const struct proof *p, const struct state *st,
    const struct screen_proof *proof)
{
	if (proof->misfit == SCREEN_HEAD)
		return "the text";
	if (st->kind == STATE_MENU)
		return arena_printf(
		    p->arena, "the option %s", st->options[proof->misfit].key);
	return "a row";
}

/* "12 septets", or "12 characters (UCS-2, because of 'Ж')". */
static const char *
excess(const struct proof *p, const struct screen_proof *proof, const char *why)
{
	if (!proof->over_ucs2)
		return arena_printf(p->arena, "%zu septets", proof->over);
	return arena_printf(p->arena, "%zu characters (UCS-2, because of %s)",
	    proof->over, why);
}

const char *
proof_stranger(struct arena *a, const struct state *st, uint8_t lang)
{
	const struct words *w;
	const char *found = NULL;
	size_t n;

	for (n = 0; found == NULL && (w = proof_text(st, n)) != NULL; n++)
		found = first_stranger(a, &w->in[lang]);
	return found != NULL ? found : "a value with unicode = true";
}

static const char *
first_stranger(struct arena *a, const struct template *t)
{
	const char *at, *end;
	size_t i, took;
	uint32_t c;

	for (i = 0; i < t->count; i++) {
		at = t->pieces[i].literal;
		if (at == NULL)
			continue;
		for (end = at + t->pieces[i].len; at < end; at += took) {
			took = text_next(at, (size_t)(end - at), &c);
			if (gsm_septets(c) == 0)
				return arena_printf(a, "'%.*s'", (int)took, at);
		}
	}
	return NULL;
}

static void
name_pages(
    const struct proof *p, const struct state *st, uint8_t lang, size_t pages)
{
	proof_wrong(p, CHECK_ROOM, st->text.line, st,
	    "this takes %zu pages in '%s', and limits.pages allows %d: "
	    "shorten it or split it",
	    pages, p->c->langs[lang], limits_at(p->c, st).pages);
}

/* ---- choices */

/* They are shown as the file spells them. */
static void
check_choices(const struct proof *p)
{
	const struct variable *v = p->g->vars;
	const char *const *choice;
	size_t i;

	for (i = 0; i < p->g->var_count; i++, v++)
		for (choice = v->choices;
		     !v->unicode && choice != NULL && *choice != NULL; choice++)
			if (!gsm_measure(*choice, strlen(*choice)).in_alphabet)
				proof_wrong(p, CHECK_ROOM, v->line, NULL,
				    "the choice '%s' leaves the GSM alphabet: "
				    "say unicode = true, or write it "
				    "otherwise",
				    *choice);
}

/* ---- sentences */

static void
check_own_words(const struct proof *p)
{
	const struct catalogue *c = p->c;
	const struct {
		const char *name;
		const struct words *words;
	} said[] = { { "expired", &c->expired }, { "changed", &c->changed },
		{ "sorry", &c->sorry }, { "busy", &c->busy },
		{ "absent", &c->absent } };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(said); i++) {
		check_sentence(p, said[i].name, said[i].words, CHANNEL_USSD);
		check_sentence(p, said[i].name, said[i].words, CHANNEL_SMS);
	}
	check_suggestion(p);
}

/* The keyword that may have been meant stands before it. */
static void
check_suggestion(const struct proof *p)
{
	struct words w = { .line = p->c->unknown.line };

	put_text(p, &w, LONGEST_KEYWORD "?\n");
	put_words(p, &w, &p->c->unknown);
	check_sentence(p, "unknown", &w, CHANNEL_SMS);
}

/* An SMS with a wrong argument, or without it, hears so and how to write it. */
static void
check_keyword(const struct proof *p, const struct keyword *k)
{
	size_t i;

	if (k->arg_count > 0)
		check_usage(p, k, "incomplete", &p->c->incomplete);
	for (i = 0; i < k->arg_count; i++)
		check_usage(p, k, "bad", wrong_words(p, k->args[i]));
}

static void
check_usage(const struct proof *p, const struct keyword *k, const char *name,
    const struct words *wrong)
{
	struct words w = { .line = k->line };

	put_words(p, &w, wrong);
	put_text(p, &w, "\n");
	if (k->example != NULL) {
		put_words(p, &w, &p->c->example);
		put_text(p, &w, arena_printf(p->arena, " %s", k->example));
	} else {
		put_text(p, &w, keyword_usage(p->arena, p->g, k));
	}
	check_sentence(p,
	    arena_printf(
		p->arena, "%s, before how %s is written", name, k->word),
	    &w, CHANNEL_SMS);
}

static const struct words *
wrong_words(const struct proof *p, uint16_t var)
{
	size_t i;

	for (i = 0; i < p->g->state_count; i++)
		if (p->g->states[i].kind == STATE_ASK &&
		    p->g->states[i].into == var)
			return &p->g->states[i].bad;
	return &p->c->bad;
}

static void
put_words(const struct proof *p, struct words *w, const struct words *more)
{
	size_t lang;

	for (lang = 0; lang < p->c->lang_count; lang++)
		w->in[lang] = joined(p->arena, &w->in[lang], &more->in[lang]);
}

static void
put_text(const struct proof *p, struct words *w, const char *text)
{
	const struct piece piece = { text, strlen(text), NOWHERE };
	const struct template more = { &piece, 1 };
	size_t lang;

	for (lang = 0; lang < p->c->lang_count; lang++)
		w->in[lang] = joined(p->arena, &w->in[lang], &more);
}

static struct template joined(
    struct arena *a, const struct template *t, const struct template *more)
{
	struct piece *pieces =
	    arena_array(a, t->count + more->count, sizeof(*pieces));
	size_t i;

	for (i = 0; i < t->count; i++)
		pieces[i] = t->pieces[i];
	for (i = 0; i < more->count; i++)
		pieces[t->count + i] = more->pieces[i];
	return (struct template){ pieces, t->count + more->count };
}

/* NAME: as it is called in the menus file. */
static void
check_sentence(const struct proof *p, const char *name, const struct words *w,
    enum channel channel)
{
	const struct limits *l = &p->c->limits;
	struct screen_proof proof;
	struct arena *a = arena_new();
	const char *why;
	uint8_t lang;

	for (lang = 0; lang < p->c->lang_count; lang++) {
		proof = screen_worst_words(
		    a, p->c, p->g, w, lang, channel, l->septets, l->ucs2);
		why = first_stranger(p->arena, &w->in[lang]);
		if (!proof.fits)
			proof_wrong(p, CHECK_ROOM, w->line, NULL,
			    "'%s' in '%s' is %s too long for %s: shorten it",
			    name, p->c->langs[lang],
			    excess(p, &proof, why == NULL ? "a value" : why),
			    channel == CHANNEL_SMS ? "an SMS" : "a screen");
	}
	arena_free(a);
}
