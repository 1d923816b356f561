/*
 * The proof of menus: what is good stays clean, what is doubtful is only
 * doubted, and one mistake is one finding. What is wrong has its files in
 * tests/broken/menus.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "menus/catalogue.h"

static const char menus[] =
    "langs = [ \"sw\", \"en\" ];\n"
    "codes = ( { code = \"*152*00#\"; root = \"root\"; } );\n"
    "root = { text = { sw = \"Huduma\"; en = \"Services\"; };\n"
    "  menu = ( { sw = \"Maji\"; en = \"Water\"; next = \"maji\"; } ); };\n";

/* What most files have; each adds its doors and states. */
#define MAJI(doors, states)                                                   \
	"maji: { title = { sw = \"Maji\"; en = \"Water\"; };"                 \
	"doors = { " doors " };"                                              \
	"vars = {"                                                            \
	"  acct = { type = \"text\"; max = 8; match = \"^[A-Z][0-9]{7}$\"; };"\
	"  amount = { type = \"money\"; max = 12; };"                         \
	"  pin = { type = \"pin\"; max = 4; min_length = 4; };"               \
	"  count = { type = \"number\"; max = 2; };"                          \
	"  rows = { type = \"rows\"; max = 5; cols = [ \"id\", \"label\" ];"  \
	"           width = 12; }; };"                                        \
	"apis = {"                                                            \
	"  bill = { get = \"http://127.0.0.1/{acct}\"; timeout = 9000;"       \
	"           take = { amount = \"$.due\"; }; };"                       \
	"  rows = { get = \"http://127.0.0.1/rows\"; timeout = 3000;"         \
	"           take = { rows = \"$.rows[*](id,label)\"; }; };"           \
	"  pay = { post = \"http://127.0.0.1/pay\"; timeout = 9000;"          \
	"          body = { pin = \"{pin}\"; }; }; };\n"                      \
	"states = {\n" states                                                 \
	"  bye = { end = { sw = \"Asante.\"; en = \"Thanks.\"; }; };\n"       \
	"}; };\n"

#define USSD "ussd = \"home\"; "
#define DENI \
	"sms = ( { word = \"DENI\"; args = [ \"acct\" ]; next = \"bill\"; } );"
#define ASK(name, into, next)                                                \
	name " = { text = { sw = \"Namba?\"; en = \"Number?\"; }; ask = {"   \
	"  into = \"" into "\"; tries = 3; fail = \"bye\";"                  \
	"  bad = { sw = \"Kosa.\"; en = \"Wrong.\"; }; };"                   \
	"  next = \"" next "\"; };\n"
#define CALL(name, api, how, ok)                                             \
	name " = { call = \"" api "\"; " how " ok = \"" ok "\";"             \
	"  missing = \"bye\"; fail = \"bye\"; slow = \"bye\"; };\n"
#define DUE(name) \
	name " = { end = { sw = \"Deni {amount}.\"; en = \"Due {amount}.\"; }; };\n"

/* What a file has before its states when it has a dialogue. */
#define DIALOGUE(gives, states)                                    \
	"maji: { title = { sw = \"Maji\"; en = \"Water\"; };"        \
	"doors = { ussd = \"home\"; };"                              \
	"vars = { n = { type = \"text\"; max = 8; }; };"             \
	"dialogues = { d = { start = \"a\"; gives = [ " gives " ];\n" \
	"  states = { " states " }; }; };\n"                         \
	"states = {\n"                                               \
	"  bye = { end = { sw = \"Asante.\"; en = \"Thanks.\"; }; };\n"

struct fixture {
	struct arena *arena;
	struct findings findings;
};

static void compile(struct fixture *f, const char *maji);
static bool is_found(
    const struct fixture *f, enum finding_grade grade, const char *says);

static int
setup(void **state)
{
	static struct fixture f;

	f.arena = arena_new();
	findings_init(&f.findings, f.arena);
	*state = &f;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	arena_free(f->arena);
	return 0;
}

static void
compile(struct fixture *f, const char *maji)
{
	struct source top = { "menus.cfg", menus, strlen(menus) };
	struct source one = { "maji.cfg", maji, strlen(maji) };

	findings_init(&f->findings, f->arena);
	catalogue_free(catalogue_compile(top, &one, 1, 0, 0, &f->findings));
}

static bool
is_found(const struct fixture *f, enum finding_grade grade, const char *says)
{
	size_t i;

	for (i = 0; i < f->findings.count; i++)
		if (f->findings.list[i].grade == grade &&
		    strstr(f->findings.list[i].says, says) != NULL)
			return true;
	return false;
}

static void
what_is_good_stays_clean(void **state)
{
	static const char *const good[] = {
		/* A keyword brings what the screen asks for. */
		MAJI(USSD DENI, ASK("home", "acct", "bill")
			CALL("bill", "bill", "later = true;", "due")
			DUE("due")),
		/* Only by SMS is there a value, and only there it is shown. */
		MAJI(USSD DENI,
		    "home = { route = ( { when = \"channel == 'ussd'\";"
		    "  next = \"bye\"; }, { next = \"told\"; } ); };\n"
		    CALL("bill", "bill", "later = true;", "home")
		    DUE("told")),
		/* Behind the question whether it is empty, it is not. */
		MAJI(USSD, "home = { route = ("
		    "  { when = \"empty amount\"; next = \"bye\"; },"
		    "  { when = \"amount > 5\"; next = \"due\"; },"
		    "  { next = \"due\"; } ); };\n" DUE("due")),
		/* A late answer ends by SMS, and only on a screen goes on. */
		MAJI(USSD, ASK("home", "acct", "bill")
		    CALL("bill", "bill", "later = true;", "by")
		    "by = { route = ( { when = \"channel == 'sms'\";"
		    "  next = \"due\"; }, { next = \"owes\"; } ); };\n"
		    DUE("due")
		    "owes = { text = { sw = \"{amount}\"; en = \"{amount}\"; };"
		    "  menu = ( { sw = \"Ndiyo\"; en = \"Yes\"; next = \"due\"; } ); };\n"),
		/* A secret goes into a body, and is asked for anew. */
		MAJI(USSD, ASK("home", "pin", "pay")
		    CALL("pay", "pay", "once = true; later = true;", "again")
		    "again = { say = { sw = \"Sawa\"; en = \"Fine\"; };"
		    "  next = \"home\"; };\n"),
		/* A list is chosen from, and without rows it is passed. */
		MAJI(USSD, CALL("home", "rows", "", "pick")
		    "pick = { text = { sw = \"Chagua\"; en = \"Choose\"; };"
		    "  list = { rows = \"rows\"; show = \"label\"; into = \"acct\";"
		    "  value = \"id\"; empty = \"bye\"; }; next = \"told\"; };\n"
		    "told = { end = { sw = \"Ni {acct}.\"; en = \"It is {acct}.\"; }; };\n"),
	};
	struct fixture *f = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(good); i++) {
		compile(f, good[i]);
		findings_print(&f->findings, stderr);
		assert_int_equal(f->findings.count, 0);
	}
}

static void
what_is_doubtful_is_only_doubted(void **state)
{
	static const struct {
		const char *maji, *says;
	} cases[] = {
		{ MAJI(USSD, "home = { say = { sw = \"Huduma zote\";"
		       "  en = \"Huduma zote\"; }; next = \"bye\"; };\n"),
		    "the texts in 'sw' and 'en' are equal" },
		{ MAJI(USSD, ASK("home", "count", "bye")),
		    "nobody can answer 0" },
		{ MAJI(USSD, ASK("home", "acct", "bill")
		       CALL("bill", "bill", "", "bye")),
		    "the citizen is led to 'slow' and never hears" },
		{ MAJI(USSD "sms = ( { word = \"LIPA\"; next = \"home\"; } );",
		      ASK("home", "pin", "pay")
		      CALL("pay", "pay", "once = true; later = true;", "bye")),
		    "'pin' would be sent by SMS and stay in the phone" },
	};
	struct fixture *f = *state;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		compile(f, cases[i].maji);
		assert_int_equal(f->findings.errors, 0);
		assert_true(
		    is_found(f, FINDING_WARNING, cases[i].says));
	}
}

/* Behind the state that speaks of it first, it is as good as there. */
static void
one_mistake_is_one_finding(void **state)
{
	struct fixture *f = *state;

	compile(f, MAJI(USSD,
	    "home = { say = { sw = \"{amount}\"; en = \"{amount}\"; };"
	    "  next = \"more\"; };\n"
	    "more = { say = { sw = \"{amount}\"; en = \"{amount}\"; };"
	    "  next = \"bye\"; };\n"));
	assert_int_equal(f->findings.errors, 1);
	assert_string_equal(f->findings.list[0].state, "home");
}

static void
a_fault_in_a_dialogue_is_one_finding_however_many_run_it(void **state)
{
	struct fixture *f = *state;

	compile(f, DIALOGUE("\"x\"",
	    "a = { say = { sw = \"Leo {date}\"; en = \"Today\"; };"
	    "  next = \"return x\"; };")
	    "home = { sub = \"d\"; x = \"two\"; };"
	    "two = { sub = \"d\"; x = \"three\"; };"
	    "three = { sub = \"d\"; x = \"bye\"; }; }; };");
	assert_int_equal(f->findings.errors, 1);
	assert_string_equal(f->findings.list[0].state, "home/a");
}

/* One asks before it runs the dialogue, the other does not. */
static void
who_runs_a_dialogue_without_its_values_is_named(void **state)
{
	struct fixture *f = *state;

	compile(f, DIALOGUE("\"x\"",
	    "a = { say = { sw = \"{n}\"; en = \"{n}\"; };"
	    "  next = \"return x\"; };")
	    "home = { text = { sw = \"Jina?\"; en = \"Name?\"; };"
	    "  ask = { into = \"n\"; tries = 3; fail = \"two\";"
	    "    bad = { sw = \"Kosa.\"; en = \"Wrong.\"; }; };"
	    "  next = \"one\"; };"
	    "one = { sub = \"d\"; x = \"bye\"; };"
	    "two = { sub = \"d\"; x = \"bye\"; }; }; };");
	assert_int_equal(f->findings.errors, 1);
	assert_string_equal(f->findings.list[0].state, "two/a");
	assert_true(is_found(f, FINDING_ERROR,
	    "comes by dialling > 'home' > 'two': ask for it"));
}

/* By SMS and on a screen they go different ways. */
static void
a_dialogues_state_is_of_use_when_one_copy_is_reached(void **state)
{
	struct fixture *f = *state;

	compile(f, DIALOGUE("\"x\"",
	    "a = { route = ( { when = \"channel == 'sms'\"; next = \"b\"; },"
	    "  { next = \"c\"; } ); };"
	    "b = { say = { sw = \"SMS\"; en = \"SMS\"; }; next = \"c\"; };"
	    "c = { say = { sw = \"Piga\"; en = \"Dial\"; };"
	    "  next = \"return x\"; };")
	    "home = { sub = \"d\"; x = \"bye\"; }; }; };");
	assert_int_equal(f->findings.errors, 1);
	compile(f, "maji: { title = { sw = \"Maji\"; en = \"Water\"; };"
	    "doors = { ussd = \"home\"; sms = ("
	    "  { word = \"NENO\"; next = \"word\"; } ); };"
	    "dialogues = { d = { start = \"a\"; gives = [ \"x\" ]; states = {"
	    "a = { route = ( { when = \"channel == 'sms'\"; next = \"b\"; },"
	    "  { next = \"c\"; } ); };"
	    "b = { say = { sw = \"SMS\"; en = \"SMS\"; }; next = \"return x\"; };"
	    "c = { say = { sw = \"Piga\"; en = \"Dial\"; };"
	    "  next = \"return x\"; }; }; }; };"
	    "states = { home = { sub = \"d\"; x = \"bye\"; };"
	    "word = { sub = \"d\"; x = \"bye\"; };"
	    "bye = { end = { sw = \"Asante.\"; en = \"Thanks.\"; }; }; }; };");
	findings_print(&f->findings, stderr);
	assert_int_equal(f->findings.errors, 0);
}

static void
an_outcome_that_no_dialogue_gives_is_doubted(void **state)
{
	struct fixture *f = *state;

	compile(f, DIALOGUE("\"x\", \"y\"",
	    "a = { say = { sw = \"Leo\"; en = \"Today\"; };"
	    "  next = \"return x\"; };")
	    "home = { sub = \"d\"; x = \"bye\"; y = \"bye\"; }; }; };");
	assert_int_equal(f->findings.errors, 0);
	assert_true(is_found(f, FINDING_WARNING, "it never gives 'y'"));
}

static void
all_mistakes_are_found_in_one_run(void **state)
{
	struct fixture *f = *state;

	compile(f, MAJI(USSD DENI, ASK("home", "acct", "due") DUE("due")
	    "lost = { end = { sw = \"Leo {date}\"; en = \"Today\"; }; };\n"
	    CALL("bill", "bill", "later = true;", "home")));
	assert_int_equal(f->findings.errors, 4);
	assert_true(is_found(f, FINDING_ERROR, "'amount' has no value"));
	assert_true(is_found(f, FINDING_ERROR, "{date} stands in the text"));
	assert_true(is_found(f, FINDING_ERROR, "waits for an answer"));
	assert_true(is_found(f, FINDING_ERROR, "nobody can come here"));
}

/* A path is not looked for in a file that does not say where it leads. */
static void
what_could_not_be_read_is_not_walked(void **state)
{
	struct fixture *f = *state;

	compile(f, MAJI(USSD, ASK("home", "acct", "deu") DUE("due")));
	assert_int_equal(f->findings.count, 1);
	assert_true(is_found(
	    f, FINDING_ERROR, "no state 'deu'; did you mean 'due'?"));
}

static void
a_long_path_is_told_by_its_ends(void **state)
{
	struct fixture *f = *state;
	const char *states = "";
	int i;

	for (i = 0; i < 20; i++)
		states = arena_printf(f->arena,
		    "%s s%d = { say = { sw = \"a\"; en = \"b\"; };"
		    " next = \"s%d\"; };", states, i, i + 1);
	compile(f, arena_printf(f->arena,
	    "maji: { title = { sw = \"a\"; en = \"b\"; };"
	    "doors = { ussd = \"s0\"; };"
	    "vars = { x = { type = \"text\"; max = 5; }; };"
	    "states = { %s s20 = { end = { sw = \"{x}\"; en = \"{x}\"; }; };"
	    "}; };", states));
	/* Nor is there time for it. */
	assert_int_equal(f->findings.errors, 1);
	assert_true(is_found(f, FINDING_WARNING, "cannot come to an end"));
	assert_true(is_found(f, FINDING_ERROR, "by dialling > ... > 's14' > "
	    "'s15' > 's16' > 's17' > 's18' > 's19': ask"));
}

#define PROVED(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		PROVED(what_is_good_stays_clean),
		PROVED(what_is_doubtful_is_only_doubted),
		PROVED(one_mistake_is_one_finding),
		PROVED(a_fault_in_a_dialogue_is_one_finding_however_many_run_it),
		PROVED(who_runs_a_dialogue_without_its_values_is_named),
		PROVED(a_dialogues_state_is_of_use_when_one_copy_is_reached),
		PROVED(an_outcome_that_no_dialogue_gives_is_doubted),
		PROVED(all_mistakes_are_found_in_one_run),
		PROVED(what_could_not_be_read_is_not_walked),
		PROVED(a_long_path_is_told_by_its_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
