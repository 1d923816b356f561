/*
 * A redis-server of our own on a Unix socket, durable as the default
 * configuration of the gateway wants it: append-only, synced every second.
 */
#ifndef SIMULATOR_PRIVATE_REDIS_H
#define SIMULATOR_PRIVATE_REDIS_H

#include "base/arena.h"
#include "simulator/process.h"

struct private_redis;

/* In FOLDER, which it keeps its files in; NULL, and WHY told, when it cannot
 * be started. Waits until it answers. */
struct private_redis *private_redis_start(const char *folder, const char **why);

/* Dies as a process dies, and comes back with what it had written. */
void private_redis_kill(struct private_redis *r);
MUST_USE int private_redis_again(struct private_redis *r);

void private_redis_stop(struct private_redis *r);

/* The socket's path, and what one says of its settings. */
const char *private_redis_socket(const struct private_redis *r);
const char *private_redis_settings(void);
/* The answer to one COMMAND, living in A: a line, or the octets of a text; NULL
 * when there is none or it is an error. Waits for it. */
char *private_redis_ask(
    const struct private_redis *r, struct arena *a, const char *command);

struct process *private_redis_process(struct private_redis *r);

#endif
