/*
 * An error of Redis begins with a word in capitals. Before 7.0 an error met
 * inside a script is wrapped: "ERR Error running script (call to f_...):
 * @user_script:1: -OOM command not allowed ...".
 */
#include <string.h>

#include "base/check.h"
#include "storage/refusal.h"

static const struct row {
	const char *word;
	enum refusal refusal;
} rows[] = {
	{ "NOSCRIPT", REFUSAL_SCRIPT },
	{ "LOADING", REFUSAL_LASTS }, /* reads its data from disk */
	{ "READONLY", REFUSAL_LASTS }, /* has become a replica */
	{ "MASTERDOWN", REFUSAL_LASTS }, /* a replica without its master */
	{ "NOREPLICAS", REFUSAL_LASTS }, /* fewer than min-replicas-to-write */
	{ "MISCONF", REFUSAL_LASTS }, /* cannot write its disk */
	{ "OOM", REFUSAL_LASTS }, /* maxmemory reached */
	{ "BUSY", REFUSAL_LASTS }, /* somebody's script does not end */
	{ "NOAUTH", REFUSAL_LASTS }, /* wants a password from now on */
	{ "CLUSTERDOWN", REFUSAL_LASTS },
};

static int begins_with_word(const char *text, const char *word);

enum refusal
refusal_of(const char *error)
{
	const char *wrapped = strstr(error, ": -");
	size_t i;

	if (strncmp(error, "ERR Error running script", 24) == 0 &&
	    wrapped != NULL)
		error = wrapped + 3;
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (begins_with_word(error, rows[i].word))
			return rows[i].refusal;
	return REFUSAL_NONE;
}

/* "ERR unknown command 'AUTH', with args beginning with: ..." */
int
refusal_shown(const char *error)
{
	return (int)strcspn(error, ",");
}

static int
begins_with_word(const char *text, const char *word)
{
	size_t len = strlen(word);

	return strncmp(text, word, len) == 0 &&
	    (text[len] == ' ' || text[len] == '\0');
}
