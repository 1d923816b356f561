/*
 * A file of settings as a tree, which can be written, and of which parts can be
 * taken away and put back: what is generated is so made smaller until it shows
 * nothing but its fault.
 */
#ifndef TESTS_TREE_H
#define TESTS_TREE_H

#include <stdbool.h>

#include "base/arena.h"

enum node_kind {
	NODE_GROUP,
	NODE_LIST,
	NODE_ARRAY,
	NODE_TEXT, /* between quotes */
	NODE_BARE, /* a number, true or false */
};

struct node {
	enum node_kind kind;
	const char *name; /* NULL in a list or an array */
	const char *value; /* TEXT, BARE */
	struct node *first, *last, *next;
	bool gone;
};

/* PARENT NULL: a whole file, a group without braces about it. */
struct node *tree_group(struct arena *a, struct node *parent, const char *name);
struct node *tree_list(struct arena *a, struct node *parent, const char *name);
struct node *tree_array(struct arena *a, struct node *parent, const char *name);
struct node *tree_text(
    struct arena *a, struct node *parent, const char *name, const char *value);
struct node *tree_number(
    struct arena *a, struct node *parent, const char *name, unsigned value);
struct node *tree_flag(
    struct arena *a, struct node *parent, const char *name, bool value);

/* Copies of all that FROM holds. */
void tree_copy(struct arena *a, struct node *to, const struct node *from);

/* The member of that name; NULL when there is none. */
struct node *tree_member(const struct node *group, const char *name);

/* The file, without what is gone. */
const char *tree_write(struct arena *a, const struct node *file);

#endif
