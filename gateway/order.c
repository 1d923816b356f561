/*
 * Orders are read by hand: words between spaces, nothing quoted.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "gateway/order.h"
#include "gateway/report.h"

static const char *take_words(struct order *o, const char *line);
static bool is_clean(const char *line, size_t len);
static const char *take_file(struct order *o, char *word);

struct order *
order_read(const char *line, size_t len, const char **why)
{
	struct arena *a = arena_new();
	struct order *o = arena_alloc(a, sizeof(*o));

	o->arena = a;
	o->report = report_new(a);
	o->words = arena_array(a, len / 2 + 2, sizeof(*o->words));
	o->files = arena_array(a, ORDER_FILES_MOST, sizeof(*o->files));
	*why = is_clean(line, len)
	    ? take_words(o, line)
	    : "a line is UTF-8 without control characters";
	if (*why == NULL && o->word_count == 0)
		*why = "there is no word in this line";
	if (*why == NULL)
		return o;
	arena_free(a);
	return NULL;
}

static bool
is_clean(const char *line, size_t len)
{
	const char *end = line + len;
	uint32_t c;

	while (line < end) {
		line += text_next(line, (size_t)(end - line), &c);
		if (c == TEXT_BAD || text_is_control(c))
			return false;
	}
	return true;
}

static const char *
take_words(struct order *o, const char *line)
{
	const char *why = NULL;
	char *word;
	size_t len;

	for (line += strspn(line, " "); *line != '\0' && why == NULL;
	     line += len + strspn(line + len, " ")) {
		len = strcspn(line, " ");
		word = arena_copy(o->arena, line, len);
		if (o->word_count == 0 && !o->json && strcmp(word, "json") == 0)
			o->json = true;
		else if (word[len - 1] == '}' && strchr(word, '{') != NULL)
			why = take_file(o, word);
		else
			o->words[o->word_count++] = word;
	}
	return why;
}

/* "maji.cfg{5120}" */
static const char *
take_file(struct order *o, char *word)
{
	struct order_file *file = &o->files[o->file_count];
	char *brace = strrchr(word, '{'), *rest;
	unsigned long long len = strtoull(brace + 1, &rest, 10);

	if (brace == word || rest == brace + 1 || strcmp(rest, "}") != 0 ||
	    brace[1] < '0' || brace[1] > '9')
		return "a file is said as NAME{OCTETS}";
	if (o->file_count == ORDER_FILES_MOST)
		return "there are too many files in one order";
	if (len > ORDER_OCTETS_MOST || o->octets + len > ORDER_OCTETS_MOST)
		return "the files of one order are larger than 4 MB";
	*brace = '\0';
	file->name = word;
	file->len = (size_t)len;
	file->text = "";
	o->file_count++;
	o->octets += (size_t)len;
	return NULL;
}

void
order_fill(struct order *o, const char *text)
{
	size_t i;

	for (i = 0; i < o->file_count; i++) {
		o->files[i].text = arena_copy(o->arena, text, o->files[i].len);
		text += o->files[i].len;
	}
}

void
order_free(struct order *o)
{
	arena_free(o->arena);
}

const char *
order_argument(const struct order *o, size_t i)
{
	return i < o->argument_count ? o->arguments[i] : NULL;
}

const char *
order_option(const struct order *o, const char *name)
{
	size_t i;

	for (i = 0; o->options[i] != NULL; i += 2)
		if (strcmp(o->options[i], name) == 0)
			return o->options[i + 1];
	return NULL;
}
