/*
 * A sketch as it would stand in an institution's file. Of each screen, and of
 * each message, its first line is expected.
 */
#include <string.h>

#include "simulator/sketch.h"

static void print_given(const struct sketch *s, FILE *out);
static bool is_first(const struct sketch *s, size_t i);
static void print_answers(const struct sketch *s, const char *api, FILE *out);
static void print_answer(const struct canned *canned, FILE *out);
static void print_say(const struct sketch *s, FILE *out);
static void print_text(char kind, const char *text, FILE *out);
static void print_files(const struct sketch *s, FILE *out);
static bool is_named(const struct sketch *s, const char *file);

void
sketch_print(const struct sketch *s, const char *name, FILE *out)
{
	const struct talk *t = &s->talk;

	fputs("    { name = ", out);
	print_text('\0', name, out);
	fprintf(out, ";\n      %s = ", t->dial != NULL ? "dial" : "text");
	print_text('\0', t->dial != NULL ? t->dial : t->text, out);
	fputc(';', out);
	if (t->lang != NULL)
		fprintf(out, " lang = \"%s\";", t->lang);
	fputc('\n', out);
	print_given(s, out);
	print_say(s, out);
	print_files(s, out);
}

static void
print_given(const struct sketch *s, FILE *out)
{
	const struct talk *t = &s->talk;
	size_t i;

	if (t->given_count == 0)
		return;
	fputs("      given = {", out);
	for (i = 0; i < t->given_count; i++)
		if (is_first(s, i)) {
			fprintf(out, " %s = ", s->given[i].api);
			print_answers(s, s->given[i].api, out);
			fputc(';', out);
		}
	fputs(" };\n", out);
}

static bool
is_first(const struct sketch *s, size_t i)
{
	size_t before;

	for (before = 0; before < i; before++)
		if (strcmp(s->given[before].api, s->given[i].api) == 0)
			return false;
	return true;
}

static void
print_answers(const struct sketch *s, const char *api, FILE *out)
{
	const struct talk *t = &s->talk;
	size_t i, count = 0, printed = 0;

	for (i = 0; i < t->given_count; i++)
		count += strcmp(s->given[i].api, api) == 0;
	if (count > 1)
		fputs("[ ", out);
	for (i = 0; i < t->given_count; i++)
		if (strcmp(s->given[i].api, api) == 0) {
			fputs(printed++ > 0 ? ", " : "", out);
			print_answer(&s->given[i], out);
		}
	if (count > 1)
		fputs(" ]", out);
}

static void
print_answer(const struct canned *canned, FILE *out)
{
	if (canned->slow || canned->status == 0) {
		fprintf(out, "\"%s\"", canned->slow ? "slow" : "never");
		return;
	}
	fprintf(out, "\"%d", canned->status);
	if (canned->body != NULL)
		fprintf(out, " %s", canned->body);
	if (canned->after_ms > 0)
		fprintf(out, " after %ds", canned->after_ms / 1000);
	fputc('"', out);
}

/* What it begins with is said above. */
static void
print_say(const struct sketch *s, FILE *out)
{
	const char *between = "";
	size_t i;

	fputs("      say = (", out);
	for (i = 1; i < s->heard_count; i++) {
		char kind = s->heard[i].kind;

		if (kind == '=')
			continue;
		fprintf(out, "%s ", between);
		print_text(strchr("$@", kind) == NULL ? kind : '<',
		    s->heard[i].text, out);
		between = ",";
	}
	fputs(" ); }\n", out);
}

/* Its first line, written as a text of the file. */
static void
print_text(char kind, const char *text, FILE *out)
{
	fputc('"', out);
	if (kind != '\0')
		fputc(kind, out);
	for (; *text != '\0' && *text != '\n'; text++) {
		if (*text == '"' || *text == '\\')
			fputc('\\', out);
		fputc(*text, out);
	}
	fputc('"', out);
}

static void
print_files(const struct sketch *s, FILE *out)
{
	size_t i;

	for (i = 0; i < s->file_count; i++)
		if (s->typed[i] && is_named(s, s->files[i].name))
			fprintf(out, "\nand beside the file, %s:\n%.*s\n",
			    s->files[i].name, (int)s->files[i].len,
			    s->files[i].text);
}

static bool
is_named(const struct sketch *s, const char *file)
{
	size_t i;

	for (i = 0; i < s->talk.given_count; i++)
		if (s->given[i].body != NULL &&
		    strcmp(s->given[i].body, file) == 0)
			return true;
	return false;
}
