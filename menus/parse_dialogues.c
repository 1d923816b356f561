/*
 * Dialogues: states of their own, run by a `sub` from anywhere in the file.
 *
 * What they are called and what they give stands before any state is read, so
 * that a `sub` knows which outcomes it has to name.
 */
#include <string.h>

#include "menus/edges.h"
#include "menus/parse_dialogue.h"

#define DIALOGUES_MAX 100

struct raw_dialogue {
	const char *start;
	const char *const *gives;
};

#define AT(field) offsetof(struct raw_dialogue, field)
static const struct schema_key table[] = {
	{ "start", SCHEMA_TEXT, AT(start), RANGE(1, 100) },
	{ "gives", SCHEMA_NAMES, AT(gives), RANGE(1, GIVES_MAX) },
	{ "defaults", SCHEMA_GROUP, .optional = true },
	{ "states", SCHEMA_GROUP, .optional = false },
	{ .name = NULL },
};

static void read_promise(
    struct parser *p, const config_setting_t *s, struct dialogue *d);
static bool check_outcome(struct parser *p, const config_setting_t *where,
    const struct dialogue *d, size_t i);
static bool is_word(const char *name);
static void read_states(
    struct parser *p, const config_setting_t *s, struct dialogue *d);
static void check_returns(
    struct parser *p, const config_setting_t *s, const struct dialogue *d);
static void reach(const struct dialogue *d, const struct target *t,
    bool *states, bool *outcomes);

void
parse_promises(struct parser *p, const config_setting_t *dialogues)
{
	size_t i, count;

	parse_names(p, dialogues, DIALOGUES_MAX, &p->dialogue_names);
	count = p->dialogue_names.count;
	p->dialogues = arena_array(p->arena, count, sizeof(*p->dialogues));
	for (i = 0; i < count; i++) {
		p->dialogues[i].name = p->dialogue_names.list[i];
		read_promise(p, parse_element(dialogues, i), &p->dialogues[i]);
	}
}

void
parse_dialogues(struct parser *p, const config_setting_t *dialogues)
{
	size_t i;

	for (i = 0; i < p->dialogue_names.count; i++)
		if (p->dialogues[i].begins_at != NULL)
			read_states(
			    p, parse_element(dialogues, i), &p->dialogues[i]);
}

size_t
dialogue_outcome(const struct dialogue *d, const char *name)
{
	size_t i;

	for (i = 0; i < d->give_count; i++)
		if (strcmp(d->gives[i], name) == 0)
			break;
	return i;
}

/* ---- what it gives */

static void
read_promise(struct parser *p, const config_setting_t *s, struct dialogue *d)
{
	static const char *const nothing[] = { NULL };
	struct raw_dialogue raw = { NULL, NULL };
	bool good = true;
	size_t i;

	d->where = s;
	d->gives = nothing;
	if (!config_setting_is_group(s)) {
		parse_wrong(p, CHECK_WORDS, s,
		    "a dialogue is a group { start; gives; states; }");
		return;
	}
	parse_fill(p, s, table, &raw);
	d->begins_at = raw.start;
	if (raw.gives == NULL)
		return;
	d->gives = raw.gives;
	for (i = 0; raw.gives[i] != NULL; i++, d->give_count++)
		good = check_outcome(p, parse_place(s, "gives"), d, i) && good;
	if (!good)
		d->give_count = 0;
}

/* It stands as a word in the state that runs the dialogue. */
static bool
check_outcome(struct parser *p, const config_setting_t *where,
    const struct dialogue *d, size_t i)
{
	const char *name = d->gives[i];

	size_t errors = p->findings->errors;

	if (!is_word(name) || parse_is_kind(name))
		parse_wrong(p, CHECK_WORDS, where,
		    "'%s' cannot be an outcome: it is a word of letters, "
		    "digits and _, and none that makes a state",
		    name);
	if (dialogue_outcome(d, name) < i)
		parse_wrong(p, CHECK_BRANCHES, where,
		    "the outcome '%s' stands twice", name);
	return p->findings->errors == errors;
}

static bool
is_word(const char *name)
{
	size_t len = strspn(name,
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRS"
	    "TUVWXYZ0123456789_");

	return len > 0 && name[len] == '\0' && (*name < '0' || *name > '9') &&
	    *name != '_';
}

/* ---- its states */

static void
read_states(struct parser *p, const config_setting_t *s, struct dialogue *d)
{
	const struct parser outer = *p;
	size_t errors = p->findings->errors;

	p->inside = d;
	parse_states(p, parse_group(s, "states"), parse_group(s, "defaults"));
	d->names = p->state_names;
	d->states = p->states;
	d->uses = p->uses;
	p->state = d->name;
	d->start = parse_own_target(p, s, "start", d->begins_at).state;
	if (d->start >= RETURNS && d->start != NOWHERE)
		parse_wrong(p, CHECK_TARGETS, parse_place(s, "start"),
		    "a dialogue begins at a state");
	if (p->findings->errors == errors)
		check_returns(p, s, d);
	*p = outer;
}

static void
check_returns(
    struct parser *p, const config_setting_t *s, const struct dialogue *d)
{
	bool *states = arena_array(p->arena, d->names.count, sizeof(*states));
	bool outcomes[GIVES_MAX] = { false };
	const struct target start = { .state = d->start };
	size_t i;

	reach(d, &start, states, outcomes);
	for (i = 0; i < d->give_count; i++)
		if (!outcomes[i])
			parse_doubt(p, CHECK_BRANCHES, parse_place(s, "gives"),
			    "it never gives '%s': no way leads to a "
			    "'return %s'",
			    d->gives[i], d->gives[i]);
}

/* What else it runs is taken to give what it promises. */
static void
reach(const struct dialogue *d, const struct target *t, bool *states,
    bool *outcomes)
{
	const struct use *use;
	struct edge e;
	size_t n;

	if (t->state >= RETURNS && t->state != NOWHERE)
		outcomes[t->state - RETURNS] = true;
	if (t->state >= d->names.count || states[t->state])
		return;
	states[t->state] = true;
	use = &d->uses[t->state];
	for (n = 0;
	     use->dialogue == NULL && edges_get(&d->states[t->state], n, &e);
	     n++)
		reach(d, e.to, states, outcomes);
	for (n = 0; use->dialogue != NULL && n < use->dialogue->give_count; n++)
		reach(d, &use->returns[n], states, outcomes);
}
