/*
 * The report for people.
 */
#include <string.h>

#include "gateway/check_report.h"

static void print_unvisited(struct arena *a,
    const struct check_covered *covered, const char *before, FILE *out);
static const char *s(size_t count);

bool
check_report_covered(
    const struct check_report *r, size_t n, struct check_covered *out)
{
	size_t i, j, count;

	for (i = 0; i < r->proved_count; i++, n -= count) {
		const struct check_proved *p = &r->proved[i];

		count = p->one != NULL ? 1 : p->c->graph_count;
		if (n >= count)
			continue;
		j = p->one != NULL ? catalogue_graph(p->c, p->one->name) : n;
		out->graph = p->c->graphs[j];
		out->coverage = p->coverage;
		out->sum = coverage_of(out->coverage, out->graph);
		out->failed = prove_failed(p->prove, j);
		return true;
	}
	return false;
}

void
check_report_print(const struct check_report *r, FILE *out)
{
	struct check_covered covered;
	size_t i;

	findings_print(r->findings, out);
	for (i = 0; check_report_covered(r, i, &covered); i++)
		if (covered.graph->talk_count > 0 || r->coverage)
			check_report_talks(
			    r->findings->arena, &covered, "", r->coverage, out);
}

void
check_report_talks(struct arena *a, const struct check_covered *covered,
    const char *before, bool unvisited, FILE *out)
{
	size_t talks = covered->graph->talk_count;

	fprintf(out,
	    "%s%s: %zu talk%s by %zu of %zu states and %zu of %zu edges",
	    before, covered->graph->name, talks,
	    talks == 1 ? " comes" : "s come", covered->sum.visited_states,
	    covered->sum.states, covered->sum.visited_edges,
	    covered->sum.edges);
	if (covered->failed > 0)
		fprintf(out, ", %zu not as written", covered->failed);
	fputc('\n', out);
	if (unvisited)
		print_unvisited(a, covered, before, out);
}

static void
print_unvisited(struct arena *a, const struct check_covered *covered,
    const char *before, FILE *out)
{
	size_t count, i;
	const struct coverage_edge *edges =
	    coverage_edges(covered->coverage, covered->graph, &count);

	for (i = 0; i < count; i++)
		if (!edges[i].visited)
			fprintf(out, "%s%s:%d: note: no talk goes by %s\n",
			    before, covered->graph->file, edges[i].edge.line,
			    coverage_name(a, &edges[i]));
}

void
check_report_sum(const struct check_report *r, FILE *out)
{
	size_t errors = r->findings->errors;
	size_t warnings = r->findings->count - errors;

	fprintf(out, "%zu file%s, %zu error%s, %zu warning%s\n", r->files,
	    s(r->files), errors, s(errors), warnings, s(warnings));
}

static const char *
s(size_t count)
{
	return count == 1 ? "" : "s";
}
