/*
 * States that nobody sees: a call asks a service, a route decides.
 */
#include <string.h>

#include "menus/edges.h"
#include "menus/parse_defaults.h"

struct raw_branch {
	const char *when, *next;
};

#define AT(field) offsetof(struct raw_branch, field)
static const struct schema_key branch_table[] = {
	{ "when", SCHEMA_TEXT, AT(when), RANGE(1, 200), .optional = true },
	{ "next", SCHEMA_TEXT, AT(next), RANGE(1, 100) },
	{ .name = NULL },
};

static void find_api(struct parser *p, const config_setting_t *s,
    const char *name, struct state *out);
static void check_own(struct parser *p, const config_setting_t *s);
static void check_once(struct parser *p, const config_setting_t *s,
    const struct api *api, bool once);
static void read_branch(struct parser *p, const config_setting_t *s,
    bool is_last, struct branch *out);

void
parse_call(struct parser *p, const config_setting_t *s,
    const struct raw_state *raw, struct state *out)
{
	const char *name;
	size_t i;

	out->once = raw->once;
	out->later = raw->later;
	if (config_setting_get_member(s, "later") == NULL)
		out->later = p->defaults->later;
	if (raw->call != NULL)
		find_api(p, s, raw->call, out);
	if (out->api != NOWHERE)
		check_own(p, s);
	for (i = 0; i < OUTCOME_COUNT; i++) {
		name = edges_outcome_name((enum outcome)i);
		out->outcomes[i] = parse_target_or(
		    p, s, name, raw->outcomes[i], &p->defaults->outcomes[i]);
		if (config_setting_get_member(s, name) == NULL &&
		    p->defaults->outcomes[i].name == NULL)
			parse_wrong(p, CHECK_BRANCHES, s,
			    "the outcome '%s' is missing: a call names ok, "
			    "missing, fail and slow",
			    name);
	}
}

static void
find_api(struct parser *p, const config_setting_t *s, const char *name,
    struct state *out)
{
	const config_setting_t *where = parse_place(s, "call");

	out->api = names_find(&p->api_names, name);
	if (out->api != NOWHERE)
		check_once(p, s, &p->apis[out->api], out->once);
	else if (strchr(name, '.') != NULL)
		parse_borrowed(p, s, name, out);
	else
		parse_wrong(p, CHECK_TARGETS, where,
		    "no service '%s' in apis%s", name,
		    names_hint(p->findings->arena, p->api_names.list, name));
}

static void
check_own(struct parser *p, const config_setting_t *s)
{
	static const char *const words[] = { "give", "take" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (config_setting_get_member(s, words[i]) != NULL)
			parse_wrong(p, CHECK_WORDS, parse_place(s, words[i]),
			    "'%s' is for another institution's service: one's "
			    "own has it in apis",
			    words[i]);
}

static void
check_once(struct parser *p, const config_setting_t *s, const struct api *api,
    bool once)
{
	if (!api->safe && !once)
		parse_wrong(p, CHECK_SAFETY, s,
		    "'once = true' is missing: '%s' is a %s, and a citizen "
		    "may send the same answer twice",
		    api->name, api->method);
}

void
parse_route(struct parser *p, const config_setting_t *s,
    const struct raw_state *raw, struct state *out)
{
	const config_setting_t *list = parse_list(s, "route");
	size_t i, count = parse_count(list);
	struct branch *branches =
	    arena_array(p->arena, count, sizeof(*branches));

	(void)raw;
	for (i = 0; i < count; i++)
		read_branch(
		    p, parse_element(list, i), i + 1 == count, &branches[i]);
	out->branches = branches;
	out->branch_count = count;
	if (list != NULL && count == 0)
		parse_wrong(p, CHECK_BRANCHES, list, "a route has no branch");
}

static void
read_branch(struct parser *p, const config_setting_t *s, bool is_last,
    struct branch *out)
{
	struct raw_branch raw = { .when = NULL };

	if (!parse_fill(p, s, branch_table, &raw))
		return;
	out->line = parse_line(s);
	out->next = parse_target(p, s, "next", raw.next);
	if (raw.when != NULL)
		out->when =
		    parse_condition(p, parse_place(s, "when"), raw.when);
	if (is_last && raw.when != NULL)
		parse_wrong(p, CHECK_BRANCHES, s,
		    "a route ends in an else: its last branch has no 'when'");
	if (!is_last && raw.when == NULL)
		parse_wrong(p, CHECK_BRANCHES, s,
		    "only the last branch of a route has no 'when'; what "
		    "follows is never reached");
}
