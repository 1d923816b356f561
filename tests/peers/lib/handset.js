/*
 * A citizen's handset behind the operator, and how the operator tells of it in
 * each dialect. This is written down from the operators' documents a second
 * time, so that a row of our own table which is wrong is found.
 */
'use strict';

const assert = require('assert/strict');

const NUMBER = '255712345678';
const CODE = '15200';

/* The ops of SMPP 5.0 (4.8.4.63). */
const PSSR_INDICATION = 0x01, USSR_REQUEST = 0x02, PSSR_RESPONSE = 0x11,
    USSR_CONFIRM = 0x12;

/* What is sent at the begin and with an input, and what a screen must have,
 * whether or not it is the last one. */
const dialects = {
	/* Octet 1 is the session, octet 2 the turn above the end bit. */
	spec: {
		begin: (code, s) => ({ short_message: code,
		    ussd_service_op: PSSR_INDICATION,
		    its_session_info: Buffer.from([s.number, 0]) }),
		input: (text, s) => ({ short_message: text,
		    ussd_service_op: USSR_CONFIRM,
		    its_session_info: Buffer.from([s.number, s.turn << 1]) }),
		ends: pdu => pdu.ussd_service_op === PSSR_RESPONSE,
		screen: (s, ends) => ({
		    ussd_service_op: ends ? PSSR_RESPONSE : USSR_REQUEST,
		    its_session_info: Buffer.from([s.number, s.turn << 1]) }),
	},
	/* The op is always 02, and the last bit is the end. */
	tata: {
		begin: (code, s) => ({ destination_addr: code,
		    ussd_service_op: PSSR_INDICATION,
		    its_session_info: Buffer.from([0x5a, s.number << 1]) }),
		input: (text, s) => ({ short_message: text,
		    destination_addr: s.code,
		    ussd_service_op: USSR_REQUEST,
		    its_session_info: Buffer.from([0x5a, s.number << 1]) }),
		ends: pdu => (pdu.its_session_info[1] & 1) === 1,
		screen: (s, ends) => ({ ussd_service_op: USSR_REQUEST,
		    its_session_info: Buffer.from([0x5a, s.number << 1 | ends]) }),
	},
	/* Nothing but the number; an op comes with our screens alone. */
	'address-only': {
		begin: code => ({ service_type: 'USSD_',
		    destination_addr: code.replace(/\D/g, ''),
		    dest_subaddress: Buffer.from(`\xa0${code}`, 'latin1') }),
		input: text => ({ service_type: 'USSD_', short_message: text }),
		ends: pdu => pdu.ussd_service_op === PSSR_RESPONSE,
		screen: (s, ends) => ({ service_type: 'USSD_',
		    ussd_service_op: ends ? PSSR_RESPONSE : USSR_REQUEST,
		    its_session_info: undefined }),
	},
};

exports.Handset = class Handset {
	constructor(bind, dialect = 'spec', number = NUMBER) {
		this.bind = bind;
		this.dialect = dialects[dialect];
		this.number = number;
		this.session = { number: 0, turn: 0 };
	}

	/* Each gives the response to it. */
	begin(code) {
		this.session = { number: this.session.number + 1, turn: 0, code };
		return this.deliver(this.dialect.begin(code, this.session));
	}

	input(text) {
		this.session.turn++;
		return this.deliver(this.dialect.input(text, this.session));
	}

	text(words) {
		return this.deliver({ short_message: words });
	}

	deliver(fields) {
		return this.bind.ask('deliver_sm', {
			source_addr: this.number, source_addr_ton: 1, source_addr_npi: 1,
			destination_addr: CODE, ...fields });
	}

	async screen() {
		const pdu = await this.bind.heard('submit_sm',
		    heard => heard.destination_addr === this.number &&
		        heard.ussd_service_op !== undefined);
		const ends = this.dialect.ends(pdu);

		for (const [name, value] of
		    Object.entries(this.dialect.screen(this.session, ends)))
			assert.deepEqual(pdu[name], value, `the screen's ${name}`);
		return { text: pdu.short_message.message, ends };
	}

	/* A whole dialogue of the samples, compared screen by screen. */
	async talk(dialogue) {
		for (const [i, [said, shown]] of dialogue.entries()) {
			const response = await
			    (i === 0 ? this.begin(said) : this.input(said));

			assert.equal(response.command_status, 0, 'deliver_sm_resp');
			assert.deepEqual(await this.screen(),
			    { text: shown, ends: i === dialogue.length - 1 });
		}
	}

	/* The next message to us that is no screen. */
	sms() {
		return this.bind.heard('submit_sm',
		    pdu => pdu.destination_addr === this.number &&
		        pdu.ussd_service_op === undefined);
	}
};
