/*
 * What the tables say, for people: the sample file, the manual's list of
 * keys, one key explained, and the values that are in force.
 */
#include <string.h>

#include "config/settings.h"
#include "config/settings_keys.h"
#include "config/show.h"

#define LINE_WIDTH 62 /* where the next word may end it */

/* A group of gateway.cfg; NAME is "" for the file itself. */
struct section {
	const char *name;
	const struct schema_key *keys;
};

static const struct section sections[] = {
	{ "", settings_keys },
	{ "redis", settings_redis_keys },
	{ "links", settings_link_keys },
};

/* What the sample says where there is no fallback to say. */
static const struct {
	const char *section, *key, *text;
} examples[] = {
	{ "", "node", "\"gateway-1\"" },
	{ "", "log_file", "\"/var/log/mlango/mlango.log\"" },
	{ "", "control", "\"/run/mlango/control.sock\"" },
	{ "", "control_group", "\"mlango\"" },
	{ "", "submitters", "[ \"asha\", \"juma\" ]" },
	{ "", "approvers", "[ \"neema\" ]" },
	{ "redis", "socket", "\"/run/redis/redis-server.sock\"" },
	{ "redis", "host", "\"127.0.0.1\"" },
	{ "redis", "username", "\"mlango\"" },
	{ "redis", "password_file", "\"secrets/redis\"" },
	{ "links", "name", "\"voda\"" },
	{ "links", "hosts", "[ \"10.1.2.3\", \"10.1.2.4\" ]" },
	{ "links", "system_id", "\"mlango\"" },
	{ "links", "password_file", "\"secrets/voda\"" },
	{ "links", "dialect", "\"spec\"" },
	{ "links", "sms_number", "\"15200\"" },
	{ "links", "tls_ca_file", "\"secrets/voda-ca.pem\"" },
	{ "links", "tls_name", "\"smsc.example.com\"" },
	{ "links", "tls_certificate_file", "\"secrets/mlango.pem\"" },
	{ "links", "tls_key_file", "\"secrets/mlango.key\"" },
};

static void sample_keys(
    FILE *out, const struct section *section, const char *indent);
static void sample_key(FILE *out, const struct section *section,
    const struct schema_key *key, const char *indent);
static const char *example_of(
    const struct section *section, const struct schema_key *key);
static const struct section *section_named(const char *name, size_t len);
static void manual_keys(FILE *out, const struct section *section);
static void manual_key(
    FILE *out, const struct section *section, const struct schema_key *key);
static void manual_sentences(FILE *out, const char *text);
static void explain_keys(const struct section *section, FILE *out);
static void explain_key(
    const struct section *section, const struct schema_key *key, FILE *out);
static void dump_keys(FILE *out, const struct schema_key *keys,
    const void *from, const char *indent);
static bool is_unset(const struct schema_key *key, const void *from);

/* ---- the sample */

void
settings_sample(FILE *out)
{
	fputs("# The gateway's settings. What begins with a # alone shows the "
	      "value that holds\n# without it.\n\n",
	    out);
	sample_keys(out, &sections[0], "");
}

static void
sample_keys(FILE *out, const struct section *section, const char *indent)
{
	const struct schema_key *key;

	for (key = section->keys; key->name != NULL; key++) {
		char lead[16];

		snprintf(lead, sizeof(lead), "%s# ", indent);
		show_wrapped(out, lead, key->help);
		sample_key(out, section, key, indent);
		if (key[1].name != NULL)
			fputc('\n', out);
	}
}

static void
sample_key(FILE *out, const struct section *section,
    const struct schema_key *key, const char *indent)
{
	bool needed = key->fallback == NULL && !key->optional;

	if (key->type == SCHEMA_GROUP) {
		fprintf(out, "%s: {\n", key->name);
		sample_keys(
		    out, section_named(key->name, strlen(key->name)), "\t");
		fputs("};\n", out);
	} else if (key->type == SCHEMA_LIST) {
		fprintf(out, "%s = ( {\n", key->name);
		sample_keys(
		    out, section_named(key->name, strlen(key->name)), "\t");
		fputs("} );\n", out);
	} else {
		fprintf(out, "%s%s%s = ", indent, needed ? "" : "#", key->name);
		if (key->fallback != NULL)
			show_fallback(out, key);
		else
			fputs(example_of(section, key), out);
		fputs(";\n", out);
	}
}

static const char *
example_of(const struct section *section, const struct schema_key *key)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(examples); i++)
		if (strcmp(examples[i].section, section->name) == 0 &&
		    strcmp(examples[i].key, key->name) == 0)
			break;
	CHECK(i < ARRAY_SIZE(examples));
	return examples[i].text;
}

static const struct section *
section_named(const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(sections); i++)
		if (strlen(sections[i].name) == len &&
		    memcmp(sections[i].name, name, len) == 0)
			return &sections[i];
	return NULL;
}

/* ---- the manual */

void
settings_manual(FILE *out)
{
	fputs(".Ss The file itself\n", out);
	manual_keys(out, &sections[0]);
	fputs(".Ss The group redis\n", out);
	manual_keys(out, &sections[1]);
	fputs(".Ss Each group of the list links\n", out);
	manual_keys(out, &sections[2]);
}

static void
manual_keys(FILE *out, const struct section *section)
{
	const struct schema_key *key;

	fputs(".Bl -tag -width Ds\n", out);
	for (key = section->keys; key->name != NULL; key++)
		manual_key(out, section, key);
	fputs(".El\n", out);
}

static void
manual_key(
    FILE *out, const struct section *section, const struct schema_key *key)
{
	fprintf(out, ".It Ic %s%s%s\nValue: ", section->name,
	    *section->name != '\0' ? "." : "", key->name);
	show_kind(out, key);
	if (key->fallback != NULL) {
		fputs("; without it ", out);
		show_fallback(out, key);
	} else {
		fputs(key->optional ? "; may be left out" : "; needed", out);
	}
	fputs(".\n", out);
	manual_sentences(out, key->help);
}

/* mdoc wants each sentence to begin a line, and lines of a page's width. */
static void
manual_sentences(FILE *out, const char *text)
{
	size_t column = 0, len;

	for (; *text != '\0'; text += len + strspn(text + len, " ")) {
		len = strcspn(text, " ");
		column += len + 1;
		fwrite(text, 1, len, out);
		if (text[len - 1] != '.' && column < LINE_WIDTH &&
		    text[len] != '\0') {
			fputc(' ', out);
			continue;
		}
		fputc('\n', out);
		column = 0;
	}
}

/* ---- one key */

int
settings_explain(const char *name, FILE *out)
{
	const char *point = strchr(name, '.');
	const struct section *section = point == NULL
	    ? &sections[0]
	    : section_named(name, (size_t)(point - name));
	const struct schema_key *key;

	if (section == NULL)
		return -1;
	for (key = section->keys; key->name != NULL; key++)
		if (strcmp(key->name, point == NULL ? name : point + 1) == 0)
			break;
	if (key->name == NULL)
		return -1;
	explain_key(section, key, out);
	if (key->type == SCHEMA_GROUP || key->type == SCHEMA_LIST)
		explain_keys(section_named(name, strlen(name)), out);
	return 0;
}

static void
explain_keys(const struct section *section, FILE *out)
{
	const struct schema_key *key;

	for (key = section->keys; key->name != NULL; key++)
		explain_key(section, key, out);
}

static void
explain_key(
    const struct section *section, const struct schema_key *key, FILE *out)
{
	fprintf(out, "%s%s%s: ", section->name, *section->name ? "." : "",
	    key->name);
	show_kind(out, key);
	if (key->fallback != NULL) {
		fputs("; without it ", out);
		show_fallback(out, key);
	} else {
		fputs(key->optional ? "; may be left out" : "; needed", out);
	}
	fputc('\n', out);
	show_wrapped(out, "    ", key->help);
}

/* ---- what is in force */

void
settings_dump(const struct settings *s, FILE *out)
{
	size_t i;

	fprintf(out, "# %s, with the values that hold\n", s->file);
	dump_keys(out, settings_keys, s, "");
	fputs("redis: {\n", out);
	dump_keys(out, settings_redis_keys, &s->redis, "\t");
	fputs("};\nlinks = (", out);
	for (i = 0; i < s->link_count; i++) {
		fputs(i == 0 ? " {\n" : ", {\n", out);
		dump_keys(out, settings_link_keys, &s->links[i], "\t");
		fputs("}", out);
	}
	fputs(" );\n", out);
}

static void
dump_keys(FILE *out, const struct schema_key *keys, const void *from,
    const char *indent)
{
	const struct schema_key *key;

	for (key = keys; key->name != NULL; key++) {
		if (is_unset(key, from))
			continue;
		fprintf(out, "%s%s = ", indent, key->name);
		show_value(out, key, from);
		fputs(strcmp(key->name, "password_file") == 0
			? "; # holds ***\n"
			: ";\n",
		    out);
	}
}

static bool
is_unset(const struct schema_key *key, const void *from)
{
	const void *field = (const char *)from + key->at;

	switch (key->type) {
	case SCHEMA_TEXT:
		return *(const char *const *)field == NULL;
	case SCHEMA_NAMES:
		return *(const char *const *const *)field == NULL;
	case SCHEMA_GROUP:
	case SCHEMA_LIST:
		return true;
	case SCHEMA_NUMBER:
	case SCHEMA_FLAG:
	case SCHEMA_CHOICE:
	case SCHEMA_SPAN:
		break;
	}
	return false;
}
