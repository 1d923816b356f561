#!/usr/bin/env node
/*
 * Our own operator, `mlango smsc`, against an ESME that we did not write:
 * npm's smpp. It stands for operators in tests and demonstrations, so it must
 * speak the protocol no worse than the gateway.
 */
'use strict';

const assert = require('assert/strict');

const { test, run, skip } = require('./lib/tap');

try {
	require('smpp');
} catch {
	skip("npm's smpp is not there; make check brings it");
}

const boxes = require('./lib/box');
const { frame } = require('./lib/peer');

const OK = 0, RINVCMDID = 0x03, RINVBNDSTS = 0x04, RALYBND = 0x05,
    RINVDSTADR = 0x0b, RSUBMITFAIL = 0x45;

const NUMBER = '255712345678';
const RECEIPT = 0x04; /* esm_class (SMPP 3.4, 5.2.12) */
const DELIVERED = 2; /* message_state (5.2.28) */

async function bound(t, dialect) {
	const box = await boxes.open(t, dialect);
	const esme = await box.esme(t);
	const response = await esme.ask('bind_transceiver',
	    { system_id: 'npm', password: 'any', interface_version: 0x34 });

	assert.equal(response.command_status, OK);
	assert.equal(response.sc_interface_version, 0x34);
	return { box, esme, handsets: box.handsets };
}
/* ---- USSD: what each dialect says of a dialogue, and of a screen for it */

const dialects = {
	spec: {
		ops: { begin: 0x01, input: 0x12 },
		code: pdu => pdu.short_message.message,
		more: pdu => ({ ussd_service_op: 0x02,
		    its_session_info: pdu.its_session_info }),
		last: pdu => ({ ussd_service_op: 0x11,
		    its_session_info: pdu.its_session_info }),
	},
	tata: {
		ops: { begin: 0x01, input: 0x02 },
		code: pdu => pdu.destination_addr,
		more: pdu => ({ ussd_service_op: 0x02,
		    its_session_info: pdu.its_session_info }),
		last: ({ its_session_info: [high, low] }) => ({
		    ussd_service_op: 0x02,
		    its_session_info: Buffer.from([high, low | 1]) }),
	},
	'address-only': {
		ops: { begin: 0x01, input: 0x12 },
		code: pdu => pdu.short_message.message,
		more: () => ({ ussd_service_op: 0x02 }),
		last: () => ({ ussd_service_op: 0x11 }),
	},
};

for (const [name, dialect] of Object.entries(dialects))
	test(`an ESME plays a dialogue with a handset, in ${name}`, async t => {
		const { esme, handsets } = await bound(t, name);

		handsets.say(`dial ${NUMBER} *152*00#`);
		const begin = await esme.heard('deliver_sm');

		assert.equal(begin.source_addr, NUMBER);
		assert.equal(begin.ussd_service_op, dialect.ops.begin);
		assert.equal(dialect.code(begin), '*152*00#');
		assert.equal(await statusOf(esme, begin, { ...dialect.more(begin),
		    short_message: 'Karibu\n1 Ndiyo' }), OK);
		assert.equal(await handsets.next(),
		    `screen ${NUMBER} Karibu\\n1 Ndiyo`);

		handsets.say(`answer ${NUMBER} 1`);
		const input = await esme.heard('deliver_sm');

		assert.equal(input.ussd_service_op, dialect.ops.input);
		assert.equal(input.short_message.message, '1');
		assert.equal(await statusOf(esme, input, { ...dialect.last(input),
		    short_message: 'Asante \u00e8 [1]' }), OK);
		assert.equal(await handsets.next(),
		    `end ${NUMBER} Asante \u00e8 [1]`);

		assert.equal(await statusOf(esme, input, { ...dialect.more(input),
		    short_message: 'too late' }), RSUBMITFAIL);
	});

/* The status that a submit_sm gets which answers HEARD. */
async function statusOf(esme, heard, fields) {
	const response = await esme.ask('submit_sm', {
		service_type: heard.service_type, source_addr: heard.destination_addr,
		destination_addr: heard.source_addr, data_coding: 0, ...fields });

	return response.command_status;
}

/* ---- SMS */

test('an SMS goes each way, and a receipt comes of ours', async t => {
	const { esme, handsets } = await bound(t);

	handsets.say(`sms ${NUMBER} 15200 DENI A1234567`);
	const question = await esme.heard('deliver_sm');

	assert.equal(question.source_addr, NUMBER);
	assert.equal(question.destination_addr, '15200');
	assert.equal(question.short_message.message, 'DENI A1234567');

	const response = await esme.ask('submit_sm', { source_addr: '15200',
	    destination_addr: NUMBER, registered_delivery: 1, data_coding: 0,
	    short_message: 'Huna deni.' });
	const receipt = await esme.heard('deliver_sm');

	assert.equal(response.command_status, OK);
	assert.equal(await handsets.next(), `sms ${NUMBER} 15200 Huna deni.`);
	assert.equal(receipt.esm_class, RECEIPT);
	assert.equal(receipt.receipted_message_id, response.message_id);
	assert.equal(receipt.message_state, DELIVERED);
	assert.match(receipt.short_message.message,
	    new RegExp(`^id:${response.message_id} .* stat:DELIVRD `));
});

test('a message in parts and one in another alphabet are read', async t => {
	const { esme, handsets } = await bound(t);
	const send = fields => esme.ask('submit_sm', { source_addr: '15200',
	    destination_addr: NUMBER, ...fields });
	const part = (i, text) => ({ data_coding: 0, short_message: {
	    udh: Buffer.from([5, 0, 3, 42, 2, i]), message: text } });

	/* From now on the handset is ours. */
	handsets.say(`sms ${NUMBER} 15200 nasikiliza`);
	await esme.heard('deliver_sm');
	await send(part(2, ' ya pili'));
	await send(part(1, 'ya kwanza,'));
	assert.equal(await handsets.next(),
	    `sms ${NUMBER} 15200 ya kwanza, ya pili`);
	await send({ data_coding: 8, short_message: '\u0645\u0627\u0621' });
	assert.equal(await handsets.next(),
	    `sms ${NUMBER} 15200 \u0645\u0627\u0621`);
});

/* ---- binds */

test('what is not bound for it is refused', async t => {
	const box = await boxes.open(t);
	const esme = await box.esme(t);
	const sms = { source_addr: '15200', destination_addr: NUMBER,
	    short_message: 'Huna deni.' };
	const status = async (command, fields) =>
	    (await esme.ask(command, fields)).command_status;

	assert.equal(await status('submit_sm', sms), RINVBNDSTS);
	assert.equal(await status('bind_receiver', { system_id: 'npm' }), OK);
	assert.equal(await status('bind_receiver', { system_id: 'npm' }), RALYBND);
	assert.equal(await status('submit_sm', sms), RINVBNDSTS);
});

test('what makes no sense is refused, and the bind lives', async t => {
	const { esme } = await bound(t);
	const refusal = async () => (await esme.ask('submit_sm',
	    { source_addr: '15200', short_message: 'to nobody' })).command_status;

	assert.equal(await refusal(), RINVDSTADR);
	esme.write(frame(0x00000abc, 70));
	const nack = await esme.response(70);

	assert.equal(nack.command, 'generic_nack');
	assert.equal(nack.command_status, RINVCMDID);
	assert.equal((await esme.ask('enquire_link')).command_status, OK);
});

test('a receiver hears, a transmitter says, and each unbinds', async t => {
	const box = await boxes.open(t);
	const [receiver, transmitter] = [await box.esme(t), await box.esme(t)];

	await receiver.ask('bind_receiver', { system_id: 'npm' });
	await transmitter.ask('bind_transmitter', { system_id: 'npm' });
	box.handsets.say(`dial ${NUMBER} *152*00#`);
	const begin = await receiver.heard('deliver_sm');

	assert.equal(await statusOf(transmitter, begin,
	    { ...dialects.spec.last(begin), short_message: 'Asante' }), OK);
	assert.equal(await box.handsets.next(), `end ${NUMBER} Asante`);
	for (const esme of [receiver, transmitter]) {
		assert.equal((await esme.ask('unbind')).command_status, OK);
		await esme.closed();
	}
});

run();
