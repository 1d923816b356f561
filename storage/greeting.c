/*
 * The greeting, a conversation in the order it runs:
 *
 *	authenticate -> select -> inspect -> inspect_sync -> share_key
 *	    -> read_key -> load_scripts -> greeted
 *
 * Each question has its answer below it. When the connection is lost, none is
 * answered any more and the next connection begins anew.
 */
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "base/log.h"
#include "base/text.h"
#include "storage/connection.h"
#include "storage/fitness.h"
#include "storage/refusal.h"

#define KEY_HEX (2 * sizeof(struct digest_key))

static void authenticate(struct greeting *g);
static redis_done authenticated;
static void select_database(struct greeting *g);
static redis_done selected;
static void inspect(struct greeting *g);
static redis_done inspected;
static void inspect_sync(struct greeting *g);
static redis_done inspected_sync;
static void share_key(struct greeting *g);
static redis_done key_shared;
static void read_key(struct greeting *g);
static redis_done key_read;
static void load_scripts(struct greeting *g);
static redis_done script_loaded;
static bool agreed(struct greeting *g, enum redis_result result,
    const struct reply *reply, const char *question);

void
greeting_start(struct greeting *g)
{
	g->reloading = false;
	authenticate(g);
}

static void
authenticate(struct greeting *g)
{
	const char *user = g->settings->username;
	const char *password = g->settings->password;
	const char *alone[] = { "AUTH", password };
	const char *both[] = { "AUTH", user, password };

	if (password == NULL || *password == '\0')
		select_database(g);
	else if (user == NULL || *user == '\0')
		redis_ask_inside(g->redis, authenticated, g, 2, alone, NULL);
	else
		redis_ask_inside(g->redis, authenticated, g, 3, both, NULL);
}

static void
authenticated(void *arg, enum redis_result result, const struct reply *reply)
{
	struct greeting *g = arg;

	if (agreed(g, result, reply, "AUTH"))
		select_database(g);
}

static void
select_database(struct greeting *g)
{
	char number[16];
	const char *select[] = { "SELECT", number };

	snprintf(number, sizeof(number), "%d", g->settings->database);
	if (g->settings->database == 0)
		inspect(g);
	else
		redis_ask_inside(g->redis, selected, g, 2, select, NULL);
}

static void
selected(void *arg, enum redis_result result, const struct reply *reply)
{
	struct greeting *g = arg;

	if (agreed(g, result, reply, "SELECT"))
		inspect(g);
}

static void
inspect(struct greeting *g)
{
	const char *info[] = { "INFO" };

	redis_ask_inside(g->redis, inspected, g, 1, info, NULL);
}

static void
inspected(void *arg, enum redis_result result, const struct reply *reply)
{
	struct greeting *g = arg;
	struct fitness f;

	if (!agreed(g, result, reply, "INFO"))
		return;
	f = fitness_of(reply_text(reply, NULL), g->settings->durability);
	if (f.warning != NULL && !g->warned)
		log_line(LOG_LEVEL_WARNING, "redis", "%s", f.warning);
	g->warned = f.warning != NULL;
	if (f.trouble != NULL)
		connection_greeted(g->redis, f.trouble);
	else
		inspect_sync(g);
}

/* Only asked when it matters: a user of Redis may be forbidden to. */
static void
inspect_sync(struct greeting *g)
{
	const char *config[] = { "CONFIG", "GET", "appendfsync" };

	switch (g->settings->durability) {
	case DURABILITY_PROCESS:
		share_key(g);
		break;
	case DURABILITY_DISK:
		redis_ask_inside(g->redis, inspected_sync, g, 3, config, NULL);
		break;
	}
}

static void
inspected_sync(void *arg, enum redis_result result, const struct reply *reply)
{
	struct greeting *g = arg;
	struct fitness f;

	if (!agreed(g, result, reply, "CONFIG GET"))
		return;
	f = fitness_of_sync(reply_text(reply_at(reply, 1), NULL));
	if (f.trouble != NULL)
		connection_greeted(g->redis, f.trouble);
	else
		share_key(g);
}

/* A write besides: a Redis that takes none says so here, not to a citizen. */
static void
share_key(struct greeting *g)
{
	struct digest_key fresh;
	char name[128], hex[KEY_HEX + 1];
	const char *set[] = { "SET", name, hex, "NX" };

	snprintf(name, sizeof(name), "%srequest-key", g->settings->prefix);
	digest_random(&fresh, sizeof(fresh));
	text_to_hex(&fresh, sizeof(fresh), hex);
	redis_ask_inside(g->redis, key_shared, g, 4, set, NULL);
}

static void
key_shared(void *arg, enum redis_result result, const struct reply *reply)
{
	struct greeting *g = arg;

	if (agreed(g, result, reply, "SET"))
		read_key(g);
}

static void
read_key(struct greeting *g)
{
	char name[128];
	const char *get[] = { "GET", name };

	snprintf(name, sizeof(name), "%srequest-key", g->settings->prefix);
	redis_ask_inside(g->redis, key_read, g, 2, get, NULL);
}

static void
key_read(void *arg, enum redis_result result, const struct reply *reply)
{
	struct greeting *g = arg;
	struct digest_key key;
	const char *hex;
	size_t len;

	if (!agreed(g, result, reply, "GET"))
		return;
	hex = reply_text(reply, &len);
	if (len != KEY_HEX || text_from_hex(hex, len, &key) == -1) {
		connection_greeted(
		    g->redis, "request-key is not 32 hex digits");
		return;
	}
	if (g->has_key && memcmp(&key, &g->request_key, sizeof(key)) != 0)
		log_line(LOG_LEVEL_ERROR, "redis",
		    "this is not the data that was here before");
	g->request_key = key;
	g->has_key = true;
	load_scripts(g);
}

static void
load_scripts(struct greeting *g)
{
	int i;

	g->scripts_known = 0;
	for (i = 0; i < SCRIPT_COUNT; i++) {
		const char *load[] = { "SCRIPT", "LOAD", scripts[i].source };

		redis_ask_inside(g->redis, script_loaded, g, 3, load, NULL);
	}
}

/* Answers come in order, so this one is the next script's. */
static void
script_loaded(void *arg, enum redis_result result, const struct reply *reply)
{
	struct greeting *g = arg;
	const char *hash;
	size_t len;

	if (!agreed(g, result, reply, "SCRIPT LOAD"))
		return;
	hash = reply_text(reply, &len);
	if (len != SCRIPT_HASH) {
		connection_greeted(g->redis, "SCRIPT LOAD gave no hash");
		return;
	}
	memcpy(g->hashes[g->scripts_known++], hash, len);
	if (g->scripts_known < SCRIPT_COUNT)
		return;
	if (g->reloading)
		g->reloading = false;
	else
		connection_greeted(g->redis, NULL);
}

/* What is asked after this comes after it in Redis too, so nobody waits. */
void
greeting_reload(struct greeting *g)
{
	if (g->reloading)
		return;
	log_line(LOG_LEVEL_WARNING, "redis", "scripts were forgotten");
	g->reloading = true;
	load_scripts(g);
}

static bool
agreed(struct greeting *g, enum redis_result result, const struct reply *reply,
    const char *question)
{
	const char *error = reply_text(reply, NULL);
	char trouble[256];

	if (result == REDIS_OK)
		return true;
	snprintf(trouble, sizeof(trouble), "%s: %.*s", question,
	    refusal_shown(error), error);
	connection_greeted(g->redis, trouble);
	return false;
}
