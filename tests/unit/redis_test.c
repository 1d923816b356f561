/*
 * The connection against a real Redis that is killed, frozen, misconfigured
 * and locked, and against peers that are no Redis at all.
 */
#include "tests/unit/redis_fixture.h"

#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "storage/redis.h"
#include "storage/scripts.h"

struct heard {
	int answers;
	enum redis_result result;
	enum reply_kind kind;
	int64_t number;
	char text[256];
};

static struct redis_fixture f;
static struct redis *redis;
static int ups, downs;

/* ---- how a test speaks */

static void
changed(void *arg, bool up)
{
	(void)arg;
	if (up)
		ups++;
	else
		downs++;
}

static void
redis_open(const struct redis_settings *s)
{
	ups = downs = 0;
	redis = redis_new(f.base, s);
	redis_watch(redis, changed, NULL);
}

static bool
is_up(void *arg)
{
	(void)arg;
	return redis_is_up(redis);
}

static bool
is_down(void *arg)
{
	(void)arg;
	return !redis_is_up(redis);
}

static bool
is_in_trouble(void *arg)
{
	return !redis_is_up(redis) && strstr(redis_trouble(redis), arg) != NULL;
}

static void
until_up(void)
{
	redis_fixture_until(&f, is_up, NULL);
	assert_string_equal(redis_trouble(redis), "");
}

static void
until_trouble(const char *trouble)
{
	char text[64];

	snprintf(text, sizeof(text), "%s", trouble);
	redis_fixture_until(&f, is_in_trouble, text);
}

static void
answered(void *arg, enum redis_result result, const struct reply *reply)
{
	struct heard *h = arg;

	h->answers++;
	h->result = result;
	h->kind = reply_kind(reply);
	h->number = reply_number(reply);
	snprintf(h->text, sizeof(h->text), "%s", reply_text(reply, NULL));
}

static struct redis_ask *
ask(struct heard *h, const char *verb, const char *key)
{
	const char *arguments[] = { verb, key };

	return redis_command(
	    redis, answered, h, key != NULL ? 2 : 1, arguments, NULL);
}

static struct redis_ask *
ask_lease(struct heard *h)
{
	static const char *const arguments[] = { "lease:x", "a", "60000" };

	return redis_script(redis, answered, h, &scripts[SCRIPT_LEASE], 1, 3,
	    arguments, NULL);
}

static bool
is_answered(void *arg)
{
	return ((struct heard *)arg)->answers > 0;
}

static void
wait_for(struct heard *h)
{
	redis_fixture_until(&f, is_answered, h);
	assert_int_equal(h->answers, 1);
}

/* Answered before it is asked for by the loop: never. */
static struct heard
asked(const char *verb, const char *key)
{
	struct heard h = { 0 };

	ask(&h, verb, key);
	assert_int_equal(h.answers, 0);
	wait_for(&h);
	return h;
}

static int
begin(void **state)
{
	(void)state;
	redis_fixture_start(&f);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	redis_free(redis);
	redis_fixture_stop(&f);
	return 0;
}

static int
begin_up(void **state)
{
	begin(state);
	redis_open(&f.settings);
	until_up();
	return 0;
}

/* ---- while all is well */

static void
it_comes_up_by_itself(void **state)
{
	(void)state;
	redis_open(&f.settings);
	assert_false(redis_is_up(redis));
	assert_string_not_equal(redis_trouble(redis), "");
	until_up();
	assert_int_equal(ups, 1);
	assert_int_equal(downs, 0);
}

static void
replies_of_every_kind_are_read(void **state)
{
	static const struct {
		const char *verb, *key;
		enum redis_result result;
		enum reply_kind kind;
		int64_t number;
		const char *text;
	} cases[] = {
		{ "PING", NULL, REDIS_OK, REPLY_TEXT, 0, "PONG" },
		{ "ECHO", "hello", REDIS_OK, REPLY_TEXT, 0, "hello" },
		{ "ECHO", "", REDIS_OK, REPLY_TEXT, 0, "" },
		{ "GET", "none", REDIS_OK, REPLY_NIL, 0, "" },
		{ "INCR", "n", REDIS_OK, REPLY_NUMBER, 1, "" },
		{ "INCR", "n", REDIS_OK, REPLY_NUMBER, 2, "" },
		{ "TIME", NULL, REDIS_OK, REPLY_LIST, 0, "" },
		{ "NONSENSE", NULL, REDIS_ERROR, REPLY_TEXT, 0,
		    "ERR unknown command 'NONSENSE', with args "
		    "beginning with: " },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct heard h = asked(cases[i].verb, cases[i].key);

		assert_int_equal(h.result, cases[i].result);
		assert_int_equal(h.kind, cases[i].kind);
		assert_int_equal(h.number, cases[i].number);
		assert_string_equal(h.text, cases[i].text);
	}
	assert_true(redis_is_up(redis));
}

static void
what_a_reply_does_not_have_reads_as_nothing(void **state)
{
	size_t len = 1;

	(void)state;
	assert_int_equal(reply_kind(NULL), REPLY_NIL);
	assert_int_equal(reply_number(NULL), 0);
	assert_string_equal(reply_text(NULL, &len), "");
	assert_int_equal(len, 0);
	assert_int_equal(reply_count(NULL), 0);
	assert_null(reply_at(NULL, 0));
}

static void
all_nodes_share_one_request_key(void **state)
{
	struct redis *first = redis;
	struct digest_key key = *redis_request_key(first);

	(void)state;
	redis_open(&f.settings);
	until_up();
	assert_memory_equal(redis_request_key(redis), &key, sizeof(key));
	assert_memory_equal(redis_request_key(first), &key, sizeof(key));
	redis_free(first);
}

static void
a_cancelled_question_is_never_answered(void **state)
{
	struct heard h = { 0 };

	(void)state;
	redis_cancel(ask(&h, "INCR", "n"));
	assert_int_equal(asked("INCR", "n").number, 2);
	redis_fixture_kill(&f);
	redis_fixture_until(&f, is_down, NULL);
	redis_cancel(ask(&h, "INCR", "n"));
	assert_int_equal(asked("PING", NULL).result, REDIS_DOWN);
	assert_int_equal(h.answers, 0);
}

static void
more_than_the_cap_is_refused_and_less_is_not(void **state)
{
	struct redis_settings s = f.settings;
	struct heard h[6] = { { 0 } };
	size_t i;

	(void)state;
	s.in_flight = 4;
	redis_free(redis);
	redis_open(&s);
	until_up();
	for (i = 0; i < ARRAY_SIZE(h); i++)
		ask(&h[i], "PING", NULL);
	assert_int_equal(redis_in_flight(redis), 4);
	for (i = 0; i < ARRAY_SIZE(h); i++)
		assert_int_equal(h[i].answers, 0);
	for (i = 0; i < ARRAY_SIZE(h); i++) {
		wait_for(&h[i]);
		assert_int_equal(h[i].result, i < 4 ? REDIS_OK : REDIS_DOWN);
	}
	assert_int_equal(asked("PING", NULL).result, REDIS_OK);
}

static void
scripts_that_were_forgotten_are_loaded_again(void **state)
{
	struct heard h[3] = { { 0 } };

	(void)state;
	redis_fixture_cli(&f, "SCRIPT FLUSH");
	ask_lease(&h[0]);
	wait_for(&h[0]);
	assert_int_equal(h[0].result, REDIS_DOWN);
	ask_lease(&h[1]);
	wait_for(&h[1]);
	assert_int_equal(h[1].result, REDIS_OK);
	assert_int_equal(h[1].number, 1);
	redis_fixture_cli(&f, "SCRIPT FLUSH");
	ask_lease(&h[2]);
	wait_for(&h[2]);
	assert_int_equal(h[2].result, REDIS_DOWN);
	assert_int_equal(downs, 0);
}

/* A node that was frozen itself finds its answers waiting. */
static void
answers_that_wait_for_us_are_no_reason_to_give_up(void **state)
{
	struct redis_settings s = f.settings;
	static struct heard h[2000];
	size_t i;

	(void)state;
	s.command_ms = 100;
	redis_free(redis);
	redis_open(&s);
	until_up();
	memset(h, 0, sizeof(h));
	for (i = 0; i < ARRAY_SIZE(h); i++)
		ask(&h[i], "INFO", "server");
	event_base_loop(f.base, EVLOOP_NONBLOCK);
	usleep(300000);
	for (i = 0; i < ARRAY_SIZE(h); i++) {
		wait_for(&h[i]);
		assert_int_equal(h[i].result, REDIS_OK);
	}
	assert_int_equal(downs, 0);
}

/* ---- killed and frozen */

static bool
are_all_answered(void *arg)
{
	const struct heard *h = arg;
	int i;

	for (i = 0; i < 100; i++)
		if (h[i].answers == 0)
			return false;
	return true;
}

static void
questions_in_flight_are_lost_once_when_redis_is_killed(void **state)
{
	struct heard h[100] = { { 0 } };
	struct heard cancelled = { 0 };
	int i;

	(void)state;
	redis_fixture_cli(&f, "CLIENT PAUSE 60000 ALL");
	for (i = 0; i < 100; i++)
		ask(&h[i], "INCR", "n");
	redis_cancel(ask(&cancelled, "INCR", "n"));
	event_base_loop(f.base, EVLOOP_NONBLOCK);
	assert_int_equal(redis_in_flight(redis), 101);
	redis_fixture_kill(&f);
	redis_fixture_until(&f, are_all_answered, h);
	assert_int_equal(asked("PING", NULL).result, REDIS_DOWN);
	for (i = 0; i < 100; i++) {
		assert_int_equal(h[i].answers, 1);
		assert_int_equal(h[i].result, REDIS_LOST);
	}
	assert_int_equal(cancelled.answers, 0);
	assert_int_equal(redis_in_flight(redis), 0);
	assert_int_equal(downs, 1);
}

static void
it_comes_up_again_when_redis_does(void **state)
{
	struct heard h = { 0 };
	int i;

	(void)state;
	for (i = 1; i <= 3; i++) {
		redis_fixture_kill(&f);
		redis_fixture_until(&f, is_down, NULL);
		assert_int_equal(asked("PING", NULL).result, REDIS_DOWN);
		redis_fixture_run(&f);
		until_up();
		assert_int_equal(downs, i);
		assert_int_equal(ups, i + 1);
	}
	ask_lease(&h);
	wait_for(&h);
	assert_int_equal(h.result, REDIS_OK);
}

static void
open_questions_end_with_the_connection(void **state)
{
	struct heard h[2] = { { 0 } };
	struct redis *old = redis;

	(void)state;
	ask(&h[0], "PING", NULL);
	redis_free(old);
	redis_open(&f.settings);
	ask(&h[1], "PING", NULL); /* refused, but never told */
	redis_free(redis);
	redis_open(&f.settings);
	until_up();
	assert_int_equal(h[0].answers + h[1].answers, 0);
}

static void
tick(evutil_socket_t fd, short what, void *arg)
{
	(void)fd, (void)what;
	++*(int *)arg;
}

static void
a_frozen_redis_is_given_up_and_the_loop_goes_on(void **state)
{
	struct redis_settings s = f.settings;
	struct timeval often = { 0, 10000 };
	struct heard h = { 0 };
	int ticks = 0;
	struct event *ticking =
	    event_new(f.base, -1, EV_PERSIST, tick, &ticks);

	(void)state;
	s.command_ms = s.connect_ms = 200;
	redis_free(redis);
	redis_open(&s);
	until_up();
	event_add(ticking, &often);
	kill(f.server, SIGSTOP);
	ask(&h, "INCR", "n");
	wait_for(&h);
	assert_int_equal(h.result, REDIS_LOST);
	assert_true(ticks >= 5);
	until_trouble("does not answer the greeting");
	ticks = 0;
	assert_int_equal(asked("PING", NULL).result, REDIS_DOWN);
	kill(f.server, SIGCONT);
	until_up();
	event_free(ticking);
}

static void
a_redis_that_sleeps_beyond_the_deadline_is_given_up(void **state)
{
	struct redis_settings s = f.settings;
	struct heard sleeping = { 0 }, behind = { 0 };
	const char *arguments[] = { "DEBUG", "SLEEP", "1" };

	(void)state;
	s.command_ms = 200;
	redis_free(redis);
	redis_open(&s);
	until_up();
	redis_command(redis, answered, &sleeping, 3, arguments, NULL);
	ask(&behind, "INCR", "n");
	wait_for(&sleeping);
	wait_for(&behind);
	assert_int_equal(sleeping.result, REDIS_LOST);
	assert_int_equal(behind.result, REDIS_LOST);
	until_up();
	assert_int_equal(asked("PING", NULL).result, REDIS_OK);
}

/* Nothing is asked, and yet it is noticed. */
static void
an_idle_connection_is_watched(void **state)
{
	struct redis_settings s = f.settings;

	(void)state;
	s.command_ms = s.connect_ms = 100;
	redis_free(redis);
	redis_open(&s);
	until_up();
	kill(f.server, SIGSTOP);
	until_trouble("does not answer");
	kill(f.server, SIGCONT);
	until_up();
}

/* ---- unfit */

static void
a_redis_that_evicts_is_refused_until_it_does_not(void **state)
{
	(void)state;
	redis_fixture_cli(&f, "CONFIG SET maxmemory-policy allkeys-lru");
	redis_open(&f.settings);
	until_trouble("maxmemory-policy noeviction");
	assert_int_equal(asked("PING", NULL).result, REDIS_DOWN);
	redis_fixture_cli(&f, "CONFIG SET maxmemory-policy noeviction");
	until_up();
}

static void
durability_on_disk_wants_every_write_synced(void **state)
{
	struct redis_settings s = f.settings;

	(void)state;
	s.durability = DURABILITY_DISK;
	redis_open(&s);
	until_trouble("appendfsync always");
	redis_fixture_cli(&f, "CONFIG SET appendfsync always");
	until_up();
	redis_free(redis);
	redis_fixture_cli(&f, "CONFIG SET appendonly no");
	redis_open(&s);
	until_trouble("appendonly yes");
	redis_free(redis);
	redis_open(&f.settings);
	until_up(); /* warned, which is enough */
}

static void
a_wrong_password_is_told_and_a_right_one_is_let_in(void **state)
{
	struct redis_settings s = f.settings;

	(void)state;
	redis_fixture_cli(&f, "CONFIG SET requirepass secret");
	redis_open(&s);
	until_trouble("NOAUTH");
	redis_free(redis);
	s.password = "guess";
	redis_open(&s);
	until_trouble("AUTH: WRONGPASS");
	assert_null(strstr(redis_trouble(redis), "guess"));
	redis_free(redis);
	s.password = "secret";
	s.database = 3;
	redis_open(&s);
	until_up();
	asked("INCR", "n");
	assert_string_equal(redis_fixture_cli(
	    &f, "--no-auth-warning -a secret -n 3 GET n"), "1");
}

/* All that a connection itself needs; the store needs a little more. */
static void
a_user_with_few_rights_is_enough(void **state)
{
	struct redis_settings s = f.settings;
	struct heard h = { 0 };

	(void)state;
	redis_fixture_cli(&f, "ACL SETUSER mlango on '>secret' '~mlango:*' "
	    "-@all +info +get +set +getrange +ping +evalsha +'script|load' "
	    "+select");
	s.username = "mlango";
	s.password = "secret";
	redis_open(&s);
	until_up();
	wait_for((ask(&h, "FLUSHALL", NULL), &h));
	assert_int_equal(h.result, REDIS_ERROR);
	assert_non_null(strstr(h.text, "NOPERM"));
	assert_true(redis_is_up(redis));
}

static void
a_redis_that_takes_no_writes_is_down_until_it_does(void **state)
{
	static const struct {
		const char *broken, *trouble, *mended;
	} cases[] = {
		{ "REPLICAOF 127.0.0.1 1", "READONLY", "REPLICAOF NO ONE" },
		{ "CONFIG SET maxmemory 1", "OOM", "CONFIG SET maxmemory 0" },
		{ "CONFIG SET min-replicas-to-write 1", "NOREPLICAS",
		    "CONFIG SET min-replicas-to-write 0" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct heard write = { 0 }, read = { 0 }, script = { 0 };

		redis_fixture_cli(&f, "%s", cases[i].broken);
		ask(&write, "INCR", "n");
		ask_lease(&script);
		ask(&read, "ECHO", "x");
		wait_for(&read);
		assert_int_equal(read.result, REDIS_OK);
		assert_int_equal(write.answers + script.answers, 2);
		assert_int_equal(write.result, REDIS_ERROR);
		assert_int_equal(script.result, REDIS_ERROR);
		assert_non_null(strstr(write.text, cases[i].trouble));
		assert_non_null(strstr(script.text, cases[i].trouble));
		until_trouble(cases[i].trouble);
		assert_int_equal(asked("PING", NULL).result, REDIS_DOWN);
		redis_fixture_cli(&f, "%s", cases[i].mended);
		until_up();
		assert_int_equal(asked("INCR", "n").number, (int)i + 1);
	}
}

/* ---- peers that are no Redis */

static void
a_name_is_no_address(void **state)
{
	struct redis_settings s = f.settings;

	(void)state;
	s.socket = NULL;
	s.host = "localhost";
	s.port = 6379;
	redis_open(&s);
	until_trouble("not a numeric address");
}

static int
listening(struct sockaddr_in *at, int backlog)
{
	socklen_t len = sizeof(*at);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	*at = (struct sockaddr_in){ .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	assert_int_equal(bind(fd, (struct sockaddr *)at, len), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)at, &len), 0);
	assert_int_equal(listen(fd, backlog), 0);
	return fd;
}

static struct redis_settings
settings_for(const struct sockaddr_in *at)
{
	struct redis_settings s = f.settings;

	s.socket = NULL;
	s.host = "127.0.0.1";
	s.port = ntohs(at->sin_port);
	s.connect_ms = 100;
	return s;
}

static void
it_connects_over_tcp_as_well(void **state)
{
	struct sockaddr_in at;
	struct redis_settings s;
	const char *said;

	(void)state;
	close(listening(&at, 1));
	s = settings_for(&at);
	s.connect_ms = 1000;
	redis_open(&s);
	until_trouble("Connection refused");
	said = redis_fixture_cli(&f, "CONFIG SET port %d", s.port);
	if (strcmp(said, "OK") == 0) /* since 7.0 */
		until_up();
}

/* Its queue is full, so it answers no SYN. */
static void
a_connection_that_nobody_takes_is_given_up(void **state)
{
	struct sockaddr_in at;
	int server = listening(&at, 0), filling[2];
	struct redis_settings s = settings_for(&at);
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(filling); i++) {
		filling[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
		(void)connect(
		    filling[i], (struct sockaddr *)&at, sizeof(at));
	}
	redis_open(&s);
	until_trouble("does not take the connection");
	for (i = 0; i < ARRAY_SIZE(filling); i++)
		close(filling[i]);
	close(server);
}

static int greeted;

static void
greet_badly(evutil_socket_t server, short what, void *arg)
{
	const char *greeting = arg;
	int fd = accept(server, NULL, NULL);

	(void)what;
	assert_true(write(fd, greeting, strlen(greeting)) > 0);
	close(fd);
	greeted++;
}

static bool
came_back(void *arg)
{
	(void)arg;
	assert_false(redis_is_up(redis));
	return greeted >= 3;
}

static void
a_peer_that_is_no_redis_does_no_harm(void **state)
{
	static const char *const greetings[] = {
		"HTTP/1.1 400 Bad Request\r\n\r\n",
		"-ERR max number of clients reached\r\n",
		"$9999999999999999999\r\n",
		"*3\r\n*3\r\n*3\r\n*3\r\n*3\r\n*3\r\n*3\r\n*3\r\n*3\r\n*3\r\n",
		"\x16\x03\x01",
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(greetings); i++) {
		struct sockaddr_in at;
		int server = listening(&at, 8);
		struct redis_settings s = settings_for(&at);
		struct event *accepting = event_new(f.base, server,
		    EV_READ | EV_PERSIST, greet_badly, (void *)greetings[i]);

		event_add(accepting, NULL);
		redis_open(&s);
		greeted = 0;
		redis_fixture_until(&f, came_back, NULL);
		assert_string_not_equal(
		    redis_trouble(redis), "not connected yet");
		event_free(accepting);
		close(server);
		redis_free(redis);
	}
	redis_open(&f.settings);
	until_up();
}

int
main(void)
{
#define FRESH(what) cmocka_unit_test_setup_teardown(what, begin, end)
#define UP(what)    cmocka_unit_test_setup_teardown(what, begin_up, end)
	static const struct CMUnitTest tests[] = {
		FRESH(it_comes_up_by_itself),
		UP(replies_of_every_kind_are_read),
		UP(what_a_reply_does_not_have_reads_as_nothing),
		UP(all_nodes_share_one_request_key),
		UP(a_cancelled_question_is_never_answered),
		UP(more_than_the_cap_is_refused_and_less_is_not),
		UP(scripts_that_were_forgotten_are_loaded_again),
		UP(answers_that_wait_for_us_are_no_reason_to_give_up),
		UP(questions_in_flight_are_lost_once_when_redis_is_killed),
		UP(it_comes_up_again_when_redis_does),
		UP(open_questions_end_with_the_connection),
		UP(a_frozen_redis_is_given_up_and_the_loop_goes_on),
		UP(a_redis_that_sleeps_beyond_the_deadline_is_given_up),
		UP(an_idle_connection_is_watched),
		FRESH(a_redis_that_evicts_is_refused_until_it_does_not),
		FRESH(durability_on_disk_wants_every_write_synced),
		FRESH(a_wrong_password_is_told_and_a_right_one_is_let_in),
		FRESH(a_user_with_few_rights_is_enough),
		UP(a_redis_that_takes_no_writes_is_down_until_it_does),
		FRESH(a_name_is_no_address),
		FRESH(it_connects_over_tcp_as_well),
		FRESH(a_connection_that_nobody_takes_is_given_up),
		FRESH(a_peer_that_is_no_redis_does_no_harm),
	};

	redis_fixture_need();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
