/*
 * Applications of the institution's own: where they are, and how they speak.
 * And the states that hand a citizen over to one.
 */
#include <string.h>

#include "menus/parse_defaults.h"

#define APPS_MAX      50
#define NETWORKS_MAX  20
#define CODE_MAX      20
#define SESSION_LEAST 10

struct raw_app {
	const char *post, *events;
	int speaks, timeout, session;
	bool idempotent, sms;
};

/* In the order of enum api_speech, behind SPEECH_CALL. */
static const char *const speeches[] = { "native", "africastalking", NULL };

#define AT(field) offsetof(struct raw_app, field)
static const struct schema_key table[] = {
	{ "post", SCHEMA_TEXT, AT(post), RANGE(1, 1000) },
	{ "events", SCHEMA_TEXT, AT(events), RANGE(1, 1000), .optional = true },
	{ "speaks", SCHEMA_CHOICE, AT(speaks), .choices = speeches,
	    .fallback = "native" },
	{ "timeout", SCHEMA_NUMBER, AT(timeout), RANGE(100, 60000) },
	{ "session", SCHEMA_SPAN, AT(session), RANGE(SESSION_LEAST, 3600),
	    .optional = true },
	{ "idempotent", SCHEMA_FLAG, AT(idempotent), .fallback = "false" },
	{ "sms", SCHEMA_FLAG, AT(sms), .fallback = "false" },
	{ "network", SCHEMA_GROUP, .optional = true },
	{ .name = NULL },
};

static void read_app(
    struct parser *p, const config_setting_t *s, struct app *out);
static const char *read_address(struct parser *p, const config_setting_t *s,
    const char *name, const char *url);
static void read_networks(
    struct parser *p, const config_setting_t *network, struct app *out);
static void check_speech(
    struct parser *p, const config_setting_t *s, const struct app *app);

void
parse_apps(struct parser *p, const config_setting_t *apps)
{
	size_t i;

	parse_names(p, apps, APPS_MAX, &p->app_names);
	p->apps = arena_array(p->arena, p->app_names.count, sizeof(*p->apps));
	for (i = 0; i < p->app_names.count; i++) {
		p->apps[i].name = p->app_names.list[i];
		read_app(p, parse_element(apps, i), &p->apps[i]);
	}
}

static void
read_app(struct parser *p, const config_setting_t *s, struct app *out)
{
	struct raw_app raw = { .post = NULL };

	out->line = parse_line(s);
	if (!parse_fill(p, s, table, &raw))
		return;
	out->url = read_address(p, s, "post", raw.post);
	out->events = read_address(p, s, "events", raw.events);
	out->session_s = raw.session;
	out->sms = raw.sms;
	out->api = (struct api){ .name = out->name,
		.method = "POST",
		.speech = SPEECH_NATIVE + (enum api_speech)raw.speaks,
		.timeout_ms = raw.timeout,
		.idempotent = raw.idempotent,
		.line = out->line };
	read_networks(p, parse_group(s, "network"), out);
	check_speech(p, s, out);
	/* The convention has an address of its own for the end; natively it is
	 * an event like the others. */
	if (out->events == NULL && out->api.speech == SPEECH_NATIVE)
		out->events = out->url;
}

/* What a citizen typed is for the application to read, not for an address. */
static const char *
read_address(struct parser *p, const config_setting_t *s, const char *name,
    const char *url)
{
	struct template t;

	if (url == NULL)
		return NULL;
	t = parse_url(p, parse_place(s, name), url);
	if (t.count == 0)
		return NULL;
	if (t.count == 1 && t.pieces[0].literal != NULL)
		return arena_copy(
		    p->arena, t.pieces[0].literal, t.pieces[0].len);
	parse_wrong(p, CHECK_SAFETY, parse_place(s, name),
	    "the url of an application is written out, without variables");
	return NULL;
}

static void
read_networks(
    struct parser *p, const config_setting_t *network, struct app *out)
{
	size_t i, count = parse_count(network);
	struct network *list;

	if (count > NETWORKS_MAX) {
		parse_wrong(p, CHECK_WORDS, network,
		    "these are more than %d networks", NETWORKS_MAX);
		return;
	}
	list = arena_array(p->arena, count, sizeof(*list));
	for (i = 0; i < count; i++) {
		const config_setting_t *s = parse_element(network, i);
		const char *code = config_setting_get_string(s);

		if (code == NULL || *code == '\0' || strlen(code) > CODE_MAX)
			parse_wrong(p, CHECK_WORDS, s,
			    "the code of a network is a text in quotes, such "
			    "as \"64004\"");
		else
			list[i] = (struct network){ arena_string(p->arena,
							config_setting_name(s)),
				arena_string(p->arena, code) };
	}
	out->networks = list;
	out->network_count = count;
}

static void
check_speech(struct parser *p, const config_setting_t *s, const struct app *app)
{
	bool native = app->api.speech == SPEECH_NATIVE;

	if (native && app->network_count > 0)
		parse_doubt(p, CHECK_WORDS, parse_place(s, "network"),
		    "'network' is for what speaks \"africastalking\"; "
		    "natively the operator is told by its name");
	if (!native && app->sms)
		parse_wrong(p, CHECK_WORDS, parse_place(s, "sms"),
		    "by the convention \"africastalking\" an answer has no "
		    "room for messages");
}

/* ---- the states */

void
parse_app_state(struct parser *p, const config_setting_t *s,
    const struct raw_state *raw, struct state *out)
{
	const struct target *otherwise = &p->defaults->app_fail;

	if (raw->app != NULL) {
		out->app = names_find(&p->app_names, raw->app);
		if (out->app == NOWHERE)
			parse_wrong(p, CHECK_TARGETS, parse_place(s, "app"),
			    "no application '%s' in apps%s", raw->app,
			    names_hint(p->findings->arena, p->app_names.list,
				raw->app));
	}
	if (raw->fail == NULL && otherwise->name == NULL)
		parse_wrong(p, CHECK_BRANCHES, s,
		    "'fail' is missing: where to, when the application does "
		    "not answer?");
	out->next = parse_target(p, s, "next", raw->next);
	out->fail = parse_target_or(p, s, "fail", raw->fail, otherwise);
}

/* ---- calls planned by an end */

struct raw_plan {
	const char *call;
	int after;
};
#undef AT
#define AT(field) offsetof(struct raw_plan, field)
static const struct schema_key plan_table[] = {
	{ "call", SCHEMA_TEXT, AT(call), RANGE(1, 100) },
	{ "after", SCHEMA_SPAN, AT(after), RANGE(1, 366 * 86400) },
	{ .name = NULL },
};

void
parse_plan(struct parser *p, const config_setting_t *s, struct state *out)
{
	const config_setting_t *then = parse_group(s, "then");
	struct raw_plan raw = { .call = NULL };
	const struct api *api;
	uint16_t found;

	if (then == NULL || !parse_fill(p, then, plan_table, &raw))
		return;
	found = names_find(&p->api_names, raw.call);
	if (found == NOWHERE) {
		parse_wrong(p, CHECK_TARGETS, parse_place(then, "call"),
		    "no service '%s' in apis%s", raw.call,
		    names_hint(
			p->findings->arena, p->api_names.list, raw.call));
		return;
	}
	api = &p->apis[found];
	if (!api->safe && !api->idempotent)
		parse_wrong(p, CHECK_SAFETY, parse_place(then, "call"),
		    "a planned call is repeated until it is answered: '%s' "
		    "must be safe = true or idempotent = true",
		    api->name);
	out->reminds = true;
	out->reminder = (struct reminder){ found, raw.after, parse_line(then) };
}
