/*
 * gateway.cfg: what is refused and how it is said, and that parser, sample,
 * explanation and dump tell of the same settings.
 */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "config/dialects.h"
#include "config/settings.h"
#include "config/settings_keys.h"

#define LINK(name, more)                                       \
	"  { name = \"" name "\"; hosts = [ \"10.0.0.1\" ];\n" \
	"    system_id = \"me\"; dialect = \"spec\";\n"        \
	"    password_file = \"good\"; " more "}\n"
#define LINKS "links = (\n" LINK("voda", "") ");\n"

static char folder[] = "/tmp/settings-test-XXXXXX";

static void write_file(const char *name, const char *text, mode_t mode);
static const char *path_of(const char *name);
static struct settings *read_settings(
    struct findings *f, const char *name, const char *text);
static const char *printed(struct findings *f);
static char *captured(
    void (*write)(FILE *out, const void *from), const void *from);
static void write_sample(FILE *out, const void *from);
static void write_dump(FILE *out, const void *from);
static char *uncommented(const char *sample);

/* Each line of SAYS is "gateway.cfg:" and what follows it. */
static const struct {
	const char *text;
	const char *says;
} refused[] = {
	{ "", " error: 'links' is missing\n" },
	{ "links = ( );\n",
	    "1: error: 'links' must have from 1 to 64 links, not 0\n" },
	{ "links = { };\n",
	    "1: error: 'links' must be a list ( ... ), not a group { ... }\n" },
	{ "links = ( 5 );\n",
	    "1: error: each of 'links' must be a group { ... }\n" },
	{ LINKS "log_levle = \"debug\";\n",
	    "6: error: unknown setting 'log_levle'; did you mean "
	    "'log_level'?\n" },
	{ LINKS "log_level = \"loud\";\n",
	    "6: error: 'log_level' cannot be \"loud\", only \"debug\", "
	    "\"notice\", \"warning\" or \"error\"\n" },
	{ LINKS "node = \"a b\";\n",
	    "6: error: 'node' may only have letters, digits, '_', '-' and "
	    "'.'\n" },
	{ LINKS "menus = \"\";\n", "6: error: 'menus' must not be empty\n" },
	{ LINKS "stop_ms = \"soon\";\n",
	    "6: error: 'stop_ms' must be a whole number, not a text\n" },
	{ LINKS "stop_ms = -1;\nadmit_per_s = 2000000;\n",
	    "6: error: 'stop_ms' must be from 0 to 600000, not -1\n"
	    "7: error: 'admit_per_s' must be from 0 to 1000000, not "
	    "2000000\n" },

	/* Redis. */
	{ LINKS "redis = 5;\n",
	    "6: error: 'redis' must be a group { ... }, not a number\n" },
	{ LINKS "redis: {\nhost = \"127.0.0.1\";\nsocket = \"/r.sock\"; };\n",
	    "8: error: 'socket' and 'host' are two ways to one Redis; leave "
	    "one of them out\n" },
	{ LINKS "redis: { host = \"localhost\"; };\n",
	    "6: error: 'host' must be a numeric address: looking "
	    "\"localhost\" up would hold up every session\n" },
	{ LINKS "redis: { partitions = 12; };\n",
	    "6: error: 'partitions' must be a power of two (16, 32, 64), not "
	    "12\n" },
	{ LINKS "redis: { partitions = 512; };\n",
	    "6: error: 'partitions' must be from 1 to 256, not 512\n" },
	{ LINKS "redis: { prefix = \"a{b}\"; };\n",
	    "6: error: 'prefix' may only have letters, digits, ':', '_' and "
	    "'-'\n" },
	{ LINKS "redis: { port = 70000; };\n",
	    "6: error: 'port' must be from 1 to 65535, not 70000\n" },
	{ LINKS "redis: { durability = \"disc\"; };\n",
	    "6: error: 'durability' cannot be \"disc\"; did you mean "
	    "\"disk\"?\n" },
	{ LINKS "redis: { username = \"me\"; };\n",
	    "6: error: 'username' needs a 'password_file' beside it\n" },
	{ LINKS "redis: {\npassword_file = \"none\"; };\n",
	    "7: error: the secret in FOLDER/none cannot be used: No such file "
	    "or directory\n" },
	{ LINKS "redis: { password = \"hush\"; };\n",
	    "6: error: unknown setting 'password'\n" },

	/* Links. */
	{ "links = (\n" LINK("voda", "") "," LINK("tigo", "") "," LINK(
	      "voda", "") ");\n",
	    "8: error: the link of line 2 has the name \"voda\" too; each "
	    "needs its own\n" },
	{ "links = (\n" LINK("vo:da", "") ");\n",
	    "2: error: 'name' may only have letters, digits, '_' and '-'\n" },
	{ "links = ( {\n} );\n",
	    "1: error: 'name' is missing\n1: error: 'hosts' is missing\n"
	    "1: error: 'system_id' is missing\n"
	    "1: error: 'password_file' is missing\n"
	    "1: error: 'dialect' is missing\n" },
	{ "links = (\n" LINK("voda", "windw = 5;") ");\n",
	    "4: error: unknown setting 'windw'; did you mean 'window'?\n" },
	{ "links = (\n" LINK("voda", "window = 0; tps = -1;\nport = 0;") ");\n",
	    "4: error: 'window' must be from 1 to 1000, not 0\n"
	    "4: error: 'tps' must be from 0 to 100000, not -1\n"
	    "5: error: 'port' must be from 1 to 65535, not 0\n" },
	{ "links = (\n" LINK("voda", "window = 1001;") ");\n",
	    "4: error: 'window' must be from 1 to 1000, not 1001\n" },
	{ "links = (\n" LINK("voda", "window = 4294967301;") ");\n",
	    "4: error: the number 4294967301 is too large and would be read "
	    "as another one\n" },
	{ "links = (\n" LINK(
	      "voda", "retry_least_ms = 9000;\nretry_most_ms = 5000;") ");\n",
	    "4: error: 'retry_least_ms' (9000) must not be above "
	    "'retry_most_ms' (5000)\n" },
	{ "links = ( { name = \"a\"; hosts = [ ];\nsystem_id = \"me\"; "
	  "dialect = \"spec\"; password_file = \"good\"; } );\n",
	    "1: error: 'hosts' must be from 1 to 8 names, not 0\n" },
	{ "links = ( { name = \"a\"; hosts = [ \"\", \"10.0.0.1:2775\",\n"
	  "\"10.0.0.256\", \"smsc.example\", \"fe80::1\" ];\n"
	  "system_id = \"me\"; dialect = \"spec\"; password_file = \"good\"; "
	  "} );\n",
	    "1: error: \"\" is neither an address nor the name of a machine\n"
	    "1: error: \"10.0.0.1:2775\" is neither an address nor the name "
	    "of a machine\n"
	    "1: error: \"10.0.0.256\" is neither an address nor the name of a "
	    "machine\n" },
	{ "links = ( { name = \"a\"; hosts = [ \"8.8.8.8\", \"2001:db8::1\", "
	  "\"::ffff:9.9.9.9\" ];\n"
	  "system_id = \"me\"; dialect = \"spec\"; password_file = \"good\"; "
	  "} );\n",
	    "1: error: 8.8.8.8 is a public address and SMPP to it would be in "
	    "the clear; say tls = \"on\", use a tunnel, or say "
	    "allow_plain = true\n"
	    "1: error: 2001:db8::1 is a public address and SMPP to it would "
	    "be in the clear; say tls = \"on\", use a tunnel, or say "
	    "allow_plain = true\n"
	    "1: error: ::ffff:9.9.9.9 is a public address and SMPP to it "
	    "would be in the clear; say tls = \"on\", use a tunnel, or "
	    "say allow_plain = "
	    "true\n" },
	{ "links = (\n" LINK(
	      "voda", "tls_ca_file = \"ca\";\ntls_name = \"x\";") ");\n",
	    "4: error: 'tls_ca_file' does nothing without tls = \"on\"\n"
	    "5: error: 'tls_name' does nothing without tls = \"on\"\n" },
	{ "links = (\n" LINK("voda",
	      "tls = \"on\";\ntls_key_file = \"k\";\ntls_name = \"a b\";") ");"
									   "\n",
	    "5: error: 'tls_key_file' needs a 'tls_certificate_file' beside "
	    "it\n"
	    "6: error: \"a b\" is neither an address nor the name of a "
	    "machine\n" },
	{ "links = (\n" LINK("voda",
	      "tls = \"on\";\n"
	      "tls_certificate_file = \"$CREDENTIALS_DIRECTORY/c\";") ");\n",
	    "5: error: 'tls_certificate_file' needs a 'tls_key_file' beside "
	    "it\n"
	    "5: error: $CREDENTIALS_DIRECTORY is not set here; systemd sets "
	    "it for a unit with LoadCredential=\n" },
	{ "links = ( { name = \"a\"; hosts = [ \"10.0.0.1\" ];\n"
	  "system_id = \"more than fifteen\"; dialect = \"spce\";\n"
	  "password_file = \"good\"; } );\n",
	    "2: error: 'system_id' is longer than 15 octets\n"
	    "2: error: DIALECTS has no dialect \"spce\"; did you mean "
	    "\"spec\"?\n" },
	{ "links = ( { name = \"a\"; hosts = [ \"10.0.0.1\" ];\n"
	  "system_id = \"me\"; dialect = \"spec\";\n"
	  "password_file = \"open\"; } );\n",
	    "3: error: the secret in FOLDER/open cannot be used: everybody on "
	    "this machine may open it; chmod o= it\n" },
	{ "links = ( { name = \"a\"; hosts = [ \"10.0.0.1\" ];\n"
	  "system_id = \"me\"; dialect = \"spec\";\n"
	  "password_file = \"long\"; } );\n",
	    "3: error: the password in FOLDER/long is longer than the 8 "
	    "octets that SMPP allows\n" },
	{ "links = ( { name = \"a\"; hosts = [ \"10.0.0.1\" ];\n"
	  "system_id = \"me\"; dialect = \"spec\";\n"
	  "password_file = \"empty\"; } );\n",
	    "3: error: the secret in FOLDER/empty cannot be used: it is "
	    "empty\n" },
	{ "links = ( { name = \"a\"; hosts = [ \"10.0.0.1\" ];\n"
	  "system_id = \"me\"; dialect = \"spec\";\n"
	  "password_file = \"lines\"; } );\n",
	    "3: error: the secret in FOLDER/lines cannot be used: it has more "
	    "than one line\n" },
	{ "links = ( { name = \"a\"; hosts = [ \"10.0.0.1\" ];\n"
	  "system_id = \"me\"; dialect = \"spec\";\n"
	  "password_file = \"$CREDENTIALS_DIRECTORY/x\"; } );\n",
	    "3: error: $CREDENTIALS_DIRECTORY is not set here; systemd sets "
	    "it for a unit with LoadCredential=\n" },

	/* All of it in one run. */
	{ "menu = \"m.cfg\";\n"
	  "redis: { partitions = 3;\nport = 0; };\n"
	  "links = (\n" LINK("voda", "window = 0;") ",\n" LINK(
	      "voda", "tps = \"x\";") ");\n",
	    "1: error: unknown setting 'menu'; did you mean 'menus'?\n"
	    "2: error: 'partitions' must be a power of two (16, 32, 64), not "
	    "3\n"
	    "3: error: 'port' must be from 1 to 65535, not 0\n"
	    "7: error: 'window' must be from 1 to 1000, not 0\n"
	    "9: error: the link of line 5 has the name \"voda\" too; each "
	    "needs its own\n"
	    "11: error: 'tps' must be a whole number, not a text\n" },
};

static void
every_broken_file_is_refused_with_all_its_faults(void **state)
{
	struct arena *arena = arena_new();
	struct findings f;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(refused); i++) {
		findings_init(&f, arena);
		assert_null(read_settings(&f, "gateway.cfg", refused[i].text));
		assert_string_equal(printed(&f), refused[i].says);
	}
	arena_free(arena);
}

static void
what_is_left_out_takes_its_default(void **state)
{
	struct arena *arena = arena_new();
	struct findings f;
	struct settings *s;

	(void)state;
	findings_init(&f, arena);
	s = read_settings(&f, "gateway.cfg", LINKS);
	assert_string_equal(printed(&f), "");
	assert_non_null(s);
	assert_string_equal(s->menus, path_of("menus.cfg"));
	assert_true(strlen(s->node) > 0);
	assert_int_equal(s->log_level, LOG_LEVEL_NOTICE);
	assert_null(s->log_file);
	assert_string_equal(s->redis.host, "127.0.0.1");
	assert_null(s->redis.socket);
	assert_null(s->redis.password);
	assert_string_equal(s->redis.prefix, "mlango:");
	assert_int_equal(s->redis.partitions, 16);
	assert_int_equal(s->redis.durability, DURABILITY_PROCESS);
	assert_int_equal(s->link_count, 1);
	assert_string_equal(s->links[0].name, "voda");
	assert_string_equal(s->links[0].password, "secret");
	assert_string_equal(s->links[0].dialect->name, "spec");
	assert_int_equal(s->links[0].window, 10);
	assert_int_equal(s->links[0].interface_version, 0x34);
	assert_int_equal(s->links[0].line, 2);
	assert_null(s->links[0].sms_number);
	settings_free(s);
	arena_free(arena);
}

static void
secrets_may_come_from_systemd(void **state)
{
	struct arena *arena = arena_new();
	struct findings f;
	struct settings *s;

	(void)state;
	findings_init(&f, arena);
	setenv("CREDENTIALS_DIRECTORY", folder, 1);
	s = read_settings(&f, "gateway.cfg",
	    LINKS
	    "redis: { password_file = \"$CREDENTIALS_DIRECTORY/good\"; };\n");
	unsetenv("CREDENTIALS_DIRECTORY");
	assert_string_equal(printed(&f), "");
	assert_string_equal(s->redis.password, "secret");
	settings_free(s);
	arena_free(arena);
}

static void
an_absent_file_is_said_in_one_line(void **state)
{
	struct arena *arena = arena_new();
	struct findings f;

	(void)state;
	findings_init(&f, arena);
	assert_null(settings_read("/nowhere/gateway.cfg", &f));
	assert_int_equal(f.count, 1);
	assert_string_equal(f.list[0].file, "/nowhere/gateway.cfg");
	assert_int_equal(f.list[0].line, 0);
	assert_string_equal(
	    f.list[0].says, "cannot read: No such file or directory");
	arena_free(arena);
}

static void
the_sample_is_sound_and_says_the_defaults(void **state)
{
	struct arena *arena = arena_new();
	char *sample = captured(write_sample, NULL);
	char *whole = uncommented(sample), *first, *second;
	struct findings f;
	struct settings *a, *b;

	(void)state;
	findings_init(&f, arena);
	a = read_settings(&f, "a.cfg", sample);
	b = read_settings(&f, "a.cfg", whole);
	assert_string_equal(printed(&f), "");
	assert_non_null(a);
	assert_non_null(b);
	first = captured(write_dump, a);
	second = captured(write_dump, b);
	assert_string_equal(first, second);
	assert_true(strlen(whole) < strlen(sample));
	settings_free(a);
	settings_free(b);
	free(first);
	free(second);
	free(whole);
	free(sample);
	arena_free(arena);
}

static void
every_setting_is_in_the_sample_and_explained(void **state)
{
	static const struct {
		const char *section;
		const struct schema_key *keys;
	} tables[] = {
		{ "", settings_keys },
		{ "redis.", settings_redis_keys },
		{ "links.", settings_link_keys },
	};
	char *sample = captured(write_sample, NULL), name[64], line[64];
	const struct schema_key *key;
	char *text = NULL;
	size_t i, len = 0;
	FILE *out;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(tables); i++)
		for (key = tables[i].keys; key->name != NULL; key++) {
			snprintf(name, sizeof(name), "%s%s", tables[i].section,
			    key->name);
			out = open_memstream(&text, &len);
			assert_int_equal(settings_explain(name, out), 0);
			fclose(out);
			assert_memory_equal(text, name, strlen(name));
			assert_non_null(strchr(text, '\n'));
			assert_true(strlen(key->help) > 10);
			free(text);
			snprintf(line, sizeof(line), "%s%s", key->name,
			    key->type == SCHEMA_GROUP ? ": {" : " = ");
			assert_non_null(strstr(sample, line));
		}
	free(sample);
}

static void
a_key_is_explained_in_full(void **state)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	(void)state;
	assert_int_equal(settings_explain("links.window", out), 0);
	assert_int_equal(settings_explain("redis.durability", out), 0);
	assert_int_equal(settings_explain("links.windw", out), -1);
	assert_int_equal(settings_explain("nothing.at_all", out), -1);
	assert_int_equal(settings_explain("", out), -1);
	fclose(out);
	assert_string_equal(text,
	    "links.window: number from 1 to 1000; without it 10\n"
	    "    How many of our requests may await their answers at once.\n"
	    "redis.durability: \"process\" or \"disk\"; without it "
	    "\"process\"\n"
	    "    What acknowledged means: process survives the death of any\n"
	    "    process, disk a power cut too (appendfsync always).\n");
	free(text);
}

static void
a_dump_reads_back_the_same_and_shows_no_secret(void **state)
{
	struct arena *arena = arena_new();
	struct findings f;
	struct settings *a, *b;
	char *first, *second;

	(void)state;
	findings_init(&f, arena);
	a = read_settings(&f, "a.cfg",
	    LINKS "log_form = \"json\"; node = \"n1\";\n"
		  "redis: { password_file = \"good\"; database = 3; };\n");
	assert_string_equal(printed(&f), "");
	first = captured(write_dump, a);
	b = read_settings(&f, "a.cfg", first);
	assert_string_equal(printed(&f), "");
	second = captured(write_dump, b);
	assert_string_equal(first, second);
	assert_null(strstr(first, "secret"));
	assert_non_null(strstr(first, "/good\"; # holds ***\n"));
	assert_non_null(strstr(first, "log_form = \"json\";\n"));
	assert_non_null(strstr(first, "hosts = [ \"10.0.0.1\" ];\n"));
	settings_free(a);
	settings_free(b);
	free(first);
	free(second);
	arena_free(arena);
}

/* ---- files */

static int
set_up(void **state)
{
	char text[512], whole[PATH_MAX];
	mode_t was = umask(0);

	(void)state;
	if (mkdtemp(folder) == NULL)
		return -1;
	snprintf(text, sizeof(text), "%s/secrets", folder);
	mkdir(text, 0700);
	write_file("good", "secret\n", 0600);
	write_file("secrets/redis", "secret\n", 0600);
	write_file("secrets/voda", "secret", 0640);
	write_file("open", "secret\n", 0604);
	write_file("long", "ninechars\n", 0600);
	write_file("empty", "\n", 0600);
	write_file("lines", "one\ntwo\n", 0600);
	umask(was);
	/* The dialects that come with the gateway. */
	snprintf(text, sizeof(text), "%s/config/dialects.cfg",
	    getenv("MLANGO_SRCDIR") != NULL ? getenv("MLANGO_SRCDIR") : ".");
	if (realpath(text, whole) == NULL)
		return -1;
	return symlink(whole, path_of("dialects.cfg"));
}

static int
tear_down(void **state)
{
	static const char *const names[] = { "good", "secrets/redis",
		"secrets/voda", "open", "long", "empty", "lines", "a.cfg",
		"gateway.cfg", "dialects.cfg" };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(names); i++)
		unlink(path_of(names[i]));
	rmdir(path_of("secrets"));
	return rmdir(folder);
}

static void
write_file(const char *name, const char *text, mode_t mode)
{
	FILE *out = fopen(path_of(name), "w");

	assert_non_null(out);
	fputs(text, out);
	fchmod(fileno(out), mode);
	fclose(out);
}

static const char *
path_of(const char *name)
{
	static char path[256];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

static struct settings *
read_settings(struct findings *f, const char *name, const char *text)
{
	write_file(name, text, 0600);
	return settings_read(path_of(name), f);
}

/* Without the file's name, and with the folder's replaced. */
static const char *
printed(struct findings *f)
{
	const char *text = "", *says, *at;
	char line[16];
	size_t i;

	findings_sort(f);
	for (i = 0; i < f->count; i++) {
		assert_string_equal(f->list[i].file, path_of("gateway.cfg"));
		says = f->list[i].says;
		at = strstr(says, folder);
		if (at == says)
			says = arena_printf(f->arena, "DIALECTS%s",
			    at + strlen(path_of("dialects.cfg")));
		else if (at != NULL)
			says = arena_printf(f->arena, "%.*sFOLDER%s",
			    (int)(at - says), says, at + strlen(folder));
		snprintf(line, sizeof(line), "%d:", f->list[i].line);
		text = arena_printf(f->arena, "%s%s %s: %s\n", text,
		    f->list[i].line > 0 ? line : "",
		    finding_grade_name(f->list[i].grade), says);
	}
	return text;
}

static char *
captured(void (*write)(FILE *out, const void *from), const void *from)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	write(out, from);
	fclose(out);
	return text;
}

static void
write_sample(FILE *out, const void *from)
{
	(void)from;
	settings_sample(out);
}

static void
write_dump(FILE *out, const void *from)
{
	settings_dump(from, out);
}

/* What the sample only shows is made to hold, but for the examples of what
 * has no default. */
static char *
uncommented(const char *sample)
{
	static const char *const examples[] = { "#node", "#control",
		"#submitters", "#approvers", "#log_file", "#socket",
		"#username", "#password_file", "#sms_number", "#tls_" };
	char *whole = malloc(strlen(sample) + 1), *to = whole;
	bool keep;
	size_t i;

	for (; *sample != '\0'; sample++) {
		keep = sample[0] != '#' || sample[1] == ' ';
		for (i = 0; i < ARRAY_SIZE(examples); i++)
			keep |= strncmp(sample, examples[i],
				    strlen(examples[i])) == 0;
		if (keep)
			*to++ = *sample;
	}
	*to = '\0';
	return whole;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    every_broken_file_is_refused_with_all_its_faults),
		cmocka_unit_test(what_is_left_out_takes_its_default),
		cmocka_unit_test(secrets_may_come_from_systemd),
		cmocka_unit_test(an_absent_file_is_said_in_one_line),
		cmocka_unit_test(the_sample_is_sound_and_says_the_defaults),
		cmocka_unit_test(every_setting_is_in_the_sample_and_explained),
		cmocka_unit_test(a_key_is_explained_in_full),
		cmocka_unit_test(
		    a_dump_reads_back_the_same_and_shows_no_secret),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
