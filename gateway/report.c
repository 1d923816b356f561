/*
 * Reports, and how people read them; document_report.c writes them as JSON.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/text.h"
#include "gateway/report.h"

static const struct {
	const char *name;
	int exit;
} codes[REPORT_CODES] = {
	[REPORT_OK] = { "ok", EX_OK },
	[REPORT_USAGE] = { "usage", EX_USAGE },
	[REPORT_BROKEN] = { "broken", EX_DATAERR },
	[REPORT_ABSENT] = { "absent", EX_NOINPUT },
	[REPORT_DENIED] = { "denied", EX_NOPERM },
	[REPORT_MOVED] = { "moved", EX_TEMPFAIL },
	[REPORT_TROUBLE] = { "trouble", EX_UNAVAILABLE },
};

static struct report_part *add_part(
    struct report *r, enum report_kind kind, const char *name);
static void print_part(const struct report_part *p, bool titled, FILE *out);
static void print_table(const struct report_part *p, FILE *out);
static void print_row(
    const char *const *cells, const size_t *widths, size_t count, FILE *out);
static size_t characters(const char *text);

struct report *
report_new(struct arena *a)
{
	struct report *r = arena_alloc(a, sizeof(*r));

	r->arena = a;
	r->end = &r->parts;
	return r;
}

void
report_problem(struct report *r, enum report_code code, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	r->code = code;
	r->problem = arena_vprintf(r->arena, format, args);
	va_end(args);
}

void
report_says(struct report *r, const char *format, ...)
{
	struct report_part *p = add_part(r, REPORT_SENTENCE, NULL);
	va_list args;

	va_start(args, format);
	p->text = arena_vprintf(r->arena, format, args);
	va_end(args);
}

void
report_table(struct report *r, const char *name, const char *const *columns)
{
	struct report_part *p = add_part(r, REPORT_TABLE, name);

	p->columns = columns;
	while (columns[p->count] != NULL)
		p->count++;
	CHECK(p->count <= REPORT_COLUMNS_MOST);
	p->end = &p->rows;
	r->table = p;
}

void
report_row(struct report *r, const char *const *cells)
{
	struct report_row *row = arena_alloc(r->arena, sizeof(*row));
	struct report_part *p = r->table;
	size_t i;

	row->cells = arena_array(r->arena, p->count, sizeof(*row->cells));
	for (i = 0; i < p->count; i++)
		row->cells[i] = arena_string(r->arena, cells[i]);
	*p->end = row;
	p->end = &row->next;
}

void
report_text(struct report *r, const char *name, const char *text)
{
	add_part(r, REPORT_TEXT, name)->text = arena_string(r->arena, text);
}

/* Copied, for the findings' arena may go before the report's. */
void
report_findings(struct report *r, const struct findings *f)
{
	struct report_part *p = add_part(r, REPORT_FINDINGS, "findings");
	const struct finding *one;

	p->findings = arena_alloc(r->arena, sizeof(*p->findings));
	findings_init(p->findings, r->arena);
	for (one = f->list; one < f->list + f->count; one++)
		findings_add(p->findings, one->grade, one->check, one->file,
		    one->line, one->state, "%s", one->says);
}

static struct report_part *
add_part(struct report *r, enum report_kind kind, const char *name)
{
	struct report_part *p = arena_alloc(r->arena, sizeof(*p));

	p->kind = kind;
	p->name = name;
	*r->end = p;
	r->end = &p->next;
	return p;
}

/* ---- for people */

char *
report_print(const struct report *r, size_t *len)
{
	const struct report_part *p;
	bool titled = r->parts != NULL && r->parts->next != NULL;
	char *text, *copy;
	FILE *out = open_memstream(&text, len);

	CHECK(out != NULL);
	for (p = r->parts; p != NULL; p = p->next)
		print_part(p, titled, out);
	if (r->problem != NULL)
		fprintf(out, "%s\n", r->problem);
	CHECK(fclose(out) == 0);
	copy = arena_copy(r->arena, text, *len);
	free(text);
	return copy;
}

static void
print_part(const struct report_part *p, bool titled, FILE *out)
{
	switch (p->kind) {
	case REPORT_SENTENCE:
		fprintf(out, "%s\n", p->text);
		break;
	case REPORT_TABLE:
		if (p->rows == NULL)
			break;
		if (titled)
			fprintf(out, "%s:\n", p->name);
		print_table(p, out);
		break;
	case REPORT_TEXT:
		fputs(p->text, out);
		break;
	case REPORT_FINDINGS:
		findings_print(p->findings, out);
		break;
	}
}

static void
print_table(const struct report_part *p, FILE *out)
{
	const char *heads[REPORT_COLUMNS_MOST];
	size_t widths[REPORT_COLUMNS_MOST], i, len;
	const struct report_row *row;
	char names[REPORT_COLUMNS_MOST][32];

	for (i = 0; i < p->count; i++) {
		len = strcspn(p->columns[i], "#");
		snprintf(names[i], sizeof(names[i]), "%.*s", (int)len,
		    p->columns[i]);
		heads[i] = names[i];
		widths[i] = len;
		for (row = p->rows; row != NULL; row = row->next)
			if (characters(row->cells[i]) > widths[i])
				widths[i] = characters(row->cells[i]);
	}
	print_row(heads, widths, p->count, out);
	for (row = p->rows; row != NULL; row = row->next)
		print_row(row->cells, widths, p->count, out);
}

static void
print_row(
    const char *const *cells, const size_t *widths, size_t count, FILE *out)
{
	size_t i, blanks = 0;

	for (i = 0; i < count; i++) {
		if (*cells[i] != '\0') {
			fprintf(out, "%*s%s", (int)blanks, "", cells[i]);
			blanks = 0;
		}
		blanks += widths[i] - characters(cells[i]) + 2;
	}
	fputc('\n', out);
}

static size_t
characters(const char *text)
{
	size_t len = strlen(text), count = 0, took;
	uint32_t c;

	for (; len > 0; text += took, len -= took, count++)
		took = text_next(text, len, &c);
	return count;
}

/* ---- codes */

const char *
report_code_name(enum report_code code)
{
	return codes[code].name;
}

int
report_exit(const char *code_name)
{
	size_t i;

	for (i = 0; i < REPORT_CODES; i++)
		if (strcmp(codes[i].name, code_name) == 0)
			return codes[i].exit;
	return EX_PROTOCOL;
}
