/*
 * An institution's file: one group, named like the file.
 */
#include <string.h>

#include "menus/limits.h"
#include "menus/parse_dialogue.h"

#define NAME_MAX_OCTETS 32

struct raw_institution {
	const char *base;
};

static const struct schema_key table[] = {
	{ "title", SCHEMA_GROUP, .optional = false },
	{ "doors", SCHEMA_GROUP, .optional = false },
	{ "base", SCHEMA_TEXT, offsetof(struct raw_institution, base),
	    RANGE(1, 500), .optional = true },
	{ "vars", SCHEMA_GROUP, .optional = true },
	{ "apis", SCHEMA_GROUP, .optional = true },
	{ "limits", SCHEMA_GROUP, .optional = true },
	{ "defaults", SCHEMA_GROUP, .optional = true },
	{ "dialogues", SCHEMA_GROUP, .optional = true },
	{ "apps", SCHEMA_GROUP, .optional = true },
	{ "states", SCHEMA_GROUP, .optional = false },
	{ "talks", SCHEMA_LIST, .optional = true },
	{ .name = NULL },
};

static const config_setting_t *only_group(
    struct parser *p, const struct graph *g, const config_setting_t *root);
static void read_group(
    struct parser *p, const config_setting_t *s, struct graph *g);
static void spread_secrets(struct parser *p, const config_setting_t *apis);
static void check_url(
    struct parser *p, const config_setting_t *s, const struct template *url);

void
parse_institution(struct graph *g, struct findings *f,
    const struct catalogue *c, const config_t *cfg)
{
	const config_setting_t *group;
	struct parser p;

	parser_init(&p, g->arena, f, c);
	p.institution = g->name;
	group = only_group(&p, g, config_root_setting(cfg));
	if (group != NULL)
		read_group(&p, group, g);
}

static const config_setting_t *
only_group(
    struct parser *p, const struct graph *g, const config_setting_t *root)
{
	const config_setting_t *s;

	if (parse_count(root) != 1) {
		findings_add(p->findings, FINDING_ERROR, CHECK_WORDS, g->file,
		    0, NULL, "the file must hold one group, '%s: { ... }'",
		    g->name);
		return NULL;
	}
	s = parse_element(root, 0);
	if (strcmp(config_setting_name(s), g->name) != 0)
		parse_wrong(p, CHECK_WORDS, s,
		    "the group must be named like its file, '%s', not '%s'",
		    g->name, config_setting_name(s));
	return s;
}

/* What is named comes before what names it. */
static void
read_group(struct parser *p, const config_setting_t *s, struct graph *g)
{
	struct raw_institution raw = { NULL };
	const config_setting_t *doors = parse_group(s, "doors");
	size_t errors = p->findings->errors;

	parse_fill(p, s, table, &raw);
	if (raw.base != NULL)
		parse_base(p, parse_place(s, "base"), raw.base);
	parse_vars(p, parse_group(s, "vars"));
	g->title = parse_words(p, s, "title");
	parse_apis(p, parse_group(s, "apis"));
	parse_limits(p, s, LIMITS_ALL, &p->lowered);
	parse_apps(p, parse_group(s, "apps"));
	parse_promises(p, parse_group(s, "dialogues"));
	parse_states(p, parse_group(s, "states"), parse_group(s, "defaults"));
	parse_dialogues(p, parse_group(s, "dialogues"));
	if (doors != NULL)
		parse_doors(p, doors, g);
	parse_talks(p, parse_list(s, "talks"), g);
	if (p->findings->errors == errors)
		parse_expand(p);
	spread_secrets(p, parse_group(s, "apis"));
	g->vars = p->vars;
	g->var_count = p->var_names.count;
	g->apis = p->apis;
	g->api_count = p->api_names.count;
	g->apps = p->apps;
	g->app_count = p->app_names.count;
	g->states = p->states;
	g->state_count = p->state_count;
	g->max_calls =
	    limits_least(p->catalogue->limits.calls, p->lowered.calls);
}

/*
 * A variable is secret when it is a pin or when any ask calls it so; from
 * then on it is so everywhere.
 */
static void
spread_secrets(struct parser *p, const config_setting_t *apis)
{
	struct state *s;
	size_t i;

	for (i = 0; i < p->state_count; i++) {
		s = &p->states[i];
		if (s->kind == STATE_ASK && s->into != NOWHERE)
			s->secret = p->vars[s->into].secret;
	}
	for (i = 0; i < p->api_names.count; i++)
		check_url(p, parse_element(apis, i), &p->apis[i].url);
}

static void
check_url(
    struct parser *p, const config_setting_t *s, const struct template *url)
{
	uint16_t var;
	size_t i;

	for (i = 0; i < url->count; i++) {
		var = url->pieces[i].var;
		if (url->pieces[i].literal == NULL &&
		    parse_variable(p, var)->secret)
			parse_wrong(p, CHECK_SAFETY, s,
			    "'%s' is secret and may not stand in a url; send "
			    "it in a body",
			    parse_variable(p, var)->name);
	}
}
