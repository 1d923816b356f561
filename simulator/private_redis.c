/*
 * A redis-server of our own.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "simulator/private_redis.h"

#define START_MS 10000
#define STOP_MS  5000

struct private_redis {
	struct arena *arena;
	const char *folder;
	const char *socket;
	const char *log;
	struct process *process;
};

static struct process *start(struct private_redis *r);
static int wait_for_pong(struct private_redis *r);
static bool pongs(const struct private_redis *r);
static int dial(const char *path);
static char *read_reply(struct arena *a, FILE *from);

struct private_redis *
private_redis_start(const char *folder, const char **why)
{
	struct arena *a = arena_new();
	struct private_redis *r = arena_alloc(a, sizeof(*r));

	r->arena = a;
	r->folder = arena_string(a, folder);
	r->socket = arena_printf(a, "%s/redis.sock", folder);
	r->log = arena_printf(a, "%s/redis.log", folder);
	if (private_redis_again(r) == 0)
		return r;
	*why = "redis-server cannot be started: is it installed?";
	private_redis_stop(r);
	return NULL;
}

int
private_redis_again(struct private_redis *r)
{
	unlink(r->socket);
	r->process = start(r);
	return r->process == NULL ? -1 : wait_for_pong(r);
}

static struct process *
start(struct private_redis *r)
{
	const char *const argv[] = { "redis-server", "--port", "0",
		"--unixsocket", r->socket, "--unixsocketperm", "700", "--dir",
		r->folder, "--appendonly", "yes", "--appendfsync", "everysec",
		"--save", "", "--maxmemory-policy", "noeviction",
		"--auto-aof-rewrite-min-size", "1gb", "--daemonize", "no",
		NULL };

	return process_start(argv, NULL, r->log);
}

const char *
private_redis_settings(void)
{
	return "appendonly yes, appendfsync everysec, Unix socket";
}

void
private_redis_kill(struct private_redis *r)
{
	if (r->process != NULL)
		process_end(r->process, SIGKILL, STOP_MS);
	r->process = NULL;
}

void
private_redis_stop(struct private_redis *r)
{
	if (r->process != NULL)
		process_end(r->process, SIGTERM, STOP_MS);
	arena_free(r->arena);
}

const char *
private_redis_socket(const struct private_redis *r)
{
	return r->socket;
}

struct process *
private_redis_process(struct private_redis *r)
{
	return r->process;
}

static int
wait_for_pong(struct private_redis *r)
{
	int64_t until = clock_steady_ms() + START_MS;

	while (process_runs(r->process) && clock_steady_ms() < until) {
		if (pongs(r))
			return 0;
		nanosleep(&(struct timespec){ 0, 10000000L }, NULL);
	}
	return -1;
}

/* Loaded and ready, not only listening. */
static bool
pongs(const struct private_redis *r)
{
	struct arena *a = arena_new();
	const char *answer = private_redis_ask(r, a, "PING");
	bool ready = answer != NULL && strcmp(answer, "PONG") == 0;

	arena_free(a);
	return ready;
}

/* ---- one question on a connection of its own */

char *
private_redis_ask(
    const struct private_redis *r, struct arena *a, const char *command)
{
	int fd = dial(r->socket);
	FILE *wire = fd == -1 ? NULL : fdopen(fd, "r+");
	char *answer = NULL;

	if (wire == NULL) {
		if (fd != -1)
			close(fd);
		return NULL;
	}
	if (fprintf(wire, "%s\r\n", command) > 0 && fflush(wire) == 0)
		answer = read_reply(a, wire);
	fclose(wire);
	return answer;
}

static int
dial(const char *path)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	int fd;

	if (strlen(path) >= sizeof(to.sun_path))
		return -1;
	strcpy(to.sun_path, path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd != -1 && connect(fd, (struct sockaddr *)&to, sizeof(to)) == -1) {
		close(fd);
		return -1;
	}
	return fd;
}

/* RESP2: a line by its first character, and behind a $ so many octets. */
static char *
read_reply(struct arena *a, FILE *from)
{
	char line[256];
	size_t len;
	char *body;

	if (fgets(line, sizeof(line), from) == NULL)
		return NULL;
	line[strcspn(line, "\r\n")] = '\0';
	switch (line[0]) {
	case '+':
	case ':':
		return arena_string(a, line + 1);
	case '$':
		if (line[1] == '-')
			return arena_string(a, "");
		len = strtoul(line + 1, NULL, 10);
		body = arena_alloc(a, len + 1);
		return fread(body, 1, len, from) == len ? body : NULL;
	}
	return NULL;
}
