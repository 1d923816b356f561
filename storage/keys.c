/*
 * Keys are put together by hand: a turn makes four of them.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/digest.h"
#include "base/text.h"
#include "storage/keys.h"
#include "storage/sessions.h"

#define FNV_START 2166136261u
#define FNV_PRIME 16777619u
#define ID_RANDOM 16 /* octets */

static void begin(const struct keys *k, struct key *out, const char *kind);
static void begin_tagged(
    const struct keys *k, struct key *out, const char *kind, int partition);
static void add(struct key *out, const char *text);
static void add_number(struct key *out, int number);

int
keys_partition(const struct keys *k, const char *msisdn)
{
	uint32_t hash = FNV_START;

	for (; *msisdn != '\0'; msisdn++)
		hash = (hash ^ (uint8_t)*msisdn) * FNV_PRIME;
	return (int)(hash % (uint32_t)k->partitions);
}

void
keys_message_id(const struct keys *k, const char *msisdn, char *out)
{
	uint8_t random[ID_RANDOM];
	int len;

	digest_random(random, sizeof(random));
	len = snprintf(out, MESSAGE_ID, "%02d-", keys_partition(k, msisdn));
	CHECK((size_t)len + 2 * sizeof(random) + 1 <= MESSAGE_ID);
	text_to_hex(random, sizeof(random), out + len);
}

int
keys_partition_of_message(const struct keys *k, const char *id)
{
	uint8_t random[ID_RANDOM];
	char *rest;
	long partition = strtol(id, &rest, 10);

	if (rest == id || *rest != '-' || partition < 0 ||
	    partition >= k->partitions ||
	    strlen(rest + 1) != 2 * sizeof(random) ||
	    text_from_hex(rest + 1, 2 * sizeof(random), random) == -1)
		return -1;
	return (int)partition;
}

void
keys_session(
    const struct keys *k, const struct session_key *who, struct key *out)
{
	keys_session_head(k, keys_partition(k, who->msisdn), out);
	add(out, who->msisdn);
	add(out, ":");
	add(out, who->operator_name);
	add(out, ":");
	add(out, who->channel);
}

void
keys_session_head(const struct keys *k, int partition, struct key *out)
{
	begin_tagged(k, out, "session:{p", partition);
	add(out, ":");
}

void
keys_due(const struct keys *k, int partition, struct key *out)
{
	begin_tagged(k, out, "due:{p", partition);
}

void
keys_call(const struct keys *k, int partition, const char *id, struct key *out)
{
	keys_call_head(k, partition, out);
	add(out, id);
}

void
keys_call_head(const struct keys *k, int partition, struct key *out)
{
	begin_tagged(k, out, "call:{p", partition);
	add(out, ":");
}

void
keys_profile(const struct keys *k, const char *msisdn, struct key *out)
{
	begin_tagged(k, out, "profile:{p", keys_partition(k, msisdn));
	add(out, ":");
	add(out, msisdn);
}

void
keys_about(const struct keys *k, const char *msisdn, struct key *out)
{
	begin_tagged(k, out, "about:{p", keys_partition(k, msisdn));
	add(out, ":");
	add(out, msisdn);
}

void
keys_erased(const struct keys *k, const char *id, struct key *out)
{
	begin_tagged(k, out, "erased:{p", keys_partition_of_message(k, id));
	add(out, ":");
	add(out, id);
}

void
keys_operators(const struct keys *k, struct key *out)
{
	begin(k, out, "operators");
}

void
keys_resume(const struct keys *k, const char *msisdn, struct key *out)
{
	keys_resume_head(k, keys_partition(k, msisdn), out);
	add(out, msisdn);
}

void
keys_resume_head(const struct keys *k, int partition, struct key *out)
{
	begin_tagged(k, out, "resume:{p", partition);
	add(out, ":");
}

void
keys_swept(const struct keys *k, int partition, struct key *out)
{
	begin_tagged(k, out, "swept:{p", partition);
}

void
keys_message(
    const struct keys *k, int partition, const char *id, struct key *out)
{
	keys_message_head(k, partition, out);
	add(out, id);
}

void
keys_message_head(const struct keys *k, int partition, struct key *out)
{
	begin_tagged(k, out, "message:{p", partition);
	add(out, ":");
}

void
keys_queue(
    const struct keys *k, int partition, const char *link, struct key *out)
{
	keys_queue_head(k, partition, out);
	add(out, link);
	add(out, ":normal");
}

void
keys_queue_head(const struct keys *k, int partition, struct key *out)
{
	begin_tagged(k, out, "mt:{p", partition);
	add(out, ":");
}

/* The number comes first and the channel last, and neither has a colon. */
void
keys_member_session(const struct session_key *who, struct key *out)
{
	out->len = 0;
	add(out, "s:");
	add(out, who->msisdn);
	add(out, ":");
	add(out, who->operator_name);
	add(out, ":");
	add(out, who->channel);
}

void
keys_member_call(const char *id, struct key *out)
{
	out->len = 0;
	add(out, "c:");
	add(out, id);
}

void
keys_receipt(const struct keys *k, const char *link, const char *smsc_id,
    struct key *out)
{
	begin(k, out, "receipt:");
	add(out, link);
	add(out, ":");
	add(out, smsc_id);
}

void
keys_lease(const struct keys *k, const char *name, struct key *out)
{
	begin(k, out, "lease:");
	add(out, name);
}

void
keys_graph(const struct keys *k, const char *hash, struct key *out)
{
	begin(k, out, "graph:");
	add(out, hash);
}

void
keys_stat(const struct keys *k, const char *name, struct key *out)
{
	begin(k, out, "stat:");
	add(out, name);
}

void
keys_version(const struct keys *k, struct key *out)
{
	begin(k, out, "version:{menus}");
}

void
keys_live(const struct keys *k, struct key *out)
{
	begin(k, out, "live:{menus}");
}

void
keys_candidates(const struct keys *k, struct key *out)
{
	begin(k, out, "candidates:{menus}");
}

void
keys_audit(const struct keys *k, struct key *out)
{
	begin(k, out, "audit:{menus}");
}

void
keys_versions(const struct keys *k, const char *name, struct key *out)
{
	begin(k, out, "versions:{menus}:");
	add(out, name);
}

void
keys_sources(const struct keys *k, const char *name, struct key *out)
{
	begin(k, out, "sources:{menus}:");
	add(out, name);
}

static void
begin(const struct keys *k, struct key *out, const char *kind)
{
	out->len = 0;
	add(out, k->prefix);
	add(out, kind);
}

static void
begin_tagged(
    const struct keys *k, struct key *out, const char *kind, int partition)
{
	begin(k, out, kind);
	add_number(out, partition);
	add(out, "}");
}

/* Numbers and names come from outside, but SMPP and the settings bound them. */
static void
add(struct key *out, const char *text)
{
	size_t len = strlen(text);

	CHECK(len < KEY_MAX - out->len);
	memcpy(out->text + out->len, text, len + 1);
	out->len += len;
}

static void
add_number(struct key *out, int number)
{
	char text[12];

	snprintf(text, sizeof(text), "%d", number);
	add(out, text);
}
