/*
 * The proof of one graph.
 *
 * A check reads like the sentence of the menu language that it proves, and
 * speaks only of that: what another check has found already does not make it
 * find nonsense.
 */
#include <string.h>

#include "menus/check_parts.h"
#include "menus/edges.h"

static void add(const struct proof *p, enum finding_grade grade,
    enum check check, int line, const struct state *st, const char *format,
    va_list args) PRINTF_LIKE(6, 0);
static bool is_said(const struct proof *p, int line, const char *says);
static bool says_the_same(const char *a, const char *b);
static size_t copy_prefix(const char *quote);

void
check_graph(
    const struct catalogue *c, const struct graph *g, struct findings *f)
{
	struct proof p = { c, g, f, arena_new(), NULL };

	p.ways = ways_new(p.arena, c, g);
	check_paths(&p);
	check_texts(&p);
	check_values(&p);
	check_screens(&p);
	check_offers(&p);
	check_answers(&p);
	check_calls(&p);
	check_apps(&p);
	check_secrets(&p);
	check_lengths(&p);
	check_examples(&p);
	arena_free(p.arena);
}

/* ---- findings */

void
proof_wrong(const struct proof *p, enum check check, int line,
    const struct state *st, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add(p, FINDING_ERROR, check, line, st, format, args);
	va_end(args);
}

void
proof_doubt(const struct proof *p, enum check check, int line,
    const struct state *st, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add(p, FINDING_WARNING, check, line, st, format, args);
	va_end(args);
}

static void
add(const struct proof *p, enum finding_grade grade, enum check check, int line,
    const struct state *st, const char *format, va_list args)
{
	const char *says = arena_vprintf(p->arena, format, args);

	if (st != NULL && is_said(p, line, says))
		return;
	findings_add(p->findings, grade, (int)check, p->g->file, line,
	    st == NULL ? NULL : st->name, "%s", says);
}

/* Of a dialogue's state every copy has the same faults, and of a default every
 * state that leaves it out. */
static bool
is_said(const struct proof *p, int line, const char *says)
{
	const struct findings *f = p->findings;
	size_t i;

	for (i = 0; i < f->count; i++)
		if (f->list[i].line == line &&
		    strcmp(f->list[i].file, p->g->file) == 0 &&
		    says_the_same(f->list[i].says, says))
			return true;
	return false;
}

/* But for whose copy the states are that it names: 'who/ask_nin'. */
static bool
says_the_same(const char *a, const char *b)
{
	size_t own, other;

	for (; *a != '\0' && *a == *b; a++, b++) {
		own = copy_prefix(a);
		other = copy_prefix(b);
		a += own;
		b += other;
	}
	return *a == *b;
}

/* Of the name in quotes that begins here, up to its own. */
static size_t
copy_prefix(const char *quote)
{
	size_t len = 0, i;

	if (*quote != '\'')
		return 0;
	for (i = 1; quote[i] != '\0' && strchr("' ", quote[i]) == NULL; i++)
		if (quote[i] == '/')
			len = i;
	return len;
}

/* ---- texts */

const struct words *
proof_text(const struct state *st, size_t n)
{
	if (!edges_has_screen(st->kind))
		return NULL;
	if (n == 0)
		return &st->text;
	n--;
	if (st->kind == STATE_MENU && n < st->option_count)
		return &st->options[n].text;
	if (n == 0 && st->kind == STATE_ASK)
		return &st->bad;
	if (n == 0 && st->has_sms)
		return &st->sms;
	return NULL;
}

const struct words *
proof_sentence(const struct proof *p, size_t n)
{
	const struct catalogue *c = p->c;
	const struct words *own[] = { &c->back.text, &c->home.text,
		&c->more.text, &c->lang.text, &c->bad, &c->expired, &c->changed,
		&c->sorry, &c->busy, &c->unknown, &c->incomplete, &c->example,
		&c->absent, &c->was, &c->go_on, &c->anew, &c->use,
		&c->keep, &c->yes, &c->no, &c->yes_shared, &c->forget_ask,
		&c->forgotten, &c->tell_values, &c->tell_nothing,
		&c->tell_messages, &c->tell_erase };

	if (p->g != c->root)
		return n == 0 ? &p->g->title : NULL;
	return n < ARRAY_SIZE(own) ? own[n] : NULL;
}

uint64_t
proof_template_vars(const struct template *t)
{
	uint64_t vars = 0;
	size_t i;

	for (i = 0; i < t->count; i++)
		if (t->pieces[i].literal == NULL)
			vars |= ways_bit(t->pieces[i].var);
	return vars;
}

uint64_t
proof_vars(const struct catalogue *c, const struct words *w)
{
	uint64_t vars = 0;
	size_t i;

	for (i = 0; i < c->lang_count; i++)
		vars |= proof_template_vars(&w->in[i]);
	return vars;
}
