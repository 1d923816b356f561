/*
 * From files to a catalogue.
 *
 *	head of the menus file -> every institution, alone -> root -> hash
 *
 * The institutions stand between the two halves of the menus file because
 * they need its languages and limits, and the root needs their doors.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "menus/catalogue.h"
#include "menus/check.h"
#include "menus/parse.h"

#define GRAPHS_MAX  2000
#define NAME_OCTETS 32
#define LINE_OCTETS (NAME_OCTETS + DIGEST_HEX + 2)

/* A catalogue in the making. */
struct making {
	struct catalogue *c;
	struct findings *f;
	config_t head;
	struct source source; /* the menus file */
	const char *folder; /* of the institutions, as written */
	size_t errors; /* of the menus file itself */
	const struct graph **graphs; /* good ones */
	size_t count;
	const char **names; /* of all institutions, good or bad */
	size_t name_count;
};

static void begin(struct making *m, struct findings *f);
static bool read_head(
    struct making *m, enum file_result result, int septets, int ucs2);
static int lower(int limit, int other);
static void read_folder(struct making *m);
static size_t list_folder(struct arena *a, DIR *folder, const char **files);
static void read_institution(struct making *m, const char *path);
static void compile_institution(struct making *m, const struct source *source);
static void add_institution(struct making *m, const char *name,
    const struct source *source, const config_t *cfg, size_t errors_before);
static void keep_source(
    struct arena *a, struct graph *g, const struct source *source);
static const char *institution_name(struct making *m, const char *path);
static bool is_name(const char *name);
static bool is_taken(const struct making *m, const char *name);
static struct catalogue *finish(struct making *m);
static void read_root(struct making *m);
static struct digest hash_of(const struct catalogue *c);
static int compare_graphs(const void *a, const void *b);
static int compare_texts(const void *a, const void *b);

struct catalogue *
catalogue_read(const char *path, int septets, int ucs2, struct findings *f)
{
	enum file_result result;
	struct making m;
	size_t len;
	char *text;

	begin(&m, f);
	result = schema_read(f, path, &m.head, &text, &len);
	m.source = (struct source){ path, text, len };
	if (read_head(&m, result, septets, ucs2) && m.folder != NULL)
		read_folder(&m);
	return finish(&m);
}

struct catalogue *
catalogue_compile(struct source menus, const struct source *institutions,
    size_t count, int septets, int ucs2, struct findings *f)
{
	struct making m;
	size_t i;

	begin(&m, f);
	m.source = menus;
	if (read_head(&m,
		schema_parse(f, menus.name, menus.text, menus.len, &m.head),
		septets, ucs2))
		for (i = 0; i < count; i++)
			compile_institution(&m, &institutions[i]);
	return finish(&m);
}

static void
begin(struct making *m, struct findings *f)
{
	struct arena *a = arena_new();

	*m = (struct making){ .f = f, .errors = f->errors };
	m->c = arena_alloc(a, sizeof(*m->c));
	m->c->arena = a;
	m->graphs = arena_array(a, GRAPHS_MAX, sizeof(*m->graphs));
	m->names = arena_array(a, GRAPHS_MAX + 1, sizeof(*m->names));
}

static bool
read_head(struct making *m, enum file_result result, int septets, int ucs2)
{
	struct catalogue *c = m->c;

	if (result == FILE_READ)
		parse_head(c->arena, m->f, c, &m->head, &m->folder);
	m->errors = m->f->errors - m->errors;
	c->limits.septets = lower(c->limits.septets, septets);
	c->limits.ucs2 = lower(c->limits.ucs2, ucs2);
	return c->lang_count > 0;
}

static int
lower(int limit, int other)
{
	return other > 0 && other < limit ? other : limit;
}

static void
read_folder(struct making *m)
{
	const char *slash = strrchr(m->source.name, '/'), *path, **files;
	struct arena *a = m->f->arena;
	size_t i, count;
	DIR *folder;

	path = m->folder;
	if (*path != '/' && slash != NULL)
		path = arena_printf(a, "%.*s/%s", (int)(slash - m->source.name),
		    m->source.name, path);
	folder = opendir(path);
	if (folder == NULL) {
		findings_add(m->f, FINDING_ERROR, CHECK_TARGETS, m->source.name,
		    0, NULL, "the folder %s: %s", path, strerror(errno));
		m->errors++;
		return;
	}
	files = arena_array(a, GRAPHS_MAX, sizeof(*files));
	count = list_folder(a, folder, files);
	closedir(folder);
	for (i = 0; i < count; i++)
		read_institution(m, arena_printf(a, "%s/%s", path, files[i]));
}

/* In order of name; past GRAPHS_MAX there is no country so large. */
static size_t
list_folder(struct arena *a, DIR *folder, const char **files)
{
	const struct dirent *entry;
	size_t count = 0, len;

	while ((entry = readdir(folder)) != NULL && count < GRAPHS_MAX) {
		len = strlen(entry->d_name);
		if (entry->d_name[0] != '.' && len > 4 &&
		    strcmp(entry->d_name + len - 4, ".cfg") == 0)
			files[count++] = arena_string(a, entry->d_name);
	}
	qsort(files, count, sizeof(*files), compare_texts);
	return count;
}

static void
read_institution(struct making *m, const char *path)
{
	const char *name = institution_name(m, path);
	struct source source = { .name = path };
	size_t errors = m->f->errors;
	config_t cfg;
	char *text;

	if (name == NULL)
		return;
	if (schema_read(m->f, path, &cfg, &text, &source.len) == FILE_READ) {
		source.text = text;
		add_institution(m, name, &source, &cfg, errors);
	}
	config_destroy(&cfg);
}

static void
compile_institution(struct making *m, const struct source *source)
{
	const char *name = institution_name(m, source->name);
	size_t errors = m->f->errors;
	config_t cfg;

	if (name == NULL)
		return;
	if (schema_parse(m->f, source->name, source->text, source->len, &cfg) ==
	    FILE_READ)
		add_institution(m, name, source, &cfg, errors);
	config_destroy(&cfg);
}

/* The file's name without folder and ending; NULL when it can be none. */
static const char *
institution_name(struct making *m, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *file = slash == NULL ? path : slash + 1, *trouble = NULL;
	size_t len = strcspn(file, ".");
	const char *name = arena_copy(m->c->arena, file, len);

	if (strcmp(file + len, ".cfg") != 0 || !is_name(name))
		trouble = "an institution's file is named with small letters, "
			  "digits and _, such as maji.cfg";
	else if (is_taken(m, name))
		trouble = "there is another institution of that name";
	else if (m->name_count == GRAPHS_MAX)
		trouble = "there are too many institutions";
	if (trouble != NULL) {
		findings_add(m->f, FINDING_ERROR, CHECK_WORDS, path, 0, NULL,
		    "%s", trouble);
		return NULL;
	}
	m->names[m->name_count++] = name;
	return name;
}

/* The root menu's graph has a name too. */
static bool
is_name(const char *name)
{
	size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");

	return len > 0 && len <= NAME_OCTETS && name[len] == '\0' &&
	    (*name < '0' || *name > '9') && strcmp(name, "root") != 0;
}

static bool
is_taken(const struct making *m, const char *name)
{
	size_t i;

	for (i = 0; i < m->name_count; i++)
		if (strcmp(m->names[i], name) == 0)
			return true;
	return false;
}

static void
add_institution(struct making *m, const char *name, const struct source *source,
    const config_t *cfg, size_t errors_before)
{
	struct catalogue *c = m->c;
	struct graph *g =
	    parse_institution(c->arena, m->f, c, source->name, name, cfg);

	keep_source(c->arena, g, source);
	if (m->f->errors == errors_before)
		check_graph(c, g, m->f);
	if (m->f->errors == errors_before)
		m->graphs[m->count++] = g;
}

static void
keep_source(struct arena *a, struct graph *g, const struct source *source)
{
	g->source = arena_copy(a, source->text, source->len);
	g->source_len = source->len;
	g->hash = digest_of(source->text, source->len);
}

static struct catalogue *
finish(struct making *m)
{
	struct catalogue *c = m->c;

	qsort(m->graphs, m->count, sizeof(*m->graphs), compare_graphs);
	c->graphs = m->graphs;
	c->graph_count = m->count;
	check_between_keywords(c, m->f);
	if (c->lang_count > 0)
		read_root(m);
	config_destroy(&m->head);
	if (m->errors > 0 || c->root == NULL) {
		arena_free(c->arena);
		return NULL;
	}
	c->hash = hash_of(c);
	return c;
}

static void
read_root(struct making *m)
{
	struct catalogue *c = m->c;
	size_t errors = m->f->errors;
	struct graph *g =
	    parse_root(c->arena, m->f, c, m->source.name, &m->head);

	keep_source(c->arena, g, &m->source);
	c->root = g;
	if (m->f->errors == errors)
		check_graph(c, g, m->f);
	m->errors += m->f->errors - errors;
	if (m->errors == 0)
		check_between_doors(c, m->names, m->f);
}

/* Of the menus' source, and of every graph's name and hash in order. */
static struct digest
hash_of(const struct catalogue *c)
{
	const struct graph *g = c->root;
	char *all = arena_array(c->arena, c->graph_count + 1, LINE_OCTETS);
	char *at = all, hex[DIGEST_HEX];
	size_t i;

	for (i = 0; i <= c->graph_count; i++) {
		digest_hex(&g->hash, hex);
		at += sprintf(at, "%s %s\n", g->name, hex);
		g = c->graphs[i];
	}
	return digest_of(all, (size_t)(at - all));
}

struct source
catalogue_source(const struct catalogue *c)
{
	return (struct source){ c->root->file, c->root->source,
		c->root->source_len };
}

void
catalogue_free(struct catalogue *c)
{
	if (c != NULL)
		arena_free(c->arena);
}

const struct code *
catalogue_code(
    const struct catalogue *c, const char *dialled, const char **rest)
{
	const struct code *best = NULL;
	size_t best_len = 0, len, i;

	*rest = "";
	dialled += *dialled == '*';
	for (i = 0; i < c->code_count; i++) {
		/* Between its first * and its #. */
		const char *code = c->codes[i].code + 1;

		len = strlen(code) - 1;
		if (len <= best_len || strncmp(dialled, code, len) != 0 ||
		    strchr("*#", dialled[len]) == NULL)
			continue;
		best = &c->codes[i];
		best_len = len;
	}
	if (best != NULL && dialled[best_len] == '*')
		*rest = dialled + best_len + 1;
	return best;
}

static int
compare_graphs(const void *a, const void *b)
{
	return strcmp((*(const struct graph *const *)a)->name,
	    (*(const struct graph *const *)b)->name);
}

static int
compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}
