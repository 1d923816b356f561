/*
 * A call being made to an institution.
 *
 * Its turn listens while the citizen waits. When the turn's budget is spent,
 * or the citizen hung up, the turn leaves; the call then goes on by itself
 * and its outcome runs the dialogue on, and what is said goes out by SMS.
 */
#ifndef GATEWAY_CALLING_H
#define GATEWAY_CALLING_H

#include "gateway/call.h"
#include "gateway/gateway.h"
#include "menus/step.h"

/* A node that has not said for so long that it lives is dead, and its calls
 * are another's. */
#define CALLING_ALIVE_MS 6000

struct calling;

struct callings *callings_new(struct gateway *g);
void callings_free(struct callings *all); /* and every call left open in it */

/* Is the call of this id being made here? */
bool callings_have(const struct callings *all, const char *id);

/* A call that was stored by another node's turn, and the session at it. */
struct calling *calling_new(struct gateway *g, const struct catalogue *c,
    const struct call *call, const struct session *session);

/* Exactly once, and never before calling_ask has returned; VALUES live
 * during the call. */
typedef void calling_heard(
    void *arg, enum outcome outcome, const char *const *values);

/* DEADLINE_MS from now: when nobody wants the answer any more. */
void calling_ask(struct calling *c, int64_t deadline_ms, calling_heard *heard,
    void *arg);

/* Nobody waits any more: it is not made, or its answer is not heard. The turn
 * knows what to tell, and the record stays open until that is stored. */
void calling_stop(struct calling *c);

/* The answer, when it comes, goes out by SMS. The calling is its own then. */
void calling_leave(struct calling *c);

/* The answer came to somebody who can no longer show it: by SMS. */
void calling_by_sms(struct calling *c, enum outcome outcome,
    const char *const *values);

/* Nobody wants the answer: the call's record is closed too. */
void calling_drop(struct calling *c);

/* The turn stored the outcome and closed the record by itself. */
void calling_free(struct calling *c);

/* May a call be made again, after nobody knows whether it was made? */
bool calling_may_repeat(const struct api *api, const struct state *state);

#endif
