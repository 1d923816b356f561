/*
 * The scan walks a file as libconfig's own lexer does: comments, texts in
 * quotes, and between them words and brackets. It decodes nothing; it only
 * knows where it is, so that a backslash inside a comment stays free and an
 * '@' inside a text is no @include.
 */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "config/scan.h"

#define DEPTH_MAX 64
#define WORD_MAX  64

struct bracket {
	char opens;
	int line;
};

struct scan {
	struct findings *f;
	const char *file;
	const char *at, *end;
	int line;
	char last; /* the last sign that was no space or comment */
	struct bracket open[DEPTH_MAX];
	size_t depth;
	bool lost; /* brackets do not match: they say no more */
	bool sound;
};

static void scan_next(struct scan *s);
static void scan_slash(struct scan *s);
static void scan_line_comment(struct scan *s);
static void scan_block_comment(struct scan *s);
static void scan_quoted(struct scan *s);
static void scan_escape(struct scan *s);
static void scan_hex_escape(struct scan *s);
static void scan_open(struct scan *s);
static void scan_close(struct scan *s);
static void scan_include(struct scan *s);
static void scan_word(struct scan *s);
static bool wraps(const char *word);
static const char *digits_end(const char *word);
static char closer(char opens);
static bool is_word(char c);
static char peek(const struct scan *s, size_t ahead);
static void say(struct scan *s, int line, const char *format, ...)
    PRINTF_LIKE(3, 4);

bool
scan_text(struct findings *f, const char *file, const char *text, size_t len)
{
	struct scan s = { .f = f,
		.file = file,
		.at = text,
		.end = text + len,
		.line = 1,
		.sound = true };

	while (s.at < s.end)
		scan_next(&s);
	if (s.depth > 0 && !s.lost) {
		const struct bracket *b = &s.open[s.depth - 1];

		say(&s, b->line, "this '%c' is never closed; a '%c' is missing",
		    b->opens, closer(b->opens));
		s.sound = false;
	}
	return s.sound;
}

static void
scan_next(struct scan *s)
{
	char c = *s->at;

	if (isspace((unsigned char)c)) {
		s->line += c == '\n';
		s->at++;
	} else if (c == '#') {
		scan_line_comment(s);
	} else if (c == '/') {
		scan_slash(s);
	} else if (c == '"') {
		scan_quoted(s);
	} else if (strchr("([{", c) != NULL) {
		scan_open(s);
	} else if (strchr(")]}", c) != NULL) {
		scan_close(s);
	} else if (c == '@') {
		scan_include(s);
	} else if (is_word(c)) {
		scan_word(s);
	} else {
		s->last = c;
		s->at++;
	}
}

static void
scan_slash(struct scan *s)
{
	if (peek(s, 1) == '/') {
		scan_line_comment(s);
	} else if (peek(s, 1) == '*') {
		scan_block_comment(s);
	} else {
		s->last = '/';
		s->at++;
	}
}

static void
scan_line_comment(struct scan *s)
{
	while (s->at < s->end && *s->at != '\n')
		s->at++;
}

static void
scan_block_comment(struct scan *s)
{
	int began = s->line;

	for (s->at += 2; s->at < s->end; s->at++) {
		if (*s->at == '*' && peek(s, 1) == '/') {
			s->at += 2;
			return;
		}
		s->line += *s->at == '\n';
	}
	say(s, began, "this comment never ends; a '*/' is missing");
	s->lost = true;
	s->sound = false;
}

static void
scan_quoted(struct scan *s)
{
	int began = s->line;

	s->at++;
	while (s->at < s->end && *s->at != '"') {
		if (*s->at == '\\') {
			scan_escape(s);
		} else {
			s->line += *s->at == '\n';
			s->at++;
		}
	}
	if (s->at < s->end) {
		s->at++;
		s->last = '"';
		return;
	}
	say(s, began, "this text never ends; a '\"' is missing");
	s->lost = true;
	s->sound = false;
}

/* libconfig also takes \r and \f, which no screen has a use for. */
static void
scan_escape(struct scan *s)
{
	char c = peek(s, 1);

	s->at++;
	if (c == 'x' || c == 'X') {
		scan_hex_escape(s);
	} else if (c != '\0' && strchr("nt\\\"", c) != NULL) {
		s->at++;
	} else if (isgraph((unsigned char)c)) {
		say(s, s->line,
		    "a text cannot have \\%c; write \\\\ for a "
		    "backslash (\\n, \\t, \\\" and \\xHH are the others)",
		    c);
	} else {
		say(s, s->line,
		    "this backslash stands for nothing; write "
		    "\\\\ for a backslash");
	}
}

static void
scan_hex_escape(struct scan *s)
{
	char high = peek(s, 1), low = peek(s, 2);

	if (!isxdigit((unsigned char)high) || !isxdigit((unsigned char)low))
		say(s, s->line, "\\x needs two hex digits after it");
	else if (high == '0' && low == '0')
		say(s, s->line, "\\x00 would end the text here");
	s->at++;
}

static void
scan_open(struct scan *s)
{
	if (s->depth == DEPTH_MAX) {
		if (!s->lost)
			say(s, s->line, "brackets are nested deeper than %d",
			    DEPTH_MAX);
		s->lost = true;
		s->sound = false;
	} else {
		s->open[s->depth++] = (struct bracket){ *s->at, s->line };
	}
	s->last = *s->at++;
}

static void
scan_close(struct scan *s)
{
	char c = *s->at++, before = s->last;
	const struct bracket *b;

	s->last = c;
	if (s->lost)
		return;
	if (before == ',' && c != '}') {
		say(s, s->line, "the comma before '%c' is one too many", c);
		s->sound = false;
	}
	b = s->depth > 0 ? &s->open[s->depth - 1] : NULL;
	if (b != NULL && closer(b->opens) == c) {
		s->depth--;
		return;
	}
	if (b == NULL)
		say(s, s->line, "this '%c' closes nothing", c);
	else
		say(s, s->line,
		    "this '%c' stands where the '%c' of line %d "
		    "still waits for its '%c'",
		    c, b->opens, b->line, closer(b->opens));
	s->lost = true;
	s->sound = false;
}

static void
scan_include(struct scan *s)
{
	bool include =
	    (size_t)(s->end - s->at) >= 8 && memcmp(s->at, "@include", 8) == 0;

	if (include)
		say(s, s->line,
		    "@include is not allowed: a file is read, "
		    "checked and published alone");
	else
		say(s, s->line, "'@' means nothing outside a text");
	s->sound = false;
	s->at++;
}

static void
scan_word(struct scan *s)
{
	const char *began = s->at;
	char word[WORD_MAX] = "";
	size_t len;

	while (s->at < s->end && is_word(*s->at))
		s->at++;
	s->last = s->at[-1];
	len = (size_t)(s->at - began);
	if (len >= sizeof(word))
		len = sizeof(word) - 1;
	memcpy(word, began, len);
	if (wraps(word))
		say(s, s->line,
		    "the number %s is too large and would be "
		    "read as another one",
		    word);
}

/* Digits that libconfig would cut to 32 bits, or to 64 with an L. */
static bool
wraps(const char *word)
{
	bool hex = word[0] == '0' && (word[1] == 'x' || word[1] == 'X');
	const char *rest = digits_end(word);
	unsigned long long most;
	bool wide;

	if (rest == NULL)
		return false;
	wide = strcmp(rest, "L") == 0 || strcmp(rest, "LL") == 0;
	if (*rest != '\0' && !wide)
		return false;
	most = wide ? LLONG_MAX : INT_MAX;
	if (word[0] == '-')
		most++;
	errno = 0;
	word += word[0] == '-' || word[0] == '+';
	return strtoull(word, NULL, hex ? 16 : 10) > most || errno == ERANGE;
}

/* Where the digits of a number end; NULL when WORD is no number. */
static const char *
digits_end(const char *word)
{
	size_t len;

	if (word[0] == '0' && (word[1] == 'x' || word[1] == 'X')) {
		word += 2;
		len = strspn(word, "0123456789abcdefABCDEF");
	} else {
		word += *word == '-' || *word == '+';
		len = strspn(word, "0123456789");
	}
	return len > 0 ? word + len : NULL;
}

static char
closer(char opens)
{
	return opens == '(' ? ')' : opens == '[' ? ']' : '}';
}

static bool
is_word(char c)
{
	return isalnum((unsigned char)c) ||
	    (c != '\0' && strchr("_*.+-", c) != NULL);
}

static char
peek(const struct scan *s, size_t ahead)
{
	return ahead < (size_t)(s->end - s->at) ? s->at[ahead] : '\0';
}

static void
say(struct scan *s, int line, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	findings_addv(
	    s->f, FINDING_ERROR, 0, s->file, line, NULL, format, args);
	va_end(args);
}
