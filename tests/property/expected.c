/*
 * What must stand on a screen, worked out from the state and the values alone,
 * without a look at how screens are laid out.
 */
#include <string.h>

#include "base/gsm.h"
#include "base/text.h"
#include "menus/builtins.h"
#include "menus/condition.h"
#include "menus/mask.h"
#include "menus/rows.h"
#include "tests/property/tour.h"

static bool dropped(struct tour *t, struct expected *e);
static bool asked(struct tour *t, struct expected *e, const struct state *st);
static bool options(struct tour *t, struct expected *e, const struct state *st);
static void rows(struct tour *t, struct expected *e, const struct state *st);
static bool head(struct tour *t, struct expected *e, const struct words *w,
    const struct words *error, const char *hole);
static bool line(
    struct tour *t, struct expected *e, const char *key, const struct words *w);
static bool put(struct tour *t, struct expected *e, const char *key,
    const struct words *w, const char *hole);
static const char *shown(
    struct tour *t, const struct variable *v, const char *kept);
static const char *cut(struct tour *t, const char *value, size_t width);
static size_t width_of(const char *text, size_t len);
static const char *money(struct arena *a, const char *number);
static const char *date(struct arena *a, const char *day);
static const char *built_in(struct tour *t, uint16_t var);

bool
expected_screen(struct tour *t, struct expected *e)
{
	const struct session *s = &t->kept;
	const struct state *st = &session_graph(t->c, s)->states[s->here.state];

	*e = (struct expected){ .error = "" };
	if (s->dropped)
		return dropped(t, e);
	switch (st->kind) {
	case STATE_MENU:
		return head(t, e, &st->text, &t->c->bad, NULL) &&
		    options(t, e, st);
	case STATE_LIST:
		if (!head(t, e, &st->text, &t->c->bad, NULL))
			return false;
		rows(t, e, st);
		return true;
	case STATE_ASK:
		return asked(t, e, st);
	case STATE_SAY:
		e->flows = true;
		return head(t, e, &st->text, NULL, NULL);
	case STATE_APP:
		e->flows = true;
		e->lines[e->count++] = s->visit->text;
		return true;
	case STATE_END:
	case STATE_CALL:
	case STATE_ROUTE:
	case STATE_SUB:
		break;
	}
	return tour_broken(
	    t, PROPERTY_WHOLE, "nothing is shown of %s", st->name);
}

static bool
dropped(struct tour *t, struct expected *e)
{
	const struct graph *g = session_graph(t->c, &t->kept);
	const char *title = expected_text(t, &g->title, NULL);

	return head(t, e, &t->c->was, &t->c->bad, title) &&
	    line(t, e, "1", &t->c->go_on) && line(t, e, "2", &t->c->anew);
}

static bool
asked(struct tour *t, struct expected *e, const struct state *st)
{
	const struct session *s = &t->kept;
	const struct catalogue *c = t->c;
	const struct variable *v = &session_graph(c, s)->vars[st->into];

	if (s->phase == PHASE_ASK)
		return head(t, e, &st->text, &st->bad, NULL);
	if (s->phase == PHASE_USE) {
		if (!head(t, e, &c->use, &c->bad,
			mask(t->arena, shown(t, v, s->offered))))
			return false;
	} else if (!head(t, e, &c->keep, &c->bad, NULL))
		return false;
	return line(t, e, "1", &c->yes) && line(t, e, "2", &c->no) &&
	    (s->phase == PHASE_USE || !v->share ||
		line(t, e, "3", &c->yes_shared));
}

static bool
options(struct tour *t, struct expected *e, const struct state *st)
{
	struct scene sc = scene_of(t->arena, t->c, &t->facts, &t->kept);
	size_t i;

	for (i = 0; i < st->option_count; i++) {
		const struct menu_option *o = &st->options[i];

		if (condition_holds(&sc, &o->when) &&
		    !line(t, e, o->key, &o->text))
			return false;
	}
	return true;
}

static void
rows(struct tour *t, struct expected *e, const struct state *st)
{
	const struct variable *v =
	    &session_graph(t->c, &t->kept)->vars[st->rows];
	const char *packed = t->kept.vars[st->rows];
	size_t i, count = rows_count(packed);

	for (i = 0; i < count && e->count < ARRAY_SIZE(e->lines); i++)
		e->lines[e->count++] = arena_printf(t->arena, "%zu %s", i + 1,
		    cut(t, rows_cell(t->arena, packed, i, st->label_col),
			v->width));
}

static bool
head(struct tour *t, struct expected *e, const struct words *w,
    const struct words *error, const char *hole)
{
	if (error != NULL)
		e->error = expected_text(t, error, NULL);
	return e->error != NULL && put(t, e, NULL, w, hole);
}

static bool
line(struct tour *t, struct expected *e, const char *key, const struct words *w)
{
	return put(t, e, key, w, NULL);
}

static bool
put(struct tour *t, struct expected *e, const char *key, const struct words *w,
    const char *hole)
{
	const char *text = expected_text(t, w, hole);

	if (text == NULL)
		return false;
	CHECK(e->count < ARRAY_SIZE(e->lines));
	if (key != NULL)
		text = arena_printf(t->arena, "%s %s", key, text);
	e->lines[e->count++] = text;
	return true;
}

/* ---- texts */

const char *
expected_text(struct tour *t, const struct words *w, const char *hole)
{
	const struct session *s = &t->kept;
	const struct graph *g = session_graph(t->c, s);
	const struct template *from = &w->in[s->lang];
	const char *text = "", *value;
	size_t i;

	for (i = 0; i < from->count; i++) {
		const struct piece *p = &from->pieces[i];

		if (p->literal != NULL)
			value = arena_copy(t->arena, p->literal, p->len);
		else if (p->var == WORDS_HOLE)
			value = hole;
		else if (p->var >= BUILTIN_BASE)
			value = built_in(t, p->var);
		else
			value = shown(t, &g->vars[p->var], s->vars[p->var]);
		if (value == NULL) {
			tour_broken(t, PROPERTY_UNSET, "{%s} in line %d",
			    g->vars[p->var].name, w->line);
			return NULL;
		}
		text = arena_printf(t->arena, "%s%s", text, value);
	}
	return text;
}

static const char *
built_in(struct tour *t, uint16_t var)
{
	const struct facts *f = &t->facts;

	switch ((enum builtin)(var - BUILTIN_BASE)) {
	case BUILTIN_MSISDN:
		return f->msisdn;
	case BUILTIN_LANG:
		return t->c->langs[t->kept.lang];
	case BUILTIN_OPERATOR:
		return f->operator_name;
	case BUILTIN_CODE:
		return f->code;
	case BUILTIN_DATE:
		return date(t->arena, f->date);
	case BUILTIN_TIME:
		return f->time;
	case BUILTIN_CHANNEL:
		return t->kept.channel == CHANNEL_SMS ? "sms" : "ussd";
	case BUILTIN_COUNT:
		break;
	}
	return NULL;
}

static const char *
shown(struct tour *t, const struct variable *v, const char *kept)
{
	if (kept == NULL)
		return NULL;
	if (strchr(kept, '{') != NULL)
		t->figures->count[VALUE_BRACES]++;
	if (v->type == VAR_MONEY)
		kept = money(t->arena, kept);
	if (v->type == VAR_DATE)
		kept = date(t->arena, kept);
	return cut(t, kept, v->max);
}

/* The longest beginning that is so wide, without spaces behind. */
static const char *
cut(struct tour *t, const char *value, size_t width)
{
	size_t len = strlen(value), at = 0, next = 0;
	uint32_t c;

	if (width_of(value, len) <= width)
		return value;
	t->figures->count[VALUE_CUT]++;
	for (; width_of(value, next) <= width;
	     at = next, next += text_next(value + at, len - at, &c))
		continue;
	for (next = at; next > 0 && value[next - 1] == ' ';)
		next--;
	return arena_copy(t->arena, value, next);
}

static size_t
width_of(const char *text, size_t len)
{
	struct gsm_room room = gsm_measure(text, len);

	return room.in_alphabet ? room.septets : room.ucs2;
}

static const char *
money(struct arena *a, const char *number)
{
	const char *sign = *number == '-' ? "-" : "";
	const char *digits = number + strlen(sign), *text = "";
	size_t len = strlen(digits);

	for (; len > 3; len -= 3)
		text = arena_printf(a, ",%.3s%s", digits + len - 3, text);
	return arena_printf(a, "%s%.*s%s", sign, (int)len, digits, text);
}

static const char *
date(struct arena *a, const char *day)
{
	return arena_printf(a, "%.2s-%.2s-%.4s", day + 8, day + 5, day);
}
