/*
 * States: each is what its one action word says.
 *
 * All states' names stand before the first state is read, so that a target is
 * a number at once.
 */
#include <string.h>

#include "base/text.h"
#include "menus/parse_defaults.h"
#include "menus/parse_dialogue.h"

#define AT(field) offsetof(struct raw_state, field)
#define NEXT_ROW                                             \
	{                                                    \
		"next", SCHEMA_TEXT, AT(next), RANGE(1, 100) \
	}
#define RESUME_ROW                                                    \
	{                                                             \
		"resume", SCHEMA_FLAG, AT(resume), .fallback = "true" \
	}
#define LIMITS_ROW                                       \
	{                                                \
		"limits", SCHEMA_GROUP, .optional = true \
	}
#define OUTCOME_ROW(name, outcome)                                       \
	{                                                                \
		name, SCHEMA_TEXT, AT(outcomes[outcome]), RANGE(1, 100), \
		    .optional = true                                     \
	}

static const struct schema_key menu_table[] = {
	{ "text", SCHEMA_GROUP, .optional = false },
	{ "menu", SCHEMA_LIST, .optional = false },
	RESUME_ROW,
	LIMITS_ROW,
	{ .name = NULL },
};
static const struct schema_key ask_table[] = {
	{ "text", SCHEMA_GROUP, .optional = false },
	{ "ask", SCHEMA_GROUP, .optional = false },
	NEXT_ROW,
	RESUME_ROW,
	LIMITS_ROW,
	{ .name = NULL },
};
static const struct schema_key list_table[] = {
	{ "text", SCHEMA_GROUP, .optional = false },
	{ "list", SCHEMA_GROUP, .optional = false },
	NEXT_ROW,
	RESUME_ROW,
	LIMITS_ROW,
	{ .name = NULL },
};
static const struct schema_key say_table[] = {
	{ "say", SCHEMA_GROUP, .optional = false },
	NEXT_ROW,
	RESUME_ROW,
	LIMITS_ROW,
	{ .name = NULL },
};
static const struct schema_key call_table[] = {
	{ "call", SCHEMA_TEXT, AT(call), RANGE(1, 100) },
	{ "once", SCHEMA_FLAG, AT(once), .fallback = "false" },
	{ "later", SCHEMA_FLAG, AT(later), .fallback = "false" },
	OUTCOME_ROW("ok", OUTCOME_OK),
	OUTCOME_ROW("missing", OUTCOME_MISSING),
	OUTCOME_ROW("fail", OUTCOME_FAIL),
	OUTCOME_ROW("slow", OUTCOME_SLOW),
	{ "give", SCHEMA_GROUP, .optional = true },
	{ "take", SCHEMA_GROUP, .optional = true },
	LIMITS_ROW,
	{ .name = NULL },
};
static const struct schema_key route_table[] = {
	{ "route", SCHEMA_LIST, .optional = false },
	{ .name = NULL },
};
static const struct schema_key app_table[] = {
	{ "app", SCHEMA_TEXT, AT(app), RANGE(1, 100) },
	{ "next", SCHEMA_TEXT, AT(next), RANGE(1, 100), .optional = true },
	{ "fail", SCHEMA_TEXT, AT(fail), RANGE(1, 100), .optional = true },
	LIMITS_ROW,
	{ .name = NULL },
};
static const struct schema_key end_table[] = {
	{ "end", SCHEMA_GROUP, .optional = false },
	{ "sms", SCHEMA_GROUP, .optional = true },
	LIMITS_ROW,
	{ "then", SCHEMA_GROUP, .optional = true },
	{ .name = NULL },
};

typedef void reads_state(struct parser *p, const config_setting_t *s,
    const struct raw_state *raw, struct state *out);
static reads_state read_menu, read_say, read_end;

/* In the order of enum state_kind. */
static const struct kind {
	const char *word;
	const struct schema_key *table;
	reads_state *read;
} kinds[] = {
	[STATE_MENU] = { "menu", menu_table, read_menu },
	[STATE_ASK] = { "ask", ask_table, parse_ask },
	[STATE_LIST] = { "list", list_table, parse_list_state },
	[STATE_SAY] = { "say", say_table, read_say },
	[STATE_CALL] = { "call", call_table, parse_call },
	[STATE_ROUTE] = { "route", route_table, parse_route },
	[STATE_APP] = { "app", app_table, parse_app_state },
	/* Its words are the outcomes of its dialogue. */
	[STATE_SUB] = { "sub", NULL, parse_sub },
	[STATE_END] = { "end", end_table, read_end },
};

static const char *own_name(const struct parser *p, const char *state);
static void read_state(
    struct parser *p, const config_setting_t *s, struct state *out);
static const struct kind *find_kind(
    struct parser *p, const config_setting_t *s);
static void no_kind(struct parser *p, const config_setting_t *s);

void
parse_states(struct parser *p, const config_setting_t *states,
    const config_setting_t *left_out)
{
	struct defaults *defaults = arena_alloc(p->arena, sizeof(*defaults));
	size_t i;

	parse_names(p, states, STATES_MAX, &p->state_names);
	p->states =
	    arena_array(p->arena, p->state_names.count, sizeof(*p->states));
	p->uses = arena_array(p->arena, p->state_names.count, sizeof(*p->uses));
	p->state_count = p->state_names.count;
	if (states != NULL && p->state_names.count == 0)
		parse_wrong(p, CHECK_WORDS, states, "there is no state");
	*defaults = parse_defaults(p, left_out);
	p->defaults = defaults;
	for (i = 0; i < p->state_names.count; i++) {
		p->states[i].name = p->state_names.list[i];
		p->state = own_name(p, p->states[i].name);
		read_state(p, parse_element(states, i), &p->states[i]);
	}
	p->state = NULL;
}

/* "identify/ask_nin" for a state of a dialogue. */
static const char *
own_name(const struct parser *p, const char *state)
{
	if (p->inside == NULL)
		return state;
	return arena_printf(p->arena, "%s/%s", p->inside->name, state);
}

static void
read_state(struct parser *p, const config_setting_t *s, struct state *out)
{
	struct raw_state raw = { .next = NULL };
	const struct kind *kind;

	out->line = parse_line(s);
	out->into = out->rows = out->api = out->app = NOWHERE;
	if (!config_setting_is_group(s)) {
		parse_wrong(p, CHECK_WORDS, s, "a state is a group { ... }");
		return;
	}
	kind = find_kind(p, s);
	if (kind == NULL)
		return;
	if (kind->table != NULL)
		parse_fill(p, s, kind->table, &raw);
	out->kind = (enum state_kind)(kind - kinds);
	out->resume = raw.resume;
	if (config_setting_get_member(s, "resume") == NULL)
		out->resume = !p->defaults->resumes_not[out->kind];
	out->lowered = p->lowered;
	parse_limits(p, s, 1u << out->kind, &out->lowered);
	kind->read(p, s, &raw, out);
}

/* Is it the action word of a state? */
bool
parse_is_kind(const char *word)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(kinds); i++)
		if (strcmp(kinds[i].word, word) == 0)
			return true;
	return false;
}

static const struct kind *
find_kind(struct parser *p, const config_setting_t *s)
{
	const struct kind *found = NULL;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(kinds); i++) {
		if (config_setting_get_member(s, kinds[i].word) == NULL)
			continue;
		if (found != NULL) {
			parse_wrong(p, CHECK_WORDS,
			    parse_place(s, kinds[i].word),
			    "'%s' and '%s': a state has one action word",
			    found->word, kinds[i].word);
			return NULL;
		}
		found = &kinds[i];
	}
	if (found == NULL)
		no_kind(p, s);
	return found;
}

static void
no_kind(struct parser *p, const config_setting_t *s)
{
	static const char *const words[] = { "menu", "ask", "list", "say",
		"call", "route", "sub", "app", "end", NULL };
	static const char *const others[] = { "text", "next", "sms", "once" };
	const char *hint = "", *member;
	size_t i, j;

	for (i = 0; i < parse_count(s) && *hint == '\0'; i++) {
		member = config_setting_name(parse_element(s, i));
		for (j = 0; j < ARRAY_SIZE(others); j++)
			if (strcmp(member, others[j]) == 0)
				break;
		if (j == ARRAY_SIZE(others))
			hint = names_hint(p->findings->arena, words, member);
	}
	parse_wrong(p, CHECK_WORDS, s,
	    "a state has one of menu, ask, list, say, call, route, sub, "
	    "app, end%s",
	    hint);
}

static void
read_menu(struct parser *p, const config_setting_t *s,
    const struct raw_state *raw, struct state *out)
{
	const config_setting_t *list = parse_list(s, "menu");

	(void)raw;
	out->text = parse_words(p, s, "text");
	if (list != NULL)
		parse_options(p, list, out);
}

static void
read_say(struct parser *p, const config_setting_t *s,
    const struct raw_state *raw, struct state *out)
{
	out->text = parse_words(p, s, "say");
	out->next = parse_target(p, s, "next", raw->next);
}

static void
read_end(struct parser *p, const config_setting_t *s,
    const struct raw_state *raw, struct state *out)
{
	(void)raw;
	out->text = parse_words(p, s, "end");
	out->has_sms = parse_group(s, "sms") != NULL;
	if (out->has_sms)
		out->sms = parse_words(p, s, "sms");
	parse_plan(p, s, out);
}
