/*
 * Hashes and randomness, by OpenSSL; SipHash is our own, because fetching a
 * MAC from OpenSSL 3 costs more than a whole menu step and SipHash is twenty
 * lines (Aumasson and Bernstein, 2012).
 */
#include <limits.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <string.h>

#include "base/digest.h"
#include "base/text.h"

struct sip {
	uint64_t a, b, c, d;
};

static void sip_absorb(struct sip *s, uint64_t word);
static uint64_t sip_end(struct sip *s);
static void sip_round(struct sip *s);
static uint64_t rotate(uint64_t x, int by);
static uint64_t load_le64(const uint8_t *at);

struct digest
digest_of(const void *data, size_t len)
{
	unsigned char whole[EVP_MAX_MD_SIZE];
	struct digest d;

	CHECK(EVP_Digest(data, len, whole, NULL, EVP_sha256(), NULL) == 1);
	memcpy(d.octets, whole, sizeof(d.octets));
	return d;
}

bool
digest_equal(const struct digest *a, const struct digest *b)
{
	return memcmp(a->octets, b->octets, sizeof(a->octets)) == 0;
}

void
digest_hex(const struct digest *d, char out[DIGEST_HEX])
{
	text_to_hex(d->octets, sizeof(d->octets), out);
}

int
digest_from_hex(const char *text, struct digest *d)
{
	if (strlen(text) != DIGEST_HEX - 1)
		return -1;
	return text_from_hex(text, DIGEST_HEX - 1, d->octets);
}

uint64_t
digest_keyed(const struct digest_key *key, const void *data, size_t len)
{
	uint64_t k0 = load_le64(key->octets), k1 = load_le64(key->octets + 8);
	/* The constants of the paper: "somepseudorandomlygeneratedbytes". */
	struct sip s = { k0 ^ 0x736f6d6570736575, k1 ^ 0x646f72616e646f6d,
		k0 ^ 0x6c7967656e657261, k1 ^ 0x7465646279746573 };
	const uint8_t *at = data;
	uint8_t tail[8] = { 0 };
	size_t left;

	for (left = len; left >= 8; left -= 8, at += 8)
		sip_absorb(&s, load_le64(at));
	if (left > 0)
		memcpy(tail, at, left);
	tail[7] = (uint8_t)len;
	sip_absorb(&s, load_le64(tail));
	return sip_end(&s);
}

static void
sip_absorb(struct sip *s, uint64_t word)
{
	s->d ^= word;
	sip_round(s);
	sip_round(s);
	s->a ^= word;
}

static uint64_t
sip_end(struct sip *s)
{
	int i;

	s->c ^= 0xff;
	for (i = 0; i < 4; i++)
		sip_round(s);
	return s->a ^ s->b ^ s->c ^ s->d;
}

void
digest_random(void *out, size_t len)
{
	CHECK(len <= INT_MAX);
	CHECK(RAND_bytes(out, (int)len) == 1);
}

static void
sip_round(struct sip *s)
{
	s->a += s->b;
	s->b = rotate(s->b, 13) ^ s->a;
	s->a = rotate(s->a, 32);
	s->c += s->d;
	s->d = rotate(s->d, 16) ^ s->c;
	s->a += s->d;
	s->d = rotate(s->d, 21) ^ s->a;
	s->c += s->b;
	s->b = rotate(s->b, 17) ^ s->c;
	s->c = rotate(s->c, 32);
}

static uint64_t
rotate(uint64_t x, int by)
{
	return x << by | x >> (64 - by);
}

static uint64_t
load_le64(const uint8_t *at)
{
	uint64_t word = 0;
	int i;

	for (i = 7; i >= 0; i--)
		word = word << 8 | at[i];
	return word;
}
