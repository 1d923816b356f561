/*
 * The scripts that run inside Redis, from storage/lua. Each opens with a
 * comment that tells what it takes and what it answers.
 */
#ifndef STORAGE_SCRIPTS_H
#define STORAGE_SCRIPTS_H

enum script_name {
	SCRIPT_TURN,
	SCRIPT_COMMIT,
	SCRIPT_AGAIN,
	SCRIPT_SENT,
	SCRIPT_RECEIPT,
	SCRIPT_SWEEP,
	SCRIPT_KEEP,
	SCRIPT_LEASE,
	SCRIPT_TELL,
	SCRIPT_ERASE,
	SCRIPT_LIFE,
	SCRIPT_STANDING,
	SCRIPT_PUBLISH,
	SCRIPT_COUNT,
};

struct script {
	const char *name;
	const char *source;
};

extern const struct script scripts[SCRIPT_COUNT];

#endif
