/*
 * The proof of one graph.
 *
 * A check reads like the sentence of the menu language that it proves, and
 * speaks only of that: what another check has found already does not make it
 * find nonsense.
 */
#include "menus/check_parts.h"

static void add(const struct proof *p, enum finding_grade grade,
    enum check check, int line, const struct state *st, const char *format,
    va_list args) PRINTF_LIKE(6, 0);

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
	check_answers(&p);
	check_calls(&p);
	check_secrets(&p);
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
	findings_addv(p->findings, grade, (int)check, p->g->file, line,
	    st == NULL ? NULL : st->name, format, args);
}

/* ---- texts */

const struct words *
proof_text(const struct state *st, size_t n)
{
	bool has_text = st->kind != STATE_CALL && st->kind != STATE_ROUTE;

	if (!has_text)
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
		&c->absent };

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
