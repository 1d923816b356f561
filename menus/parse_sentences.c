/*
 * The gateway's own words, most of which have defaults.
 */
#include <string.h>

#include "menus/parse.h"

#define AT(field) offsetof(struct catalogue, field)
static const struct word {
	const char *name;
	size_t at;
	const char *hole; /* what must stand in it, or NULL */
	const char *sw, *en;
} words[] = {
	{ "back", AT(back.text), NULL, "Rudi", "Back" },
	{ "home", AT(home.text), NULL, "Mwanzo", "Home" },
	{ "more", AT(more.text), NULL, "Zaidi", "More" },
	{ "lang", AT(lang.text), NULL, "English", "Kiswahili" },
	{ "bad", AT(bad), NULL, "Chaguo si sahihi.", "Invalid choice." },
	{ "incomplete", AT(incomplete), NULL, "Ujumbe haujakamilika.",
	    "The message is not complete." },
	{ "example", AT(example), NULL, "Mfano:", "Example:" },
	{ "expired", AT(expired), NULL,
	    "Muda umekwisha. Tafadhali piga tena {code}.",
	    "The session has ended. Please dial {code} again." },
	{ "changed", AT(changed), NULL,
	    "Huduma imebadilishwa. Tafadhali piga tena {code}.",
	    "The service has changed. Please dial {code} again." },
	{ "sorry", AT(sorry), NULL,
	    "Samahani, huduma haipatikani kwa sasa. Jaribu tena baadaye.",
	    "Sorry, the service is not available now. Try again later." },
	{ "busy", AT(busy), NULL,
	    "Huduma ina watu wengi kwa sasa. Tafadhali jaribu tena baada ya "
	    "dakika chache.",
	    "The service is very busy now. Please try again in a few "
	    "minutes." },
	{ "unknown", AT(unknown), NULL,
	    "Neno halijulikani. Maneno yanayotumika: {words}",
	    "Unknown keyword. The keywords in use: {words}" },
	{ "absent", AT(absent), NULL, "Huduma hii haipatikani kwa sasa.",
	    "This service is not available now." },
	{ "was", AT(was), "title", "Ulikuwa: {title}", "You were at: {title}" },
	{ "go_on", AT(go_on), NULL, "Endelea", "Continue" },
	{ "anew", AT(anew), NULL, "Anza upya", "Start again" },
	{ "use", AT(use), "value", "Utatumia namba {value}?",
	    "Use {value} again?" },
	{ "keep", AT(keep), NULL, "Tuhifadhi namba hii kwa matumizi yajayo?",
	    "Shall we keep this for the next time?" },
	{ "forget_ask", AT(forget_ask), "word",
	    "Taarifa zote tulizo nazo kuhusu namba yako zitafutwa. "
	    "Kuthibitisha, jibu {word}.",
	    "All that we hold about your number will be erased. To confirm, "
	    "answer {word}." },
	{ "forgotten", AT(forgotten), NULL,
	    "Taarifa zote kuhusu namba yako zimefutwa.",
	    "All that we held about your number is erased." },
	{ "tell_values", AT(tell_values), "values", "Tumehifadhi: {values}.",
	    "We keep for you: {values}." },
	{ "tell_nothing", AT(tell_nothing), NULL,
	    "Hatujahifadhi taarifa zako.", "We keep no values of yours." },
	{ "tell_messages", AT(tell_messages), "count",
	    "Ujumbe wa siku 7 zilizopita: {count}.",
	    "Messages of the last 7 days: {count}." },
	{ "tell_erase", AT(tell_erase), "word", "Kufuta zote, tuma {word}.",
	    "To erase all, send {word}." },
	{ "yes", AT(yes), NULL, "Ndiyo", "Yes" },
	{ "no", AT(no), NULL, "Hapana", "No" },
	{ "yes_shared", AT(yes_shared), NULL,
	    "Ndiyo, pia kwa taasisi nyingine za serikali",
	    "Yes, also for other government institutions" },
};
#undef AT

static void check_words(struct parser *p, const config_setting_t *group);
static void read_word(struct parser *p, const config_setting_t *root,
    const struct word *word, struct catalogue *c);
static void check_hole(struct parser *p, const config_setting_t *group,
    const struct word *word, const struct words *w);
static struct words word_texts(
    struct parser *p, const config_setting_t *root, const struct word *word);
static const char *fallback(const struct word *word, const char *lang);

void
parse_sentences(
    struct parser *p, const config_setting_t *root, struct catalogue *c)
{
	const config_setting_t *group = parse_group(root, "words");
	size_t i;

	if (group != NULL)
		check_words(p, group);
	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (words[i].at != offsetof(struct catalogue, unknown))
			read_word(p, root, &words[i], c);
}

static void
check_words(struct parser *p, const config_setting_t *group)
{
	struct schema_key table[ARRAY_SIZE(words) + 1] = { { .name = NULL } };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		table[i] = (struct schema_key){ .name = words[i].name,
			.type = SCHEMA_GROUP,
			.optional = true };
	parse_fill(p, group, table, NULL);
}

/* It lists the keywords of all institutions, and so comes after them. */
void
parse_unknown(
    struct parser *p, const config_setting_t *root, struct catalogue *c)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (words[i].at == offsetof(struct catalogue, unknown))
			read_word(p, root, &words[i], c);
}

static void
read_word(struct parser *p, const config_setting_t *root,
    const struct word *word, struct catalogue *c)
{
	struct words *w = (struct words *)((char *)c + word->at);

	p->hole = word->hole;
	*w = word_texts(p, root, word);
	p->hole = NULL;
	if (word->hole != NULL)
		check_hole(p, parse_group(root, "words"), word, w);
}

static void
check_hole(struct parser *p, const config_setting_t *group,
    const struct word *word, const struct words *w)
{
	const struct catalogue *c = p->catalogue;
	size_t i, j;

	for (i = 0; i < c->lang_count; i++) {
		const struct template *t = &w->in[i];

		for (j = 0; j < t->count; j++)
			if (t->pieces[j].literal == NULL &&
			    t->pieces[j].var == WORDS_HOLE)
				break;
		if (t->count > 0 && j == t->count)
			parse_wrong(p, CHECK_VARIABLES,
			    parse_place(group, word->name),
			    "words.%s lacks {%s} in '%s'", word->name,
			    word->hole, c->langs[i]);
	}
}

static struct words
word_texts(
    struct parser *p, const config_setting_t *root, const struct word *word)
{
	const config_setting_t *group = parse_group(root, "words");
	const struct catalogue *c = p->catalogue;
	struct words w = { .line = 0 };
	const char *text;
	size_t i;

	if (group != NULL &&
	    config_setting_get_member(group, word->name) != NULL)
		return parse_words(p, group, word->name);
	for (i = 0; i < c->lang_count; i++) {
		text = fallback(word, c->langs[i]);
		if (text != NULL)
			w.in[i] = parse_template(p, root, text);
		else
			parse_wrong(p, CHECK_LANGUAGES,
			    group != NULL ? group : root,
			    "words.%s has no text in '%s' of its own: it must "
			    "be written here",
			    word->name, c->langs[i]);
	}
	return w;
}

static const char *
fallback(const struct word *word, const char *lang)
{
	if (strcmp(lang, "sw") == 0)
		return word->sw;
	return strcmp(lang, "en") == 0 ? word->en : NULL;
}
