/*
 * Building a catalogue.
 *
 *	head of the menus file -> every institution, alone -> root -> hash
 *
 * The institutions stand between the two halves of the menus file because
 * they need its languages and limits, and the root needs their keywords.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/schema.h"
#include "menus/builder.h"
#include "menus/catalogue.h"
#include "menus/check.h"
#include "menus/parse.h"

#define NAME_OCTETS 32
#define LINE_OCTETS (NAME_OCTETS + DIGEST_HEX + 2)

struct builder {
	struct arena *arena; /* gone with the builder */
	struct catalogue *c; /* its head, then all of it */
	struct findings *findings;
	struct findings own; /* of the menus file */
	config_t cfg; /* of the menus file */
	struct source source; /* likewise */
	const char *folder;
	const struct catalogue *like;
	bool alike; /* its head is the same */
	const struct graph *graphs[CATALOGUE_GRAPHS_MAX]; /* good ones */
	size_t count;
	const char *names[CATALOGUE_GRAPHS_MAX + 1]; /* good or bad ones */
	size_t name_count;
};

static void read_head(struct builder *b, int septets, int ucs2);
static int lower(int limit, int other);
static bool is_alike(const struct builder *b, const struct catalogue *like);
static const char *institution_name(struct builder *b, const char *path);
static const char *name_of(struct arena *a, const char *path);
static bool is_name(const char *name);
static bool is_good(const struct builder *b, const char *name);
static bool note_name(struct builder *b, const char *name);
static enum built take_over(
    struct builder *b, const char *name, const struct source *source);
static enum built compile(
    struct builder *b, const char *name, const struct source *source);
static void tell(struct builder *b, const struct findings *found);
static void gather(struct builder *b);
static void read_root(struct builder *b);
static struct digest hash_of(struct arena *a, const struct catalogue *c);
static int print_hash(const struct graph *g, char *out);
static int compare_graphs(const void *a, const void *b);
static int compare_texts(const void *a, const void *b);

struct builder *
builder_new(const struct source *menus, int septets, int ucs2,
    const struct catalogue *like, struct findings *f)
{
	struct arena *a = arena_new(), *whole = arena_new();
	struct builder *b = arena_alloc(a, sizeof(*b));

	b->arena = a;
	b->findings = f;
	findings_init(&b->own, a);
	b->source = (struct source){ arena_string(a, menus->name),
		arena_copy(a, menus->text, menus->len), menus->len };
	b->c = arena_alloc(whole, sizeof(*b->c));
	b->c->arena = whole;
	read_head(b, septets, ucs2);
	b->like = like;
	b->alike = like != NULL && is_alike(b, like);
	return b;
}

void
builder_free(struct builder *b)
{
	size_t i;

	for (i = 0; i < b->count; i++)
		graph_release(b->graphs[i]);
	if (b->c != NULL)
		arena_free(b->c->arena);
	config_destroy(&b->cfg);
	arena_free(b->arena);
}

/* ---- the menus file's head */

static void
read_head(struct builder *b, int septets, int ucs2)
{
	const struct source *source = &b->source;
	struct catalogue *c = b->c;

	if (schema_parse(&b->own, source->name, source->text, source->len,
		&b->cfg) == FILE_READ)
		parse_head(c->arena, &b->own, c, &b->cfg, &b->folder);
	c->limits.septets = lower(c->limits.septets, septets);
	c->limits.ucs2 = lower(c->limits.ucs2, ucs2);
}

static int
lower(int limit, int other)
{
	return other > 0 && other < limit ? other : limit;
}

/* What was proved for less room holds for more. */
static bool
is_alike(const struct builder *b, const struct catalogue *like)
{
	struct source theirs = graph_source(like->root);

	return theirs.len == b->source.len &&
	    memcmp(theirs.text, b->source.text, theirs.len) == 0 &&
	    like->limits.septets <= b->c->limits.septets &&
	    like->limits.ucs2 <= b->c->limits.ucs2;
}

const char *
builder_folder(const struct builder *b)
{
	return b->c->lang_count > 0 ? b->folder : NULL;
}

/* ---- institutions */

enum built
builder_add(struct builder *b, const struct source *source)
{
	const char *name;
	enum built built;

	if (b->c->lang_count == 0)
		return BUILT_NOT;
	name = institution_name(b, source->name);
	if (name == NULL)
		return BUILT_NOT;
	built = take_over(b, name, source);
	return built == BUILT_NOT ? compile(b, name, source) : built;
}

enum built
builder_fall_back(struct builder *b, const char *file)
{
	const char *name = name_of(b->arena, file);
	struct source last;
	uint16_t number;

	if (b->like == NULL || name == NULL)
		return BUILT_NOT;
	number = catalogue_graph(b->like, name);
	if (number == NOWHERE)
		return BUILT_NOT;
	last = graph_source(b->like->graphs[number]);
	return builder_add(b, &last);
}

void
builder_miss(struct builder *b, const char *file)
{
	if (b->c->lang_count > 0)
		institution_name(b, file);
}

/* NULL when there can be none of that name. */
static const char *
institution_name(struct builder *b, const char *path)
{
	const char *name = name_of(b->arena, path), *trouble = NULL;

	if (name == NULL || !is_name(name))
		trouble = "an institution's file is named with small letters, "
			  "digits and _, such as maji.cfg";
	else if (is_good(b, name))
		trouble = "there is another institution of that name";
	else if (!note_name(b, name))
		trouble = "there are too many institutions";
	if (trouble == NULL)
		return name;
	findings_add(b->findings, FINDING_ERROR, CHECK_WORDS, path, 0, NULL,
	    "%s", trouble);
	return NULL;
}

/* Of its file, without folder and ending. */
static const char *
name_of(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *file = slash == NULL ? path : slash + 1;
	size_t len = strcspn(file, ".");

	return strcmp(file + len, ".cfg") == 0 ? arena_copy(a, file, len)
					       : NULL;
}

/* The root menu's graph has a name too, and so has the menus file. */
static bool
is_name(const char *name)
{
	size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");

	return len > 0 && len <= NAME_OCTETS && name[len] == '\0' &&
	    (*name < '0' || *name > '9') && strcmp(name, "root") != 0 &&
	    strcmp(name, "menus") != 0;
}

static bool
is_good(const struct builder *b, const char *name)
{
	size_t i;

	for (i = 0; i < b->count; i++)
		if (strcmp(b->graphs[i]->name, name) == 0)
			return true;
	return false;
}

static bool
note_name(struct builder *b, const char *name)
{
	size_t i;

	for (i = 0; i < b->name_count; i++)
		if (strcmp(b->names[i], name) == 0)
			return true;
	if (b->name_count == CATALOGUE_GRAPHS_MAX)
		return false;
	b->names[b->name_count++] = name;
	return true;
}

static enum built
take_over(struct builder *b, const char *name, const struct source *source)
{
	uint16_t number = b->alike ? catalogue_graph(b->like, name) : NOWHERE;
	const struct graph *g;

	if (number == NOWHERE)
		return BUILT_NOT;
	g = b->like->graphs[number];
	if (g->source_len != source->len ||
	    memcmp(g->source, source->text, source->len) != 0)
		return BUILT_NOT;
	graph_hold(g);
	b->graphs[b->count++] = g;
	return BUILT_SAME;
}

static enum built
compile(struct builder *b, const char *name, const struct source *source)
{
	struct graph *g = graph_new(arena_new(), name, source);
	struct arena *a = arena_new();
	struct findings found;
	config_t cfg;
	bool good;

	findings_init(&found, a);
	if (schema_parse(&found, source->name, source->text, source->len,
		&cfg) == FILE_READ)
		parse_institution(g, &found, b->c, &cfg);
	config_destroy(&cfg);
	if (found.errors == 0)
		check_graph(b->c, g, &found);
	good = found.errors == 0;
	tell(b, &found);
	if (good)
		b->graphs[b->count++] = g;
	else
		graph_release(g);
	arena_free(a);
	return good ? BUILT_NEW : BUILT_NOT;
}

/* What was found speaks of memory that goes. */
static void
tell(struct builder *b, const struct findings *found)
{
	size_t i;

	for (i = 0; i < found->count; i++)
		findings_copy(b->findings, &found->list[i]);
}

/* ---- all of it */

struct catalogue *
builder_finish(struct builder *b)
{
	struct catalogue *c = b->c;

	gather(b);
	check_between_keywords(c, b->findings);
	/* Of one institution alone nothing is said about others. */
	if (b->name_count > 1)
		check_between_reads(c, b->names, b->findings);
	if (c->lang_count > 0)
		read_root(b);
	tell(b, &b->own);
	if (b->own.errors > 0 || c->root == NULL)
		return NULL;
	c->hash = hash_of(b->arena, c);
	b->count = 0;
	b->c = NULL;
	return c;
}

static void
gather(struct builder *b)
{
	struct catalogue *c = b->c;

	qsort(b->graphs, b->count, sizeof(*b->graphs), compare_graphs);
	qsort(b->names, b->name_count, sizeof(*b->names), compare_texts);
	c->graphs =
	    arena_copy(c->arena, b->graphs, b->count * sizeof(*b->graphs));
	c->graph_count = b->count;
}

/* A name of the root's that is none of an institution takes nothing away from
 * the others: it is an error, and no reason to refuse the file. */
static void
read_root(struct builder *b)
{
	struct catalogue *c = b->c;
	struct graph *g = graph_new(c->arena, "root", &b->source);
	size_t errors = b->own.errors;

	parse_root(g, &b->own, c, &b->cfg);
	c->root = g;
	if (b->own.errors == errors)
		check_graph(c, g, &b->own);
	if (b->own.errors == 0)
		check_between_doors(c, b->names, b->findings);
}

/* Of the menus' source, and of every graph's name and hash in order. */
static struct digest
hash_of(struct arena *a, const struct catalogue *c)
{
	char *all = arena_array(a, c->graph_count + 1, LINE_OCTETS);
	char *end = all + print_hash(c->root, all);
	size_t i;

	for (i = 0; i < c->graph_count; i++)
		end += print_hash(c->graphs[i], end);
	return digest_of(all, (size_t)(end - all));
}

static int
print_hash(const struct graph *g, char *out)
{
	char hex[DIGEST_HEX];

	digest_hex(&g->hash, hex);
	return sprintf(out, "%s %s\n", g->name, hex);
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
