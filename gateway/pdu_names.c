/*
 * The words of SMPP: what commands and statuses are called, and whether it is
 * worth while to send again what got such a status.
 *
 * Statuses of SMPP 3.4 (clause 5.1.3) and, from 0x100, of SMPP 5.0.
 */
#include <stdio.h>

#include "gateway/pdu.h"

#define NAME_SIZE sizeof("0x00000000")

struct command_name {
	uint32_t command;
	const char *request;
	const char *response;
};

struct status_name {
	uint32_t status;
	const char *name;
	enum pdu_outcome outcome;
};

static const struct status_name *status_find(uint32_t status);

static const struct command_name command_names[] = {
	{ PDU_DELIVER_SM, "deliver_sm", "deliver_sm_resp" },
	{ PDU_SUBMIT_SM, "submit_sm", "submit_sm_resp" },
	{ PDU_ENQUIRE_LINK, "enquire_link", "enquire_link_resp" },
	{ PDU_DATA_SM, "data_sm", "data_sm_resp" },
	{ PDU_BIND_TRANSCEIVER, "bind_transceiver", "bind_transceiver_resp" },
	{ PDU_BIND_TRANSMITTER, "bind_transmitter", "bind_transmitter_resp" },
	{ PDU_BIND_RECEIVER, "bind_receiver", "bind_receiver_resp" },
	{ PDU_UNBIND, "unbind", "unbind_resp" },
	{ PDU_OUTBIND, "outbind", NULL },
	{ PDU_ALERT_NOTIFICATION, "alert_notification", NULL },
	{ 0x00000000, NULL, "generic_nack" },
	{ 0x00000003, "query_sm", "query_sm_resp" },
	{ 0x00000007, "replace_sm", "replace_sm_resp" },
	{ 0x00000008, "cancel_sm", "cancel_sm_resp" },
	{ 0x00000021, "submit_multi", "submit_multi_resp" },
};

#define OK(status, name)                     \
	{                                    \
		status, name, PDU_OUTCOME_OK \
	}
#define AGAIN(status, name)                         \
	{                                           \
		status, name, PDU_OUTCOME_TEMPORARY \
	}
#define NEVER(status, name)                         \
	{                                           \
		status, name, PDU_OUTCOME_PERMANENT \
	}

static const struct status_name status_names[] = {
	OK(0x000, "ROK"),
	NEVER(0x001, "RINVMSGLEN"),
	NEVER(0x002, "RINVCMDLEN"),
	NEVER(0x003, "RINVCMDID"),
	AGAIN(0x004, "RINVBNDSTS"),
	AGAIN(0x005, "RALYBND"),
	NEVER(0x006, "RINVPRTFLG"),
	NEVER(0x007, "RINVREGDLVFLG"),
	AGAIN(0x008, "RSYSERR"),
	NEVER(0x00a, "RINVSRCADR"),
	NEVER(0x00b, "RINVDSTADR"),
	NEVER(0x00c, "RINVMSGID"),
	AGAIN(0x00d, "RBINDFAIL"),
	NEVER(0x00e, "RINVPASWD"),
	NEVER(0x00f, "RINVSYSID"),
	NEVER(0x011, "RCANCELFAIL"),
	NEVER(0x013, "RREPLACEFAIL"),
	AGAIN(0x014, "RMSGQFUL"),
	NEVER(0x015, "RINVSERTYP"),
	NEVER(0x033, "RINVNUMDESTS"),
	NEVER(0x034, "RINVDLNAME"),
	NEVER(0x040, "RINVDESTFLAG"),
	NEVER(0x042, "RINVSUBREP"),
	NEVER(0x043, "RINVESMCLASS"),
	NEVER(0x044, "RCNTSUBDL"),
	NEVER(0x045, "RSUBMITFAIL"),
	NEVER(0x048, "RINVSRCTON"),
	NEVER(0x049, "RINVSRCNPI"),
	NEVER(0x050, "RINVDSTTON"),
	NEVER(0x051, "RINVDSTNPI"),
	NEVER(0x053, "RINVSYSTYP"),
	NEVER(0x054, "RINVREPFLAG"),
	NEVER(0x055, "RINVNUMMSGS"),
	AGAIN(0x058, "RTHROTTLED"),
	NEVER(0x061, "RINVSCHED"),
	NEVER(0x062, "RINVEXPIRY"),
	NEVER(0x063, "RINVDFTMSGID"),
	AGAIN(0x064, "RX_T_APPN"),
	NEVER(0x065, "RX_P_APPN"),
	NEVER(0x066, "RX_R_APPN"),
	NEVER(0x067, "RQUERYFAIL"),
	NEVER(0x0c0, "RINVTLVSTREAM"),
	NEVER(0x0c1, "RTLVNOTALLWD"),
	NEVER(0x0c2, "RINVTLVLEN"),
	NEVER(0x0c3, "RMISSINGTLV"),
	NEVER(0x0c4, "RINVTLVVAL"),
	NEVER(0x0fe, "RDELIVERYFAILURE"),
	AGAIN(0x0ff, "RUNKNOWNERR"),
	NEVER(0x100, "RSERTYPUNAUTH"),
	NEVER(0x101, "RPROHIBITED"),
	AGAIN(0x102, "RSERTYPUNAVAIL"),
	NEVER(0x103, "RSERTYPDENIED"),
	NEVER(0x104, "RINVDCS"),
	NEVER(0x105, "RINVSRCADDRSUBUNIT"),
	NEVER(0x106, "RINVDSTADDRSUBUNIT"),
	NEVER(0x107, "RINVBCASTFREQINT"),
	NEVER(0x108, "RINVBCASTALIAS_NAME"),
	NEVER(0x109, "RINVBCASTAREAFMT"),
	NEVER(0x10a, "RINVNUMBCAST_AREAS"),
	NEVER(0x10b, "RINVBCASTCNTTYPE"),
	NEVER(0x10c, "RINVBCASTMSGCLASS"),
	NEVER(0x10d, "RBCASTFAIL"),
	NEVER(0x10e, "RBCASTQUERYFAIL"),
	NEVER(0x10f, "RBCASTCANCELFAIL"),
	NEVER(0x110, "RINVBCAST_REP"),
	NEVER(0x111, "RINVBCASTSRVGRP"),
	NEVER(0x112, "RINVBCASTCHANIND"),
};

const char *
pdu_command_name(uint32_t command)
{
	static char number[NAME_SIZE];
	const struct command_name *c;
	const char *name;

	for (c = command_names; c < command_names + ARRAY_SIZE(command_names);
	     c++) {
		name = command & PDU_RESPONSE ? c->response : c->request;
		if (c->command == (command & ~PDU_RESPONSE) && name != NULL)
			return name;
	}
	snprintf(number, sizeof(number), "0x%08x", (unsigned)command);
	return number;
}

const char *
pdu_status_name(uint32_t status)
{
	static char number[NAME_SIZE];
	const struct status_name *s = status_find(status);

	if (s != NULL)
		return s->name;
	snprintf(number, sizeof(number), "0x%08x", (unsigned)status);
	return number;
}

enum pdu_outcome
pdu_outcome(uint32_t status)
{
	const struct status_name *s = status_find(status);

	/* A vendor's own code, or a reserved one: nobody said that the
	 * message is to blame. */
	return s != NULL ? s->outcome : PDU_OUTCOME_TEMPORARY;
}

static const struct status_name *
status_find(uint32_t status)
{
	const struct status_name *s;

	for (s = status_names; s < status_names + ARRAY_SIZE(status_names); s++)
		if (s->status == status)
			return s;
	return NULL;
}
