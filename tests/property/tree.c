/*
 * Trees of settings, and how libconfig reads them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/property/tree.h"

static struct node *add(struct arena *a, struct node *parent,
    enum node_kind kind, const char *name, const char *value);
static void write_members(FILE *out, const struct node *of, int depth);
static void write_node(FILE *out, const struct node *n, int depth);
static void write_between(FILE *out, const struct node *of, int depth,
    const char *open, const char *shut);
static void write_text(FILE *out, const char *text);
static bool is_small(const struct node *of);

struct node *
tree_group(struct arena *a, struct node *parent, const char *name)
{
	return add(a, parent, NODE_GROUP, name, NULL);
}

struct node *
tree_list(struct arena *a, struct node *parent, const char *name)
{
	return add(a, parent, NODE_LIST, name, NULL);
}

struct node *
tree_array(struct arena *a, struct node *parent, const char *name)
{
	return add(a, parent, NODE_ARRAY, name, NULL);
}

struct node *
tree_text(
    struct arena *a, struct node *parent, const char *name, const char *value)
{
	return add(a, parent, NODE_TEXT, name, value);
}

struct node *
tree_number(
    struct arena *a, struct node *parent, const char *name, unsigned value)
{
	return add(a, parent, NODE_BARE, name, arena_printf(a, "%u", value));
}

struct node *
tree_flag(struct arena *a, struct node *parent, const char *name, bool value)
{
	return add(a, parent, NODE_BARE, name, value ? "true" : "false");
}

static struct node *
add(struct arena *a, struct node *parent, enum node_kind kind, const char *name,
    const char *value)
{
	struct node *n = arena_alloc(a, sizeof(*n));

	*n = (struct node){ .kind = kind, .name = name, .value = value };
	if (parent == NULL)
		return n;
	if (parent->last == NULL)
		parent->first = n;
	else
		parent->last->next = n;
	parent->last = n;
	return n;
}

void
tree_copy(struct arena *a, struct node *to, const struct node *from)
{
	const struct node *n;

	for (n = from->first; n != NULL; n = n->next)
		tree_copy(a, add(a, to, n->kind, n->name, n->value), n);
}

struct node *
tree_member(const struct node *group, const char *name)
{
	struct node *n;

	for (n = group->first; n != NULL; n = n->next)
		if (!n->gone && n->name != NULL && strcmp(n->name, name) == 0)
			return n;
	return NULL;
}

/* ---- as a file */

const char *
tree_write(struct arena *a, const struct node *file)
{
	char *text = NULL;
	const char *kept;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	CHECK(out != NULL);
	write_members(out, file, 0);
	CHECK(fclose(out) == 0);
	kept = arena_copy(a, text, len);
	free(text);
	return kept;
}

static void
write_members(FILE *out, const struct node *of, int depth)
{
	const struct node *n;
	bool first = true;

	for (n = of->first; n != NULL; n = n->next) {
		if (n->gone)
			continue;
		if (!first && of->kind != NODE_GROUP)
			fputc(',', out);
		first = false;
		if (depth < 0)
			fputc(' ', out);
		else
			fprintf(out, "\n%*s", depth * 2, "");
		write_node(out, n, depth);
	}
}

static void
write_node(FILE *out, const struct node *n, int depth)
{
	if (n->name != NULL)
		fprintf(out, "%s = ", n->name);
	switch (n->kind) {
	case NODE_GROUP:
		write_between(out, n, depth, "{", "}");
		break;
	case NODE_LIST:
		write_between(out, n, depth, "(", ")");
		break;
	case NODE_ARRAY:
		write_between(out, n, depth, "[", "]");
		break;
	case NODE_TEXT:
		write_text(out, n->value);
		break;
	case NODE_BARE:
		fputs(n->value, out);
		break;
	}
	if (n->name != NULL)
		fputc(';', out);
}

/* What holds no groups stands on one line. */
static void
write_between(FILE *out, const struct node *of, int depth, const char *open,
    const char *shut)
{
	int inside = depth < 0 || is_small(of) ? -1 : depth + 1;

	fputs(open, out);
	write_members(out, of, inside);
	if (inside < 0)
		fputc(' ', out);
	else
		fprintf(out, "\n%*s", depth * 2, "");
	fputs(shut, out);
}

static bool
is_small(const struct node *of)
{
	const struct node *n;

	for (n = of->first; n != NULL; n = n->next)
		if (!n->gone && n->first != NULL)
			return false;
	return true;
}

static void
write_text(FILE *out, const char *text)
{
	fputc('"', out);
	for (; *text != '\0'; text++) {
		if (*text == '\n') {
			fputs("\\n", out);
			continue;
		}
		if (*text == '"' || *text == '\\')
			fputc('\\', out);
		fputc(*text, out);
	}
	fputc('"', out);
}
