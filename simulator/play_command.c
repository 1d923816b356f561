/*
 * mlango play: an author plays menus in the terminal, without a network.
 *
 * What is typed is what the citizen types. Where a service is asked, the
 * author says what it would answer, unless that was given before. What begins
 * with a colon is for us.
 */
#include <getopt.h>
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "gateway/command.h"
#include "gateway/menu_file.h"
#include "menus/catalogue.h"
#include "simulator/author.h"
#include "simulator/hints.h"
#include "simulator/play_command.h"
#include "simulator/play_question.h"

#define GIVEN_MOST 64

struct playing {
	struct arena *arena;
	const char *menus, *lang, *talk; /* or NULL */
	struct canned given[GIVEN_MOST];
	struct talk prepared;
	struct menu_file file;
	struct author author;
	struct sketch sketch;
	const char *dial; /* what :dial without a code begins with */
	size_t shown; /* of what was heard */
	bool ended;
};

static int read_options(int argc, char **argv, struct playing *p);
static bool read_given(struct playing *p, const char *argument);
static int open_file(struct playing *p, const char *path);
static int prepare(struct playing *p);
static void play(struct playing *p);
static void go_on(struct playing *p);
static void show_news(struct playing *p);
static void obey(struct playing *p, const char *typed);
static void answer(struct playing *p, const char *typed);
static void say(struct playing *p, const char *line);
static void on_dial(struct playing *p, const char *rest);
static void on_sms(struct playing *p, const char *rest);
static void on_wait(struct playing *p, const char *rest);
static void on_lang(struct playing *p, const char *rest);
static void on_undo(struct playing *p, const char *rest);
static void on_save(struct playing *p, const char *rest);
static void on_help(struct playing *p, const char *rest);
static void on_quit(struct playing *p, const char *rest);

static const struct {
	const char *name, *takes, *does;
	void (*obey)(struct playing *p, const char *rest);
} words[] = {
	{ "dial", "[CODE]", "begins anew, by dialling", on_dial },
	{ "sms", "TEXT", "begins anew, by an SMS", on_sms },
	{ "wait", "5m", "lets time pass", on_wait },
	{ "lang", "en", "begins anew, in that language", on_lang },
	{ "undo", "", "takes the last thing back", on_undo },
	{ "save", "NAME", "prints what was played as a talk for the file",
	    on_save },
	{ "help", "", "this", on_help },
	{ "quit", "", "is the end, and so is Ctrl-D", on_quit },
};

int
play_command(int argc, char **argv)
{
	struct arena *a = arena_new();
	struct playing *p = arena_alloc(a, sizeof(*p));
	int status;

	p->arena = a;
	p->author = (struct author){
		.in = stdin, .out = stdout, .terminal = isatty(STDIN_FILENO)
	};
	p->prepared.given = p->given;
	status = read_options(argc, argv, p);
	setlocale(LC_CTYPE, "");
	p->author.unicode = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	if (status == EX_OK)
		status = open_file(p, argv[optind]);
	if (status == EX_OK)
		play(p);
	menu_file_close(&p->file);
	free(p->author.line);
	arena_free(a);
	return status;
}

static int
read_options(int argc, char **argv, struct playing *p)
{
	static const struct option options[] = {
		{ "given", required_argument, NULL, 'g' },
		{ "lang", required_argument, NULL, 'l' },
		{ "menus", required_argument, NULL, 'm' },
		{ "talk", required_argument, NULL, 't' },
		{ NULL, 0, NULL, 0 },
	};
	bool good = true;
	int c;

	opterr = 0; /* the usage says it */
	while ((c = getopt_long(argc, argv, "l:m:", options, NULL)) != -1)
		switch (c) {
		case 'g':
			good = good && read_given(p, optarg);
			break;
		case 'l':
			p->lang = optarg;
			break;
		case 'm':
			p->menus = optarg;
			break;
		case 't':
			p->talk = optarg;
			break;
		default:
			good = false;
			break;
		}
	return good && optind + 1 == argc ? EX_OK : command_usage("play");
}

/* find=200 maktaba_find.json */
static bool
read_given(struct playing *p, const char *argument)
{
	size_t len = strcspn(argument, "=");
	struct canned *canned = &p->given[p->prepared.given_count];

	if (argument[len] == '\0' || p->prepared.given_count == GIVEN_MOST)
		return false;
	canned->api = arena_copy(p->arena, argument, len);
	p->prepared.given_count++;
	return talk_given(p->arena, argument + len + 1, canned);
}

static int
open_file(struct playing *p, const char *path)
{
	p->file = menu_file_read(path, p->menus);
	if (p->file.c == NULL)
		return p->file.status;
	if (p->lang != NULL && menu_file_lang(p->file.c, p->lang) == -1)
		return EX_USAGE;
	sketch_init(&p->sketch, p->arena, p->file.c,
	    p->file.alone != NULL ? p->file.alone : p->file.c->root);
	return prepare(p);
}

/* What is dialled, and the answers of a talk that stands in the file. */
static int
prepare(struct playing *p)
{
	const struct catalogue *c = p->file.c;
	const struct graph *g = p->sketch.g;
	size_t i;

	p->dial = p->file.alone != NULL
	    ? hints_dial(p->arena, c, p->file.alone->name)
	    : c->codes[0].code;
	for (i = 0; p->talk != NULL && i < g->talk_count; i++)
		if (strcmp(g->talks[i].name, p->talk) == 0) {
			p->prepared = g->talks[i];
			if (p->lang == NULL)
				p->lang = p->prepared.lang;
			return EX_OK;
		}
	if (p->talk == NULL)
		return EX_OK;
	fprintf(stderr, "mlango: there is no talk \"%s\" in it\n", p->talk);
	return EX_DATAERR;
}

/* ---- the dialogue */

static void
play(struct playing *p)
{
	const char *typed;

	if (p->prepared.text != NULL)
		on_sms(p, p->prepared.text);
	else
		on_dial(p, p->prepared.dial != NULL ? p->prepared.dial : "");
	while (!p->ended && (typed = author_types(&p->author, "> ")) != NULL)
		obey(p, typed);
}

/* Plays until the citizen is to say something. */
static void
go_on(struct playing *p)
{
	struct sketch *s = &p->sketch;
	const struct talk *prepared = &p->prepared;
	size_t answers = s->talk.given_count;

	for (;;) {
		enum sketch_result result = sketch_play(s);

		show_news(p);
		switch (result) {
		case SKETCH_SHOWN:
			return;
		case SKETCH_ASKS:
			p->ended = !play_question(&p->author, s, prepared);
			if (p->ended)
				return;
			break;
		case SKETCH_DIFFERS:
			fprintf(p->author.out, "%s\n", s->why);
			if (s->talk.given_count == answers) {
				sketch_undo(s);
				return;
			}
			sketch_unanswer(s);
			prepared = NULL;
			break;
		}
	}
}

static void
show_news(struct playing *p)
{
	const struct sketch *s = &p->sketch;

	for (; p->shown < s->heard_count; p->shown++) {
		const struct sketch_heard *h = &s->heard[p->shown];

		if (h->kind == '@' ||
		    (s->talk.text != NULL && strchr("<$", h->kind) != NULL))
			author_sees_sms(&p->author, h->text);
		else if (h->kind == '<' || h->kind == '$')
			author_sees_screen(&p->author, &p->file.c->limits,
			    h->text, h->kind == '$');
	}
}

/* ---- what is typed */

static void
obey(struct playing *p, const char *typed)
{
	size_t i, len = strcspn(typed, " ");

	if (typed[0] != ':') {
		answer(p, typed);
		return;
	}
	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (strlen(words[i].name) == len - 1 &&
		    strncmp(words[i].name, typed + 1, len - 1) == 0) {
			words[i].obey(
			    p, typed + len + strspn(typed + len, " "));
			return;
		}
	fprintf(p->author.out, "not understood; :help lists what is\n");
}

/* By SMS one may always send something, and dial. */
static void
answer(struct playing *p, const char *typed)
{
	const struct sketch *s = &p->sketch;

	if (sketch_is_over(s) && typed[0] != '*' && s->talk.text == NULL)
		fprintf(
		    p->author.out, "the dialogue is over: :dial begins anew\n");
	else
		say(p, arena_printf(p->arena, ">%s", typed));
}

static void
say(struct playing *p, const char *line)
{
	if (sketch_say(&p->sketch, line))
		go_on(p);
	else
		fprintf(p->author.out,
		    "a talk has %d lines at most: :dial begins anew\n",
		    SKETCH_LINES);
}

static void
on_dial(struct playing *p, const char *rest)
{
	const char *code = *rest != '\0' ? rest : p->dial;

	fprintf(p->author.out, "dials %s\n", code);
	sketch_begin(&p->sketch, code, NULL, p->lang);
	p->shown = 0;
	go_on(p);
}

static void
on_sms(struct playing *p, const char *rest)
{
	fprintf(p->author.out, "texts %s\n", rest);
	sketch_begin(&p->sketch, NULL, rest, p->lang);
	p->shown = 0;
	go_on(p);
}

static void
on_wait(struct playing *p, const char *rest)
{
	const char *line = arena_printf(p->arena, "+%s", rest);
	int64_t ms;

	if (!talk_span(line, &ms))
		fprintf(p->author.out, "how long? 90s, 5m, 2h or 3d\n");
	else
		say(p, line);
}

static void
on_lang(struct playing *p, const char *rest)
{
	const struct catalogue *c = p->file.c;
	size_t i;

	for (i = 0; i < c->lang_count; i++)
		if (strcmp(c->langs[i], rest) == 0)
			break;
	if (i == c->lang_count) {
		fprintf(p->author.out, "no such language\n");
		return;
	}
	p->lang = c->langs[i];
	on_dial(p, "");
}

static void
on_undo(struct playing *p, const char *rest)
{
	const struct sketch *s = &p->sketch;

	(void)rest;
	if (!sketch_undo(&p->sketch)) {
		fprintf(p->author.out, "this is the beginning\n");
		return;
	}
	p->shown = SIZE_MAX;
	go_on(p);
	for (p->shown = s->heard_count; p->shown > 0; p->shown--)
		if (strchr("<$", s->heard[p->shown - 1].kind) != NULL)
			break;
	p->shown -= p->shown > 0;
	show_news(p);
}

static void
on_save(struct playing *p, const char *rest)
{
	sketch_print(&p->sketch, *rest != '\0' ? rest : "as it was played",
	    p->author.out);
}

static void
on_help(struct playing *p, const char *rest)
{
	size_t i;

	(void)rest;
	fprintf(p->author.out,
	    "What you type is what the citizen types. For us:\n");
	for (i = 0; i < ARRAY_SIZE(words); i++)
		fprintf(p->author.out, "  :%-5s%-8s%s\n", words[i].name,
		    words[i].takes, words[i].does);
}

static void
on_quit(struct playing *p, const char *rest)
{
	(void)rest;
	p->ended = true;
}
