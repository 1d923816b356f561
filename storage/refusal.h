/*
 * What Redis says when it refuses to work.
 */
#ifndef STORAGE_REFUSAL_H
#define STORAGE_REFUSAL_H

enum refusal {
	REFUSAL_NONE,	/* an error of another kind: nobody knows what was done */
	REFUSAL_SCRIPT, /* it does not know the script: not done, load it */
	REFUSAL_LASTS,	/* not done, nor will anything else be for a while */
};

enum refusal refusal_of(const char *error);

/* How much of an error may be shown: what follows may be what we said, with
 * numbers and passwords in it. */
int refusal_shown(const char *error);

#endif
