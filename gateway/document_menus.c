/*
 * What the authors' tools tell of menus, as JSON.
 */
#include <jansson.h>

#include "gateway/document.h"

static void write_list(json_t *list, FILE *out);
static json_t *change(struct arena *a, const struct change *c);
static json_t *size(const struct catalogue *c, const struct size *s);

void
document_difference(struct arena *a, const struct difference *d, FILE *out)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < d->count; i++)
		CHECK(json_array_append_new(list, change(a, &d->list[i])) == 0);
	write_list(list, out);
}

static void
write_list(json_t *list, FILE *out)
{
	json_dumpf(list, out, JSON_INDENT(2));
	fputc('\n', out);
	json_decref(list);
}

static json_t *
change(struct arena *a, const struct change *c)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s?, s:s?, s:s?, s:s?, "
			 "s:i, s:s}",
	    "kind", difference_kind_name(c->kind), "how",
	    difference_how_name(c->how), "institution", c->institution,
	    "subject", c->subject, "what", c->what, "lang", c->lang, "was",
	    c->was, "is", c->is, "now", c->now, "line", c->line, "message",
	    arena_printf(
		a, "%s: %s", difference_place(a, c), difference_says(a, c)));
}

/* ---- sizes */

void
document_sizes(const struct catalogue *c, const struct sizes *sizes, FILE *out)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < sizes->count; i++)
		CHECK(
		    json_array_append_new(list, size(c, &sizes->list[i])) == 0);
	write_list(list, out);
}

static json_t *
size(const struct catalogue *c, const struct size *s)
{
	json_t *widths = json_object();
	size_t i;

	for (i = 0; i < s->width_count; i++)
		CHECK(json_object_set_new(widths, s->widths[i].name,
			  json_integer((json_int_t)s->widths[i].width)) == 0);
	return json_pack("{s:s, s:s, s:i, s:s, s:s, s:i, s:i, s:i, s:s, s:i, "
			 "s:s?, s:o}",
	    "institution", s->graph->name, "state", s->state->name, "line",
	    s->state->line, "lang", c->langs[s->lang], "channel",
	    s->channel == CHANNEL_SMS ? "sms" : "ussd", "percent",
	    (int)s->percent, "takes", (int)s->takes, "budget", (int)s->budget,
	    "unit", s->is_ucs2 ? "characters" : "septets",
	    s->channel == CHANNEL_SMS ? "parts" : "pages", (int)s->pages,
	    "because", s->because, "widths", widths);
}
