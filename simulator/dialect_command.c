/*
 * mlango dialect: explains a trace, so that a new operator's dialect is found.
 */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "config/findings.h"
#include "gateway/command.h"
#include "gateway/explain_trace.h"
#include "simulator/data.h"
#include "simulator/dialect_command.h"

struct asking {
	const char *file; /* "-": standard input */
	const char *dialects; /* or NULL: the sample's */
	int port;
	bool json, full;
};

static bool read_options(int argc, char **argv, struct asking *q);
static bool read_port(const char *text, int *port);
static struct dialects *read_dialects(
    const struct asking *q, struct arena *a, int *status);
static int explain_file(
    const struct asking *q, const struct dialects *dialects);
static uint8_t *read_whole(FILE *in, size_t *len);

int
dialect_command(int argc, char **argv)
{
	struct asking q = { .port = 0 };
	struct dialects *dialects;
	struct arena *a;
	int status = EX_OK;

	if (!read_options(argc, argv, &q))
		return command_usage("dialect");
	a = arena_new();
	dialects = read_dialects(&q, a, &status);
	if (dialects != NULL)
		status = explain_file(&q, dialects);
	dialects_free(dialects);
	arena_free(a);
	return status;
}

static bool
read_options(int argc, char **argv, struct asking *q)
{
	static const struct option options[] = {
		{ "dialects", required_argument, NULL, 'd' },
		{ "full", no_argument, NULL, 'f' },
		{ "json", no_argument, NULL, 'j' },
		{ "port", required_argument, NULL, 'p' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	opterr = 0; /* the usage says it */
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
		switch (option) {
		case 'd':
			q->dialects = optarg;
			break;
		case 'f':
			q->full = true;
			break;
		case 'j':
			q->json = true;
			break;
		case 'p':
			if (!read_port(optarg, &q->port))
				return false;
			break;
		default:
			return false;
		}
	if (optind + 1 != argc)
		return false;
	q->file = argv[optind];
	return true;
}

static bool
read_port(const char *text, int *port)
{
	char *end;
	long value = strtol(text, &end, 10);

	*port = (int)value;
	return end != text && *end == '\0' && value > 0 && value < 65536;
}

static struct dialects *
read_dialects(const struct asking *q, struct arena *a, int *status)
{
	const char *path = q->dialects, *folder, *why = "";
	struct dialects *dialects;
	struct findings f;

	if (path == NULL) {
		folder = data_folder(a, &why);
		if (folder == NULL) {
			fprintf(stderr, "mlango: %s\n", why);
			*status = EX_NOINPUT;
			return NULL;
		}
		path = arena_printf(a, "%s/dialects.cfg", folder);
	}
	findings_init(&f, a);
	dialects = dialects_read(path, &f);
	findings_print(&f, stderr);
	if (dialects == NULL)
		*status = access(path, R_OK) == 0 ? EX_CONFIG : EX_NOINPUT;
	return dialects;
}

static int
explain_file(const struct asking *q, const struct dialects *dialects)
{
	bool from_stdin = strcmp(q->file, "-") == 0;
	FILE *in = from_stdin ? stdin : fopen(q->file, "rb");
	struct explain_trace x = { NULL, dialects, q->full, stdout };
	const char *why = strerror(errno);
	struct arena *a = arena_new();
	uint8_t *data = NULL;
	size_t len;

	if (in != NULL)
		data = read_whole(in, &len);
	if (in != NULL && data == NULL)
		why = "longer than 64 MB: cut it";
	if (in != NULL && !from_stdin)
		fclose(in);
	if (data != NULL)
		x.trace = trace_read(a, data, len, q->port, &why);
	free(data);
	if (x.trace == NULL)
		fprintf(stderr, "mlango: %s: %s\n", q->file, why);
	else if (q->json)
		explain_trace_json(&x);
	else
		explain_trace_tell(&x);
	arena_free(a);
	return x.trace != NULL ? EX_OK : in == NULL ? EX_NOINPUT : EX_DATAERR;
}

/* NULL when it is longer than a trace may be. */
static uint8_t *
read_whole(FILE *in, size_t *len)
{
	size_t room = 65536, got;
	uint8_t *data = malloc(room), *larger;

	CHECK(data != NULL);
	*len = 0;
	while ((got = fread(data + *len, 1, room - *len, in)) > 0) {
		*len += got;
		if (*len < room)
			continue;
		if (room > TRACE_MAX) {
			free(data);
			return NULL;
		}
		room *= 2;
		larger = realloc(data, room);
		CHECK(larger != NULL);
		data = larger;
	}
	return data;
}
