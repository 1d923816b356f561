/*
 * Check 3: every text says the same in every language.
 *
 * That no language is missing was seen when the text was read. Here, the
 * others name the same variables as the first one does; and two that are equal
 * were most likely never translated.
 */
#include <ctype.h>
#include <string.h>

#include "menus/builtins.h"
#include "menus/check_parts.h"

/* So short a text may be a name, a number or a word that all languages have. */
#define LETTERS_FEW 6

static void check_text(
    const struct proof *p, const struct state *st, const struct words *w);
static void check_variables(const struct proof *p, const struct state *st,
    const struct words *w, size_t lang);
static bool names(const struct template *t, uint16_t var);
static void check_translated(const struct proof *p, const struct state *st,
    const struct words *w, size_t lang);
static bool equal(const struct template *a, const struct template *b);
static size_t letters(const struct template *t);

void
check_texts(const struct proof *p)
{
	const struct words *w;
	size_t i, n;

	for (n = 0; (w = proof_sentence(p, n)) != NULL; n++)
		check_text(p, NULL, w);
	for (i = 0; i < p->g->state_count; i++)
		for (n = 0; (w = proof_text(&p->g->states[i], n)) != NULL; n++)
			check_text(p, &p->g->states[i], w);
}

static void
check_text(const struct proof *p, const struct state *st, const struct words *w)
{
	size_t lang;

	for (lang = 1; lang < p->c->lang_count; lang++) {
		check_variables(p, st, w, lang);
		check_translated(p, st, w, lang);
	}
}

/* Built-in ones are among them. */
static void
check_variables(const struct proof *p, const struct state *st,
    const struct words *w, size_t lang)
{
	const char *first = p->c->langs[0], *other = p->c->langs[lang];
	uint16_t var;
	bool here, there;

	for (var = 0; var < BUILTIN_BASE + BUILTIN_COUNT; var++) {
		if (var >= p->g->var_count && var < BUILTIN_BASE)
			continue;
		here = names(&w->in[0], var);
		there = names(&w->in[lang], var);
		if (here != there)
			proof_wrong(p, CHECK_LANGUAGES, w->line, st,
			    "{%s} stands in the text in '%s' but not in '%s': "
			    "each language says the same",
			    builtin_or_own(p->g, var)->name,
			    here ? first : other, here ? other : first);
	}
}

static bool
names(const struct template *t, uint16_t var)
{
	size_t i;

	for (i = 0; i < t->count; i++)
		if (t->pieces[i].literal == NULL && t->pieces[i].var == var)
			return true;
	return false;
}

static void
check_translated(const struct proof *p, const struct state *st,
    const struct words *w, size_t lang)
{
	size_t other;

	for (other = 0; other < lang; other++)
		if (letters(&w->in[lang]) > LETTERS_FEW &&
		    equal(&w->in[lang], &w->in[other]))
			proof_doubt(p, CHECK_LANGUAGES, w->line, st,
			    "the texts in '%s' and '%s' are equal: was one "
			    "forgotten?",
			    p->c->langs[other], p->c->langs[lang]);
}

static bool
equal(const struct template *a, const struct template *b)
{
	const struct piece *x = a->pieces, *y = b->pieces;
	size_t i;

	if (a->count != b->count)
		return false;
	for (i = 0; i < a->count; i++, x++, y++) {
		if ((x->literal == NULL) != (y->literal == NULL))
			return false;
		if (x->literal == NULL ? x->var != y->var
				       : x->len != y->len ||
			    memcmp(x->literal, y->literal, x->len) != 0)
			return false;
	}
	return true;
}

static size_t
letters(const struct template *t)
{
	size_t count = 0, i, at;
	unsigned char c;

	for (i = 0; i < t->count; i++)
		for (at = 0;
		     t->pieces[i].literal != NULL && at < t->pieces[i].len;
		     at++) {
			c = (unsigned char)t->pieces[i].literal[at];
			count += c >= 0x80 || isalpha(c);
		}
	return count;
}
