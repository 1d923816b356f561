#!/usr/bin/env node
/*
 * The gateway against an operator that we did not write: npm's smpp. Its
 * handsets play the sample institutions, and it is as difficult as operators
 * are.
 */
'use strict';

const assert = require('assert/strict');

const { test, run, skip } = require('./lib/tap');

try {
	require('smpp');
} catch {
	skip("npm's smpp is not there; make check brings it");
}

const gateways = require('./lib/gateway');
const { Handset } = require('./lib/handset');
const { folder, meet, store } = require('./lib/meeting');
const operators = require('./lib/operator');
const { frame } = require('./lib/peer');
const redis = require('./lib/redis');
const samples = require('./lib/samples');
const { until } = require('./lib/wait');

const OK = 0, RINVMSGLEN = 0x01, RINVCMDID = 0x03, RALYBND = 0x05,
    RINVPASWD = 0x0e, RTHROTTLED = 0x58, RX_T_APPN = 0x64, RX_P_APPN = 0x65;

const RECEIPT = 0x04; /* esm_class (SMPP 3.4, 5.2.12) */
const DELIVERED = 2; /* message_state (5.2.28) */

/* ---- dialogues and messages */

for (const dialect of ['spec', 'tata', 'address-only'])
	test(`a bill is asked for on the screen and sent by SMS, in ${dialect}`,
	    async t => {
		const { bind } = await meet(t, { link: { dialect } });
		const handset = new Handset(bind, dialect);

		await handset.talk(samples.bill);
		const sms = await handset.sms();

		assert.equal(sms.short_message.message, samples.billBySms);
		await handset.talk(samples.bill);
	});

test('data_sm dials as deliver_sm does', async t => {
	const { bind } = await meet(t);
	const handset = new Handset(bind);
	const { short_message, ...fields } =
	    handset.dialect.begin('*152*00#', handset.session);
	const response = await bind.ask('data_sm', { ...fields,
	    source_addr: handset.number, destination_addr: '15200',
	    message_payload: short_message });

	assert.equal(response.command_status, OK);
	assert.deepEqual(await handset.screen(),
	    { text: samples.bill[0][1], ends: false });
});

test('a keyword by SMS is answered by SMS, and its receipts are believed',
    async t => {
	const { bind, gateway } = await meet(t);
	const handset = new Handset(bind);

	assert.equal((await handset.text('DENI A1234567')).command_status, OK);
	const sms = await handset.sms();
	const id = `id-${sms.sequence_number}`;

	assert.equal(sms.short_message.message, samples.billBySms);
	assert.equal(sms.source_addr, '15200');
	assert.equal(sms.registered_delivery, 1);
	await has(gateway, { state: 'sent', smsc_id: id });

	assert.equal((await handset.deliver({ esm_class: RECEIPT,
	    short_message: `id:${id} sub:001 dlvrd:000 submit date:2611240800 ` +
	        'done date:2611240800 stat:ENROUTE err:000 text:' }))
	    .command_status, OK);
	await has(gateway, { state: 'ENROUTE' });
	assert.equal((await handset.deliver({ esm_class: RECEIPT,
	    receipted_message_id: id, message_state: DELIVERED }))
	    .command_status, OK);
	await has(gateway, { state: 'DELIVRD' });
});

test('a long answer travels in parts that can be joined', async t => {
	const { path, answer, question, sms } = samples.longResult;
	const { bind } = await meet(t, { rows: { [path]: answer } });
	const handset = new Handset(bind);

	await handset.text(question);
	const parts = [await handset.sms(), await handset.sms()];
	const [header] = parts[0].short_message.udh;

	assert.equal(parts.map(part => part.short_message.message).join(''), sms);
	for (const [i, part] of parts.entries())
		assert.deepEqual(part.short_message.udh,
		    [Buffer.from([0, 3, header[2], parts.length, i + 1])]);
});

/* The message of that gateway, once its record says so. */
async function has(gateway, wanted) {
	await until(async () => {
		const [message] = await (await store).messages(gateway.prefix);

		return message !== undefined && Object.keys(wanted)
		    .every(name => message[name] === wanted[name]);
	}, `a message with ${JSON.stringify(wanted)}`);
}

/* ---- what we answer to what they say */

test('what cannot be understood is refused, and the link lives', async t => {
	const { bind } = await meet(t);
	const handset = new Handset(bind);
	const statusOf = async fields =>
	    (await handset.deliver(fields)).command_status;

	assert.equal(await statusOf({ esm_class: RECEIPT,
	    short_message: 'id:nobodys stat:DELIVRD' }), OK);
	assert.equal(await statusOf({ source_addr: 'LOTTERY', source_addr_ton: 5,
	    short_message: 'DENI A1234567' }), OK);
	assert.equal(await statusOf({ source_addr: 'NOBODY',
	    ...handset.dialect.begin('*152*00#', handset.session) }), RX_P_APPN);

	bind.write(frame(0x00000abc, 70));
	const nack = await bind.response(70);

	assert.equal(nack.command, 'generic_nack');
	assert.equal(nack.command_status, RINVCMDID);

	/* A deliver_sm whose text is longer than the PDU. */
	bind.write(frame(0x00000005, 71, Buffer.concat(
	    [Buffer.alloc(16), Buffer.from([200]), Buffer.from('short')])));
	assert.equal((await bind.response(71)).command_status, RINVMSGLEN);

	await handset.talk(samples.bill);
});

test('a gateway binds when Redis is there, and needs no apology', async t => {
	const late = `${folder}/late`;
	const operator = await operators.start(t);
	const gateway = await gateways.start(t, { folder, port: operator.port,
	    redis: { socket: `${late}/redis.sock`, connect_ms: 60000 } });

	await Promise.all([
		until(() => gateway.said('starting'), 'the start')
		    .then(() => redis.start(late)),
		operator.bound()
		    .then(bind => new Handset(bind).talk(samples.bill)),
	]);
});

test('without Redis an SMS stays with the operator, and a dial hears why',
    async t => {
	const { bind } = await meet(t, { redis: { socket: `${folder}/nowhere` } });
	const handset = new Handset(bind);

	assert.equal((await handset.text('DENI A1234567')).command_status,
	    RX_T_APPN);
	assert.equal((await handset.begin('*152*00#')).command_status, OK);
	assert.deepEqual(await handset.screen(), { ends: true, text:
	    'Samahani, huduma haipatikani kwa sasa. Jaribu tena baadaye.' });
});

test('responses without a body complete what they answer', async t => {
	const bare = (pdu, bind) => {
		bind.write(frame(pdu.command_id | 0x80000000, pdu.sequence_number));
	};
	const { bind, gateway } = await meet(t,
	    { answers: { bind_transceiver: bare, submit_sm: bare } });
	const handset = new Handset(bind);

	await handset.talk(samples.bill);
	assert.equal((await handset.sms()).short_message.message,
	    samples.billBySms);
	await has(gateway, { state: 'sent' });
});

/* ---- the life of a bind */

test('a bind that is refused is tried again until it is accepted', async t => {
	const refusals = [RINVPASWD, RALYBND, RINVPASWD];
	const asked = [];
	const { bind } = await meet(t, { answers: { bind_transceiver: pdu => {
		asked.push([pdu.system_id, pdu.password, pdu.interface_version]);
		return { command_status: refusals.shift(), system_id: 'operator' };
	} } });

	assert.deepEqual(asked, Array(4).fill(['mlango', 'secret', 0x34]));
	await new Handset(bind).talk(samples.bill);
});

test('silence is asked after, from both sides', async t => {
	const { bind } = await meet(t, { link: { enquire_s: 1 } });

	assert.equal((await bind.ask('enquire_link')).command_status, OK);
	await bind.heard('enquire_link');
	await bind.heard('enquire_link');
	await new Handset(bind).talk(samples.bill);
});

test('an operator that leaves two enquire_links unanswered is left', async t => {
	let { operator, bind } = await meet(t,
	    { link: { enquire_s: 1, response_ms: 500 },
	      answers: { enquire_link: () => null } });
	const enquired = peer => peer.all
	    .filter(pdu => pdu.command === 'enquire_link').length;

	/* One that we were slow to accept is left earlier. */
	while (await bind.closed(), enquired(bind) < 2)
		bind = await operator.bound();
	await operator.bound();
});

test('an operator that unbinds is answered and bound to again', async t => {
	const { operator, bind } = await meet(t);

	assert.equal((await bind.ask('unbind')).command_status, OK);
	await bind.closed();
	await new Handset(await operator.bound()).talk(samples.bill);
});

/* ---- how much at once */

test('a slow operator is never owed more answers than the window allows',
    async t => {
	const owed = [];
	let most = 0;
	const { bind } = await meet(t, { link: { window: 3 },
	    answers: { submit_sm: pdu => {
		most = Math.max(most, owed.push(pdu));
	} } });
	const handsets = Array.from({ length: 10 },
	    (_, i) => new Handset(bind, 'spec', `25571000000${i}`));

	await Promise.all(handsets.map(handset => handset.begin('*152*00#')));
	for (let answered = 0; answered < handsets.length; answered++) {
		await until(() => owed.length > 0, 'the next screen');
		bind.answer(owed.shift(), { message_id: 'late' });
	}
	for (const handset of handsets)
		assert.deepEqual(await handset.screen(),
		    { text: samples.bill[0][1], ends: false });
	assert.equal(most, 3);
});

test('a part that is throttled is sent again, and the others are not',
    async t => {
	const { path, answer, question, sms } = samples.longResult;
	const answers = [OK, RTHROTTLED, RTHROTTLED, OK];
	const statuses = [...answers];
	const { bind, gateway } = await meet(t, { rows: { [path]: answer },
	    answers: { submit_sm: () =>
	        ({ command_status: statuses.shift(), message_id: 'done' }) } });
	const handset = new Handset(bind);
	const parts = [];

	await handset.text(question);
	while (parts.length < answers.length)
		parts.push(await handset.sms());
	assert.deepEqual(parts.map(part => part.short_message.udh[0][4]),
	    [1, 2, 2, 2]);
	assert.equal(parts.filter((_, i) => answers[i] === OK)
	    .map(part => part.short_message.message).join(''), sms);
	await has(gateway, { state: 'sent', smsc_id: 'done' });
});

/* ---- the end */

test('SIGTERM refuses what is new, waits for what is owed, unbinds and ends',
    async t => {
	const { bind, gateway } = await meet(t,
	    { answers: { submit_sm: () => null } });
	const handset = new Handset(bind);
	let unbound = false;
	const unbind = bind.heard('unbind').then(() => { unbound = true; });

	await handset.begin('*152*00#');
	const owed = await bind.heard('submit_sm');

	gateway.process.kill('SIGTERM');
	await until(async () => (await handset.text('DENI A1234567'))
	    .command_status === RX_T_APPN, 'a refusal');
	assert.equal(unbound, false);
	bind.answer(owed, { message_id: 'late' });
	await unbind;
	await bind.closed();
	assert.equal(await gateway.process.ended, 0);
});

run();
