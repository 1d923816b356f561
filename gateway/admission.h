/*
 * Who may begin: live sessions are never refused, new ones pass a bucket for
 * all and one for each institution. The bucket for all runs dry when the loop
 * lags or too many commands are in flight. Pure: the time is an argument.
 */
#ifndef GATEWAY_ADMISSION_H
#define GATEWAY_ADMISSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct admission;

/* Rates in new sessions a second; 0: no limit. */
struct admission *admission_new(int per_s, int institution_per_s);
void admission_free(struct admission *a);

/* How the gateway does: the last turn of the loop, and how full Redis's
 * window is, 0 to 1. */
void admission_load(struct admission *a, int lag_ms, double redis_full);

bool admission_begin(struct admission *a, int64_t now_ms);
bool admission_enter(
    struct admission *a, const char *institution, int64_t now_ms);

#endif
