/*
 * A crowd of citizens in an act: what they do and see, and what the operator
 * tells of them.
 */
#ifndef SIMULATOR_ACT_CROWD_H
#define SIMULATOR_ACT_CROWD_H

#include "simulator/act_parts.h"

cue_deed act_crowd_dials, act_crowd_answers, act_crowd_sees, act_crowd_sees_end,
    act_crowd_sees_either, act_crowd_gets, act_crowd_is_told, act_crowd_goes_on,
    act_crowd_waited;

void act_crowd_gets_screen(
    struct crowd *c, struct actor *who, const char *text, bool ended);
/* Its request came to nothing. */
void act_crowd_gets_nothing(
    struct crowd *c, struct actor *who, const char *why);
void act_crowd_gets_sms(struct crowd *c, struct actor *who, const char *text);

/* Frees what it saw last; C may be NULL. */
void act_crowd_leaves(struct crowd *c);

#endif
