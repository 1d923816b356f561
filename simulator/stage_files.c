/*
 * The files of a stage.
 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "simulator/stage_files.h"
#include "simulator/workspace.h"

/* Where the sample institutions look for their systems. */
#define SAMPLE_BACKEND "http://127.0.0.1:8090"

static const char *const cfg[] = { ".cfg", NULL };
static const char *const proved[] = { ".cfg", ".json", ".txt", NULL };

static int write_dialects(struct arena *a, const struct stage_place *p,
    const struct stage_settings *settings);
static const char *folder_of(struct arena *a, const char *path);
static int write_menus(struct arena *a, const struct stage_place *p,
    const struct stage_settings *settings, const char **why);
static int write_lock(
    struct arena *a, const struct stage_place *p, const char *menus);
static const char *with_limit(
    struct arena *a, const char *text, const struct stage_limit *limit);
static const char *find_setting(const char *text, const char *name);

int
stage_files_write(struct arena *a, const struct stage_place *p,
    const struct stage_settings *settings, const char **why)
{
	const char *from =
	    settings->menus == NULL ? p->data : folder_of(a, settings->menus);
	const char *institutions = arena_printf(a, "%s/institutions", from);

	if (access(institutions, R_OK) == -1)
		institutions = arena_printf(a, "%s/institutions", p->data);
	if (workspace_copy(a, institutions,
		arena_printf(a, "%s/institutions", p->folder), proved,
		SAMPLE_BACKEND,
		arena_printf(a, "http://127.0.0.1:%d", p->backend_port)) ==
		-1 ||
	    write_dialects(a, p, settings) == -1 ||
	    workspace_write(
		arena_printf(a, "%s/password", p->folder), "mlango\n") == -1) {
		*why = arena_printf(a, "%s: %m", p->folder);
		return -1;
	}
	return write_menus(a, p, settings, why);
}

/* An operator may be less patient than its dialect's row says. */
static int
write_dialects(struct arena *a, const struct stage_place *p,
    const struct stage_settings *settings)
{
	const char *name =
	    arena_printf(a, "name = \"%s\";", settings->dialect);
	const char *more = settings->answer_s == 0
	    ? ""
	    : arena_printf(a, " timers = { answer = \"%ds\"; };",
		  settings->answer_s);

	return workspace_copy(a, p->data, p->folder, cfg, name,
	    arena_printf(a, "%s%s", name, more));
}

static const char *
folder_of(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return ".";
	return arena_printf(a, "%.*s", (int)(slash - path), path);
}

static int
write_menus(struct arena *a, const struct stage_place *p,
    const struct stage_settings *settings, const char **why)
{
	const char *from = settings->menus != NULL
	    ? settings->menus
	    : arena_printf(a, "%s/menus.cfg", p->data);
	const char *to = arena_printf(a, "%s/menus.cfg", p->folder);
	const char *text = workspace_read(a, from);
	size_t i;

	if (text == NULL) {
		*why = arena_printf(a, "%s: %m", from);
		return -1;
	}
	for (i = 0; i < settings->limit_count; i++) {
		text = with_limit(a, text, &settings->limits[i]);
		if (text == NULL) {
			*why = arena_printf(a, "%s has no limit '%s'", from,
			    settings->limits[i].name);
			return -1;
		}
	}
	if (workspace_write(to, text) == -1 || write_lock(a, p, from) == -1) {
		*why = arena_printf(a, "%s: %m", to);
		return -1;
	}
	return 0;
}

/* What stands beside MENUS, so that a reload proves them likewise. */
static int
write_lock(struct arena *a, const struct stage_place *p, const char *menus)
{
	const char *from = arena_printf(
	    a, "%.*s.lock", (int)(strlen(menus) - strlen(".cfg")), menus);
	const char *to = arena_printf(a, "%s/menus.lock", p->folder);
	const char *text = workspace_read(a, from);

	if (text != NULL)
		return workspace_write(to, text);
	return unlink(to) == -1 && errno != ENOENT ? -1 : 0;
}

/* NAME = NUMBER inside the group `limits`, with another number. */
static const char *
with_limit(struct arena *a, const char *text, const struct stage_limit *limit)
{
	const char *group = find_setting(text, "limits");
	const char *number =
	    group != NULL ? find_setting(group, limit->name) : NULL;

	if (number == NULL)
		return NULL;
	return arena_printf(a, "%.*s%s%s", (int)(number - text), text,
	    limit->value, number + strspn(number, "0123456789"));
}

/* What stands behind NAME and its =. */
static const char *
find_setting(const char *text, const char *name)
{
	size_t len = strlen(name);
	const char *hit;

	for (hit = text; (hit = strstr(hit, name)) != NULL; hit += len) {
		const char *after = hit + len + strspn(hit + len, " \t");

		if (*after == '=' &&
		    (hit == text || isspace((unsigned char)hit[-1])))
			return after + 1 + strspn(after + 1, " \t");
	}
	return NULL;
}

const char *
stage_files_gateway(struct arena *a, const struct stage_place *p,
    const char *name, const struct stage_settings *settings)
{
	const char *path = arena_printf(a, "%s/%s.cfg", p->folder, name);
	const char *text = arena_printf(a,
	    "# Gateway %s of this stage.\n"
	    "menus = \"menus.cfg\";\n"
	    "dialects = \"dialects.cfg\";\n"
	    "node = \"%s\";\n"
	    "%s"
	    "redis = { socket = \"%s\"; };\n"
	    "links = (\n"
	    "  {\n"
	    "    name = \"box\";\n"
	    "    hosts = [ \"127.0.0.1\" ];\n"
	    "    port = %d;\n"
	    "    system_id = \"mlango-%s\";\n"
	    "    password_file = \"password\";\n"
	    "    dialect = \"%s\";\n"
	    "    sms_number = \"" STAGE_SMS_NUMBER "\";\n"
	    "    retry_least_ms = 50;\n"
	    "    retry_most_ms = 500;\n"
	    "  }\n"
	    ");\n",
	    name, name, settings->gateway, p->redis, p->smsc_port, name,
	    settings->dialect);

	return workspace_write(path, text) == -1 ? NULL : path;
}
