/*
 * What the authors' tools tell of menus, as JSON.
 */
#include <jansson.h>

#include "gateway/document.h"

static json_t *change(struct arena *a, const struct change *c);

void
document_difference(struct arena *a, const struct difference *d, FILE *out)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < d->count; i++)
		CHECK(json_array_append_new(list, change(a, &d->list[i])) == 0);
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
	    arena_printf(a, "%s: %s", difference_place(a, c),
		difference_says(a, c)));
}
