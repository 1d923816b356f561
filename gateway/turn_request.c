/*
 * What a turn begins with: who asks, on which channel, for what, and how to
 * know the request again.
 */
#include <ctype.h>
#include <string.h>

#include "base/clock.h"
#include "config/settings.h"
#include "gateway/turn_parts.h"

#define MSISDN_LEAST 3
#define MSISDN_MOST  20

static enum request_kind read_ussd(struct turn *t);
static enum request_kind read_sms(struct turn *t, const struct pdu *pdu);
static const char *plain_number(struct arena *a, const char *digits);
static bool is_ours(const struct turn *t, const char *number);
static void hash_request(struct turn *t, const uint8_t *octets, size_t len);

enum request_kind
turn_request_read(struct turn *t, const struct link_request *r)
{
	const struct pdu *pdu = r->pdu;
	const struct link_settings *s = link_settings(t->link);
	enum request_kind kind = REQUEST_BAD;

	t->command = pdu->command;
	t->sequence = pdu->sequence;
	t->generation = r->generation;
	switch (dialect_read(s->dialect, pdu, t->arena, &t->event)) {
	case DIALECT_USSD:
		kind = read_ussd(t);
		break;
	case DIALECT_OTHER:
		kind = read_sms(t, pdu);
		break;
	case DIALECT_BAD:
		return REQUEST_BAD;
	}
	if (kind != REQUEST_TURN)
		return kind;

	t->key.msisdn = t->event.msisdn;
	t->key.operator_name = s->name;
	t->request.has_turn = t->event.has_turn;
	t->request.turn = t->event.turn;
	t->request.sequence = t->sequence;
	t->request.generation = t->generation;
	hash_request(t, r->octets, r->len);
	t->request.at_ms = clock_wall_ms();
	return REQUEST_TURN;
}

static enum request_kind
read_ussd(struct turn *t)
{
	enum ussd_event_kind kind = t->event.kind_if_new;

	if (kind == t->event.kind_if_known &&
	    (kind == USSD_IGNORED || kind == USSD_ACKNOWLEDGED))
		return REQUEST_NOTHING;
	t->channel = CHANNEL_USSD;
	t->key.channel = "ussd";
	t->event.msisdn = plain_number(t->arena, t->event.msisdn);
	return t->event.msisdn == NULL ? REQUEST_BAD : REQUEST_TURN;
}

/* Receipts never come here. An alphanumeric sender and a number of our own
 * are never answered: two machines would talk for ever. */
static enum request_kind
read_sms(struct turn *t, const struct pdu *pdu)
{
	const struct link_settings *s = link_settings(t->link);

	memset(&t->event, 0, sizeof(t->event));
	t->event.msisdn = plain_number(t->arena, pdu->source.digits);
	if (t->event.msisdn == NULL || is_ours(t, t->event.msisdn))
		return REQUEST_NOTHING;
	t->channel = CHANNEL_SMS;
	t->key.channel = "sms";
	t->number = plain_number(t->arena, pdu->dest.digits);
	if (t->number == NULL)
		t->number = pdu->dest.digits[0] != '\0' || s->sms_number == NULL
		    ? arena_string(t->arena, pdu->dest.digits)
		    : s->sms_number;
	t->event.input = dialect_text(s->dialect, pdu, t->arena);
	return REQUEST_TURN;
}

/* Digits without a leading +; NULL when it is no number. */
static const char *
plain_number(struct arena *a, const char *digits)
{
	size_t len;

	if (*digits == '+')
		digits++;
	len = strlen(digits);
	if (len < MSISDN_LEAST || len > MSISDN_MOST ||
	    strspn(digits, "0123456789") != len)
		return NULL;
	return arena_string(a, digits);
}

static bool
is_ours(const struct turn *t, const char *number)
{
	size_t i;

	for (i = 0; i < t->gateway->link_count; i++) {
		const char *own =
		    link_settings(t->gateway->links[i])->sms_number;

		if (own != NULL && strcmp(own, number) == 0)
			return true;
	}
	return false;
}

/* Everything but the header, whose sequence a retransmission may change. Of a
 * begin only the dialled string: some operators send it again in another
 * form. Whether it is a begin may depend on the session: see turn_judge. */
static void
hash_request(struct turn *t, const uint8_t *octets, size_t len)
{
	const struct digest_key *key = redis_request_key(t->gateway->redis);
	const char *code = t->event.code;

	t->input_hash =
	    digest_keyed(key, octets + PDU_HEADER, len - PDU_HEADER);
	t->request.hash = t->input_hash;
	if (t->event.kind_if_new == USSD_BEGIN ||
	    t->event.kind_if_known == USSD_BEGIN)
		t->begin_hash = digest_keyed(key, code, strlen(code));
}
