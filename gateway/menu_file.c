/*
 * Reading menus for a command.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "config/kind.h"
#include "config/settings.h"
#include "gateway/menu_file.h"
#include "menus/catalogue.h"

static bool is_there(const char *path);
static void read_kind(struct menu_file *m, const char *path, const char *menus,
    struct findings *f);
static void read_gateway(
    struct menu_file *m, const char *path, struct findings *f);
static void print_errors(struct findings *f);

struct menu_file
menu_file_read(const char *path, const char *menus)
{
	struct menu_file m = { .status = EX_NOINPUT };
	struct findings f;

	if (!is_there(path) || (menus != NULL && !is_there(menus)))
		return m;
	findings_init(&f, arena_new());
	read_kind(&m, path, menus, &f);
	m.status = f.errors == 0 ? EX_OK : EX_DATAERR;
	print_errors(&f);
	arena_free(f.arena);
	return m;
}

static bool
is_there(const char *path)
{
	if (access(path, R_OK) == 0)
		return true;
	fprintf(stderr, "mlango: cannot read %s: %s\n", path, strerror(errno));
	return false;
}

static void
read_kind(struct menu_file *m, const char *path, const char *menus,
    struct findings *f)
{
	switch (kind_of(path)) {
	case KIND_GATEWAY:
		read_gateway(m, path, f);
		break;
	case KIND_MENUS:
		m->c = catalogue_read(path, 0, 0, f);
		break;
	case KIND_INSTITUTION:
		m->c = catalogue_read_one(path, menus, f, &m->alone);
		if (m->alone == NULL)
			menu_file_close(m);
		break;
	case KIND_DIALECTS:
	case KIND_ABSENT:
		findings_add(f, FINDING_ERROR, 0, path, 0, NULL,
		    "there are no menus in it");
		break;
	}
}

static void
read_gateway(struct menu_file *m, const char *path, struct findings *f)
{
	struct findings settings;
	struct settings *s;
	int septets, ucs2;

	findings_init(&settings, f->arena);
	s = settings_draft(path, &settings);
	settings_screen(s, &septets, &ucs2);
	if (s->menus != NULL)
		m->c = catalogue_read(s->menus, septets, ucs2, f);
	else
		findings_add(
		    f, FINDING_ERROR, 0, path, 0, NULL, "it names no menus");
	settings_free(s);
}

static void
print_errors(struct findings *f)
{
	struct findings errors;
	size_t i;

	findings_init(&errors, f->arena);
	for (i = 0; i < f->count; i++)
		if (f->list[i].grade == FINDING_ERROR)
			findings_copy(&errors, &f->list[i]);
	findings_print(&errors, stderr);
}

void
menu_file_close(struct menu_file *m)
{
	catalogue_free(m->c);
	m->c = NULL;
	m->alone = NULL;
}

int
menu_file_lang(const struct catalogue *c, const char *name)
{
	size_t i;

	if (name == NULL)
		return 0;
	for (i = 0; i < c->lang_count; i++)
		if (strcmp(c->langs[i], name) == 0)
			return (int)i;
	fprintf(stderr, "mlango: these menus have no language '%s', but", name);
	for (i = 0; i < c->lang_count; i++)
		fprintf(stderr, "%s '%s'", i == 0 ? "" : ",", c->langs[i]);
	fputc('\n', stderr);
	return -1;
}
