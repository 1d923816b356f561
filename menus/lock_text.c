/*
 * The file menus.lock: read line by line, and written by adding lines to it.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "menus/check.h"
#include "menus/lock.h"

#define FIELDS_MAX (VARS_MAX + 5)

static const char head[] =
    "# What citizens have memorised: the keys of options and the words of "
    "SMS,\n"
    "# and where each leads. `mlango check` refuses a menu in which one of "
    "them\n"
    "# is gone or leads elsewhere. `mlango check --lock` adds what is new; a "
    "line\n"
    "# is changed or taken away by hand, and on purpose.\n";

/* One line, cut into its words. */
struct line {
	struct arena *arena;
	struct findings *findings;
	const char *name;
	int number;
	char *fields[FIELDS_MAX];
	size_t count;
};

/* A line to be written, and behind which one. */
struct addition {
	const struct lock_entry *entry;
	int behind;
	size_t number;
};

static bool read_line(struct line *l, char *text, struct lock_entry *entry);
static void split(struct line *l, char *text);
static bool read_key(const struct line *l, struct lock_entry *entry);
static bool read_word(const struct line *l, struct lock_entry *entry);
static void wrong(const struct line *l, const char *says);
static struct lock without_doubles(
    const struct line *l, struct lock_entry *list, size_t count);
static int compare(const void *a, const void *b);
static struct addition *additions(struct arena *a, const struct lock *was,
    const struct lock *is, size_t *count);
static int last_line(const struct lock *l, const char *graph);
static int by_place(const void *a, const void *b);
static size_t room_for(const struct addition *list, size_t count);
static char *write_entry(char *to, const struct lock_entry *e);
static void exchange(char *text, char from, char to);

/* ---- reading */

struct lock
lock_read(struct arena *a, struct findings *f, const char *name,
    const char *text, size_t len)
{
	struct line l = { .arena = a, .findings = f, .name = name };
	char *rest = arena_copy(a, text, len), *one;
	struct lock_entry *list;
	size_t count = 0, lines = 1, i;

	if (memchr(text, '\0', len) != NULL) {
		wrong(&l, "is no text: it has NUL octets");
		return (struct lock){ NULL, 0 };
	}
	for (i = 0; i < len; i++)
		lines += text[i] == '\n';
	list = arena_array(a, lines, sizeof(*list));
	while ((one = strsep(&rest, "\n")) != NULL) {
		l.number++;
		count += read_line(&l, one, &list[count]);
	}
	return without_doubles(&l, list, count);
}

static bool
read_line(struct line *l, char *text, struct lock_entry *entry)
{
	split(l, text);
	if (l->count == 0)
		return false;
	*entry =
	    (struct lock_entry){ .state = "", .args = "", .line = l->number };
	if (read_key(l, entry) || read_word(l, entry))
		return true;
	wrong(l,
	    "a line is 'key maji/home 1 -> ask_acct', 'word maji DENI acct "
	    "-> bill' or a remark after #");
	return false;
}

static void
split(struct line *l, char *text)
{
	char *rest = text, *field;

	l->count = 0;
	text[strcspn(text, "#")] = '\0';
	while ((field = strsep(&rest, " \t\r")) != NULL)
		if (*field != '\0' && l->count < FIELDS_MAX)
			l->fields[l->count++] = field;
}

/* key GRAPH/STATE KEY -> TARGET */
static bool
read_key(const struct line *l, struct lock_entry *entry)
{
	char *slash;

	if (l->count != 5 || strcmp(l->fields[0], "key") != 0 ||
	    strcmp(l->fields[3], "->") != 0)
		return false;
	slash = strchr(l->fields[1], '/');
	if (slash == NULL)
		return false;
	*slash = '\0';
	entry->kind = LOCK_KEY;
	entry->graph = l->fields[1];
	entry->state = slash + 1;
	entry->key = l->fields[2];
	entry->target = l->fields[4];
	return true;
}

/* word GRAPH WORD ARG... -> TARGET */
static bool
read_word(const struct line *l, struct lock_entry *entry)
{
	size_t i;

	if (l->count < 5 || strcmp(l->fields[0], "word") != 0 ||
	    strcmp(l->fields[l->count - 2], "->") != 0)
		return false;
	entry->kind = LOCK_WORD;
	entry->graph = l->fields[1];
	exchange(l->fields[2], '_', ' ');
	entry->key = l->fields[2];
	for (i = 3; i + 2 < l->count; i++)
		entry->args = arena_printf(l->arena, "%s%s%s", entry->args,
		    i > 3 ? " " : "", l->fields[i]);
	entry->target = l->fields[l->count - 1];
	return true;
}

static void
wrong(const struct line *l, const char *says)
{
	findings_add(l->findings, FINDING_ERROR, CHECK_KEYS, l->name, l->number,
	    NULL, "%s", says);
}

static struct lock
without_doubles(const struct line *l, struct lock_entry *list, size_t count)
{
	size_t i, kept = 0;

	qsort(list, count, sizeof(*list), compare);
	for (i = 0; i < count; i++) {
		const struct lock_entry *e = &list[i];

		if (kept == 0 || lock_order(&list[kept - 1], e) != 0)
			list[kept++] = *e;
		else
			findings_add(l->findings, FINDING_ERROR, CHECK_KEYS,
			    l->name, e->line, NULL, "line %d records the same",
			    list[kept - 1].line);
	}
	return (struct lock){ list, kept };
}

static int
compare(const void *a, const void *b)
{
	const struct lock_entry *x = a, *y = b;
	int by = lock_order(x, y);

	return by != 0 ? by : (x->line > y->line) - (x->line < y->line);
}

/* ---- writing */

const char *
lock_write(struct arena *a, const char *text, const struct lock *was,
    const struct lock *is, size_t *added)
{
	struct addition *list = additions(a, was, is, added);
	const char *from = *text == '\0' ? head : text, *end;
	char *all = arena_alloc(a, strlen(from) + room_for(list, *added) + 2),
	     *to = all;
	size_t next = 0;
	int line;

	for (line = 1; *from != '\0'; line++) {
		end = strchrnul(from, '\n');
		to = mempcpy(to, from, (size_t)(end - from));
		*to++ = '\n';
		from = end + (*end == '\n');
		for (; next < *added && list[next].behind == line; next++)
			to = write_entry(to, list[next].entry);
	}
	for (; next < *added; next++)
		to = write_entry(to, list[next].entry);
	return all;
}

static struct addition *
additions(struct arena *a, const struct lock *was, const struct lock *is,
    size_t *count)
{
	struct lock_changes changes = lock_compare(a, was, is);
	struct addition *list = arena_array(a, changes.count, sizeof(*list));
	const char *graph = "";
	int behind = 0;
	size_t i;

	*count = 0;
	for (i = 0; i < changes.count; i++) {
		const struct lock_entry *e = changes.list[i].is;

		if (changes.list[i].kind != LOCK_ADDED)
			continue;
		if (strcmp(e->graph, graph) != 0)
			behind = last_line(was, e->graph);
		graph = e->graph;
		list[*count] = (struct addition){ e, behind, *count };
		++*count;
	}
	qsort(list, *count, sizeof(*list), by_place);
	return list;
}

/* Past every line there is when the lock has nothing of it. */
static int
last_line(const struct lock *l, const char *graph)
{
	struct lock part = lock_part(l, graph);
	int last = 0;
	size_t i;

	for (i = 0; i < part.count; i++)
		if (part.list[i].line > last)
			last = part.list[i].line;
	return last > 0 ? last : INT_MAX;
}

static int
by_place(const void *a, const void *b)
{
	const struct addition *x = a, *y = b;

	if (x->behind != y->behind)
		return x->behind > y->behind ? 1 : -1;
	return x->number > y->number ? 1 : -1;
}

static size_t
room_for(const struct addition *list, size_t count)
{
	static const char most[] = "word /   -> \n";
	size_t room = 0, i;

	for (i = 0; i < count; i++) {
		const struct lock_entry *e = list[i].entry;

		room += sizeof(most) + strlen(e->graph) + strlen(e->state) +
		    strlen(e->key) + strlen(e->args) + strlen(e->target);
	}
	return room;
}

static char *
write_entry(char *to, const struct lock_entry *e)
{
	char *end;

	if (e->kind == LOCK_KEY)
		return to +
		    sprintf(to, "key %s/%s %s -> %s\n", e->graph, e->state,
			e->key, e->target);
	to += sprintf(to, "word %s ", e->graph);
	end = to + sprintf(to, "%s", e->key);
	exchange(to, ' ', '_');
	return end +
	    sprintf(end, "%s%s -> %s\n", *e->args != '\0' ? " " : "", e->args,
		e->target);
}

/* A keyword of two words is one in the file: MATOKEO_CSEE. */
static void
exchange(char *text, char from, char to)
{
	for (; *text != '\0'; text++)
		if (*text == from)
			*text = to;
}
