/*
 * The ceremony of publishing: submitted by one, tried, approved by another,
 * and taken back in one step. What follows an order stands here.
 */
#ifndef GATEWAY_CEREMONY_H
#define GATEWAY_CEREMONY_H

#include "gateway/verbs.h"

struct ceremony;
struct gateway;

struct ceremony *ceremony_new(void);
/* Acts under way are done or not; nobody hears of them. */
void ceremony_free(struct ceremony *c);

/* Verbs. */
enum verb_next ceremony_submit(struct gateway *g, struct order *o);
enum verb_next ceremony_diff(struct gateway *g, struct order *o);
enum verb_next ceremony_trial(struct gateway *g, struct order *o);
enum verb_next ceremony_approve(struct gateway *g, struct order *o);
enum verb_next ceremony_reject(struct gateway *g, struct order *o);
enum verb_next ceremony_rollback(struct gateway *g, struct order *o);
enum verb_next ceremony_withdraw(struct gateway *g, struct order *o);

#endif
