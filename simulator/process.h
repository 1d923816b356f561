/*
 * A child process of the operator in a box: a private redis-server, or a
 * gateway as `mlango run` would start it.
 */
#ifndef SIMULATOR_PROCESS_H
#define SIMULATOR_PROCESS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/check.h"

struct process;

/*
 * ARGV ends with NULL; ENVIRONMENT (NAME=VALUE, ended by NULL) is added to
 * ours, NULL: nothing. What it prints goes to LOG. It dies with us. NULL and
 * errno when it cannot be started.
 */
struct process *process_start(const char *const *argv,
    const char *const *environment, const char *log);

/* Another command of this program, on our own terminal: Ctrl-C is for both. */
struct process *process_lend(const char *const *argv);

bool process_runs(struct process *p);
/* As SIGSTOP does. */
bool process_is_stopped(const struct process *p);
void process_signal(struct process *p, int number);

/* Its exit status, or 128 + the signal; waits TIMEOUT_MS at most, then kills
 * it. Frees P. */
int process_end(struct process *p, int number, int timeout_ms);

/* Microseconds of processor time it has used, user and system. */
int64_t process_cpu_us(const struct process *p);

#endif
