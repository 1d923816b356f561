/*
 * Rows of a table and what they hold, as a file or a manual would say it.
 */
#include <string.h>

#include "config/show.h"

#define LINE_WIDTH 70

static void show_choices(FILE *out, const char *const *words);
static void show_names(FILE *out, const char *const *names);

void
show_kind(FILE *out, const struct schema_key *key)
{
	switch (key->type) {
	case SCHEMA_TEXT:
		fprintf(
		    out, "text of %lld to %lld octets", key->least, key->most);
		break;
	case SCHEMA_NUMBER:
		fprintf(out, "number from %lld to %lld", key->least, key->most);
		break;
	case SCHEMA_FLAG:
		fputs("true or false", out);
		break;
	case SCHEMA_CHOICE:
		show_choices(out, key->choices);
		break;
	case SCHEMA_NAMES:
		fprintf(out, "%lld to %lld texts between [ and ]", key->least,
		    key->most);
		break;
	case SCHEMA_GROUP:
		fputs("group { ... }", out);
		break;
	case SCHEMA_LIST:
		fputs("list of groups ( { ... }, ... )", out);
		break;
	case SCHEMA_SPAN:
		fprintf(out, "time from %lld to %lld seconds", key->least,
		    key->most);
		break;
	}
}

static void
show_choices(FILE *out, const char *const *words)
{
	size_t i;

	for (i = 0; words[i] != NULL; i++) {
		if (i > 0)
			fputs(words[i + 1] == NULL ? " or " : ", ", out);
		show_quoted(out, words[i]);
	}
}

void
show_fallback(FILE *out, const struct schema_key *key)
{
	bool bare = key->type == SCHEMA_NUMBER || key->type == SCHEMA_FLAG;

	CHECK(key->type != SCHEMA_NAMES);
	if (bare)
		fputs(key->fallback, out);
	else
		show_quoted(out, key->fallback);
}

/* Words in lines of LINE_WIDTH columns, each behind LEAD. */
void
show_wrapped(FILE *out, const char *lead, const char *text)
{
	size_t column = 0, len;

	for (; *text != '\0'; text += len + strspn(text + len, " ")) {
		len = strcspn(text, " ");
		if (column > 0 && column + 1 + len > LINE_WIDTH) {
			fputc('\n', out);
			column = 0;
		}
		fputs(column == 0 ? lead : " ", out);
		fwrite(text, 1, len, out);
		column += (column == 0 ? strlen(lead) : 1) + len;
	}
	fputc('\n', out);
}

void
show_value(FILE *out, const struct schema_key *key, const void *from)
{
	const void *field = (const char *)from + key->at;

	switch (key->type) {
	case SCHEMA_TEXT:
		show_quoted(out, *(const char *const *)field);
		break;
	case SCHEMA_NUMBER:
	case SCHEMA_SPAN:
		fprintf(out, "%d", *(const int *)field);
		break;
	case SCHEMA_FLAG:
		fputs(*(const bool *)field ? "true" : "false", out);
		break;
	case SCHEMA_CHOICE:
		show_quoted(out, key->choices[*(const int *)field]);
		break;
	case SCHEMA_NAMES:
		show_names(out, *(const char *const *const *)field);
		break;
	case SCHEMA_GROUP:
	case SCHEMA_LIST:
		break;
	}
}

static void
show_names(FILE *out, const char *const *names)
{
	size_t i;

	fputs("[", out);
	for (i = 0; names[i] != NULL; i++) {
		fputs(i == 0 ? " " : ", ", out);
		show_quoted(out, names[i]);
	}
	fputs(" ]", out);
}

void
show_quoted(FILE *out, const char *text)
{
	fputc('"', out);
	for (; *text != '\0'; text++)
		switch (*text) {
		case '\n':
			fputs("\\n", out);
			break;
		case '\t':
			fputs("\\t", out);
			break;
		case '"':
		case '\\':
			fputc('\\', out);
			/* FALLTHROUGH */
		default:
			fputc(*text, out);
		}
	fputc('"', out);
}
