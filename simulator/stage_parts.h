/*
 * A stage as its own files see it: stage.c builds it up, waits and clears it
 * away; stage_gateway.c has the gateways on it; stage_files.c the files.
 */
#ifndef SIMULATOR_STAGE_PARTS_H
#define SIMULATOR_STAGE_PARTS_H

#include "simulator/stage.h"
#include "simulator/stage_files.h"

#define STAGE_GATEWAYS 4
#define STAGE_SIGNALS  3
#define STAGE_END_MS   5000 /* before a process is killed that was told to end \
			     */

struct dialects;
struct event;

/* A gateway by its name, running or not. */
struct seat {
	const char *name, *file, *log;
	struct process *process;
	bool mortal;
	int redis_ups; /* how often its log said so when it was started */
};

struct stage {
	struct arena *arena;
	struct stage_settings settings;
	struct stage_place place;
	struct event_base *base;
	struct event *tick, *signals[STAGE_SIGNALS];
	bool interrupted;
	struct dialects *dialects;
	struct smsc *smsc;
	struct backend *backend;
	struct private_redis *redis;
	struct seat seats[STAGE_GATEWAYS];
	size_t seat_count;
};

/* A gateway that is to live does not. */
bool stage_somebody_died(struct stage *s);

#endif
