/*
 * The names of everything in Redis.
 *
 * A number falls into one of P partitions by FNV-1a (32 bits) of its digits,
 * modulo P: fixed for the life of the data, so neither may change. "{p7}" is
 * the hash tag of all that is about such a number; see docs/ARCHITECTURE.md
 * for the table of keys.
 */
#ifndef STORAGE_KEYS_H
#define STORAGE_KEYS_H

#include <stddef.h>

#define KEY_MAX    384
#define PREFIX_MAX 64

struct session_key;

struct keys {
	char prefix[PREFIX_MAX];
	int partitions;
};

struct key {
	size_t len;
	char text[KEY_MAX];
};

int keys_partition(const struct keys *k, const char *msisdn);

/* 128 random bits after the partition; OUT takes MESSAGE_ID octets. */
void keys_message_id(const struct keys *k, const char *msisdn, char *out);
/* -1 when ID is none of ours. */
int keys_partition_of_message(const struct keys *k, const char *id);

/* What one script may touch together. */
void keys_session(
    const struct keys *k, const struct session_key *who, struct key *out);
void keys_due(const struct keys *k, int partition, struct key *out);
void keys_call(
    const struct keys *k, int partition, const char *id, struct key *out);
void keys_message(
    const struct keys *k, int partition, const char *id, struct key *out);
void keys_queue(
    const struct keys *k, int partition, const char *link, struct key *out);
void keys_profile(const struct keys *k, const char *msisdn, struct key *out);
void keys_about(const struct keys *k, const char *msisdn, struct key *out);
/* The proof that a number of the partition was erased: random, not it. */
void keys_erased(const struct keys *k, const char *id, struct key *out);
void keys_operators(const struct keys *k, struct key *out);
void keys_resume(const struct keys *k, const char *msisdn, struct key *out);
/* What precedes the number, or the id, for a script that finds those. */
void keys_session_head(const struct keys *k, int partition, struct key *out);
void keys_call_head(const struct keys *k, int partition, struct key *out);
void keys_message_head(const struct keys *k, int partition, struct key *out);
void keys_queue_head(const struct keys *k, int partition, struct key *out);
void keys_resume_head(const struct keys *k, int partition, struct key *out);
/* How often the sweeper found sessions over. */
void keys_swept(const struct keys *k, int partition, struct key *out);

/* Members of `due`. */
void keys_member_session(const struct session_key *who, struct key *out);
void keys_member_call(const char *id, struct key *out);

/* What is not about a number. */
void keys_receipt(const struct keys *k, const char *link, const char *smsc_id,
    struct key *out);
void keys_lease(const struct keys *k, const char *name, struct key *out);
void keys_graph(const struct keys *k, const char *hash, struct key *out);

/* What is published: one script may touch all of it. */
void keys_version(const struct keys *k, struct key *out);
void keys_live(const struct keys *k, struct key *out);
void keys_candidates(const struct keys *k, struct key *out);
void keys_audit(const struct keys *k, struct key *out);
void keys_versions(const struct keys *k, const char *name, struct key *out);
void keys_sources(const struct keys *k, const char *name, struct key *out);

void keys_stat(const struct keys *k, const char *name, struct key *out);

#endif
