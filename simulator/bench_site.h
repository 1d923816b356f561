/*
 * A gateway to be measured: a private redis-server, the operator in a box in
 * this process, and the gateway as a process of its own, bound to it.
 */
#ifndef SIMULATOR_BENCH_SITE_H
#define SIMULATOR_BENCH_SITE_H

#include <stdint.h>

#include "base/check.h"

struct bench_site;
struct event_base;
struct smsc;
struct smsc_events;

/* A sysexits code, and why on standard error; SITE is to be closed in every
 * case, also where it is only half there. WINDOW is the link's. */
MUST_USE int bench_site_open(struct bench_site **site, int window,
    const struct smsc_events *events);

/* -1 when the gateway did not end in order. */
MUST_USE int bench_site_close(struct bench_site *site);

struct event_base *bench_site_base(struct bench_site *site);
struct smsc *bench_site_smsc(struct bench_site *site);

/* Lets the loop run so long; -1 when the gateway has died meanwhile. */
MUST_USE int bench_site_pass(struct bench_site *site, int ms);

/* Processor time used so far, in microseconds. */
int64_t bench_site_gateway_us(const struct bench_site *site);
int64_t bench_site_redis_us(const struct bench_site *site);

#endif
