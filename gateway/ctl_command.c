/*
 * mlango ctl: one order, its answer, and an exit status by it.
 *
 * A file is read here, with the rights of whoever calls, and sent as it is:
 * the daemon never opens a path that somebody names.
 */
#include <errno.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

#include "config/settings.h"
#include "gateway/command.h"
#include "gateway/control_socket.h"
#include "gateway/ctl_command.h"
#include "gateway/ctl_files.h"
#include "gateway/report.h"
#include "gateway/verbs.h"

#define PATIENCE_S 60

struct ctl {
	struct arena *arena;
	const char *config, *socket;
	bool json;
	char **words;
	size_t word_count;
	struct ctl_file *files;
	size_t file_count;
};

static int read_arguments(int argc, char **argv, struct ctl *c);
static int give_order(struct ctl *c);
static int find_socket(struct ctl *c);
static int load_files(struct ctl *c);
static const char *line_of(struct ctl *c);
static int say_all(int fd, const void *octets, size_t len);
static int hear(struct ctl *c, int fd);
static int unreachable(const struct ctl *c);

int
ctl_command(int argc, char **argv)
{
	struct ctl c = { .config = "gateway.cfg" };
	int status = read_arguments(argc, argv, &c);

	if (status != EX_OK)
		return status;
	c.arena = arena_new();
	status = give_order(&c);
	arena_free(c.arena);
	return status;
}

static int
read_arguments(int argc, char **argv, struct ctl *c)
{
	static const struct option options[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "socket", required_argument, NULL, 's' },
		{ "json", no_argument, NULL, 'j' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	/* What begins with - after the verb belongs to the verb. */
	while ((option = getopt_long(argc, argv, "+c:s:", options, NULL)) != -1)
		switch (option) {
		case 'c':
			c->config = optarg;
			break;
		case 's':
			c->socket = optarg;
			break;
		case 'j':
			c->json = true;
			break;
		default:
			return command_usage("ctl");
		}
	c->words = argv + optind;
	c->word_count = (size_t)(argc - optind);
	return c->word_count > 0 ? EX_OK : command_usage("ctl");
}

static int
give_order(struct ctl *c)
{
	int status = find_socket(c), fd, i;
	const char *line;

	if (status == EX_OK)
		status = load_files(c);
	if (status != EX_OK)
		return status;
	line = line_of(c);
	if (line == NULL)
		return EX_USAGE;
	fd = control_connect(c->socket);
	if (fd == -1)
		return unreachable(c);
	status = say_all(fd, line, strlen(line));
	for (i = 0; i < (int)c->file_count && status == EX_OK; i++)
		status = say_all(fd, c->files[i].text, c->files[i].len);
	if (status == EX_OK)
		status = hear(c, fd);
	close(fd);
	return status;
}

/* Only where it listens counts here, so the rest of the file may be wrong, and
 * its secrets need not be ours to read. */
static int
find_socket(struct ctl *c)
{
	struct findings unheard;
	struct settings *s;

	if (c->socket != NULL)
		return EX_OK;
	if (access(c->config, R_OK) == -1) {
		fprintf(stderr, "mlango ctl: cannot read %s: %s\n", c->config,
		    strerror(errno));
		return EX_NOINPUT;
	}
	findings_init(&unheard, c->arena);
	s = settings_draft(c->config, &unheard);
	c->socket =
	    s->control == NULL ? NULL : arena_string(c->arena, s->control);
	settings_free(s);
	if (c->socket != NULL)
		return EX_OK;
	findings_print(&unheard, stderr);
	return EX_CONFIG;
}

static int
load_files(struct ctl *c)
{
	const char *near;
	const struct verb *v =
	    verbs_find((const char *const *)c->words, c->word_count, &near);
	int file = v == NULL ? -1 : verbs_file(v);
	size_t at;

	if (file == -1)
		return EX_OK;
	for (at = 0; v->words[at] != '\0'; at++)
		file += v->words[at] == ' ';
	file++;
	while ((size_t)file < c->word_count && *c->words[file] == '-')
		file++;
	if ((size_t)file >= c->word_count)
		return EX_OK; /* the daemon tells how it is used */
	c->files = ctl_files(c->arena, c->words[file], &c->file_count);
	if (c->files == NULL)
		return EX_NOINPUT;
	c->words[file] = NULL;
	return EX_OK;
}

/* NULL, and said, when there is a word that no line can hold. */
static const char *
line_of(struct ctl *c)
{
	const char *line = c->json ? "json" : "";
	size_t i;

	for (i = 0; i < c->word_count; i++)
		if (c->words[i] != NULL)
			line =
			    arena_printf(c->arena, "%s %s", line, c->words[i]);
	for (i = 0; i < c->file_count; i++)
		line = arena_printf(c->arena, "%s %s{%zu}", line,
		    c->files[i].name, c->files[i].len);
	if (strpbrk(line, "\r\n") == NULL && strlen(line) <= ORDER_LINE_MOST)
		return arena_printf(c->arena, "%s\n", line);
	fputs("mlango ctl: an order is one line of 4096 octets at most\n",
	    stderr);
	return NULL;
}

static int
say_all(int fd, const void *octets, size_t len)
{
	const char *at = octets;
	ssize_t sent;

	for (; len > 0; at += sent, len -= (size_t)sent) {
		sent = send(fd, at, len, MSG_NOSIGNAL);
		/* It may have refused before it heard everything. */
		if (sent == -1 && errno == EPIPE)
			return EX_OK;
		if (sent == -1) {
			fprintf(stderr, "mlango ctl: %s\n", strerror(errno));
			return EX_IOERR;
		}
	}
	return EX_OK;
}

static int
hear(struct ctl *c, int fd)
{
	static const struct timeval patience = { PATIENCE_S, 0 };
	size_t len = 0, got = 0;
	char code[16], *body;
	FILE *in, *out;

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	in = fdopen(dup(fd), "r");
	CHECK(in != NULL);
	if (fscanf(in, "%15s %zu", code, &len) == 2 && fgetc(in) == '\n' &&
	    len <= 64 * 1024 * 1024) {
		body = arena_alloc(c->arena, len + 1);
		got = fread(body, 1, len, in);
		out = c->json || strcmp(code, "ok") == 0 ? stdout : stderr;
		fwrite(body, 1, got, out);
		fflush(out);
	} else {
		len = got + 1;
	}
	fclose(in);
	if (got == len)
		return report_exit(code);
	fputs("mlango ctl: the daemon did not answer to the end\n", stderr);
	return EX_PROTOCOL;
}

static int
unreachable(const struct ctl *c)
{
	int error = errno;

	if (error == ENOENT || error == ECONNREFUSED) {
		fprintf(stderr, "mlango ctl: no gateway listens at %s\n",
		    c->socket);
		return EX_UNAVAILABLE;
	}
	fprintf(stderr, "mlango ctl: %s: %s\n", c->socket, strerror(error));
	return error == EACCES ? EX_NOPERM : EX_UNAVAILABLE;
}
