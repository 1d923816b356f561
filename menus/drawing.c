/*
 * Drawing: first every node in its cluster, then every edge, since an edge in
 * a cluster would draw what it leads to into it.
 *
 * A node is named graph.state; an entry, which has no state, by what is dialled
 * or sent. All names and labels are quoted: they hold what authors write.
 */
#include <string.h>

#include "menus/drawing_parts.h"
#include "menus/written.h"

#define NODE_CHARACTERS 30

static const struct graph *graph_at(const struct drawing *d, size_t i);
static void draw_head(const struct drawing *d);
static void draw_nodes(const struct drawing *d, const struct graph *g);
static void draw_state(
    const struct drawing *d, const struct graph *g, const struct state *st);
static const char *label_of(
    const struct drawing *d, const struct graph *g, const struct state *st);
static const char *look_of(enum state_kind kind);
static void draw_entries(const struct drawing *d, const struct graph *g);
static void draw_box(const struct drawing *d, const struct graph *g);
static void quote(FILE *out, const char *text);

void
drawing_write(FILE *out, const struct catalogue *c, const struct graph *alone,
    struct drawing_wish wish)
{
	struct drawing d = { out, c, alone, wish, arena_new() };
	size_t i, count = alone == NULL ? c->graph_count + 1 : 1;

	draw_head(&d);
	for (i = 0; i < count; i++)
		draw_nodes(&d, graph_at(&d, i));
	for (i = 0; i < count; i++)
		drawing_edges(&d, graph_at(&d, i));
	fputs("}\n", out);
	arena_free(d.arena);
}

static const struct graph *
graph_at(const struct drawing *d, size_t i)
{
	if (d->alone != NULL)
		return d->alone;
	return i == 0 ? d->c->root : d->c->graphs[i - 1];
}

static void
draw_head(const struct drawing *d)
{
	fputs("digraph ", d->out);
	quote(d->out, d->alone == NULL ? "menus" : d->alone->name);
	fputs(" {\n"
	      "\trankdir=LR\n"
	      "\tcharset=\"UTF-8\"\n"
	      "\tnode [fontname=\"sans-serif\", fontsize=11, "
	      "style=\"filled\", color=\"#475569\"]\n"
	      "\tedge [fontname=\"sans-serif\", fontsize=9, "
	      "color=\"#475569\"]\n",
	    d->out);
}

/* ---- nodes */

static void
draw_nodes(const struct drawing *d, const struct graph *g)
{
	size_t i;

	if (drawing_is_boxed(d, g)) {
		draw_box(d, g);
		return;
	}
	fputs("\tsubgraph ", d->out);
	quote(d->out, arena_printf(d->arena, "cluster %s", g->name));
	fputs(" {\n\t\tlabel=", d->out);
	quote(d->out,
	    g == d->c->root
		? "root"
		: arena_printf(d->arena, "%s: %s", g->name,
		      written_text(d->arena, g, &g->title.in[d->wish.lang])));
	fputs("\n\t\tfontname=\"sans-serif\"\n"
	      "\t\tstyle=\"rounded\"\n\t\tcolor=\"#94a3b8\"\n",
	    d->out);
	for (i = 0; i < g->state_count; i++)
		draw_state(d, g, &g->states[i]);
	fputs("\t}\n", d->out);
	draw_entries(d, g);
}

static void
draw_state(
    const struct drawing *d, const struct graph *g, const struct state *st)
{
	fputc('\t', d->out);
	drawing_put(d, drawing_node(d, g, (uint16_t)(st - g->states)),
	    label_of(d, g, st), look_of(st->kind));
}

/* Its name, and what is seen or done there. */
static const char *
label_of(const struct drawing *d, const struct graph *g, const struct state *st)
{
	const struct api *api;
	const char *text = "";

	switch (st->kind) {
	case STATE_MENU:
	case STATE_ASK:
	case STATE_LIST:
	case STATE_SAY:
	case STATE_END:
		text = written_shortly(
		    d->arena, g, &st->text.in[d->wish.lang], NODE_CHARACTERS);
		break;
	case STATE_CALL:
		if (st->borrowed != NULL) {
			text = st->borrowed->name;
			break;
		}
		api = &g->apis[st->api];
		text =
		    arena_printf(d->arena, "%s %s%s%s", api->method, api->name,
			st->once ? ", once" : "", st->later ? ", later" : "");
		break;
	case STATE_APP:
		text = arena_printf(d->arena, "app %s", g->apps[st->app].name);
		break;
	case STATE_ROUTE:
	case STATE_SUB:
		return st->name;
	}
	return arena_printf(
	    d->arena, "%s\n%s%s", st->name, text, st->has_sms ? "\n+ SMS" : "");
}

static const char *
look_of(enum state_kind kind)
{
	switch (kind) {
	case STATE_MENU:
		return "shape=box, style=\"rounded,filled\", "
		       "fillcolor=\"#dbeafe\"";
	case STATE_ASK:
		return "shape=parallelogram, margin=\"0,0.05\", "
		       "fillcolor=\"#fef9c3\"";
	case STATE_LIST:
		return "shape=folder, fillcolor=\"#dbeafe\"";
	case STATE_SAY:
		return "shape=note, fillcolor=\"#f1f5f9\"";
	case STATE_CALL:
		return "shape=component, fillcolor=\"#dcfce7\"";
	case STATE_ROUTE:
		return "shape=diamond, fillcolor=\"#fae8ff\"";
	case STATE_SUB:
		return "shape=cds, fillcolor=\"#fae8ff\"";
	case STATE_APP:
		return "shape=box3d, fillcolor=\"#dcfce7\"";
	case STATE_END:
		return "shape=box, peripheries=2, fillcolor=\"#e2e8f0\"";
	}
	return "";
}

/* What is dialled and what is sent, from where citizens come in. */
static void
draw_entries(const struct drawing *d, const struct graph *g)
{
	static const char *const look = "shape=cds, fillcolor=\"#fed7aa\"";
	const char *text;
	size_t i;

	if (g == d->c->root)
		for (i = 0; i < d->c->code_count; i++)
			drawing_put(
			    d, d->c->codes[i].code, d->c->codes[i].code, look);
	else if (d->alone != NULL && g->ussd_door != NOWHERE)
		drawing_put(d, "USSD", "USSD", look);
	for (i = 0; i < g->keyword_count; i++) {
		text = drawing_keyword(d, g, &g->keywords[i]);
		drawing_put(d, text, text, look);
	}
}

/* "SMS DENI acct" */
const char *
drawing_keyword(
    const struct drawing *d, const struct graph *g, const struct keyword *k)
{
	const char *text = arena_printf(d->arena, "SMS %s", k->word);
	size_t i;

	for (i = 0; i < k->arg_count; i++)
		text = arena_printf(
		    d->arena, "%s %s", text, g->vars[k->args[i]].name);
	return text;
}

static void
draw_box(const struct drawing *d, const struct graph *g)
{
	const char *label = arena_printf(d->arena, "%s\n%s", g->name,
	    written_text(d->arena, g, &g->title.in[d->wish.lang]));
	size_t i;

	for (i = 0; i < g->keyword_count; i++)
		label = arena_printf(d->arena, "%s\n%s", label,
		    drawing_keyword(d, g, &g->keywords[i]));
	drawing_put(d, g->name, label,
	    "shape=box3d, margin=\"0.2,0.1\", fillcolor=\"#dbeafe\"");
}

/* ---- what all nodes and edges have in common */

bool
drawing_is_boxed(const struct drawing *d, const struct graph *g)
{
	return d->wish.doors && g != d->c->root;
}

const char *
drawing_node(const struct drawing *d, const struct graph *g, uint16_t state)
{
	if (drawing_is_boxed(d, g))
		return g->name;
	return arena_printf(d->arena, "%s.%s", g->name, g->states[state].name);
}

void
drawing_put(const struct drawing *d, const char *name, const char *label,
    const char *look)
{
	fputc('\t', d->out);
	quote(d->out, name);
	fputs(" [label=", d->out);
	quote(d->out, label);
	fprintf(d->out, ", %s]\n", look);
}

void
drawing_put_edge(const struct drawing *d, const char *from, const char *to,
    const char *label, const char *look)
{
	fputc('\t', d->out);
	quote(d->out, from);
	fputs(" -> ", d->out);
	quote(d->out, to);
	fputs(" [label=", d->out);
	quote(d->out, label);
	fprintf(d->out, "%s]\n", look);
}

/* In a label Graphviz reads backslashes and, as HTML does, the names of
 * characters. */
static void
quote(FILE *out, const char *text)
{
	fputc('"', out);
	for (; *text != '\0'; text++)
		switch (*text) {
		case '"':
		case '\\':
			fputc('\\', out);
			fputc(*text, out);
			break;
		case '\n':
			fputs("\\n", out);
			break;
		case '&':
			fputs("&amp;", out);
			break;
		default:
			fputc((unsigned char)*text < ' ' ? ' ' : *text, out);
		}
	fputc('"', out);
}
