/*
 * Tells an act as a person would read it: who did what, and what stood on the
 * phone's small display then.
 */
#ifndef SIMULATOR_TELLER_H
#define SIMULATOR_TELLER_H

#include <stdio.h>

#include "simulator/act.h"

struct teller {
	FILE *out;
	bool unicode; /* the terminal has lines to draw with */
};

/* An audience that writes to T's file; T outlives it. */
struct act_audience teller_audience(struct teller *t);

#endif
