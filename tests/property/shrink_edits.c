/*
 * Edits, one by one.
 */
#include <string.h>

#include "base/text.h"
#include "tests/property/shrink_edits.h"

static void change(struct edits *e, struct node *n, const char *value);
static void retarget(
    struct edits *e, struct node *of, const char *from, const char *to);
static bool leads(const struct node *n);
static void gather(
    const struct node *of, const char **targets, size_t most, size_t *count);
static void sweep(struct edits *e, struct node *file, struct node *of);
static bool holds_named(const struct node *of);
static bool is_named(const struct node *of, const struct node *what);
static bool is_text(const struct node *n);
static const char *shorter(struct arena *a, const char *text, unsigned how);
static char *only_values(struct arena *a, const char *text);
static char *first_half(struct arena *a, const char *text);

void
edits_undo(struct edits *e)
{
	while (e->count > 0) {
		struct node *n = e->list[--e->count].node;
		const char *value = e->list[e->count].value;

		if (value == NULL)
			n->gone = false;
		else
			n->value = value;
	}
}

void
edits_remove(struct edits *e, struct node *n)
{
	if (n->gone || e->count == EDITS_MAX)
		return;
	e->list[e->count].node = n;
	e->list[e->count++].value = NULL;
	n->gone = true;
}

static void
change(struct edits *e, struct node *n, const char *value)
{
	if (e->count == EDITS_MAX || strcmp(value, n->value) == 0)
		return;
	e->list[e->count].node = n;
	e->list[e->count++].value = n->value;
	n->value = value;
}

/* ---- targets */

void
edits_retarget(
    struct edits *e, const struct draft *d, const char *from, const char *to)
{
	size_t i;

	for (i = 0; i < d->count; i++)
		retarget(e, d->files[i], from, to);
}

/* A door of another institution goes with it. */
static void
retarget(struct edits *e, struct node *of, const char *from, const char *to)
{
	size_t len = strlen(from);
	struct node *n;

	for (n = of->first; n != NULL; n = n->next) {
		if (n->gone)
			continue;
		if (leads(n) && strncmp(n->value, from, len) == 0 &&
		    (n->value[len] == '\0' || n->value[len] == '.'))
			change(e, n, to);
		retarget(e, n, from, to);
	}
}

static bool
leads(const struct node *n)
{
	static const char *const names[] = { "next", "fail", "empty", "ok",
		"missing", "slow", "x", "y", "ussd", "in", "start" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (n->kind == NODE_TEXT && n->name != NULL &&
		    strcmp(n->name, names[i]) == 0)
			return true;
	return false;
}

size_t
edits_targets(const struct node *state, const char **targets, size_t most)
{
	size_t count = 0;

	gather(state, targets, most, &count);
	return count;
}

static void
gather(const struct node *of, const char **targets, size_t most, size_t *count)
{
	const struct node *n;
	size_t i;

	for (n = of->first; n != NULL; n = n->next) {
		if (n->gone)
			continue;
		gather(n, targets, most, count);
		if (!leads(n))
			continue;
		for (i = 0; i < *count; i++)
			if (strcmp(targets[i], n->value) == 0)
				break;
		if (i == *count && *count < most)
			targets[(*count)++] = n->value;
	}
}

/* ---- what nobody needs */

void
edits_sweep(struct edits *e, const struct draft *d)
{
	size_t i, before;

	do {
		before = e->count;
		for (i = 1; i < d->count; i++)
			if (!d->files[i]->gone)
				sweep(e, d->files[i], d->files[i]);
	} while (e->count > before && e->count < EDITS_MAX);
}

static void
sweep(struct edits *e, struct node *file, struct node *of)
{
	struct node *n;

	for (n = of->first; n != NULL; n = n->next) {
		if (n->gone || n->kind != NODE_GROUP)
			continue;
		if (holds_named(of) && !is_named(file, n))
			edits_remove(e, n);
		else
			sweep(e, file, n);
	}
}

static bool
holds_named(const struct node *of)
{
	static const char *const names[] = { "states", "dialogues", "apis",
		"apps" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (of->name != NULL && strcmp(of->name, names[i]) == 0)
			return true;
	return false;
}

/* By anything but itself. */
static bool
is_named(const struct node *of, const struct node *what)
{
	const struct node *n;

	for (n = of->first; n != NULL; n = n->next)
		if (!n->gone && n != what &&
		    ((n->kind == NODE_TEXT &&
			 strcmp(n->value, what->name) == 0) ||
			is_named(n, what)))
			return true;
	return false;
}

/* ---- languages and words */

void
edits_forget(struct edits *e, struct node *of, const char *lang)
{
	struct node *n;

	for (n = of->first; n != NULL; n = n->next)
		if ((n->name != NULL && strcmp(n->name, lang) == 0) ||
		    (n->name == NULL && n->kind == NODE_TEXT &&
			strcmp(n->value, lang) == 0))
			edits_remove(e, n);
		else
			edits_forget(e, n, lang);
}

void
edits_shorten(struct edits *e, struct arena *a, struct node *of, unsigned how)
{
	struct node *n;

	for (n = of->first; n != NULL; n = n->next)
		if (!n->gone && is_text(n))
			change(e, n, shorter(a, n->value, how));
}

/* They begin with a mark. */
static bool
is_text(const struct node *n)
{
	size_t lang;

	for (lang = 0; lang < LANGS_MAX; lang++)
		if (n->kind == NODE_TEXT &&
		    strncmp(n->value, draft_mark(lang), 2) == 0)
			return true;
	return false;
}

static const char *
shorter(struct arena *a, const char *text, unsigned how)
{
	switch (how) {
	case 0:
		return arena_copy(a, text, 2);
	case 1:
		return only_values(a, text);
	default:
		return first_half(a, text);
	}
}

static char *
only_values(struct arena *a, const char *text)
{
	char *values = arena_copy(a, text, 2);
	const char *at;
	size_t len;

	for (at = strchr(text, '{'); at != NULL; at = strchr(at + len, '{')) {
		len = strcspn(at, "}") + 1;
		values = arena_printf(a, "%s%.*s", values, (int)len, at);
	}
	return values;
}

/* Behind the half of its words, and before its values. */
static char *
first_half(struct arena *a, const char *text)
{
	size_t words = strcspn(text, "{"), half = 2 + (words - 2) / 2;

	while (half > 0 && ((unsigned char)text[half] & 0xc0u) == 0x80)
		half--;
	return arena_printf(a, "%.*s%s", (int)half, text, text + words);
}
