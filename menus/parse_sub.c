/*
 * A state of the kind `sub`: it runs a dialogue, and says where each of its
 * outcomes leads.
 */
#include <string.h>

#include "menus/parse_dialogue.h"

struct raw_sub {
	const char *dialogue;
	const char *outcomes[GIVES_MAX];
};

#define AT(field) offsetof(struct raw_sub, field)
static const struct schema_key table[] = {
	{ "sub", SCHEMA_TEXT, AT(dialogue), RANGE(1, 100) },
};

static struct dialogue *find_dialogue(
    struct parser *p, const config_setting_t *s);
static const struct schema_key *with_outcomes(
    struct parser *p, const struct dialogue *d);
static const struct target *read_outcomes(struct parser *p,
    const config_setting_t *s, const struct dialogue *d,
    const struct raw_sub *raw);

void
parse_sub(struct parser *p, const config_setting_t *s,
    const struct raw_state *raw, struct state *out)
{
	struct dialogue *d = find_dialogue(p, s);
	struct raw_sub in = { .dialogue = NULL };
	struct use *use = &p->uses[out - p->states];

	(void)raw;
	out->next = (struct target){ .state = NOWHERE };
	if (d == NULL)
		return;
	d->used = true;
	if (d->give_count == 0)
		return;
	parse_fill(p, s, with_outcomes(p, d), &in);
	out->next.name = d->name;
	out->next.line = parse_line(parse_place(s, "sub"));
	*use = (struct use){ d, read_outcomes(p, s, d, &in) };
}

static struct dialogue *
find_dialogue(struct parser *p, const config_setting_t *s)
{
	const config_setting_t *where = parse_place(s, "sub");
	const char *name = config_setting_get_string(where);
	uint16_t number;

	if (name == NULL) {
		parse_wrong(p, CHECK_WORDS, where,
		    "'sub' names one of the dialogues, in quotes");
		return NULL;
	}
	number = names_find(&p->dialogue_names, name);
	if (number != NOWHERE)
		return &p->dialogues[number];
	parse_wrong(p, CHECK_TARGETS, where, "no dialogue '%s' in dialogues%s",
	    name, names_hint(p->findings->arena, p->dialogue_names.list, name));
	return NULL;
}

static const struct schema_key *
with_outcomes(struct parser *p, const struct dialogue *d)
{
	size_t i, rows = ARRAY_SIZE(table);
	struct schema_key *whole =
	    arena_array(p->arena, rows + d->give_count + 1, sizeof(*whole));

	memcpy(whole, table, sizeof(table));
	for (i = 0; i < d->give_count; i++)
		whole[rows + i] = (struct schema_key){ .name = d->gives[i],
			.type = SCHEMA_TEXT,
			.at = AT(outcomes[i]),
			RANGE(1, 100),
			.optional = true };
	return whole;
}

static const struct target *
read_outcomes(struct parser *p, const config_setting_t *s,
    const struct dialogue *d, const struct raw_sub *raw)
{
	struct target *returns =
	    arena_array(p->arena, d->give_count, sizeof(*returns));
	size_t i;

	for (i = 0; i < d->give_count; i++) {
		if (config_setting_get_member(s, d->gives[i]) == NULL)
			parse_wrong(p, CHECK_BRANCHES, s,
			    "the outcome '%s' is missing: '%s' gives it",
			    d->gives[i], d->name);
		returns[i] = parse_target(p, s, d->gives[i], raw->outcomes[i]);
	}
	return returns;
}
