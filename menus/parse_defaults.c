/*
 * What an institution's states leave out, written once.
 *
 * A target is a state of the same file, so a dialogue, whose states lead to
 * one another, takes over none: it may have defaults of its own.
 */
#include <string.h>

#include "menus/edges.h"
#include "menus/parse_defaults.h"

struct raw_defaults {
	int tries;
	const char *fail, *empty;
	const char *outcomes[OUTCOME_COUNT];
	bool later, resume;
};

#define AT(field) offsetof(struct raw_defaults, field)
#define RESUME_ROW                                                  \
	{                                                           \
		"resume", SCHEMA_FLAG, AT(resume), .optional = true \
	}
#define TARGET_ROW(name, field)                                               \
	{                                                                     \
		name, SCHEMA_TEXT, AT(field), RANGE(1, 100), .optional = true \
	}
static const struct schema_key ask_table[] = {
	{ "tries", SCHEMA_NUMBER, AT(tries), RANGE(1, 10), .optional = true },
	TARGET_ROW("fail", fail),
	{ "bad", SCHEMA_GROUP, .optional = true },
	RESUME_ROW,
	{ .name = NULL },
};
static const struct schema_key list_table[] = {
	TARGET_ROW("empty", empty),
	RESUME_ROW,
	{ .name = NULL },
};
static const struct schema_key call_table[] = {
	TARGET_ROW("missing", outcomes[OUTCOME_MISSING]),
	TARGET_ROW("fail", outcomes[OUTCOME_FAIL]),
	TARGET_ROW("slow", outcomes[OUTCOME_SLOW]),
	{ "later", SCHEMA_FLAG, AT(later), .optional = true },
	{ .name = NULL },
};
static const struct schema_key app_table[] = {
	TARGET_ROW("fail", fail),
	{ .name = NULL },
};
static const struct schema_key shown_table[] = { RESUME_ROW, { .name = NULL } };

static const struct schema_key table[] = {
	{ "menu", SCHEMA_GROUP, .optional = true },
	{ "ask", SCHEMA_GROUP, .optional = true },
	{ "list", SCHEMA_GROUP, .optional = true },
	{ "say", SCHEMA_GROUP, .optional = true },
	{ "call", SCHEMA_GROUP, .optional = true },
	{ "app", SCHEMA_GROUP, .optional = true },
	RESUME_ROW,
	{ .name = NULL },
};

typedef void takes_defaults(struct parser *p, const config_setting_t *s,
    const struct raw_defaults *raw, struct defaults *out);
static takes_defaults take_ask, take_list, take_call, take_app;

static const struct kind {
	enum state_kind kind;
	const struct schema_key *table;
	takes_defaults *take;
} kinds[] = {
	{ STATE_MENU, shown_table, NULL },
	{ STATE_ASK, ask_table, take_ask },
	{ STATE_LIST, list_table, take_list },
	{ STATE_SAY, shown_table, NULL },
	{ STATE_CALL, call_table, take_call },
	{ STATE_APP, app_table, take_app },
};

static void forget_targets(struct defaults *d);
static void take_resume(const config_setting_t *s, bool resume,
    enum state_kind kind, struct defaults *out);
static void take_kind(struct parser *p, const config_setting_t *s,
    const struct kind *kind, struct defaults *out);
static struct target take_target(struct parser *p, const config_setting_t *s,
    const char *member, const char *name);

struct defaults
parse_defaults(struct parser *p, const config_setting_t *s)
{
	struct defaults d = { .tries = 0 };
	struct raw_defaults raw = { .tries = 0 };
	size_t i;

	if (p->inside != NULL)
		d = *p->defaults;
	forget_targets(&d);
	if (s == NULL)
		return d;
	parse_fill(p, s, table, &raw);
	for (i = 0; i < ARRAY_SIZE(kinds); i++) {
		take_resume(s, raw.resume, kinds[i].kind, &d);
		take_kind(p, parse_group(s, edges_kind_name(kinds[i].kind)),
		    &kinds[i], &d);
	}
	return d;
}

static void
forget_targets(struct defaults *d)
{
	memset(&d->fail, 0, sizeof(d->fail));
	memset(&d->app_fail, 0, sizeof(d->app_fail));
	memset(&d->empty, 0, sizeof(d->empty));
	memset(d->outcomes, 0, sizeof(d->outcomes));
}

static void
take_resume(const config_setting_t *s, bool resume, enum state_kind kind,
    struct defaults *out)
{
	if (config_setting_get_member(s, "resume") != NULL)
		out->resumes_not[kind] = !resume;
}

static void
take_kind(struct parser *p, const config_setting_t *s, const struct kind *kind,
    struct defaults *out)
{
	struct raw_defaults raw = { .tries = 0 };

	if (s == NULL)
		return;
	parse_fill(p, s, kind->table, &raw);
	take_resume(s, raw.resume, kind->kind, out);
	if (kind->take != NULL)
		kind->take(p, s, &raw, out);
}

static void
take_ask(struct parser *p, const config_setting_t *s,
    const struct raw_defaults *raw, struct defaults *out)
{
	/* So that a hole is not found twice. */
	if (config_setting_get_member(s, "tries") != NULL)
		out->tries = raw->tries > 0 ? raw->tries : 1;
	if (parse_group(s, "bad") != NULL)
		out->bad = parse_words(p, s, "bad");
	out->fail = take_target(p, s, "fail", raw->fail);
}

static void
take_list(struct parser *p, const config_setting_t *s,
    const struct raw_defaults *raw, struct defaults *out)
{
	out->empty = take_target(p, s, "empty", raw->empty);
}

static void
take_call(struct parser *p, const config_setting_t *s,
    const struct raw_defaults *raw, struct defaults *out)
{
	const char *name;
	size_t i;

	if (config_setting_get_member(s, "later") != NULL)
		out->later = raw->later;
	for (i = 0; i < OUTCOME_COUNT; i++) {
		name = edges_outcome_name((enum outcome)i);
		out->outcomes[i] = take_target(p, s, name, raw->outcomes[i]);
	}
}

static void
take_app(struct parser *p, const config_setting_t *s,
    const struct raw_defaults *raw, struct defaults *out)
{
	out->app_fail = take_target(p, s, "fail", raw->fail);
}

static struct target
take_target(struct parser *p, const config_setting_t *s, const char *member,
    const char *name)
{
	if (name == NULL)
		return (struct target){ .state = NOWHERE };
	return parse_target(p, s, member, name);
}

struct target
parse_target_or(struct parser *p, const config_setting_t *group,
    const char *member, const char *name, const struct target *otherwise)
{
	if (config_setting_get_member(group, member) == NULL &&
	    otherwise->name != NULL)
		return *otherwise;
	return parse_target(p, group, member, name);
}
