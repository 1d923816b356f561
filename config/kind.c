/*
 * A file's kind is told by the first of these words that it has, as a setting
 * of its own or, where it cannot be parsed, anywhere at the front of a line.
 */
#include <string.h>

#include "config/kind.h"
#include "config/schema.h"

static const struct {
	const char *word;
	enum kind kind;
} words[] = {
	{ "links", KIND_GATEWAY },
	{ "redis", KIND_GATEWAY },
	{ "dialects", KIND_DIALECTS }, /* a list; in a gateway file, a path */
	{ "langs", KIND_MENUS },
	{ "codes", KIND_MENUS },
	{ "root", KIND_MENUS },
};

static enum kind kind_of_settings(const config_t *cfg);
static enum kind kind_of_text(const char *text);
static bool begins_a_line(const char *text, const char *word);

enum kind
kind_of(const char *path)
{
	struct arena *arena = arena_new();
	struct findings unheard;
	enum kind kind = KIND_ABSENT;
	config_t cfg;
	char *text;
	size_t len;

	findings_init(&unheard, arena);
	switch (schema_read(&unheard, path, &cfg, &text, &len)) {
	case FILE_READ:
		kind = kind_of_settings(&cfg);
		break;
	case FILE_REFUSED:
		kind = kind_of_text(text);
		break;
	case FILE_ABSENT:
		break;
	}
	config_destroy(&cfg);
	arena_free(arena);
	return kind;
}

static enum kind
kind_of_settings(const config_t *cfg)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (config_lookup(cfg, words[i].word) != NULL)
			return words[i].kind;
	return KIND_INSTITUTION;
}

static enum kind
kind_of_text(const char *text)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (begins_a_line(text, words[i].word))
			return words[i].kind;
	return KIND_INSTITUTION;
}

static bool
begins_a_line(const char *text, const char *word)
{
	size_t len = strlen(word);
	const char *at;

	for (at = strstr(text, word); at != NULL; at = strstr(at + 1, word))
		if ((at == text || at[-1] == '\n') &&
		    strchr(" \t=:", at[len]) != NULL)
			return true;
	return false;
}
