/*
 * The menu parser, inside: what its files share while one file is read.
 *
 * Everything that can be named is named before anything is read that names
 * it, so that a target, a variable or a service becomes its number at once. A
 * file is read to its end whatever is wrong with it; a graph with errors is
 * thrown away by its caller, so a reader may leave holes after a finding.
 *
 * With config/, these files alone know libconfig.
 */
#ifndef MENUS_PARSE_H
#define MENUS_PARSE_H

#include "config/schema.h"
#include "menus/check.h"
#include "menus/graph.h"
#include "menus/names.h"

/* In a row of a table. */
#define RANGE(from, to) .least = (from), .most = (to)

#define TEXT_MAX  4000 /* octets of one text of a menu */
#define ROOTS_MAX 20 /* short codes */

struct parser {
	struct arena *arena; /* the graph's */
	struct findings *findings;
	const struct catalogue *catalogue; /* languages, limits, navigation */
	const char *institution; /* whose file it is */
	const char *state; /* being read: stands in findings */

	struct names var_names, api_names, app_names, state_names;
	struct variable *vars;
	struct api *apis;
	struct app *apps;
	struct state *states;
	size_t state_count;

	struct names dialogue_names;
	struct dialogue *dialogues;
	const struct dialogue *inside; /* whose states are read; NULL: none */
	struct use *uses; /* one for each state */

	const struct defaults *defaults; /* of the states that are read */
	struct lowered lowered; /* of the institution */

	const char *base; /* what a url that begins with / stands behind */
	const char *known_words; /* put in for {words}; NULL: not here */
	const char *hole; /* what a sentence calls its hole; NULL: it has none */
};

void parser_init(struct parser *p, struct arena *a, struct findings *f,
    const struct catalogue *c);

/* ---- findings: parse.c */

void parse_wrong(struct parser *p, enum check check,
    const config_setting_t *where, const char *format, ...) PRINTF_LIKE(4, 5);
void parse_doubt(struct parser *p, enum check check,
    const config_setting_t *where, const char *format, ...) PRINTF_LIKE(4, 5);

/* ---- settings: parse.c */

/* schema_fill for check 1, with the state's name in what it finds. */
bool parse_fill(struct parser *p, const config_setting_t *group,
    const struct schema_key *table, void *into);

/* TABLE, followed by an optional text for every language of the catalogue;
 * AT is where a struct keeps const char *[LANGS_MAX]. */
const struct schema_key *parse_with_langs(
    struct parser *p, const struct schema_key *table, size_t at);

/* A member, or GROUP itself where there is none: the place of a finding. */
const config_setting_t *parse_place(
    const config_setting_t *group, const char *name);

/* A member of that shape, or NULL, which was found already. */
const config_setting_t *parse_group(
    const config_setting_t *group, const char *name);
const config_setting_t *parse_list(
    const config_setting_t *group, const char *name);

size_t parse_count(const config_setting_t *s); /* NULL: 0 */
const config_setting_t *parse_element(const config_setting_t *s, size_t i);
int parse_line(const config_setting_t *s);

/* The names of a group's members, which are so many at MOST; the rest is a
 * finding and is not read. */
void parse_names(struct parser *p, const config_setting_t *group, size_t most,
    struct names *names);

/* ---- names: parse.c */

/* NOWHERE, and a finding, when there is no such thing. NAME may be NULL when
 * that was found already. */
uint16_t parse_variable_name(
    struct parser *p, const config_setting_t *where, const char *name);
uint16_t parse_own_variable(
    struct parser *p, const config_setting_t *where, const char *name);
const struct variable *parse_variable(const struct parser *p, uint16_t var);
struct target parse_own_target(struct parser *p, const config_setting_t *group,
    const char *member, const char *name);

/* Or another institution's door: whether there is such a one, the check
 * between institutions tells. */
struct target parse_target(struct parser *p, const config_setting_t *group,
    const char *member, const char *name);

/* "necta", "necta.results"; false when NAME is no such thing. */
bool parse_door(struct arena *a, const config_setting_t *where,
    const char *name, struct target *out);

/* ---- texts: parse_words.c */

struct template parse_template(
    struct parser *p, const config_setting_t *where, const char *text);

/* The member NAME of GROUP as a text in every language; what is missing or
 * no group was found by the table already, but for its languages. */
struct words parse_words(
    struct parser *p, const config_setting_t *group, const char *name);

/* The catalogue's own, but for parse_unknown's: parse_sentences.c. */
void parse_sentences(
    struct parser *p, const config_setting_t *root, struct catalogue *c);

/* The same from texts that a table has filled. */
struct words parse_texts(struct parser *p, const config_setting_t *where,
    const char *const texts[LANGS_MAX]);

/* ---- the parts of a file */

struct condition parse_condition(
    struct parser *p, const config_setting_t *where, const char *text);
void parse_vars(struct parser *p, const config_setting_t *vars);
void parse_apis(struct parser *p, const config_setting_t *apis);
void parse_apps(struct parser *p, const config_setting_t *apps);
void parse_base(
    struct parser *p, const config_setting_t *where, const char *base);

/* What they give, before the states of the file; theirs, behind them. */
void parse_promises(struct parser *p, const config_setting_t *dialogues);
void parse_dialogues(struct parser *p, const config_setting_t *dialogues);

struct defaults parse_defaults(
    struct parser *p, const config_setting_t *defaults);
void parse_states(struct parser *p, const config_setting_t *states,
    const config_setting_t *defaults);

/* Those of a state of KINDS, a bit for each kind; or all there are. */
#define LIMITS_ALL (~0u)
void parse_limits(struct parser *p, const config_setting_t *group,
    unsigned kinds, struct lowered *out);
/* A url as the institution's file writes it; no pieces when it is unsound. */
struct template parse_url(
    struct parser *p, const config_setting_t *where, const char *url);
void parse_doors(
    struct parser *p, const config_setting_t *doors, struct graph *g);
void parse_keywords(
    struct parser *p, const config_setting_t *list, struct graph *g);
void parse_talks(
    struct parser *p, const config_setting_t *talks, struct graph *g);

/* What a variable reads of another institution's, and what the menus file says
 * of profiles: parse_profile.c. */
/* The gateway's own words; GROUP may be NULL. */
void parse_reserved(
    struct parser *p, const config_setting_t *group, struct catalogue *c);
void parse_reads(struct parser *p, const config_setting_t *s,
    const char *reads, struct variable *out);

/* ---- the kinds of a state */

/* What a table has filled of a state: all kinds' plain fields. */
struct raw_state {
	const char *next, *fail, *call, *app;
	const char *outcomes[OUTCOME_COUNT];
	bool once, later, resume;
};
void parse_ask(struct parser *p, const config_setting_t *s,
    const struct raw_state *raw, struct state *out);
void parse_list_state(struct parser *p, const config_setting_t *s,
    const struct raw_state *raw, struct state *out);
void parse_call(struct parser *p, const config_setting_t *s,
    const struct raw_state *raw, struct state *out);
void parse_app_state(struct parser *p, const config_setting_t *s,
    const struct raw_state *raw, struct state *out);
void parse_plan(struct parser *p, const config_setting_t *s, struct state *out);
void parse_borrowed(struct parser *p, const config_setting_t *s,
    const char *name, struct state *out);
void parse_route(struct parser *p, const config_setting_t *s,
    const struct raw_state *raw, struct state *out);
bool parse_is_kind(const char *word);
void parse_sub(struct parser *p, const config_setting_t *s,
    const struct raw_state *raw, struct state *out);

/* ---- the options of a menu: parse_options.c */

struct raw_option {
	const char *texts[LANGS_MAX];
	const char *key, *when, *next;
};

/* What an option has in common here and in the root menu: not its NEXT. */
void parse_option(struct parser *p, const config_setting_t *where,
    size_t position, const struct raw_option *raw, struct menu_option *out);
void parse_option_keys(
    struct parser *p, const config_setting_t *list, const struct state *s);
void parse_options(
    struct parser *p, const config_setting_t *list, struct state *s);

/* ---- whole files */

/*
 * An institution's file into its new graph, as far as it can be read. It is
 * good when no error was found meanwhile. Of C only the head is there.
 */
void parse_institution(struct graph *g, struct findings *f,
    const struct catalogue *c, const config_t *cfg);

/*
 * The menus file in two goes, with the institutions between them. The head:
 * languages, navigation, limits, words and the institutions' folder (NULL when
 * there is none). The root: short codes and the shared menu, whose targets are
 * the institutions, and the sentence that lists their keywords.
 */
void parse_head(struct arena *a, struct findings *f, struct catalogue *c,
    const config_t *cfg, const char **folder);
void parse_unknown(
    struct parser *p, const config_setting_t *root, struct catalogue *c);
void parse_root(struct graph *g, struct findings *f, struct catalogue *c,
    const config_t *cfg);

#endif
