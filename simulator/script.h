/*
 * A talk, read: a dialogue as a menu author writes it.
 *
 *	A balance check takes two turns and leaves nothing behind.
 *
 *	dialect spec
 *	> 255700000001 dials "*150#"
 *	< "1 Balance\n2 Send money"
 *	> "1"
 *	< end "Your balance is 1,200/="
 *
 * Its first sentence is its name; then come settings, then what citizens do
 * (>), what they see (<) and what befalls the machines meanwhile (*). A line
 * that begins with # is a remark. Each kind of line is one row of a table.
 */
#ifndef SIMULATOR_SCRIPT_H
#define SIMULATOR_SCRIPT_H

#include <stdbool.h>

#include "config/findings.h"

#define CUE_ARGS 4

enum cue_side {
	CUE_SETTING,
	CUE_SAYS, /* > */
	CUE_SEES, /* < */
	CUE_STAGE, /* * */
};

/* What a line of this kind does when it is played; ARGS is what stood for each
 * {...}. Reading it does nothing. */
struct act;
typedef bool cue_deed(struct act *act, const char *const *args);

/*
 * A sentence that a line may be: words, and where something varies,
 * {text} in quotation marks, {number} or {word}.
 */
struct cue {
	enum cue_side side;
	const char *pattern;
	cue_deed *does;
};

struct script_line {
	int line;
	const char *written;
	const struct cue *cue;
	const char *args[CUE_ARGS];
};

struct script {
	const char *file;
	const char *name;
	const struct script_line *lines;
	size_t count;
};

/* CUES end with a row without a pattern. NULL when F got an error; what is
 * returned lives in A. */
const struct script *script_read(struct arena *a, const char *path,
    const struct cue *cues, struct findings *f);

#endif
