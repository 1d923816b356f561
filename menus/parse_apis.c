/*
 * Services: a method, a url with variables in it, what is sent and what is
 * taken from the answer.
 *
 * Where a call goes is the institution's decision, never a citizen's: the
 * scheme, host and port are written out, and variables stand only behind
 * them, where they are percent-encoded.
 */
#include <string.h>

#include "menus/parse.h"
#include "menus/path.h"

#define APIS_MAX 200

struct raw_api {
	const char *urls[4];
	int timeout, retry, cache;
	bool safe, idempotent;
	const char *const *share;
};

/* In the order of raw_api.urls. */
static const struct {
	const char *word, *method;
} methods[] = { { "get", "GET" }, { "post", "POST" }, { "put", "PUT" },
	{ "delete", "DELETE" } };

#define AT(field) offsetof(struct raw_api, field)
static const struct schema_key table[] = {
	{ "get", SCHEMA_TEXT, AT(urls[0]), RANGE(1, 1000), .optional = true },
	{ "post", SCHEMA_TEXT, AT(urls[1]), RANGE(1, 1000), .optional = true },
	{ "put", SCHEMA_TEXT, AT(urls[2]), RANGE(1, 1000), .optional = true },
	{ "delete", SCHEMA_TEXT, AT(urls[3]), RANGE(1, 1000),
	    .optional = true },
	{ "timeout", SCHEMA_NUMBER, AT(timeout), RANGE(100, 60000) },
	{ "retry", SCHEMA_NUMBER, AT(retry), RANGE(0, 3), .fallback = "0" },
	{ "cache", SCHEMA_NUMBER, AT(cache), RANGE(0, 86400), .fallback = "0" },
	{ "safe", SCHEMA_FLAG, AT(safe), .fallback = "false" },
	{ "idempotent", SCHEMA_FLAG, AT(idempotent), .fallback = "false" },
	{ "body", SCHEMA_GROUP, .optional = true },
	{ "take", SCHEMA_GROUP, .optional = true },
	{ "share", SCHEMA_NAMES, AT(share), .optional = true },
	{ .name = NULL },
};

static void read_api(
    struct parser *p, const config_setting_t *s, struct api *out);
static size_t find_method(
    struct parser *p, const config_setting_t *s, const struct raw_api *raw);
static void check_method(
    struct parser *p, const config_setting_t *s, const struct api *api);
static bool is_sound_url(
    struct parser *p, const config_setting_t *where, const char *url);
static const char *host_trouble(const char *host, size_t len);
static void read_body(
    struct parser *p, const config_setting_t *body, struct api *out);
static void read_takes(
    struct parser *p, const config_setting_t *take, struct api *out);
static void read_take(
    struct parser *p, const config_setting_t *s, struct take *out);
static void check_take(struct parser *p, const config_setting_t *s,
    const struct variable *v, const struct path *path);

void
parse_base(struct parser *p, const config_setting_t *where, const char *base)
{
	size_t len = strlen(base);

	if (strchr(base, '{') != NULL)
		parse_wrong(p, CHECK_SAFETY, where,
		    "'base' is written out, without variables");
	else if (len > 0 && base[len - 1] == '/')
		parse_wrong(p, CHECK_SAFETY, where,
		    "'base' ends without a /: every url brings its own");
	else if (is_sound_url(p, where, base))
		p->base = base;
}

void
parse_apis(struct parser *p, const config_setting_t *apis)
{
	size_t i;

	parse_names(p, apis, APIS_MAX, &p->api_names);
	p->apis = arena_array(p->arena, p->api_names.count, sizeof(*p->apis));
	for (i = 0; i < p->api_names.count; i++) {
		p->apis[i].name = p->api_names.list[i];
		read_api(p, parse_element(apis, i), &p->apis[i]);
	}
}

static void
read_api(struct parser *p, const config_setting_t *s, struct api *out)
{
	struct raw_api raw = { .urls = { NULL } };
	size_t m;

	out->line = parse_line(s);
	out->method = "GET";
	out->safe = true; /* so that a hole is not found twice */
	if (!parse_fill(p, s, table, &raw))
		return;
	m = find_method(p, s, &raw);
	if (m == ARRAY_SIZE(methods))
		return;
	out->method = methods[m].method;
	out->url = parse_url(p, parse_place(s, methods[m].word), raw.urls[m]);
	out->timeout_ms = raw.timeout;
	out->cache_s = raw.cache;
	out->retry = raw.retry;
	out->safe = raw.safe || m == 0;
	out->idempotent = raw.idempotent;
	out->share = raw.share;
	read_body(p, parse_group(s, "body"), out);
	read_takes(p, parse_group(s, "take"), out);
	check_method(p, s, out);
}

static size_t
find_method(
    struct parser *p, const config_setting_t *s, const struct raw_api *raw)
{
	size_t i, found = ARRAY_SIZE(methods);

	for (i = 0; i < ARRAY_SIZE(methods); i++) {
		if (raw->urls[i] == NULL)
			continue;
		if (found < ARRAY_SIZE(methods))
			parse_wrong(p, CHECK_WORDS,
			    parse_place(s, methods[i].word),
			    "'%s' and '%s': a service has one method",
			    methods[found].word, methods[i].word);
		found = i;
	}
	if (found == ARRAY_SIZE(methods))
		parse_wrong(p, CHECK_WORDS, s,
		    "the url is missing: one of get, post, put, delete");
	return found;
}

static void
check_method(struct parser *p, const config_setting_t *s, const struct api *api)
{
	bool is_get = strcmp(api->method, "GET") == 0;

	if (is_get && api->body != NULL)
		parse_wrong(p, CHECK_WORDS, parse_place(s, "body"),
		    "a get sends no body");
	if (!is_get && api->cache_s > 0)
		parse_wrong(p, CHECK_WORDS, parse_place(s, "cache"),
		    "only the answer to a get is kept in a cache");
	if (!api->safe && api->retry > 0)
		parse_wrong(p, CHECK_SAFETY, parse_place(s, "retry"),
		    "only a safe call may be tried again");
}

struct template parse_url(
    struct parser *p, const config_setting_t *where, const char *url)
{
	if (url[0] == '/' && p->base != NULL) {
		url = arena_printf(p->arena, "%s%s", p->base, url);
	} else if (url[0] == '/') {
		parse_wrong(p, CHECK_SAFETY, where,
		    "a url that begins with / needs the institution's 'base'");
		return (struct template){ NULL, 0 };
	}
	if (!is_sound_url(p, where, url))
		return (struct template){ NULL, 0 };
	return parse_template(p, where, url);
}

static bool
is_sound_url(struct parser *p, const config_setting_t *where, const char *url)
{
	const char *host = NULL, *why, *at;

	if (strncmp(url, "http://", 7) == 0)
		host = url + 7;
	else if (strncmp(url, "https://", 8) == 0)
		host = url + 8;
	if (host == NULL)
		why = "a url begins with https:// or http://";
	else
		why = host_trouble(host, strcspn(host, "/?#"));
	for (at = url; *at != '\0' && why == NULL; at++)
		if (*at <= ' ' || *at > '~' || strchr("#\"<>\\^`|", *at))
			why = "a url has no spaces, no # and only plain "
			      "characters; write others as %20";
	if (why != NULL)
		parse_wrong(p, CHECK_SAFETY, where, "%s", why);
	return why == NULL;
}

static const char *
host_trouble(const char *host, size_t len)
{
	if (memchr(host, '{', len) != NULL)
		return "a variable may stand in the path and the query, "
		       "never in the host";
	if (memchr(host, '@', len) != NULL)
		return "a url has no user or password: a menu is published";
	if (len == 0 ||
	    strspn(host,
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789.-:[]") < len)
		return "this is no host name or address";
	return NULL;
}

static void
read_body(struct parser *p, const config_setting_t *body, struct api *out)
{
	size_t i, count = parse_count(body);
	struct header *members;
	const config_setting_t *s;
	const char *text;

	if (body == NULL)
		return;
	members = arena_array(p->arena, count, sizeof(*members));
	for (i = 0; i < count; i++) {
		s = parse_element(body, i);
		text = config_setting_get_string(s);
		members[i].name =
		    arena_string(p->arena, config_setting_name(s));
		if (text == NULL)
			parse_wrong(p, CHECK_WORDS, s,
			    "'%s' must be a text in quotes, such as \"{%s}\"",
			    members[i].name, members[i].name);
		else
			members[i].value =
			    parse_template(p, s, arena_string(p->arena, text));
	}
	out->body = members;
	out->body_count = count;
}

static void
read_takes(struct parser *p, const config_setting_t *take, struct api *out)
{
	size_t i, count = parse_count(take);
	struct take *takes = arena_array(p->arena, count, sizeof(*takes));

	for (i = 0; i < count; i++)
		read_take(p, parse_element(take, i), &takes[i]);
	out->takes = takes;
	out->take_count = count;
}

static void
read_take(struct parser *p, const config_setting_t *s, struct take *out)
{
	const char *name = config_setting_name(s), *why;
	const char *text = config_setting_get_string(s);
	struct path path;

	out->var = parse_own_variable(p, s, name);
	if (text == NULL) {
		parse_wrong(p, CHECK_WORDS, s,
		    "'%s' must be a path in quotes, such as \"$.%s\"", name,
		    name);
		return;
	}
	out->path = arena_string(p->arena, text);
	why = path_parse(out->path, &path);
	if (why != NULL)
		parse_wrong(p, CHECK_WORDS, s, "the path '%s' %s", text, why);
	else if (out->var != NOWHERE)
		check_take(p, s, parse_variable(p, out->var), &path);
}

static void
check_take(struct parser *p, const config_setting_t *s,
    const struct variable *v, const struct path *path)
{
	size_t cols = 0;

	if (v->type == VAR_ROWS && path->column_count == 0)
		parse_wrong(p, CHECK_VARIABLES, s,
		    "'%s' holds rows: its path ends in [*](column,column)",
		    v->name);
	if (v->type != VAR_ROWS && path->column_count > 0)
		parse_wrong(p, CHECK_VARIABLES, s,
		    "'%s' holds one value: its path has no [*]", v->name);
	if (v->type != VAR_ROWS || path->column_count == 0 || v->cols == NULL)
		return;
	while (v->cols[cols] != NULL)
		cols++;
	if (cols != path->column_count)
		parse_wrong(p, CHECK_VARIABLES, s,
		    "'%s' has %zu columns, its path takes %zu", v->name, cols,
		    path->column_count);
}
