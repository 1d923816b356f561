/*
 * Texts with values put in.
 */
#include <string.h>

#include "menus/builtins.h"
#include "menus/scene.h"
#include "menus/value.h"

/* How a value is written where a text has its name. */
typedef const char *write_value(const struct scene *sc, uint16_t var);

static const char *fill_in(
    const struct scene *sc, const struct template *t, write_value *write);
static bool is_whole(const struct piece *p);
static const char *shown_value(const struct scene *sc, uint16_t var);
static const char *kept_value(const struct scene *sc, uint16_t var);
static const char *encoded_value(const struct scene *sc, uint16_t var);
static bool is_unreserved(char c);

struct scene
scene_of(struct arena *a, const struct catalogue *c, const struct facts *facts,
    const struct session *s)
{
	return (struct scene){
		.arena = a,
		.c = c,
		.facts = facts,
		.s = s,
		.graph = session_graph(c, s),
		/* A citizen's language may be one that an older catalogue had.
		 */
		.lang = s->lang < c->lang_count ? s->lang : 0,
	};
}

const struct state *
scene_state(const struct scene *sc)
{
	return &sc->graph->states[sc->s->here.state];
}

const char *
scene_value(const struct scene *sc, uint16_t var)
{
	if (var < BUILTIN_BASE)
		return sc->s->vars[var];
	switch ((enum builtin)(var - BUILTIN_BASE)) {
	case BUILTIN_MSISDN:
		return sc->facts->msisdn;
	case BUILTIN_LANG:
		return sc->c->langs[sc->lang];
	case BUILTIN_OPERATOR:
		return sc->facts->operator_name;
	case BUILTIN_CODE:
		return sc->facts->code;
	case BUILTIN_DATE:
		return sc->facts->date;
	case BUILTIN_TIME:
		return sc->facts->time;
	case BUILTIN_CHANNEL:
		return sc->s->channel == CHANNEL_SMS ? "sms" : "ussd";
	case BUILTIN_COUNT:
		break;
	}
	return NULL;
}

const char *
scene_text(const struct scene *sc, const struct words *w)
{
	return fill_in(sc, &w->in[sc->lang], shown_value);
}

const char *
scene_filled(
    const struct scene *sc, const struct words *w, const char *hole)
{
	struct scene with = *sc;

	with.hole = hole;
	return scene_text(&with, w);
}

char *
step_render(struct arena *a, const struct catalogue *c,
    const struct facts *facts, const struct session *s,
    const struct template *t, bool encode)
{
	struct scene sc = scene_of(a, c, facts, s);
	write_value *write = encode ? encoded_value : kept_value;

	return arena_string(a, fill_in(&sc, t, write));
}

const char *
step_words(struct arena *a, const struct catalogue *c,
    const struct facts *facts, uint8_t lang, const struct words *w)
{
	struct session nobody = { .lang = lang, .here = { .graph = NOWHERE } };
	struct scene sc = scene_of(a, c, facts, &nobody);

	return scene_text(&sc, w);
}

/* Most texts have nothing to fill in and are not copied. */
static const char *
fill_in(const struct scene *sc, const struct template *t, write_value *write)
{
	struct piece *parts;
	size_t i, len = 0;
	char *text, *at;

	if (t->count == 0)
		return "";
	if (t->count == 1 && is_whole(&t->pieces[0]))
		return t->pieces[0].literal;

	parts = arena_array(sc->arena, t->count, sizeof(*parts));
	for (i = 0; i < t->count; i++) {
		parts[i] = t->pieces[i];
		if (parts[i].literal == NULL) {
			parts[i].literal = write(sc, parts[i].var);
			parts[i].len = strlen(parts[i].literal);
		}
		len += parts[i].len;
	}
	text = at = arena_alloc(sc->arena, len + 1);
	for (i = 0; i < t->count; i++)
		at = mempcpy(at, parts[i].literal, parts[i].len);
	return text;
}

static bool
is_whole(const struct piece *p)
{
	return p->literal != NULL && p->literal[p->len] == '\0';
}

static const char *
shown_value(const struct scene *sc, uint16_t var)
{
	if (var == WORDS_HOLE)
		return sc->hole != NULL ? sc->hole : "";
	return value_shown(
	    sc->arena, builtin_or_own(sc->graph, var), scene_value(sc, var));
}

static const char *
kept_value(const struct scene *sc, uint16_t var)
{
	const char *value = scene_value(sc, var);

	return value == NULL ? "" : value;
}

/* RFC 3986: what is not unreserved is percent-encoded. */
static const char *
encoded_value(const struct scene *sc, uint16_t var)
{
	static const char hex[] = "0123456789ABCDEF";
	const char *value = kept_value(sc, var);
	char *text = arena_alloc(sc->arena, 3 * strlen(value) + 1), *at = text;

	for (; *value != '\0'; value++) {
		unsigned char octet = (unsigned char)*value;

		if (is_unreserved(*value)) {
			*at++ = *value;
			continue;
		}
		*at++ = '%';
		*at++ = hex[octet >> 4];
		*at++ = hex[octet & 15];
	}
	return text;
}

static bool
is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
	    c == '~';
}
