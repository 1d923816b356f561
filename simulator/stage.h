/*
 * A stage: all that a dialogue needs, on this machine and for itself alone.
 *
 * A private redis-server, the operator in a box, the institutions' stub and
 * real gateways as child processes, in a folder of its own. Every port is one
 * that was free, so that several stages may stand at once.
 */
#ifndef SIMULATOR_STAGE_H
#define SIMULATOR_STAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "simulator/backend.h"
#include "simulator/private_redis.h"
#include "simulator/smsc.h"

struct stage;

/* Of every gateway's link. */
#define STAGE_SMS_NUMBER "15200"

struct stage_limit {
	const char *name; /* of the group `limits` in the menus file */
	const char *value;
};

struct stage_settings {
	const char *dialect; /* that the operator speaks */
	const char *menus; /* a menus file; NULL: the sample's */
	const struct stage_limit *limits; /* that are to be others */
	size_t limit_count;
	int answer_ms; /* how long a handset waits; 0: for ever */
	int answer_s; /* and how long the dialect says so; 0: as it says */
	uint32_t session_numbers; /* of the operator's, then they come round */
	const char *gateway; /* more lines of every gateway's file, or "" */
	const struct smsc_events *events;
	void *owner; /* of the events */
};

/* With Redis, the operator and the institutions, and no gateway yet. NULL,
 * and WHY told, living in A, when something cannot be had. */
struct stage *stage_open(
    struct arena *a, const struct stage_settings *settings, const char **why);

/* Ends every process and removes the folder. */
void stage_close(struct stage *s);

struct event_base *stage_base(const struct stage *s);
struct smsc *stage_smsc(const struct stage *s);
struct backend *stage_backend(const struct stage *s);
struct private_redis *stage_redis(const struct stage *s);
const char *stage_folder(const struct stage *s);

/* What a gateway will read when it is started next; -1 and WHY. */
MUST_USE int stage_change_menus(
    struct stage *s, const char *menus, const char **why);

/* ---- waiting */

enum stage_wait {
	STAGE_CAME,
	STAGE_LATE, /* it did not come in half a minute */
	STAGE_DEAD, /* a gateway died that should not have */
	STAGE_INTERRUPTED, /* INT or TERM: somebody wants us to end */
};

/* Runs everything until HOLDS does. */
typedef bool stage_condition(void *arg);
MUST_USE enum stage_wait stage_wait(
    struct stage *s, stage_condition *holds, void *arg);

/* The same without an end: until INT or TERM, or until a gateway dies. */
void stage_run(struct stage *s);

/* And until this command ends, which has our terminal and its Ctrl-C
 * meanwhile. */
void stage_lend(struct stage *s, const char *const *argv);

/* What STAGE_LATE and so on are to somebody who reads it. */
const char *stage_wait_says(enum stage_wait w);

/* ---- gateways, each known by a name such as "a" */

/* Starts it, or starts it again, and waits until it is bound and has its
 * Redis. ENVIRONMENT is one NAME=VALUE more, or NULL; MORTAL: it is to die. */
MUST_USE enum stage_wait stage_start(
    struct stage *s, const char *name, const char *environment, bool mortal);

/* As kill -9 does. */
void stage_kill(struct stage *s, const char *name);

/* As an operator does; STATUS is what it exited with. */
MUST_USE enum stage_wait stage_stop(
    struct stage *s, const char *name, int *status);

/* Every gateway has its Redis again, after redis came back. */
MUST_USE enum stage_wait stage_redis_again(struct stage *s);

struct process *stage_process(struct stage *s, const char *name);

/* The number of its bind at the operator; 0: it has none. */
int stage_bind(const struct stage *s, const char *name);

/* The file of its log, and the names of those that run, ended by NULL. */
const char *stage_log(const struct stage *s, const char *name);
const char *const *stage_running(struct stage *s, struct arena *a);

/* ---- what the store counted */

/* -1 while Redis does not answer. */
long stage_counted(struct stage *s, const char *what, const char *which);

#endif
