/*
 * The answer to an order as one line of JSON:
 *
 *	{"ok":true,"says":["..."],"live":[{"name":"maji",...}]}
 *	{"ok":false,"code":"denied","problem":"..."}
 */
#include <stdlib.h>
#include <string.h>

#include "base/gsm.h"
#include "gateway/document_parts.h"
#include "gateway/report.h"

static void add_part(json_t *all, json_t *says, const struct report *r,
    const struct report_part *p);
static json_t *table(struct arena *a, const struct report_part *p);
static json_t *row(
    struct arena *a, const struct report_part *p, const char *const *cells);
static json_t *findings(struct arena *a, const struct findings *f);
static json_t *clean(struct arena *a, const char *text);

char *
document_report(const struct report *r, size_t *len)
{
	json_t *all = json_object(), *says = json_array();
	const struct report_part *p;
	char *text, *line;

	json_object_set_new(all, "ok", json_boolean(r->code == REPORT_OK));
	if (r->code != REPORT_OK) {
		json_object_set_new(
		    all, "code", json_string(report_code_name(r->code)));
		json_object_set_new(
		    all, "problem", clean(r->arena, r->problem));
	}
	for (p = r->parts; p != NULL; p = p->next)
		add_part(all, says, r, p);
	if (json_array_size(says) > 0)
		json_object_set(all, "says", says);
	json_decref(says);
	text = json_dumps(all, JSON_COMPACT);
	CHECK(text != NULL);
	json_decref(all);
	line = arena_printf(r->arena, "%s\n", text);
	free(text);
	*len = strlen(line);
	return line;
}

static void
add_part(json_t *all, json_t *says, const struct report *r,
    const struct report_part *p)
{
	switch (p->kind) {
	case REPORT_SENTENCE:
		json_array_append_new(says, clean(r->arena, p->text));
		break;
	case REPORT_TABLE:
		json_object_set_new(all, p->name, table(r->arena, p));
		break;
	case REPORT_TEXT:
		json_object_set_new(all, p->name, json_string(p->text));
		break;
	case REPORT_FINDINGS:
		json_object_set_new(
		    all, p->name, findings(r->arena, p->findings));
		break;
	}
}

static json_t *
table(struct arena *a, const struct report_part *p)
{
	json_t *list = json_array();
	const struct report_row *one;

	for (one = p->rows; one != NULL; one = one->next)
		json_array_append_new(list, row(a, p, one->cells));
	return list;
}

/* What has no value has no member. */
static json_t *
row(struct arena *a, const struct report_part *p, const char *const *cells)
{
	json_t *object = json_object(), *value;
	const char *column;
	size_t i, len;

	for (i = 0; i < p->count; i++) {
		column = p->columns[i];
		len = strcspn(column, "#");
		if (*cells[i] == '\0')
			continue;
		value = column[len] == '#' ? json_integer(atoll(cells[i]))
					   : clean(a, cells[i]);
		json_object_set_new(object, arena_copy(a, column, len), value);
	}
	return object;
}

static json_t *
findings(struct arena *a, const struct findings *f)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < f->count; i++)
		json_array_append_new(list, document_finding(a, &f->list[i]));
	return list;
}

/* A sentence may quote any octets. */
static json_t *
clean(struct arena *a, const char *text)
{
	return json_string(gsm_clean(a, text, strlen(text)));
}
