/*
 * An act: a talk played on a stage of its own, through real SMPP, against the
 * real daemon and a real Redis.
 */
#ifndef SIMULATOR_ACT_H
#define SIMULATOR_ACT_H

#include "simulator/script.h"

/* Every sentence of a talk. */
extern const struct cue act_cues[];

/* What somebody in the audience gets to know. */
enum act_kind {
	ACT_DIALS, /* TEXT is the code */
	ACT_TYPES,
	ACT_TEXTS, /* an SMS to OTHER */
	ACT_HANGS_UP,
	ACT_WALKS_AWAY,
	ACT_SCREEN,
	ACT_LAST_SCREEN,
	ACT_SMS, /* from OTHER */
	ACT_REFUSAL, /* TEXT is the status */
	ACT_MACHINES, /* TEXT is a line of the talk about them */
};

struct act_audience {
	void (*happens)(void *owner, enum act_kind kind, const char *number,
	    const char *text, const char *other);
	void *owner;
};

enum act_result {
	ACT_PASSED,
	ACT_FAILED, /* F says where and why */
	ACT_INTERRUPTED, /* somebody wants us to end */
};

/* The dialects that a talk is to be played in, one after the other, ended by
 * NULL; "every" is all there are. NULL, and F told, when they cannot be
 * read. */
const char *const *act_dialects(
    struct arena *a, const struct script *script, struct findings *f);

/* AUDIENCE may be NULL. What the machines logged before a failure is printed
 * to standard output, each line behind "# ". */
enum act_result act_play(const struct script *script, const char *dialect,
    const struct act_audience *audience, struct findings *f);

#endif
