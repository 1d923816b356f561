/*
 * mlango size: how full every screen and every SMS may get, the fullest first,
 * and what makes it so.
 */
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/text.h"
#include "gateway/command.h"
#include "gateway/document.h"
#include "gateway/menu_file.h"
#include "gateway/size_command.h"
#include "menus/sizes.h"

struct asking {
	const char *menus; /* or NULL */
	size_t top; /* 0: all */
	bool json;
};

static bool read_options(int argc, char **argv, struct asking *q);
static bool read_count(const char *text, size_t *count);
static int size_file(const struct asking *q, const char *path);
static void print(
    struct arena *a, const struct catalogue *c, const struct sizes *sizes);
static const char *room_of(struct arena *a, const struct size *s);
static const char *place_of(struct arena *a, const struct size *s);
static const char *reasons_of(struct arena *a, const struct size *s);

int
size_command(int argc, char **argv)
{
	struct asking q = { .menus = NULL };
	int status, worst = EX_OK;

	if (!read_options(argc, argv, &q))
		return command_usage("size");
	for (; optind < argc; optind++) {
		status = size_file(&q, argv[optind]);
		worst = status > worst ? status : worst;
	}
	return worst;
}

static bool
read_options(int argc, char **argv, struct asking *q)
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "menus", required_argument, NULL, 'm' },
		{ "top", required_argument, NULL, 't' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	opterr = 0; /* the usage says it */
	while ((option = getopt_long(argc, argv, "m:", options, NULL)) != -1)
		switch (option) {
		case 'j':
			q->json = true;
			break;
		case 'm':
			q->menus = optarg;
			break;
		case 't':
			if (!read_count(optarg, &q->top))
				return false;
			break;
		default:
			return false;
		}
	return optind < argc;
}

static bool
read_count(const char *text, size_t *count)
{
	if (!text_is_digits(text) || strlen(text) > 9)
		return false;
	*count = strtoul(text, NULL, 10);
	return *count > 0;
}

static int
size_file(const struct asking *q, const char *path)
{
	struct menu_file m = menu_file_read(path, q->menus);
	int status = m.status;
	struct arena *a;
	struct sizes sizes;

	if (m.c == NULL)
		return status;
	a = arena_new();
	sizes = sizes_of(a, m.c, m.alone);
	if (q->top > 0 && sizes.count > q->top)
		sizes.count = q->top;
	if (q->json)
		document_sizes(m.c, &sizes, stdout);
	else
		print(a, m.c, &sizes);
	arena_free(a);
	menu_file_close(&m);
	return status;
}

static void
print(struct arena *a, const struct catalogue *c, const struct sizes *sizes)
{
	const struct size *s;
	size_t i;
	int widest = 0, len;

	for (i = 0; i < sizes->count; i++) {
		len = (int)strlen(place_of(a, &sizes->list[i]));
		widest = len > widest ? len : widest;
	}
	for (i = 0; i < sizes->count; i++) {
		s = &sizes->list[i];
		printf("%3u%%  %-23s %2zu %-5s  %-*s  %s%s\n", s->percent,
		    room_of(a, s), s->pages,
		    s->channel == CHANNEL_SMS ? "SMS"
			: s->pages == 1       ? "page"
					      : "pages",
		    widest, place_of(a, s), c->langs[s->lang],
		    reasons_of(a, s));
	}
}

static const char *
room_of(struct arena *a, const struct size *s)
{
	return arena_printf(a, "%4zu of %3zu %s", s->takes, s->budget,
	    s->is_ucs2 ? "characters" : "septets");
}

static const char *
place_of(struct arena *a, const struct size *s)
{
	return arena_printf(a, "%s/%s", s->graph->name, s->state->name);
}

/* "  because of 'Ж'; name 24, areas 12 x 20" */
static const char *
reasons_of(struct arena *a, const struct size *s)
{
	const char *all = s->because == NULL
	    ? ""
	    : arena_printf(a, "  because of %s", s->because);
	const struct size_width *w;
	size_t i;

	for (i = 0; i < s->width_count; i++) {
		w = &s->widths[i];
		all = arena_printf(a, "%s%s%s %zu", all,
		    i > 0                    ? ", "
			: s->because != NULL ? "; "
					     : "  ",
		    w->name, w->width);
		if (w->times > 1)
			all = arena_printf(a, "%s x %zu", all, w->times);
	}
	return all;
}
