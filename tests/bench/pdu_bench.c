/*
 * What a PDU costs: nanoseconds to decode and to encode one of each that a
 * turn is made of. Built by `make tests/bench/pdu_bench`; an argument sets
 * how often each is done.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/check.h"
#include "gateway/pdu.h"

#define OCTETS_MAX 1024

static void measure(const char *name, const struct pdu *pdu, long times);
static double now_ns(void);

static const uint8_t tlvs[] = {
	0x05, 0x01, 0, 1, 0x12, 0x13, 0x83, 0, 2, 0x12, 0x34,
};

static const struct pdu deliver_sm = {
	.command = PDU_DELIVER_SM, .sequence = 7,
	.service_type = "USSD",
	.source = { 1, 1, "255712345678" }, .dest = { 0, 1, "15200" },
	.data_coding = 15,
	.text = (const uint8_t *)"*152*00#", .text_len = 8,
	.tlvs = { tlvs, sizeof(tlvs) },
};

static const struct pdu submit_sm = {
	.command = PDU_SUBMIT_SM, .sequence = 8,
	.service_type = "USSD",
	.source = { 0, 1, "15200" }, .dest = { 1, 1, "255712345678" },
	.data_coding = 15,
	.text = (const uint8_t *)"Karibu\n1 Maji\n2 Matokeo\n3 Nauli\n0 Toka",
	.text_len = 39,
	.tlvs = { tlvs, sizeof(tlvs) },
};

static const struct pdu submit_sm_resp = {
	.command = PDU_SUBMIT_SM | PDU_RESPONSE, .sequence = 8,
	.message_id = "4f0a1b2c",
};

static const struct pdu deliver_sm_resp = {
	.command = PDU_DELIVER_SM | PDU_RESPONSE, .sequence = 7,
};

int
main(int argc, char **argv)
{
	long times = argc > 1 ? atol(argv[1]) : 1000000;

	printf("%s\n", pdu_codec());
	measure("deliver_sm", &deliver_sm, times);
	measure("deliver_sm_resp", &deliver_sm_resp, times);
	measure("submit_sm", &submit_sm, times);
	measure("submit_sm_resp", &submit_sm_resp, times);
	return EXIT_SUCCESS;
}

static void
measure(const char *name, const struct pdu *pdu, long times)
{
	uint8_t octets[OCTETS_MAX];
	enum pdu_status answer;
	struct pdu read;
	double begun, packed, decoded;
	int len = 0;
	long i;

	begun = now_ns();
	for (i = 0; i < times; i++)
		len = pdu_pack(pdu, octets, sizeof(octets));
	packed = now_ns();
	CHECK(len > 0);
	for (i = 0; i < times; i++)
		CHECK(pdu_decode(octets, (size_t)len, &read, &answer) ==
		    PDU_OK);
	decoded = now_ns();
	printf("%-16s encode %5.0f ns   decode %5.0f ns\n", name,
	    (packed - begun) / (double)times,
	    (decoded - packed) / (double)times);
}

static double
now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}
