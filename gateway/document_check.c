/*
 * The report of a check, for editors.
 */
#include <string.h>

#include "base/gsm.h"
#include "gateway/document.h"
#include "gateway/document_parts.h"

static json_t *findings(const struct check_report *r);
static json_t *coverage(const struct check_report *r);
static json_t *covered(
    const struct check_report *r, const struct check_covered *one);
static json_t *unvisited(struct arena *a, const struct check_covered *one);
static json_t *summary(const struct check_report *r);
static void append(json_t *list, json_t *one);
static const char *clean(struct arena *a, const char *text);

void
document_check(const struct check_report *r, FILE *out)
{
	json_t *all = json_pack("{s:o, s:o, s:o}", "findings", findings(r),
	    "coverage", coverage(r), "summary", summary(r));

	CHECK(all != NULL);
	json_dumpf(all, out, JSON_INDENT(2));
	fputc('\n', out);
	json_decref(all);
}

static json_t *
findings(const struct check_report *r)
{
	struct findings *f = r->findings;
	json_t *list = json_array();
	size_t i;

	findings_sort(f);
	for (i = 0; i < f->count; i++)
		append(list, document_finding(f->arena, &f->list[i]));
	return list;
}

json_t *
document_finding(struct arena *a, const struct finding *one)
{
	return json_pack("{s:s, s:i, s:s, s:i, s:s?, s:s}", "file",
	    clean(a, one->file), "line", one->line, "severity",
	    finding_grade_name(one->grade), "check", one->check, "state",
	    one->state, "message", clean(a, one->says));
}

static json_t *
coverage(const struct check_report *r)
{
	json_t *list = json_array();
	struct check_covered one;
	size_t i;

	for (i = 0; check_report_covered(r, i, &one); i++)
		append(list, covered(r, &one));
	return list;
}

static json_t *
covered(const struct check_report *r, const struct check_covered *one)
{
	const struct graph *g = one->graph;
	struct arena *a = r->findings->arena;
	json_t *object = json_pack("{s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:I}",
	    "institution", g->name, "file", clean(a, g->file), "talks",
	    (json_int_t)g->talk_count, "failed", (json_int_t)one->failed,
	    "states", (json_int_t)one->sum.states, "visited_states",
	    (json_int_t)one->sum.visited_states, "edges",
	    (json_int_t)one->sum.edges, "visited_edges",
	    (json_int_t)one->sum.visited_edges);

	if (r->coverage)
		CHECK(json_object_set_new(
			  object, "unvisited", unvisited(a, one)) == 0);
	return object;
}

static json_t *
unvisited(struct arena *a, const struct check_covered *one)
{
	json_t *list = json_array();
	size_t count, i;
	const struct coverage_edge *edges =
	    coverage_edges(one->coverage, one->graph, &count);

	for (i = 0; i < count; i++)
		if (!edges[i].visited)
			append(list,
			    json_pack("{s:s, s:i}", "edge",
				clean(a, coverage_name(a, &edges[i])), "line",
				edges[i].edge.line));
	return list;
}

static json_t *
summary(const struct check_report *r)
{
	size_t errors = r->findings->errors;

	return json_pack("{s:I, s:I, s:I}", "files", (json_int_t)r->files,
	    "errors", (json_int_t)errors, "warnings",
	    (json_int_t)(r->findings->count - errors));
}

static void
append(json_t *list, json_t *one)
{
	CHECK(json_array_append_new(list, one) == 0);
}

/* A file may have any octets in its name, and a sentence may quote them. */
static const char *
clean(struct arena *a, const char *text)
{
	return gsm_clean(a, text, strlen(text));
}
