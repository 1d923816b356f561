/*
 * What only the whole dialect shows: that every event of a dialogue can
 * occur, that no rule stands in the shadow of another, that the operator can
 * tell our last screen from the others and knows whose it is.
 */
#include <string.h>

#include "config/dialect_parse.h"

static void refuse_at(const struct dialect_parse *p, int line,
    const char *format, ...) PRINTF_LIKE(3, 4);
static void prove_key(const struct dialect_parse *p);
static void prove_rules(const struct dialect_parse *p);
static bool covers(
    const struct dialect_rule *first, const struct dialect_rule *second);
static bool covers_op(
    const struct dialect_rule *first, const struct dialect_rule *second);
static bool covers_tlv(
    const struct dialect_rule *first, const struct dialect_rule *second);
static bool covers_text(
    const struct dialect_rule *first, const struct dialect_rule *second);
static void prove_events(const struct dialect_parse *p);
static const struct dialect_rule *find_event(
    const struct dialect *d, enum ussd_event_kind event, bool known);
static void prove_actions(const struct dialect_parse *p);
static void prove_closing(
    const struct dialect_parse *p, enum ussd_action closing);
static bool looks_alike(
    const struct dialect_action *one, const struct dialect_action *other);
static bool puts_alike(
    const struct dialect_put *one, const struct dialect_put *other);
static void prove_echoes(
    const struct dialect_parse *p, enum ussd_action action);
static bool echoes(const struct dialect_action *action, int tlv);
static void prove_then(
    const struct dialect_parse *p, const struct dialect_action *action);

void
dialect_prove(const struct dialect_parse *p)
{
	prove_key(p);
	prove_rules(p);
	prove_events(p);
	prove_actions(p);
}

static void
refuse_at(const struct dialect_parse *p, int line, const char *format, ...)
{
	const char *says;
	va_list args;

	va_start(args, format);
	says = arena_vprintf(p->f->arena, format, args);
	va_end(args);
	findings_add(p->f, FINDING_ERROR, 0,
	    config_setting_source_file(p->group), line, NULL, "%s", says);
}

static void
prove_key(const struct dialect_parse *p)
{
	const struct dialect *d = p->d;
	size_t i;

	if (!d->global)
		return;
	for (i = 0; i < d->part_count; i++)
		if (!d->parts[i].optional)
			return;
	refuse_at(p, d->line,
	    "a 'global' key needs a part that is always "
	    "there: without the number nothing else tells sessions apart");
}

/* ---- rules */

static void
prove_rules(const struct dialect_parse *p)
{
	const struct dialect_rule *rules = p->d->rules;
	size_t i, j;

	for (i = 1; i < p->d->rule_count; i++)
		for (j = 0; j < i; j++) {
			if (!covers(&rules[j], &rules[i]))
				continue;
			refuse_at(p, rules[i].line,
			    "this rule never applies: "
			    "the one of line %d takes all that it would",
			    rules[j].line);
			break;
		}
}

/*
 * Whether FIRST applies wherever SECOND does. A rule that names no message
 * type is never asked about a PDU that has one.
 */
static bool
covers(const struct dialect_rule *first, const struct dialect_rule *second)
{
	unsigned differ = first->conditions ^ second->conditions;

	if ((differ & DIALECT_IF_ESM_CLASS) != 0 ||
	    first->esm_class != second->esm_class)
		return false;
	if ((first->conditions & DIALECT_IF_KNOWN) != 0 &&
	    ((second->conditions & DIALECT_IF_KNOWN) == 0 ||
		first->known != second->known))
		return false;
	return covers_op(first, second) && covers_tlv(first, second) &&
	    covers_text(first, second);
}

static bool
covers_op(const struct dialect_rule *first, const struct dialect_rule *second)
{
	const unsigned both = DIALECT_IF_OP | DIALECT_IF_NO_OP;

	if ((first->conditions & both) == 0)
		return true;
	return (first->conditions & both) == (second->conditions & both) &&
	    first->op == second->op;
}

static bool
covers_tlv(const struct dialect_rule *first, const struct dialect_rule *second)
{
	const unsigned all =
	    DIALECT_IF_TLV | DIALECT_IF_NO_TLV | DIALECT_IF_BITS;
	unsigned wants = first->conditions & all;

	if (wants == 0)
		return true;
	if (first->tlv != second->tlv || (second->conditions & wants) != wants)
		return false;
	if ((wants & DIALECT_IF_BITS) == 0)
		return true;
	return first->at == second->at &&
	    (second->bits & first->bits) == first->bits &&
	    (second->value & first->bits) == first->value;
}

static bool
covers_text(const struct dialect_rule *first, const struct dialect_rule *second)
{
	const unsigned all =
	    DIALECT_IF_PREFIX | DIALECT_IF_SHAPE | DIALECT_IF_FIELD;
	unsigned wants = first->conditions & all;

	if ((second->conditions & wants) != wants)
		return false;
	if ((wants & DIALECT_IF_PREFIX) != 0 &&
	    strncmp(first->prefix, second->prefix, first->prefix_len) != 0)
		return false;
	if ((wants & DIALECT_IF_SHAPE) != 0 && first->shape != second->shape)
		return false;
	return (wants & DIALECT_IF_FIELD) == 0 ||
	    strcmp(first->field, second->field) == 0;
}

static void
prove_events(const struct dialect_parse *p)
{
	const struct dialect *d = p->d;
	const struct dialect_rule *abort, *end;

	if (find_event(d, USSD_BEGIN, false) == NULL)
		refuse_at(p, d->line,
		    "no rule lets a session begin: one "
		    "needs event = \"begin\"");
	if (find_event(d, USSD_INPUT, true) == NULL)
		refuse_at(p, d->line,
		    "no rule takes a citizen's answer: one "
		    "needs event = \"input\"");
	abort = find_event(d, USSD_ABORT, true);
	end = find_event(d, USSD_END, true);
	if (abort == NULL && end == NULL && !d->silent)
		refuse_at(p, d->line,
		    "no rule tells that a citizen walked "
		    "away: add an \"abort\" or an \"end\", or say "
		    "silent = true in `session`");
	if ((abort != NULL || end != NULL) && d->silent)
		refuse_at(p, (abort != NULL ? abort : end)->line,
		    "a 'silent' operator does not tell this");
}

static const struct dialect_rule *
find_event(const struct dialect *d, enum ussd_event_kind event, bool known)
{
	const struct dialect_rule *rule;
	size_t i;

	for (i = 0; i < d->rule_count; i++) {
		rule = &d->rules[i];
		if (rule->event == event &&
		    ((rule->conditions & DIALECT_IF_KNOWN) == 0 ||
			rule->known == known))
			return rule;
	}
	return NULL;
}

/* ---- actions */

static void
prove_actions(const struct dialect_parse *p)
{
	int i;

	prove_closing(p, USSD_CLOSE);
	prove_closing(p, USSD_RELEASE);
	for (i = 0; i < USSD_ACTIONS; i++)
		if (p->d->actions[i].there) {
			prove_echoes(p, (enum ussd_action)i);
			prove_then(p, &p->d->actions[i]);
		}
}

static void
prove_closing(const struct dialect_parse *p, enum ussd_action closing)
{
	const struct dialect_action *ends = &p->d->actions[closing];

	if (ends->there && looks_alike(&p->d->actions[USSD_CONTINUE], ends))
		refuse_at(p, ends->line,
		    "the operator cannot tell '%s' from "
		    "'continue': it needs an op, a bit or a value of its own",
		    dialects_action_name(closing));
}

static bool
looks_alike(
    const struct dialect_action *one, const struct dialect_action *other)
{
	size_t i;

	if (one->op != other->op || one->command != other->command ||
	    one->put_count != other->put_count)
		return false;
	if (one->type != NULL && other->type != NULL &&
	    strcmp(one->type, other->type) != 0)
		return false;
	for (i = 0; i < one->put_count; i++)
		if (!puts_alike(&one->puts[i], &other->puts[i]))
			return false;
	return true;
}

static bool
puts_alike(const struct dialect_put *one, const struct dialect_put *other)
{
	return one->tlv == other->tlv && one->fill == other->fill &&
	    one->at == other->at && one->set == other->set &&
	    one->clear == other->clear &&
	    memcmp(one->value, other->value, sizeof(one->value)) == 0;
}

/* An answer says of which session it is; a push has nothing to echo. */
static void
prove_echoes(const struct dialect_parse *p, enum ussd_action action)
{
	const struct dialect *d = p->d;
	const struct dialect_action *row = &d->actions[action];
	bool answers = action <= USSD_RELEASE;
	size_t i;

	for (i = 0; answers && i < d->part_count; i++)
		if (d->parts[i].from == DIALECT_FROM_TLV &&
		    !echoes(row, d->parts[i].tlv))
			refuse_at(p, row->line,
			    "'%s' must echo %s, by which a session is known",
			    dialects_action_name(action),
			    d->tlvs[d->parts[i].tlv].name);
	for (i = 0; !answers && i < row->put_count; i++)
		if (row->puts[i].fill == DIALECT_ECHO)
			refuse_at(p, row->line,
			    "'%s' answers nothing: it has no %s to echo",
			    dialects_action_name(action),
			    d->tlvs[row->puts[i].tlv].name);
}

static bool
echoes(const struct dialect_action *action, int tlv)
{
	size_t i;

	for (i = 0; i < action->put_count; i++)
		if (action->puts[i].tlv == tlv &&
		    action->puts[i].fill == DIALECT_ECHO)
			return true;
	return false;
}

static void
prove_then(const struct dialect_parse *p, const struct dialect_action *action)
{
	const struct dialect *d = p->d;

	if (action->then == DIALECT_THEN_NOTHING)
		return;
	if (!d->actions[USSD_RELEASE].there)
		refuse_at(p, action->line,
		    "what comes then is a 'release', which is missing");
	else if (&d->actions[USSD_RELEASE] == action)
		refuse_at(p, action->line,
		    "a 'release' cannot be followed by itself");
	if (action->then == DIALECT_THEN_RELEASE_WHEN_ACKNOWLEDGED &&
	    find_event(d, USSD_ACKNOWLEDGED, true) == NULL)
		refuse_at(p, action->line,
		    "no rule tells when it is "
		    "acknowledged: one needs event = \"acknowledged\"");
}
