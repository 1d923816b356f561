/*
 * The server is a child that dies with us, whatever becomes of us.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/redis_fixture.h"

#define PATIENCE_S 10

static void be_the_server(const struct redis_fixture *f);
static void redis_fixture_tick(evutil_socket_t fd, short what, void *arg);

void
redis_fixture_need(void)
{
	if (system("redis-server --version >/dev/null 2>&1") == 0 &&
	    system("redis-cli --version >/dev/null 2>&1") == 0)
		return;
	puts("1..0 # SKIP redis-server is not installed");
	exit(0);
}

void
redis_fixture_start(struct redis_fixture *f)
{
	*f = (struct redis_fixture){ .folder = "/tmp/mlango-redis-XXXXXX" };
	assert_non_null(mkdtemp(f->folder));
	snprintf(f->socket, sizeof(f->socket), "%s/socket", f->folder);
	f->settings = (struct redis_settings){
		.socket = f->socket,
		.prefix = "mlango:",
		.partitions = 16,
		.connect_ms = 1000,
		.command_ms = 1000,
		.in_flight = 4096,
		.durability = DURABILITY_PROCESS,
	};
	f->base = event_base_new();
	assert_non_null(f->base);
	redis_fixture_run(f);
}

void
redis_fixture_stop(struct redis_fixture *f)
{
	char command[128];

	redis_fixture_kill(f);
	event_base_free(f->base);
	snprintf(command, sizeof(command), "rm -rf '%s'", f->folder);
	assert_int_equal(system(command), 0);
}

void
redis_fixture_run(struct redis_fixture *f)
{
	int tries;

	f->server = fork();
	assert_true(f->server != -1);
	if (f->server == 0)
		be_the_server(f);
	for (tries = 0; tries < PATIENCE_S * 100; tries++) {
		if (strcmp(redis_fixture_cli(f, "PING"), "PONG") == 0)
			return;
		usleep(10000);
	}
	fail_msg("redis-server does not start");
}

static void
be_the_server(const struct redis_fixture *f)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	execlp("redis-server", "redis-server", "--port", "0", "--unixsocket",
	    f->socket, "--dir", f->folder, "--logfile", "log", "--save", "",
	    "--appendonly", "yes", "--appendfsync", "everysec",
	    "--enable-debug-command", "yes", (char *)NULL);
	_exit(127);
}

void
redis_fixture_kill(struct redis_fixture *f)
{
	if (f->server == 0)
		return;
	kill(f->server, SIGKILL);
	while (waitpid(f->server, NULL, 0) == -1 && errno == EINTR)
		continue;
	f->server = 0;
}

const char *
redis_fixture_cli(struct redis_fixture *f, const char *format, ...)
{
	static char answer[8192];
	char command[1024];
	size_t len;
	va_list args;
	FILE *cli;

	len = (size_t)snprintf(
	    command, sizeof(command), "redis-cli -s '%s' ", f->socket);
	va_start(args, format);
	vsnprintf(command + len, sizeof(command) - len, format, args);
	va_end(args);
	len = strlen(command);
	snprintf(command + len, sizeof(command) - len, " 2>&1");
	cli = popen(command, "r");
	assert_non_null(cli);
	len = fread(answer, 1, sizeof(answer) - 1, cli);
	pclose(cli);
	while (len > 0 && answer[len - 1] == '\n')
		len--;
	answer[len] = '\0';
	return answer;
}

void
redis_fixture_until(
    struct redis_fixture *f, bool (*truth)(void *arg), void *arg)
{
	struct timeval often = { 0, 20000 };
	int ticks = 0;
	struct event *tick = event_new(
	    f->base, -1, EV_PERSIST, redis_fixture_tick, &ticks);

	assert_non_null(tick);
	event_add(tick, &often);
	while (!truth(arg)) {
		if (ticks > PATIENCE_S * 50)
			fail_msg("what was waited for does not happen");
		event_base_loop(f->base, EVLOOP_ONCE);
	}
	event_free(tick);
}

static void
redis_fixture_tick(evutil_socket_t fd, short what, void *arg)
{
	(void)fd, (void)what;
	++*(int *)arg;
}
