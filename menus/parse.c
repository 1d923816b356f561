/*
 * The menu parser's hands: findings, settings by name and by table, and names
 * that become numbers.
 */
#include <string.h>

#include "menus/builtins.h"
#include "menus/parse_dialogue.h"

static void find(struct parser *p, enum finding_grade grade, enum check check,
    const config_setting_t *where, const char *format, va_list args)
    PRINTF_LIKE(5, 0);
static uint16_t find_return(
    struct parser *p, const config_setting_t *where, const char *outcome);

void
parser_init(struct parser *p, struct arena *a, struct findings *f,
    const struct catalogue *c)
{
	static const char *nothing[] = { NULL };

	*p = (struct parser){ .arena = a, .findings = f, .catalogue = c };
	names_init(&p->var_names, a, nothing);
	names_init(&p->api_names, a, nothing);
	names_init(&p->state_names, a, nothing);
	names_init(&p->dialogue_names, a, nothing);
}

void
parse_wrong(struct parser *p, enum check check, const config_setting_t *where,
    const char *format, ...)
{
	va_list args;

	va_start(args, format);
	find(p, FINDING_ERROR, check, where, format, args);
	va_end(args);
}

void
parse_doubt(struct parser *p, enum check check, const config_setting_t *where,
    const char *format, ...)
{
	va_list args;

	va_start(args, format);
	find(p, FINDING_WARNING, check, where, format, args);
	va_end(args);
}

static void
find(struct parser *p, enum finding_grade grade, enum check check,
    const config_setting_t *where, const char *format, va_list args)
{
	findings_at(p->findings, grade, (int)check, where, p->state, "%s",
	    arena_vprintf(p->findings->arena, format, args));
}

bool
parse_fill(struct parser *p, const config_setting_t *group,
    const struct schema_key *table, void *into)
{
	size_t i = p->findings->count;
	bool filled =
	    schema_fill(p->findings, p->arena, CHECK_WORDS, group, table, into);

	for (; i < p->findings->count; i++)
		p->findings->list[i].state = p->state;
	return filled;
}

const struct schema_key *
parse_with_langs(struct parser *p, const struct schema_key *table, size_t at)
{
	const struct catalogue *c = p->catalogue;
	struct schema_key *whole;
	size_t rows, i;

	for (rows = 0; table[rows].name != NULL; rows++)
		;
	whole = arena_array(p->arena, rows + c->lang_count + 1, sizeof(*whole));
	memcpy(whole, table, rows * sizeof(*whole));
	for (i = 0; i < c->lang_count; i++)
		whole[rows + i] = (struct schema_key){ .name = c->langs[i],
			.type = SCHEMA_TEXT,
			.at = at + i * sizeof(const char *),
			.least = 1,
			.most = TEXT_MAX,
			.optional = true };
	return whole;
}

const config_setting_t *
parse_place(const config_setting_t *group, const char *name)
{
	const config_setting_t *s = config_setting_get_member(group, name);

	return s != NULL ? s : group;
}

const config_setting_t *
parse_group(const config_setting_t *group, const char *name)
{
	const config_setting_t *s = config_setting_get_member(group, name);

	return s != NULL && config_setting_is_group(s) ? s : NULL;
}

const config_setting_t *
parse_list(const config_setting_t *group, const char *name)
{
	const config_setting_t *s = config_setting_get_member(group, name);

	return s != NULL && config_setting_is_list(s) ? s : NULL;
}

size_t
parse_count(const config_setting_t *s)
{
	return s == NULL ? 0 : (size_t)config_setting_length(s);
}

const config_setting_t *
parse_element(const config_setting_t *s, size_t i)
{
	return config_setting_get_elem(s, (unsigned)i);
}

int
parse_line(const config_setting_t *s)
{
	return (int)config_setting_source_line(s);
}

void
parse_names(struct parser *p, const config_setting_t *group, size_t most,
    struct names *names)
{
	size_t i, count = parse_count(group);
	const char **list;

	if (count > most) {
		parse_wrong(p, CHECK_WORDS, group,
		    "'%s' holds at most %zu, not %zu",
		    config_setting_name(group), most, count);
		count = most;
	}
	list = arena_array(p->arena, count + 1, sizeof(*list));
	for (i = 0; i < count; i++)
		list[i] = arena_string(
		    p->arena, config_setting_name(parse_element(group, i)));
	names_init(names, p->arena, list);
}

uint16_t
parse_variable_name(
    struct parser *p, const config_setting_t *where, const char *name)
{
	uint16_t var = builtin_find(name);

	return var != NOWHERE ? var : parse_own_variable(p, where, name);
}

uint16_t
parse_own_variable(
    struct parser *p, const config_setting_t *where, const char *name)
{
	uint16_t var;

	if (name == NULL)
		return NOWHERE;
	var = names_find(&p->var_names, name);
	if (var == NOWHERE)
		parse_wrong(p, CHECK_VARIABLES, where,
		    "no variable '%s' in vars%s", name,
		    names_hint(p->findings->arena, p->var_names.list, name));
	return var;
}

const struct variable *
parse_variable(const struct parser *p, uint16_t var)
{
	return var < BUILTIN_BASE ? &p->vars[var]
				  : &builtins[var - BUILTIN_BASE];
}

struct target
parse_own_target(struct parser *p, const config_setting_t *group,
    const char *member, const char *name)
{
	const config_setting_t *where = parse_place(group, member);
	struct target t = {
		.state = NOWHERE, .name = name, .line = parse_line(where)
	};

	if (name == NULL)
		return t;
	t.state = names_find(&p->state_names, name);
	if (t.state != NOWHERE)
		return t;
	if (strncmp(name, "return ", 7) == 0)
		t.state = find_return(p, where, name + 7);
	else if (strchr(name, '.') != NULL)
		parse_wrong(p, CHECK_TARGETS, where,
		    "'%s' is in another institution, and this leads to a state "
		    "of its own",
		    name);
	else
		parse_wrong(p, CHECK_TARGETS, where, "no state '%s'%s", name,
		    names_hint(p->findings->arena, p->state_names.list, name));
	return t;
}

/* What is nearly a state's name was meant to be one. */
struct target
parse_target(struct parser *p, const config_setting_t *group,
    const char *member, const char *name)
{
	const config_setting_t *where = parse_place(group, member);
	struct target t;

	if (name == NULL || p->inside != NULL ||
	    names_find(&p->state_names, name) != NOWHERE ||
	    !parse_door(p->arena, where, name, &t) ||
	    (t.door == NULL &&
		*names_hint(p->findings->arena, p->state_names.list, name) !=
		    '\0'))
		return parse_own_target(p, group, member, name);
	if (strcmp(t.institution, p->institution) == 0)
		parse_wrong(p, CHECK_TARGETS, where,
		    "'%s' is a door of this institution itself: name the state",
		    name);
	return t;
}

bool
parse_door(struct arena *a, const config_setting_t *where, const char *name,
    struct target *out)
{
	static const char characters[] =
	    "abcdefghijklmnopqrstuvwxyz0123456789_";
	size_t len = strspn(name, characters);

	*out = (struct target){ .state = NOWHERE,
		.institution = arena_copy(a, name, len),
		.name = name,
		.line = parse_line(where) };
	if (name[len] == '.')
		out->door = name + len + 1;
	return len > 0 && (name[len] == '\0' || name[len] == '.');
}

/* Where a dialogue is left. */
static uint16_t
find_return(
    struct parser *p, const config_setting_t *where, const char *outcome)
{
	const struct dialogue *d = p->inside;
	size_t i;

	if (d == NULL) {
		parse_wrong(p, CHECK_TARGETS, where,
		    "only the states of a dialogue return: name a state");
		return NOWHERE;
	}
	i = dialogue_outcome(d, outcome);
	if (i < d->give_count)
		return (uint16_t)(RETURNS + i);
	if (d->give_count > 0)
		parse_wrong(p, CHECK_TARGETS, where,
		    "'%s' does not give '%s'%s", d->name, outcome,
		    names_hint(p->findings->arena, d->gives, outcome));
	return NOWHERE;
}
